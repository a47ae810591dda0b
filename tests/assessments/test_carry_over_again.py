"""Last year changes after this year was opened."""

from __future__ import annotations

import datetime

import pytest

from assessments.domain.assessments import (
    approve_assessment,
    reopen_assessment,
    submit_assessment,
)
from assessments.domain.carried_items import keep_item
from assessments.domain.carry_over import carry_over, standing_of
from assessments.domain.content import content_of, hash_of
from assessments.domain.cycles import close_cycle
from assessments.domain.items import add_item, change_item, remove_item
from assessments.enums import ItemKind, RegisterStatus, Standing
from assessments.exceptions import StaleEdit
from assessments.models import Cycle
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
from tests.factories import make_approved, make_person

__all__ = ["acc"]

pytestmark = pytest.mark.django_db

# --- Last year changes after this year was opened


def approve_again(cycle: Cycle, acc, *, words: str, question: str = "threat-picture"):
    """Reopen last year's assessment, change an answer, submit and approve."""
    reviewer, lead = make_person(force=acc.force, role=Role.ACC_SECURITY), lead_on(acc)
    assessment = assessment_of(cycle)
    if assessment.status == "approved":
        reopen_assessment(assessment=assessment, reason="Look again.", by=reviewer)
    say(cycle, question, words, by=lead)
    assessment = submit_assessment(assessment=assessment_of(cycle), by=lead)
    return approve_assessment(
        assessment=assessment, content_hash=hash_of(content_of(assessment)), by=reviewer
    )


@pytest.fixture
def filled_in(acc):
    """A year whose terrorism assessment is approved, and the year after it, just opened."""
    before = opened(acc, "2016-17")
    make_approved(cycle=before, by=acc)
    return before, opened(acc, "2017-18")


def test_answers_not_begun_get_the_later_words_when_last_year_is_approved_again(acc, filled_in):
    before, cycle = filled_in
    say(cycle, "capacity-local", "Begun this year.")
    begun_beside = carried(cycle, "capacity-local").text

    approve_again(before, acc, words="Later words.")
    reopened = assessment_of(before)

    assert reopened.status == "approved"
    assert carried(cycle).text == "Later words."
    assert carried(cycle, "capacity-local").text == begun_beside


def test_an_answer_that_is_begun_keeps_the_words_it_was_begun_beside(acc, filled_in):
    before, cycle = filled_in
    first = carried(cycle).text
    say(cycle, "threat-picture", first)

    approve_again(before, acc, words="Later words.")

    response = response_to(cycle, "threat-picture")
    assert (response.text, response.carried.text) == (first, first)
    assert standing_of(response) == Standing.UNCHANGED


def test_last_years_rating_follows_even_beside_one_that_is_given(acc, filled_in):
    before, cycle = filled_in
    red = before.rating_scale.points.get(code="red")
    say(cycle, "capacity-rating", rating=red)
    reviewer, lead = make_person(force=acc.force, role=Role.ACC_SECURITY), lead_on(acc)
    reopen_assessment(assessment=assessment_of(before), reason="Look again.", by=reviewer)
    say(before, "capacity-rating", rating=red, by=lead)
    again = submit_assessment(assessment=assessment_of(before), by=lead)

    approve_assessment(assessment=again, content_hash=hash_of(content_of(again)), by=reviewer)

    assert carried(cycle, "capacity-rating").rating_code == "red"


def test_closing_a_year_brings_over_what_was_never_approved_again(acc):
    before = opened(acc, "2016-17")
    cycle = opened(acc, "2017-18")
    say(before, "threat-picture", "Written late.")

    close_cycle(before, at=datetime.datetime(2017, 2, 8, tzinfo=datetime.UTC))

    assert carried(cycle).text == "Written late."


def test_a_closed_year_keeps_what_stood_beside_its_answers(acc):
    before = opened(acc, "2016-17")
    say(before, "threat-picture", "First.")
    cycle = opened(acc, "2017-18")
    close_cycle(cycle, at=datetime.datetime(2018, 2, 8, tzinfo=datetime.UTC))
    say(before, "threat-picture", "Second.")
    cycle.refresh_from_db()

    assert carry_over(cycle) == ""
    assert carried(cycle).text == "First."


def test_items_follow_last_year_until_somebody_touches_them(acc):
    before = opened(acc, "2016-17")
    lead = lead_on(acc)
    mine = assessment_of(before)
    kind = ItemKind.VULNERABILITY
    rows = [
        add_item(assessment=mine, kind=kind, values=VULNERABILITY | {"owner": name}, by=lead)
        for name in ("follows", "touched", "closed", "removed")
    ]
    cycle = opened(acc, "2017-18")
    here = assessment_of(cycle)
    change_item(
        assessment=here, kind=kind, identity=rows[1].identity, values={"impact": "low"},
        started_from=1, by=lead,
    )  # fmt: skip
    remove_item(assessment=here, kind=kind, identity=rows[3].identity, started_from=1, by=lead)
    for row, values in (
        (rows[0], {"impact": "medium"}),
        (rows[1], {"impact": "medium"}),
        (rows[2], {"status": RegisterStatus.CLOSED, "outcome": "Done."}),
        (rows[3], {"impact": "medium"}),
    ):
        change_item(
            assessment=mine, kind=kind, identity=row.identity, values=values, started_from=1,
            by=lead,
        )  # fmt: skip
    add_item(assessment=mine, kind=kind, values=VULNERABILITY | {"owner": "added"}, by=lead)

    carry_over(cycle)
    carry_over(cycle)

    rows = here.vulnerabilities.order_by("order").values_list("owner", "impact", "is_reviewed")
    assert list(rows) == [
        ("follows", "medium", False),
        ("touched", "low", True),
        ("added", "high", False),
    ]


def test_an_item_that_follows_last_year_is_not_kept_by_who_read_the_old_words(acc):
    before = opened(acc, "2016-17")
    lead, kind = lead_on(acc), ItemKind.VULNERABILITY
    row = add_item(assessment=assessment_of(before), kind=kind, values=VULNERABILITY, by=lead)
    cycle = opened(acc, "2017-18")
    here = assessment_of(cycle)
    read = here.vulnerabilities.get().version
    for impact in ("medium", "low"):
        change_item(
            assessment=assessment_of(before), kind=kind, identity=row.identity,
            values={"impact": impact}, started_from=row.version, by=lead,
        )  # fmt: skip
        row.refresh_from_db()
        carry_over(cycle)

    with pytest.raises(StaleEdit):
        keep_item(assessment=here, kind=kind, identity=row.identity, started_from=read, by=lead)

    now = here.vulnerabilities.get()
    assert (now.impact, now.is_reviewed) == ("low", False)
    keep_item(assessment=here, kind=kind, identity=row.identity, started_from=now.version, by=lead)
    assert here.vulnerabilities.get().is_reviewed
