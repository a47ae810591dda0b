"""What a lead sees of last year, and does with it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from assessments.domain.assessments import submit_assessment
from assessments.domain.carry_over import standing_of
from assessments.domain.items import add_item
from assessments.domain.responses import save_response
from assessments.enums import ItemKind, Standing
from assessments.exceptions import IncompleteAssessment
from assessments.models import CarriedAnswer, Response
from assessments.selectors import cycle_before
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from tests.factories import fill_in, make_cycle, make_person

pytestmark = pytest.mark.django_db

WORDS = "The threat is severe."
VULNERABILITY = {"statement": "One negotiator only.", "likelihood": "high", "impact": "high"}


@pytest.fixture
def acc():
    return make_person(role=Role.ACC_SECURITY)


@pytest.fixture
def lead(acc):
    return make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism")


@pytest.fixture
def cycle(acc, lead):
    """2017-18, with words, a rating and a vulnerability from the year before."""
    before = make_cycle(by=acc, year="2016-17")
    amber = before.rating_scale.points.get(code="amber")
    answer(before, "threat-picture", WORDS, by=lead)
    answer(before, "delivery-local", "By three teams.", by=lead)
    answer(before, "capacity-rating", rating=amber, by=lead)
    add_item(
        assessment=before.assessments.get(threat__code="terrorism"),
        kind=ItemKind.VULNERABILITY, values=VULNERABILITY, by=lead,
    )  # fmt: skip
    return make_cycle(by=acc, year="2017-18")


@pytest.fixture
def page(client, lead):
    client.force_login(lead)
    return client


def response_to(cycle, question: str, threat: str = "terrorism") -> Response:
    return Response.objects.select_related("carried", "rating").get(
        assessment__cycle=cycle, assessment__threat__code=threat, question__code=question
    )


def answer(cycle, question: str, text: str = "", *, rating=None, by):
    response = response_to(cycle, question)
    return save_response(
        response=response, text=text, rating=rating, started_from=response.version, by=by
    )


def part(code: str, year: str = "2017-18") -> str:
    return reverse("assessments:part", args=[year, "terrorism", code])


def send(page, question: str, text: str = "", version: int = 0, part_code="threat-picture", **more):
    data = {question: text, f"version:{question}": str(version)} | more
    return page.post(part(part_code), data)


def item_page(name: str, item) -> str:
    return reverse(
        f"assessments:{name}", args=["2017-18", "terrorism", "vulnerabilities", item.identity]
    )


def test_last_years_words_stand_beside_an_empty_box(page, cycle):
    html = page.get(part("threat-picture")).content.decode()

    assert "What the force said in 2016/17" in html
    assert WORDS in html
    assert "Not yet reviewed" in html
    assert "Confirm: unchanged since 2016/17" in html
    assert response_to(cycle, "threat-picture").text == ""


def test_last_years_rating_is_shown_but_not_chosen(page, cycle):
    html = page.get(part("capacity")).content.decode()

    assert "portal-rating--yellow" in html or "portal-rating--orange" in html
    assert " checked" not in html


def test_in_a_first_year_nothing_is_said_of_the_year_before(client, acc, lead):
    make_cycle(by=acc, year="2017-18")
    client.force_login(lead)

    html = client.get(part("threat-picture")).content.decode()

    assert "Not yet reviewed" not in html
    assert "What the force said" not in html


def test_confirming_saves_last_years_words_as_this_years_answer(page, cycle, lead):
    sent = send(page, "threat-picture", confirm="threat-picture")

    response = response_to(cycle, "threat-picture")
    assert sent.status_code == 302
    assert sent["Location"].endswith("#threat-picture")
    assert (response.text, response.version, response.updated_by) == (WORDS, 1, lead)
    assert standing_of(response) == Standing.UNCHANGED
    assert response.versions.get().text == WORDS
    assert AuditEvent.objects.filter(action="response.saved").latest("pk").details
    html = page.get(part("threat-picture")).content.decode()
    assert "Unchanged and confirmed" in html
    assert "Confirm: unchanged" not in html


def test_confirming_a_rating_gives_it_anew(page, cycle):
    sent = page.post(
        part("capacity"), {"version:capacity-rating": "0", "confirm": "capacity-rating"}
    )

    assert sent.status_code == 302
    assert response_to(cycle, "capacity-rating").rating.code == "amber"


def test_confirming_twice_changes_nothing(page, cycle):
    send(page, "threat-picture", confirm="threat-picture")

    send(page, "threat-picture", confirm="threat-picture")

    assert response_to(cycle, "threat-picture").version == 1


def test_words_of_last_year_that_changed_meanwhile_are_not_confirmed_unread(page, cycle):
    html = page.get(part("threat-picture")).content.decode()
    shown = re.search(r'name="carried:threat-picture" value="(\w+)"', html)[1]
    carried = CarriedAnswer.objects.filter(
        response__assessment__cycle=cycle, response__question__code="threat-picture"
    )
    carried.update(text="Later words.")
    seen = {"carried:threat-picture": shown}

    sent = send(page, "threat-picture", confirm="threat-picture", **seen)

    html = sent.content.decode()
    assert "Last year’s answer has been changed since you opened this page" in html
    assert "Later words." in html
    assert response_to(cycle, "threat-picture").version == 0
    now = re.search(r'name="carried:threat-picture" value="(\w+)"', html)[1]
    send(page, "threat-picture", confirm="threat-picture", **{"carried:threat-picture": now})
    assert response_to(cycle, "threat-picture").text == "Later words."


def test_confirming_what_a_colleague_has_answered_meanwhile_replaces_nothing(page, cycle, acc):
    colleague = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism")
    answer(cycle, "threat-picture", "The colleague's words.", by=colleague)

    sent = send(page, "threat-picture", confirm="threat-picture")

    assert sent.status_code == 409
    assert response_to(cycle, "threat-picture").text == "The colleague's words."
    html = sent.content.decode()
    assert "colleague" in html
    assert "severe" in html


def test_words_typed_in_the_box_are_never_replaced_by_confirming(page, cycle):
    sent = send(page, "threat-picture", "Just typed.", confirm="threat-picture")

    html = sent.content.decode()
    assert "empty the box first" in html
    assert "Just typed." in html
    assert response_to(cycle, "threat-picture").text == ""


def test_confirming_one_answer_saves_what_is_typed_in_the_others(page, cycle):
    data = {
        "delivery-local": "", "version:delivery-local": "0", "confirm": "delivery-local",
        "delivery-regional": "Typed.", "version:delivery-regional": "0",
    }  # fmt: skip

    page.post(part("delivery"), data)

    assert response_to(cycle, "delivery-local").text == "By three teams."
    assert response_to(cycle, "delivery-regional").text == "Typed."


def test_a_locked_assessment_is_not_confirmed(page, cycle, lead):
    assessment = cycle.assessments.get(threat__code="terrorism")
    fill_in(assessment, by=lead)
    row = response_to(cycle, "threat-picture")
    Response.objects.filter(pk=row.pk).update(text="Handed in.")
    assessment.vulnerabilities.update(is_reviewed=True)
    submit_assessment(assessment=assessment, by=lead)

    sent = send(page, "threat-picture", confirm="threat-picture")

    assert sent.status_code == 409
    assert response_to(cycle, "threat-picture").text == "Handed in."


def test_what_was_never_carried_cannot_be_confirmed(page, cycle):
    send(page, "delivery-national", part_code="delivery", confirm="delivery-national")

    assert response_to(cycle, "delivery-national").version == 0


def test_starting_from_last_years_words_fills_the_box_and_saves_nothing(page, cycle):
    sent = send(page, "threat-picture", start_from="threat-picture")

    html = page.get(sent["Location"].partition("#")[0]).content.decode()
    assert f">\n{WORDS}</textarea>" in html
    assert response_to(cycle, "threat-picture").version == 0
    assert "Not yet reviewed" in html


def test_starting_from_last_year_never_replaces_an_answer(page, cycle, lead):
    answer(cycle, "threat-picture", "Mine.", by=lead)

    html = page.get(part("threat-picture") + "?start_from=threat-picture").content.decode()

    assert ">\nMine.</textarea>" in html


def test_a_changed_answer_shows_word_by_word_what_changed(page, cycle, lead):
    answer(cycle, "threat-picture", "The threat is substantial.", by=lead)

    html = page.get(part("threat-picture")).content.decode()

    assert "What has changed since 2016/17" in html
    assert '<del><span class="govuk-visually-hidden">removed: </span>severe.</del>' in html


def test_another_leads_page_shows_nothing_of_it(client, acc, cycle):
    other = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="cyber")
    client.force_login(other)

    assert client.get(part("threat-picture")).status_code == 404
    cyber = reverse("assessments:part", args=["2017-18", "cyber", "threat-picture"])
    assert WORDS not in client.get(cyber).content.decode()


# --- What came over in a list


def test_what_came_over_must_be_looked_at_before_submitting(page, cycle, lead):
    assessment = cycle.assessments.get(threat__code="terrorism")
    fill_in(assessment, by=lead)

    with pytest.raises(IncompleteAssessment) as refusal:
        submit_assessment(assessment=assessment, by=lead)

    (missing,) = refusal.value.missing
    assert missing.sentence == "Vulnerabilities: 1 from last year is not yet reviewed"
    html = page.get(reverse("assessments:check", args=["2017-18", "terrorism"])).content.decode()
    assert missing.sentence in html


def test_a_vulnerability_that_still_stands_is_reviewed_with_one_click(page, cycle):
    item = cycle.assessments.get(threat__code="terrorism").vulnerabilities.get()
    address = reverse("assessments:items", args=["2017-18", "terrorism", "vulnerabilities"])
    html = page.get(address).content.decode()
    assert "Still stands" in html
    assert "First raised in 2016/17" in html

    page.post(item_page("keep_item", item), {"version": "1"})
    page.post(item_page("keep_item", item), {"version": "1"})

    item.refresh_from_db()
    assert (item.is_reviewed, item.version, item.statement) == (True, 2, "One negotiator only.")
    assert AuditEvent.objects.filter(action="item.kept").count() == 1
    assert "Still stands" not in page.get(address).content.decode()


def test_what_somebody_changed_meanwhile_is_not_kept_unread(page, cycle):
    item = cycle.assessments.get(threat__code="terrorism").vulnerabilities.get()

    sent = page.post(item_page("keep_item", item), {"version": "7"}, follow=True)

    item.refresh_from_db()
    assert not item.is_reviewed
    assert "Read it again below" in sent.content.decode()


def test_what_a_contributor_keeps_waits_for_the_lead(client, acc, cycle):
    item = cycle.assessments.get(threat__code="terrorism").vulnerabilities.get()
    helper = make_person(force=acc.force, role=Role.CONTRIBUTOR, threat="terrorism")
    client.force_login(helper)

    client.post(item_page("keep_item", item), {"version": "1"})

    item.refresh_from_db()
    assert (item.is_reviewed, item.is_draft) == (True, True)


def test_only_what_is_carried_can_be_kept(page, cycle, lead):
    assessment = cycle.assessments.get(threat__code="terrorism")
    figure = add_item(
        assessment=assessment, kind=ItemKind.SUMMARY, values={"text": "x", "is_public": True},
        by=lead,
    )  # fmt: skip
    address = reverse(
        "assessments:keep_item", args=["2017-18", "terrorism", "summary", figure.identity]
    )

    assert page.post(address, {"version": "1"}).status_code == 404


def test_the_task_list_counts_what_is_not_yet_reviewed(page, cycle):
    html = page.get(
        reverse("assessments:assessment", args=["2017-18", "terrorism"])
    ).content.decode()

    assert "1 of last year’s answers not yet reviewed" in html
    assert "1\N{NO-BREAK SPACE}to review" in html


def test_a_new_threat_says_why_it_starts_empty(client, acc):
    make_cycle(by=acc, year="2022-23", edition_code="2015-03")
    make_cycle(by=acc, year="2023-24", edition_code="2023-02")
    threat = "violence-against-women-and-girls"
    client.force_login(make_person(force=acc.force, role=Role.FORCE_LEAD, threat=threat))

    html = client.get(reverse("assessments:assessment", args=["2023-24", threat])).content.decode()

    assert "New in the edition of 20 February 2023" in html


def test_last_years_figures_are_shown_and_their_numbers_not_carried(page, cycle, acc, lead):
    before = cycle_before(cycle).assessments.get(threat__code="terrorism")
    figure = add_item(
        assessment=before, kind=ItemKind.FIGURE, by=lead,
        values={
            "unit": "Armed response vehicles", "level": "regional", "required": 814,
            "required_by": "The uplift programme", "held": 613, "is_public": True,
        },
    )  # fmt: skip
    at = ["2017-18", "terrorism", "figures"]

    html = page.get(reverse("assessments:items", args=at)).content.decode()
    form = page.get(
        reverse("assessments:add_item", args=at), {"last_year": figure.identity}
    ).content.decode()

    assert "Last year’s figures" in html
    assert "613" in html
    assert not cycle.assessments.filter(figures__isnull=False).exists()
    assert 'value="Armed response vehicles"' in form
    assert 'value="The uplift programme"' in form
    assert "613" not in form
    assert "814" not in form
