"""A new year starts from last year's words without looking finished."""

from __future__ import annotations

import datetime

import pytest
import yaml

from assessments.domain.assessments import (
    approve_assessment,
    reopen_assessment,
    submit_assessment,
)
from assessments.domain.carry_over import carry_over, standing_of
from assessments.domain.content import content_of, hash_of
from assessments.domain.cycles import close_cycle
from assessments.domain.items import add_item, change_item, remove_item
from assessments.domain.responses import save_response
from assessments.enums import ItemKind, RegisterStatus, Standing
from assessments.models import Assessment, CarriedAnswer, Cycle, Response
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from tests.factories import make_approved, make_cycle, make_person, shipped_edition
from threats.loading import load_edition, shipped_editions

pytestmark = pytest.mark.django_db

VULNERABILITY = {"statement": "One negotiator only.", "likelihood": "high", "impact": "high"}


@pytest.fixture
def acc():
    return make_person(role=Role.ACC_SECURITY)


def lead_on(acc, threat: str = "terrorism"):
    return make_person(force=acc.force, role=Role.FORCE_LEAD, threat=threat)


def opened(acc, year: str, edition_code: str = "2015-03") -> Cycle:
    return make_cycle(by=acc, year=year, edition_code=edition_code)


def assessment_of(cycle: Cycle, threat: str = "terrorism") -> Assessment:
    return cycle.assessments.get(threat__code=threat)


def response_to(cycle: Cycle, question: str, threat: str = "terrorism") -> Response:
    return Response.objects.select_related("carried", "rating", "question").get(
        assessment__cycle=cycle, assessment__threat__code=threat, question__code=question
    )


def say(
    cycle: Cycle, question: str, text: str = "", rating=None, threat: str = "terrorism", by=None
):
    response = response_to(cycle, question, threat)
    by = by or make_person(force=cycle.force, role=Role.FORCE_LEAD, threat=threat)
    return save_response(
        response=response, text=text, rating=rating, started_from=response.version, by=by
    )


def carried(cycle: Cycle, question: str = "threat-picture", threat: str = "terrorism"):
    return CarriedAnswer.objects.filter(
        response__assessment__cycle=cycle,
        response__assessment__threat__code=threat,
        response__question__code=question,
    ).first()


