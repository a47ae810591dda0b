"""The lists of an assessment: adding, changing, ordering, removing, and what is refused."""

import datetime

import pytest
from django.utils import timezone

from assessments.domain.items import add_item
from assessments.enums import AssessmentStatus, ItemKind
from assessments.presenters.figures import position_of
from spr_portal.identity.enums import Role
from tests.assessments.lead import FIGURE, ITEMS, desk, lead_client
from tests.assessments.lists import items, paragraph, text_of
from tests.factories import make_cycle, make_person

__all__ = ["desk", "lead_client"]


def date(name: str, day, month, year) -> dict:
    parts = {"day": day, "month": month, "year": year}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


@pytest.mark.parametrize("kind", ItemKind)
def test_item_of_each_kind_is_added_shown_changed_and_removed(desk, lead_client, kind):
    added = lead_client.post(desk.url("add_item", kind.value), ITEMS[kind], follow=True)

    assert added.redirect_chain == [(desk.url("items", kind.value), 302)]
    assert "has been added" in text_of(added)
    [item] = items(desk, kind)
    at = (kind.value, item.identity)
    assert lead_client.get(desk.url("change_item", *at)).status_code == 200

    lead_client.post(desk.url("change_item", *at), ITEMS[kind] | {"version": item.version})

    assert items(desk, kind)[0].version == 2
    assert "Do you want to remove" in text_of(lead_client.get(desk.url("remove_item", *at)))

    lead_client.post(desk.url("remove_item", *at), {"version": 2})

    assert items(desk, kind) == []
    assert lead_client.get(desk.url("change_item", *at)).status_code == 404


def test_first_item_starts_the_assessment(desk, lead_client):
    lead_client.post(desk.url("add_item", "summary"), ITEMS[ItemKind.SUMMARY])

    assert desk.refreshed().status == AssessmentStatus.IN_PROGRESS


def test_lead_may_add_another_at_once(desk, lead_client):
    sent = ITEMS[ItemKind.SUMMARY] | {"again": "yes"}

    response = lead_client.post(desk.url("add_item", "summary"), sent)

    assert response.url == desk.url("add_item", "summary")


FIGURE_ERRORS = [
    ({"held": "-1"}, "Number held must be 0 or more"),
    ({"held": "1000001"}, "Number held must be 1,000,000 or fewer"),
    ({"held": "9" * 6000}, "Number held must be"),
    ({"held": "6.5"}, "Number held must be a whole number"),
    ({"held": "many"}, "Number held must be a whole number"),
    ({"required": "", "held": ""}, "Enter at least one number"),
    ({"projected": "62"}, "Enter the date of the projection"),
    (date("projected_by", 31, 12, 2016), "Enter the projected number, or remove its date"),
    ({"projected": "6"} | date("projected_by", 31, 2, 2016), "must be a real date"),
    (date("held_on", 31, 2, 2016), "Date the number held was counted must be a real date"),
    (date("held_on", 1, 1, 9000), "must be today or in the past"),
    (
        {"projected": "6"} | date("held_on", 1, 8, 2016) | date("projected_by", 1, 7, 2016),
        "must be after the number held was counted",
    ),
    ({"accessible": "6"}, "Enter through whom they are accessible"),
    ({"unit": ""}, "Enter what is counted"),
    ({"unit": "x" * 121}, "must be 120 characters or fewer"),
    ({"unit": "x" * 100_000}, "must be 120 characters or fewer"),
    ({"level": "galactic"}, "Select a valid choice"),
    ({"publication": ""}, "Select who may read this"),
    ({"publication": "restricted"}, "Select the exemption it is kept out under"),
    ({"withheld_under": "section 31"}, "has no exemption: choose one or the other"),
    ({"publication": "restricted", "withheld_under": "section 99"}, "Select a valid choice"),
]


@pytest.mark.parametrize(("typed", "sentence"), FIGURE_ERRORS)
def test_wrong_figure_is_refused_beside_its_field(desk, lead_client, typed, sentence):
    response = lead_client.post(desk.url("add_item", "figures"), FIGURE | typed)

    page = text_of(response)
    assert response.status_code == 200
    assert "There is a problem" in page
    assert sentence in page
    assert items(desk, "figures") == []


OTHER_ERRORS = [
    ("vulnerabilities", date("review_on", 14, 2, 2016), "must not be before the cycle began"),
    ("vulnerabilities", {"criterion": "no-such"}, "Select a valid choice"),
    ("vulnerabilities", {"statement": " \x00 "}, "Enter the vulnerability"),
    ("evidence", date("dated", 1, 1, 9000), "must be today or in the past"),
    ("evidence", {"backs": "no-such"}, "Tick only answers that are listed here"),
    ("recommendations", {"addressee": ""}, "Enter the addressee"),
    ("summary", {"text": "word " * 20_000}, "Text must be 5,000 characters or fewer"),
]


@pytest.mark.parametrize(("kind", "typed", "sentence"), OTHER_ERRORS)
def test_wrong_item_is_refused_beside_its_field(desk, lead_client, kind, typed, sentence):
    page = text_of(lead_client.post(desk.url("add_item", kind), ITEMS[ItemKind(kind)] | typed))

    assert sentence in page
    assert items(desk, kind) == []


