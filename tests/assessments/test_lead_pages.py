"""The task list, who sees it, and how many queries the lead's pages take."""

import re

import pytest
from django.test import Client

from assessments.domain.assessments import return_assessment, submit_assessment
from assessments.domain.carry_over import carry_over
from assessments.domain.comments import add_comment
from assessments.domain.items import add_item
from assessments.domain.responses import save_response
from assessments.enums import ItemKind
from assessments.exceptions import StaleEdit
from spr_portal.identity.enums import Role
from tests.assessments.lead import desk, lead_client
from tests.factories import fill_in, make_cycle, make_force, make_person

__all__ = ["desk", "lead_client"]

PAGES = [
    ("assessment",),
    ("part", "capacity"),
    ("part", "threat-picture"),
    *(("items", kind.value) for kind in ItemKind),
    *(("add_item", kind.value) for kind in ItemKind),
    ("check",),
]


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_lead_sees_every_page(desk, lead_client, page):
    assert lead_client.get(desk.url(*page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_another_force_finds_no_page(client, desk, page):
    other = make_force()
    make_cycle(force=other, year="2015-16")
    client.force_login(make_person(force=other, role=Role.FORCE_LEAD))

    assert client.get(desk.url(*page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_lead_of_another_threat_finds_no_page(client, desk, page):
    client.force_login(desk.person(Role.FORCE_LEAD, threat="cyber"))

    assert client.get(desk.url(*page)).status_code == 404


@pytest.mark.parametrize("role", [Role.ACC_SECURITY, Role.STAFF_OFFICER, Role.EXECUTIVE])
def test_reviewers_read_but_are_not_offered_to_change(client, desk, role):
    client.force_login(desk.person(role))

    for page in PAGES:
        response = client.get(desk.url(*page))
        if page[0] == "add_item":
            assert response.status_code == 403
            continue
        assert response.status_code == 200
        assert not re.search(r'<textarea[^>]* name="(?!talk:)', text_of(response))
        assert "Only the force leads of this threat and their contributors" in text_of(response)


def test_reviewer_is_led_to_the_review(client, desk):
    client.force_login(desk.person(Role.ACC_SECURITY))

    assert desk.url("review") in text_of(client.get(desk.url("assessment")))


def test_lead_is_not_led_to_the_review(desk, lead_client):
    assert desk.url("review") not in text_of(lead_client.get(desk.url("assessment")))


def test_opcc_finds_no_assessment(client, desk):
    client.force_login(desk.person(Role.OPCC))

    assert client.get(desk.url("assessment")).status_code == 404


def statuses_of(response) -> dict:
    return {task.name: task.status for group in response.context["groups"] for task in group.tasks}


def test_task_list_tells_how_far_each_part_is(desk, lead_client):
    for code in ["threat-picture", "capacity-local"]:
        save_response(
            response=desk.response(code), text="Words.", rating=None, started_from=0, by=desk.lead
        )
    add_item(
        assessment=desk.assessment,
        kind=ItemKind.SUMMARY,
        values={"text": "One.", "is_public": True},
        by=desk.lead,
    )

    statuses = statuses_of(lead_client.get(desk.url("assessment")))

    assert statuses["Threat picture"] == "Completed"
    assert statuses["Capacity"] == "In progress"
    assert statuses["Delivery"] == "Not started"
    assert statuses["Four Ps"] == "Optional"
    assert statuses["Evidence"] == "Optional"
    assert statuses["Summary for the board"] == "1\N{NO-BREAK SPACE}added"
    assert statuses["Check your answers and submit"] == "Not ready"


def test_complete_assessment_is_ready_to_submit(desk, lead_client):
    fill_in(desk.assessment, by=desk.lead)

    response = lead_client.get(desk.url("assessment"))

    assert statuses_of(response)["Check your answers and submit"] == "Ready to submit"
    assert "Rating: Green" in text_of(response)


def test_returned_assessment_says_what_to_change_and_where(desk, lead_client):
    acc = desk.person(Role.ACC_SECURITY, name="Alex Acc", post="ACC (Security)")
    fill_in(desk.assessment, by=desk.lead)
    submit_assessment(assessment=desk.assessment, by=desk.lead)
    add_comment(assessment=desk.assessment, place="capacity-local", text="How many?", by=acc)
    add_comment(assessment=desk.assessment, place="figures", text="<b>None?</b>", by=acc)
    return_assessment(assessment=desk.assessment, reason="Say more on capacity.", by=acc)

    page = text_of(lead_client.get(desk.url("assessment")))

    assert "Say more on capacity." in page
    assert "Alex Acc, ACC (Security)" in page
    assert f'href="{desk.url("part", "capacity")}#talk-capacity-local"' in page
    assert f'href="{desk.url("items", "figures")}#talk-figures"' in page
    assert page.count("1 unresolved comment") == 2


def test_comment_stands_beside_its_answer(desk, lead_client):
    add_comment(assessment=desk.assessment, place="capacity-local", text="How many?", by=desk.lead)

    assert "How many?" in text_of(lead_client.get(desk.url("part", "capacity")))


def test_words_that_wait_are_linked(desk, lead_client):
    other = desk.person(Role.FORCE_LEAD)
    response = desk.response("capacity-local")
    save_response(response=response, text="Theirs.", rating=None, started_from=0, by=other)
    with pytest.raises(StaleEdit):
        save_response(response=response, text="Mine.", rating=None, started_from=0, by=desk.lead)

    page = text_of(lead_client.get(desk.url("assessment")))

    assert "Words of yours are waiting" in page
    assert f'href="{desk.url("part", "capacity")}#capacity-local"' in page


def test_late_assessment_says_so(desk, lead_client):
    assert "Late" in text_of(lead_client.get(desk.url("assessment")))


def test_last_year_stands_beside_this_year(desk, lead_client):
    before = make_cycle(force=desk.force, year="2015-16").assessments.get(threat__code="terrorism")
    save_response(
        response=before.responses.get(question__code="capacity-local"),
        text="We held 70.",
        rating=None,
        started_from=0,
        by=desk.lead,
    )
    carry_over(desk.assessment.cycle)

    assert "We held 70." in text_of(lead_client.get(desk.url("part", "capacity")))


def fill_lists(desk, number: int) -> None:
    values = {
        ItemKind.FIGURE: {"unit": "PSU", "level": "local", "held": 1, "is_public": True},
        ItemKind.VULNERABILITY: {
            "statement": "One.",
            "likelihood": "low",
            "impact": "low",
            "criterion": desk.cycle.edition.criteria.first(),
        },
        ItemKind.EVIDENCE: {
            "kind": "stra",
            "title": "One",
            "part": desk.cycle.edition.parts.first(),
        },
        ItemKind.FINDING: {
            "body": "HMICFRS",
            "report": "Public order",
            "finding_kind": "other",
            "text": "One.",
        },
        ItemKind.RECOMMENDATION: {"addressee": "All", "text": "to note."},
        ItemKind.SUMMARY: {"text": "One.", "is_public": True},
    }
    for kind in ItemKind:
        for _ in range(number):
            add_item(assessment=desk.assessment, kind=kind, values=values[kind], by=desk.lead)


@pytest.mark.parametrize("number", [1, 12])
def test_no_page_takes_more_queries_for_more_items(
    desk, lead_client, django_assert_max_num_queries, number
):
    before = make_cycle(force=desk.force, year="2015-16").assessments.get(threat__code="terrorism")
    fill_in(before, by=desk.lead)
    fill_in(desk.assessment, by=desk.lead)
    fill_lists(desk, number)
    for _ in range(number):
        add_comment(assessment=desk.assessment, place="capacity-local", text="Why?", by=desk.lead)
    lead_client.get(desk.url("assessment"))  # the first page of a minute notes the visit,
    lead_client.get(desk.url("part", "capacity"))  # and what an edition asks is read but once,
    lead_client.get(desk.url("items", "figures"))  # as is how its threats follow from earlier ones

    for page in PAGES:
        limit = 10 if page[0] == "items" else 8
        with django_assert_max_num_queries(limit):
            assert lead_client.get(desk.url(*page)).status_code == 200


def test_pages_cannot_be_written_without_a_csrf_token(desk):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.lead)

    response = strict.post(desk.url("part", "capacity"), {"capacity-local": "Words."})

    assert response.status_code == 403
    assert desk.response("capacity-local").text == ""