@pytest.fixture
def joined(tmp_path, acc):
    """A made-up edition of 2031: two threats joined, one parted, one retired, one new."""
    shipped_edition("2023-02")
    source = next(path for path in shipped_editions() if path.name == "2023-02.yaml")
    edition = yaml.safe_load(source.read_text(encoding="utf-8"))
    edition |= {"code": "2031-01", "title": "The edition of 2031", "issued_on": "2031-01"}
    kept = ("terrorism", "serious-organised-crime", "child-sexual-abuse")
    made = {"disorder": "Disorder", "ransom": "Ransom", "fraud": "Fraud", "drones": "Drones"}
    edition["threats"] = [{"code": code, "label": code.capitalize()} for code in kept]
    edition["threats"] += [{"code": code, "label": label} for code, label in made.items()]
    edition.pop("orders", None)
    for part in edition["parts"]:
        part["questions"] = [row for row in part["questions"] if not row.pop("threats", None)]
    edition["parts"] = [part for part in edition["parts"] if part["questions"]]
    rows = [{"earlier": code, "threat": code, "relation": "same"} for code in kept]
    rows += [
        {"earlier": "public-order", "threat": "disorder", "relation": "merged"},
        {"earlier": "civil-emergencies", "threat": "disorder", "relation": "merged"},
        {"earlier": "cyber", "threat": "ransom", "relation": "split"},
        {"earlier": "cyber", "threat": "fraud", "relation": "split"},
        {"earlier": "violence-against-women-and-girls", "relation": "retired"},
        {"threat": "drones", "relation": "new"},
    ]
    edition["mappings"] = [{"earlier_edition": "2023-02", "threats": rows}]
    path = tmp_path / "2031-01.yaml"
    path.write_text(yaml.dump(edition, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return load_edition(path)


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


# --- Across editions


def test_a_renamed_threat_brings_its_words_under_the_name_it_had(acc):
    say(opened(acc, "2014-15", "2012-07"), "threat-picture", "Attacks.", threat="cyber")

    cycle = opened(acc, "2015-16", "2015-03")

    row = carried(cycle, threat="cyber")
    assert (row.text, row.threat_label) == ("Attacks.", "Large-scale cyber incidents")


def test_a_new_threat_starts_empty(acc):
    before = opened(acc, "2022-23", "2015-03")
    say(before, "threat-picture", "Words.", threat="child-sexual-abuse")

    cycle = opened(acc, "2023-24", "2023-02")

    assert carried(cycle, threat="child-sexual-abuse").text == "Words."
    assert carried(cycle, threat="violence-against-women-and-girls") is None


def test_editions_that_are_not_neighbours_are_joined_through_those_between(acc):
    say(opened(acc, "2014-15", "2012-07"), "threat-picture", "Marches.", threat="public-order")

    cycle = opened(acc, "2023-24", "2023-02")

    assert carried(cycle, threat="public-order").text == "Marches."


def test_a_threat_that_joins_two_brings_the_words_of_both(acc, joined):
    before = opened(acc, "2023-24", "2023-02")
    amber = before.rating_scale.points.get(code="amber")
    say(before, "threat-picture", "Marches.", threat="public-order")
    say(before, "threat-picture", "Floods.", threat="civil-emergencies")
    say(before, "capacity-local", "Boats.", threat="civil-emergencies")
    say(before, "capacity-rating", rating=amber, threat="public-order")
    say(before, "consistency-rating", rating=amber, threat="public-order")
    green = before.rating_scale.points.get(code="green")
    say(before, "consistency-rating", rating=green, threat="civil-emergencies")

    cycle = opened(acc, "2031-32", "2031-01")

    both = carried(cycle, threat="disorder")
    assert both.text == "Public disorder\n\nMarches.\n\nCivil emergencies\n\nFloods."
    assert both.threat_label == "Public disorder and Civil emergencies"
    one = carried(cycle, "capacity-local", threat="disorder")
    assert (one.text, one.threat_label) == ("Boats.", "Civil emergencies")
    assert carried(cycle, "capacity-rating", threat="disorder").rating_code == "amber"
    assert carried(cycle, "consistency-rating", threat="disorder").rating_code == ""


def test_a_threat_that_was_parted_brings_its_words_to_every_part(acc, joined):
    before = opened(acc, "2023-24", "2023-02")
    say(before, "threat-picture", "Networks.", threat="cyber")

    cycle = opened(acc, "2031-32", "2031-01")

    assert carried(cycle, threat="ransom").text == "Networks."
    assert carried(cycle, threat="fraud").text == "Networks."


def test_a_retired_threats_words_come_nowhere(acc, joined):
    before = opened(acc, "2023-24", "2023-02")
    lead = lead_on(acc, "violence-against-women-and-girls")
    say(before, "threat-picture", "Gone.", threat="violence-against-women-and-girls")
    add_item(
        assessment=assessment_of(before, "violence-against-women-and-girls"),
        kind=ItemKind.VULNERABILITY, values=VULNERABILITY, by=lead,
    )  # fmt: skip

    cycle = opened(acc, "2031-32", "2031-01")

    assert not CarriedAnswer.objects.filter(text__contains="Gone").exists()
    assert not cycle.assessments.filter(vulnerabilities__isnull=False).exists()


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


def test_a_retired_threats_last_words_are_reached_from_the_years_page(acc, joined, client):
    opened(acc, "2023-24", "2023-02")
    opened(acc, "2031-32", "2031-01")
    client.force_login(acc)

    html = client.get("/cycles/2031-32/").content.decode()

    assert "No longer listed" in html
    assert "/cycles/2023-24/violence-against-women-and-girls/" in html
    assert "No longer listed" not in client.get("/cycles/2023-24/").content.decode()