def test_figure_keeps_all_that_was_typed(desk, lead_client):
    sent = FIGURE | {
        "required": "1,019",
        "projected": "62",
        **date("projected_by", 31, "December", 2016),
        **date("held_on", 1, 8, 2016),
        "accessible": "6",
        "accessible_through": "Neighbours",
        "publication": "restricted",
        "withheld_under": "section 31",
    }

    lead_client.post(desk.url("add_item", "figures"), sent)

    [figure] = items(desk, "figures")
    assert (figure.required, figure.held, figure.projected) == (1019, 62, 62)
    assert figure.projected_by == datetime.date(2016, 12, 31)
    assert (figure.is_public, figure.withheld_under) == (False, "section 31")


def test_what_is_no_field_is_not_set(desk, lead_client):
    sent = ITEMS[ItemKind.SUMMARY] | {"identity": "mine", "order": "7", "assessment": "1"}

    lead_client.post(desk.url("add_item", "summary"), sent)

    [item] = items(desk, "summary")
    assert item.identity != "mine"
    assert item.order == 1


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        ({"held": 62, "required": 19}, ["Held 62, required 19: no shortfall."]),
        ({"held": 19, "required": 19}, ["Held 19, required 19: no shortfall."]),
        ({"held": 15, "required": 19}, ["Held 15, required 19: a shortfall of 4."]),
        ({"held": 0, "required": 1019}, ["Held 0, required 1,019: a shortfall of 1,019."]),
        (
            {"held": 71, "projected": 62, "projected_by": "2016-12-31", "required": 19},
            [
                "Held 71, required 19: no shortfall.",
                "Projected 62 by 31 December 2016, required 19: no shortfall.",
            ],
        ),
        (
            {"held": 15, "accessible": 10, "required": 19},
            ["Held 15, required 19: a shortfall of 4."],
        ),
        ({"held": 15}, ["No requirement is set, so there is nothing to compare."]),
        ({"required": 15}, ["What is held is not given, so it cannot be compared."]),
    ],
)
def test_shortfall_is_held_against_required(values, sentences):
    assert position_of(values) == sentences


def test_list_shows_figures_with_their_shortfall(desk, lead_client):
    lead_client.post(desk.url("add_item", "figures"), FIGURE)

    page = text_of(lead_client.get(desk.url("items", "figures")))

    assert "Held 62, required 19: no shortfall." in page
    assert "1 figure: 1 public, 0 restricted" in page


def test_paragraphs_are_counted_and_marked(desk, lead_client):
    paragraph(desk)
    paragraph(desk, "Two.", is_public=False, withheld_under="section 31")

    page = text_of(lead_client.get(desk.url("items", "summary")))

    assert "2 paragraphs: 1 public, 1 restricted" in page
    assert "printed in the board paper" in page


def test_paragraph_moves_up_and_down(desk, lead_client):
    for text in ["One.", "Two.", "Three."]:
        paragraph(desk, text)
    third = items(desk, "summary")[2]

    lead_client.post(desk.url("move_item", "summary", third.identity), {"direction": "up"})

    assert [item.text for item in items(desk, "summary")] == ["One.", "Three.", "Two."]

    lead_client.post(desk.url("move_item", "summary", third.identity), {"direction": "down"})

    assert [item.text for item in items(desk, "summary")] == ["One.", "Two.", "Three."]


@pytest.mark.parametrize("role", [Role.ACC_SECURITY, Role.STAFF_OFFICER, Role.EXECUTIVE])
def test_reviewers_cannot_touch_items(client, desk, role):
    item = paragraph(desk)
    client.force_login(desk.person(role))
    at = ("summary", item.identity)
    sent = ITEMS[ItemKind.SUMMARY] | {"version": "1", "direction": "up"}

    assert client.post(desk.url("add_item", "summary"), sent).status_code == 403
    for name in ["change_item", "remove_item", "move_item"]:
        assert client.post(desk.url(name, *at), sent).status_code == 403
    assert [item.version for item in items(desk, "summary")] == [1]


def test_item_of_another_assessment_is_not_found(desk, lead_client):
    elsewhere = make_cycle().assessments.get(threat__code="terrorism")
    other = add_item(
        assessment=elsewhere,
        kind=ItemKind.SUMMARY,
        values={"text": "Secret.", "is_public": True},
        by=make_person(force=elsewhere.force, role=Role.FORCE_LEAD),
    )
    at = ("summary", other.identity)
    sent = ITEMS[ItemKind.SUMMARY] | {"version": "1", "direction": "up"}

    for name in ["change_item", "remove_item"]:
        assert lead_client.get(desk.url(name, *at)).status_code == 404
    for name in ["change_item", "remove_item", "move_item"]:
        assert lead_client.post(desk.url(name, *at), sent).status_code == 404
    other.refresh_from_db()
    assert other.text == "Secret."


def test_unknown_list_is_not_found(desk, lead_client):
    assert lead_client.get(desk.url("items", "secrets")).status_code == 404


def test_markup_in_an_item_is_words(desk, lead_client):
    sent = ITEMS[ItemKind.EVIDENCE] | {"title": "<script>alert(1)</script>"}
    lead_client.post(desk.url("add_item", "evidence"), sent)

    for address in [desk.url("items", "evidence"), desk.url("check")]:
        page = text_of(lead_client.get(address))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_figure_counted_today_is_accepted(desk, lead_client):
    today = timezone.localdate()

    lead_client.post(
        desk.url("add_item", "figures"),
        FIGURE | date("held_on", today.day, today.month, today.year),
    )

    assert items(desk, "figures")[0].held_on == today
