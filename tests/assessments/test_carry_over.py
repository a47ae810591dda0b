"""A new year starts from last year's words without looking finished."""

from __future__ import annotations

import pytest

from assessments.domain.carry_over import standing_of
from assessments.domain.items import add_item, change_item
from assessments.enums import ItemKind, RegisterStatus, Standing
from assessments.models import CarriedAnswer, Response
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from tests.assessments.years import (
    VULNERABILITY,
    acc,
    assessment_of,
    carried,
    lead_on,
    opened,
    response_to,
    say,
)
from tests.factories import make_person

__all__ = ["acc"]

pytestmark = pytest.mark.django_db


def test_the_first_year_ever_has_nothing_beside_its_answers(acc):
    cycle = opened(acc, "2016-17")

    assert not CarriedAnswer.objects.exists()
    assert {standing_of(row) for row in Response.objects.filter(assessment__cycle=cycle)} == {
        Standing.EMPTY
    }


def test_last_years_words_stand_beside_and_never_in_the_answer(acc):
    before = opened(acc, "2016-17")
    point = before.rating_scale.points.get(code="amber")
    say(before, "threat-picture", "The threat is severe.")
    say(before, "capacity-rating", rating=point)

    cycle = opened(acc, "2017-18")

    response = response_to(cycle, "threat-picture")
    assert (response.text, response.version, response.is_answered) == ("", 0, False)
    assert response.carried.text == "The threat is severe."
    assert (response.carried.year, response.carried.threat_label) == ("2016-17", "Terrorism")
    assert standing_of(response) == Standing.NOT_REVIEWED
    rating = response_to(cycle, "capacity-rating")
    assert rating.rating is None
    assert (rating.carried.rating_code, rating.carried.rating_label) == ("amber", point.label)
    assert rating.carried.scale_code == before.rating_scale.code
    assert CarriedAnswer.objects.count() == 2
    assert assessment_of(cycle).status == "not_started"


def test_what_the_opening_carried_is_told_in_its_one_event(acc):
    opened(acc, "2016-17")

    opened(acc, "2017-18")

    event = AuditEvent.objects.filter(action="cycle.opened").latest("pk")
    assert event.details["carried_from"] == "2016-17"
    assert AuditEvent.objects.filter(action="cycle.opened").count() == 2


def test_another_forces_words_are_never_carried(acc):
    say(opened(make_person(role=Role.ACC_SECURITY), "2016-17"), "threat-picture", "Not yours.")

    opened(acc, "2017-18")

    assert not CarriedAnswer.objects.exists()


def test_only_the_cycle_before_is_looked_at(acc):
    say(opened(acc, "2014-15"), "threat-picture", "Long ago.")
    opened(acc, "2015-16")

    cycle = opened(acc, "2016-17")

    assert carried(cycle) is None


@pytest.mark.parametrize(
    ("text", "standing"),
    [("Other words.", Standing.CHANGED), ("The same.", Standing.UNCHANGED)],
)
def test_an_answer_is_changed_or_unchanged(acc, text, standing):
    say(opened(acc, "2016-17"), "threat-picture", "The same.")
    cycle = opened(acc, "2017-18")

    say(cycle, "threat-picture", text)

    assert standing_of(response_to(cycle, "threat-picture")) == standing


def test_an_answer_to_what_nobody_answered_last_year_is_new(acc):
    opened(acc, "2016-17")
    cycle = opened(acc, "2017-18")

    say(cycle, "threat-picture", "Words.")

    assert standing_of(response_to(cycle, "threat-picture")) == Standing.NEW


def test_a_rating_of_another_scale_with_the_same_name_is_unchanged(acc):
    before = opened(acc, "2016-17", "2012-07")
    say(before, "capacity-rating", rating=before.rating_scale.points.get(code="green"))
    cycle = opened(acc, "2017-18", "2015-03")

    say(cycle, "capacity-rating", rating=cycle.rating_scale.points.get(code="green"))

    assert standing_of(response_to(cycle, "capacity-rating")) == Standing.UNCHANGED


def test_a_draft_that_no_lead_accepted_is_not_what_the_force_said(acc):
    before = opened(acc, "2016-17")
    contributor = make_person(force=acc.force, role=Role.CONTRIBUTOR, threat="terrorism")
    say(before, "threat-picture", "Accepted.")
    say(before, "threat-picture", "Drafted over it.", by=contributor)
    say(before, "capacity-local", "Never accepted.", by=contributor)

    cycle = opened(acc, "2017-18")

    assert carried(cycle).text == "Accepted."
    assert carried(cycle, "capacity-local") is None


# --- Vulnerabilities and findings


def test_what_is_open_comes_over_with_its_identity_and_waits_to_be_looked_at(acc):
    before = opened(acc, "2016-17")
    lead = lead_on(acc)
    mine = assessment_of(before)
    stays = add_item(assessment=mine, kind=ItemKind.VULNERABILITY, values=VULNERABILITY, by=lead)
    closed = VULNERABILITY | {"status": RegisterStatus.CLOSED, "outcome": "Three are trained."}
    add_item(assessment=mine, kind=ItemKind.VULNERABILITY, values=closed, by=lead)
    drafted = make_person(force=acc.force, role=Role.CONTRIBUTOR, threat="terrorism")
    add_item(assessment=mine, kind=ItemKind.VULNERABILITY, values=VULNERABILITY, by=drafted)
    finding = {"body": "HMIC", "report": "PEEL", "finding_kind": "recommendation", "text": "Do."}
    found = add_item(assessment=mine, kind=ItemKind.FINDING, values=finding, by=lead)

    cycle = opened(acc, "2017-18")

    (row,) = assessment_of(cycle).vulnerabilities.all()
    assert (row.identity, row.statement) == (stays.identity, "One negotiator only.")
    assert (row.is_reviewed, row.version, row.first_raised) == (False, 1, "2016-17")
    (row,) = assessment_of(cycle).findings.all()
    assert (row.identity, row.body, row.is_reviewed) == (found.identity, "HMIC", False)
    assert row.first_raised == "2016-17"


def test_the_year_in_which_it_was_raised_stays_over_three_years(acc):
    lead = lead_on(acc)
    before = opened(acc, "2015-16")
    add_item(
        assessment=assessment_of(before), kind=ItemKind.VULNERABILITY, values=VULNERABILITY, by=lead
    )
    opened(acc, "2016-17")

    cycle = opened(acc, "2017-18")

    assert assessment_of(cycle).vulnerabilities.get().first_raised == "2015-16"


def test_changing_a_carried_item_reviews_it(acc):
    lead = lead_on(acc)
    before = opened(acc, "2016-17")
    item = add_item(
        assessment=assessment_of(before), kind=ItemKind.VULNERABILITY, values=VULNERABILITY, by=lead
    )
    cycle = opened(acc, "2017-18")

    row = change_item(
        assessment=assessment_of(cycle), kind=ItemKind.VULNERABILITY, identity=item.identity,
        values={"likelihood": "low"}, started_from=1, by=lead,
    )  # fmt: skip

    assert row.is_reviewed
    assert item.__class__.objects.get(pk=item.pk).likelihood == "high"
