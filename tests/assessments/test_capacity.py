"""What is missing of a requirement, and how much a vulnerability weighs."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.capacity import Shortfall, shortfall
from assessments.domain.severity import SEVERITIES, severity_of
from assessments.enums import Impact, Likelihood, Severity
from assessments.suggestions import UNITS_BY_THREAT, units_for
from threats.loading import load_edition, shipped_editions
from threats.models import Threat

NUMBERS = st.none() | st.integers(0, 1_000_000)


@pytest.mark.parametrize(
    ("required", "held", "projected", "now", "then"),
    [
        (19, 62, None, 0, None),
        (19, 71, 62, 0, 0),  # a planned fall that stays above the requirement
        (19, 19, 19, 0, 0),
        (19, 19, 18, 0, 1),
        (19, 15, 25, 4, 0),  # a planned rise that closes the gap
        (19, 15, 10, 4, 9),
        (19, None, 10, None, 9),
        (19, None, None, None, None),
        (None, 15, 10, None, None),
        (0, 0, 0, 0, 0),
        (1_019, 0, None, 1_019, None),
    ],
)
def test_shortfall_is_what_is_missing_of_the_requirement(required, held, projected, now, then):
    assert shortfall(required=required, held=held, projected=projected) == Shortfall(now, then)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_shortfall_is_there_exactly_where_a_number_falls_below(required, held, projected):
    missing = shortfall(required=required, held=held, projected=projected)

    falls_below = required is not None and any(
        number is not None and number < required for number in (held, projected)
    )
    assert missing.is_any == falls_below
    assert missing.largest >= 0


def test_every_likelihood_and_impact_weighs_something():
    assert set(SEVERITIES) == set(itertools.product(Likelihood, Impact))
    assert set(SEVERITIES.values()) == set(Severity)
    assert severity_of("high", "high") == Severity.VERY_HIGH


def test_what_is_likelier_or_worse_never_weighs_less():
    weights = list(Severity)
    for likelihood, impact in itertools.product(Likelihood, Impact):
        weight = weights.index(severity_of(likelihood, impact))
        for likelier in list(Likelihood)[list(Likelihood).index(likelihood) :]:
            for worse in list(Impact)[list(Impact).index(impact) :]:
                assert weights.index(severity_of(likelier, worse)) >= weight


@pytest.mark.django_db
def test_units_are_suggested_for_every_threat_of_a_shipped_edition():
    for path in shipped_editions():
        load_edition(path)

    assert set(Threat.objects.values_list("code", flat=True)) == set(UNITS_BY_THREAT)
    assert all(len(set(units)) == len(units) for units in UNITS_BY_THREAT.values())
    assert units_for("a-threat-of-tomorrow")
