"""The board sees, per threat and C, what changed since last year."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.domain.carry_over import standing_of
from assessments.domain.responses import save_response
from assessments.enums import Standing
from assessments.models import Response
from assessments.presenters.year_on_year import Direction, year_on_year
from assessments.year_selectors import standings_of
from spr_portal.identity.enums import Role
from tests.factories import make_cycle, make_person
from threats.models import Relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def acc():
    return make_person(role=Role.ACC_SECURITY)


def say(cycle, question: str, *, text: str = "", rating: str = "", threat: str = "terrorism"):
    response = Response.objects.get(
        assessment__cycle=cycle, assessment__threat__code=threat, question__code=question
    )
    point = cycle.rating_scale.points.get(code=rating) if rating else None
    lead = make_person(force=cycle.force, role=Role.FORCE_LEAD, threat=threat)
    save_response(response=response, text=text, rating=point, started_from=0, by=lead)


def of(cycle, threat: str = "terrorism"):
    return next(row for row in year_on_year(cycle) if row.assessment.threat.code == threat)


@pytest.mark.parametrize(
    ("before", "now", "direction"),
    [
        ("amber", "green", Direction.BETTER),
        ("amber", "amber", Direction.SAME),
        ("amber", "red", Direction.WORSE),
        ("", "red", Direction.NEW),
        ("amber", "", Direction.NOT_YET),
        ("", "", Direction.NOT_YET),
        ("not-rated", "green", Direction.NOT_COMPARABLE),
        ("red", "not-rated", Direction.NOT_COMPARABLE),
    ],
)
def test_a_rating_went_up_down_or_cannot_be_compared(acc, before, now, direction):
    last_year = make_cycle(by=acc, year="2016-17")
    if before:
        say(last_year, "capacity-rating", rating=before)
    cycle = make_cycle(by=acc, year="2017-18")
    if now:
        say(cycle, "capacity-rating", rating=now)

    row = of(cycle).criteria[0]

    assert (row.code, row.direction) == ("capacity", direction)
    assert (row.before is not None, row.now is not None) == (bool(before), bool(now))


def test_ratings_on_other_scales_are_never_compared(acc):
    last_year = make_cycle(by=acc, year="2016-17")
    say(last_year, "capacity-rating", rating="red")
    cycle = make_cycle(by=acc, year="2017-18")
    other = cycle.edition.rating_scales.exclude(pk=cycle.rating_scale_id).first()
    response = Response.objects.get(
        assessment__cycle=cycle, assessment__threat__code="terrorism",
        question__code="capacity-rating",
    )  # fmt: skip
    response.carried.scale_code = other.code
    response.carried.save()
    say(cycle, "capacity-rating", rating="green")

    assert of(cycle).criteria[0].direction == Direction.NOT_COMPARABLE


def test_the_first_year_has_nothing_to_be_compared_with(acc):
    rows = year_on_year(make_cycle(by=acc))

    assert {(row.year_before, row.relation, row.origin) for row in rows} == {("", None, "")}


def test_a_new_threat_and_a_renamed_one_say_where_they_come_from(acc):
    make_cycle(by=acc, year="2022-23", edition_code="2015-03")
    cycle = make_cycle(by=acc, year="2023-24", edition_code="2023-02")

    new, renamed = of(cycle, "violence-against-women-and-girls"), of(cycle, "public-order")

    assert new.relation == Relation.NEW
    assert new.origin == (
        "New in the edition of 20 February 2023, so there is nothing from last year."
    )
    assert renamed.origin == "Last year this threat was called “Public order”."
    assert of(cycle, "terrorism").origin == ""


def test_the_database_counts_standings_as_the_domain_tells_them(acc):
    last_year = make_cycle(by=acc, year="2016-17")
    for question in ("threat-picture", "local-delivery", "capacity-local", "capacity-regional"):
        if Response.objects.filter(assessment__cycle=last_year, question__code=question).exists():
            say(last_year, question, text="The same.")
    say(last_year, "capacity-rating", rating="green")
    say(last_year, "contribution-rating", rating="green")
    say(last_year, "consistency-rating", rating="green")
    cycle = make_cycle(by=acc, year="2017-18")
    say(cycle, "threat-picture", text="The same.")
    say(cycle, "capacity-local", text="Others.")
    say(cycle, "capacity-national", text="New.")
    say(cycle, "capacity-rating", rating="green")
    say(cycle, "contribution-rating", rating="red")
    responses = Response.objects.filter(assessment__cycle=cycle).select_related("carried", "rating")

    counted = standings_of(cycle)

    told: dict = {}
    for response in responses:
        counts = told.setdefault(response.assessment_id, {})
        standing = standing_of(response)
        counts[standing] = counts.get(standing, 0) + 1
    assert counted == told
    assert set(counted[of(cycle).assessment.pk]) == set(Standing)


def test_it_takes_the_same_few_queries_for_a_year_with_words_in_it(acc):
    last_year = make_cycle(by=acc, year="2016-17")
    cycle = make_cycle(by=acc, year="2017-18")
    year_on_year(cycle)
    with CaptureQueriesContext(
        connection,
    ) as empty:
        year_on_year(cycle)
    for threat in ("terrorism", "cyber", "public-order"):
        say(last_year, "capacity-rating", rating="green", threat=threat)
        say(cycle, "capacity-rating", rating="green", threat=threat)

    with CaptureQueriesContext(connection) as full:
        year_on_year(cycle)

    assert len(full) == len(empty) == 4
