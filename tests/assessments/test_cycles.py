"""A cycle stays what it was opened as."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from assessments.domain.cycles import CycleDates, change_cycle
from assessments.exceptions import UnknownPlace
from assessments.models import Cycle
from spr_portal.identity.enums import Role
from tests.factories import make_cycle, make_force, make_person, shipped_edition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("column", ["edition", "rating_scale", "year", "force"])
def test_the_database_refuses_to_move_a_cycle_to_anything_else(column):
    cycle = make_cycle()
    other = shipped_edition("2023-02")
    values = {
        "edition": other,
        "rating_scale": other.rating_scales.first(),
        "year": "2031-32",
        "force": make_force(),
    }

    with pytest.raises(DatabaseError, match="Never changed"), transaction.atomic():
        Cycle.objects.filter(pk=cycle.pk).update(**{column: values[column]})


def test_dates_are_changed_and_the_rest_stays():
    acc = make_person(role=Role.ACC_SECURITY)
    cycle = make_cycle(by=acc)
    names = CycleDates.__dataclass_fields__
    dates = CycleDates(
        **{name: getattr(cycle, name) for name in names} | {"board_on": datetime.date(2017, 3, 1)}
    )

    changed = change_cycle(cycle=cycle, dates=dates, leads={}, by=acc)

    assert (changed.board_on.isoformat(), changed.edition) == ("2017-03-01", cycle.edition)


def test_every_question_of_every_threat_has_its_response_from_the_start():
    cycle = make_cycle()

    for assessment in cycle.assessments.all():
        asked = set(assessment.responses.values_list("question__code", flat=True))
        has_four_ps = assessment.threat.code in (
            "terrorism", "serious-organised-crime", "cyber"
        )  # fmt: skip
        assert "capacity-rating" in asked
        assert ("pursue" in asked) == has_four_ps


@pytest.mark.parametrize("stranger", [True, False])
def test_a_lead_is_of_the_force_and_of_a_threat_of_the_edition(stranger):
    acc = make_person(role=Role.ACC_SECURITY)
    lead = make_person(force=make_force() if stranger else acc.force)
    threat = "terrorism" if stranger else "violence-against-women-and-girls"

    with pytest.raises(UnknownPlace):
        make_cycle(by=acc, leads={threat: [lead]})

    assert not Cycle.objects.exists()


def test_staff_of_the_commissioners_office_are_not_made_leads():
    acc = make_person(role=Role.ACC_SECURITY)
    reader = make_person(force=acc.force, role=Role.OPCC)

    with pytest.raises(UnknownPlace, match="own officers or staff"):
        make_cycle(by=acc, leads={"terrorism": [reader]})


@pytest.mark.parametrize("code", ["2012-07", "2015-03", "2023-02"])
def test_a_cycle_is_opened_on_any_edition(code):
    edition = shipped_edition(code)
    acc = make_person(role=Role.ACC_SECURITY)
    cycle = make_cycle(by=acc, edition=edition)

    again = make_cycle(by=make_person(role=Role.ACC_SECURITY), edition=edition)

    assert cycle.assessments.count() == edition.threats.count()
    assert again.force != cycle.force
