"""Vulnerabilities and inspection findings: where they stand, and what is refused."""

import datetime

import pytest

from assessments.domain.items import add_item
from assessments.enums import FindingKind, ItemKind, RegisterStatus
from spr_portal.identity.enums import Role
from tests.assessments.lead import FINDING, ITEMS, VULNERABILITY, desk, lead_client
from tests.factories import make_person

__all__ = ["desk", "lead_client"]


def text_of(response) -> str:
    return response.content.decode()


def date(name: str, day, month, year) -> dict:
    parts = {"day": day, "month": month, "year": year}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


def rows(desk, kind) -> list:
    return list(getattr(desk.assessment, kind).all())


CLOSED = {"status": "closed", "outcome": "Trained in May."}
WRONG = [
    ("vulnerabilities", {"status": "closed"}, "Enter what closed it"),
    ("vulnerabilities", {"outcome": "Trained."}, "or remove what closed it"),
    ("vulnerabilities", {"status": ""}, "Select the status"),
    ("vulnerabilities", {"status": "forgotten"}, "Select a valid choice"),
    ("vulnerabilities", date("review_on", 1, 5, 2106), "Review date must be between"),
    ("vulnerabilities", date("review_on", 14, 2, 2016), "must not be before the cycle began"),
    ("vulnerabilities", {"escalation": "x" * 5_001}, "Escalation must be 5,000 characters"),
    ("findings", {"status": "closed"}, "Enter what closed it"),
    ("findings", {"outcome": "Trained."}, "or remove what closed it"),
    ("findings", {"body": ""}, "Enter the inspectorate"),
    ("findings", {"body": "x" * 121}, "Inspectorate must be 120 characters"),
    ("findings", {"report": " \x00"}, "Enter the report"),
    ("findings", {"text": ""}, "Enter what was found"),
    ("findings", {"kind_of_finding": ""}, "Select the kind of finding"),
    ("findings", {"kind_of_finding": "praise"}, "Select a valid choice"),
    ("findings", date("dated", 1, 1, 9000), "Date of the report must be today or in the past"),
    ("findings", date("dated", 1, 5, "0216"), "Date of the report must be in 1990 or later"),
    ("findings", date("due_on", 1, 5, "0216"), "Due date must be between 1990"),
    ("findings", date("due_on", 31, 2, 2017), "Due date must be a real date"),
    (
        "findings",
        date("dated", 2, 5, 2016) | date("due_on", 1, 5, 2016),
        "Due date must not be before the report of 2 May 2016",
    ),
    ("figures", {"projected": "6"} | date("projected_by", 1, 5, 2106), "must be between 1990"),
    ("figures", date("held_on", 1, 5, "0216"), "must be in 1990 or later"),
]


@pytest.mark.parametrize(("kind", "typed", "sentence"), WRONG)
def test_what_is_wrong_is_refused_beside_its_field(desk, lead_client, kind, typed, sentence):
    page = text_of(lead_client.post(desk.url("add_item", kind), ITEMS[ItemKind(kind)] | typed))

    assert "There is a problem" in page
    assert sentence in page
    assert rows(desk, kind) == []


def test_finding_keeps_all_that_was_typed(desk, lead_client):
    sent = FINDING | {
        "reference": "Recommendation 4",
        "grade": "Requires improvement",
        "response": "Training goes on.",
        "owner": "Head of operations",
        **date("dated", 2, 5, 2016),
        **date("due_on", 1, 5, 2017),
    }

    lead_client.post(desk.url("add_item", "findings"), sent | CLOSED)

    [finding] = rows(desk, "findings")
    assert finding.finding_kind == FindingKind.RECOMMENDATION
    assert (finding.dated, finding.due_on) == (
        datetime.date(2016, 5, 2),
        datetime.date(2017, 5, 1),
    )
    assert (finding.status, finding.outcome) == (RegisterStatus.CLOSED, "Trained in May.")
    page = text_of(lead_client.get(desk.url("items", "findings")))
    for words in [*sent.values(), "Trained in May.", "HMICFRS, Recommendation 4"]:
        assert words in page or words in {"recommendation", "open", "2", "5", "1"}, words
    assert "Closed</strong>" in page


def test_vulnerability_shows_where_it_stands_and_what_it_weighs(desk, lead_client):
    sent = VULNERABILITY | {"escalation": "To the board.", "status": "in_progress"}

    lead_client.post(desk.url("add_item", "vulnerabilities"), sent)

    page = text_of(lead_client.get(desk.url("items", "vulnerabilities")))
    assert "To the board." in page
    assert "In progress</strong>" in page
    assert "Severity" in page
    assert "Medium" in page


@pytest.mark.parametrize("kind", ["vulnerabilities", "findings"])
def test_new_item_remembers_the_year_it_was_raised(desk, lead_client, kind):
    lead_client.post(desk.url("add_item", kind), ITEMS[ItemKind(kind)] | {"first_raised": "1999"})

    [item] = rows(desk, kind)
    assert item.first_raised == "2016-17"
    assert item.is_reviewed


def test_status_begins_as_open(desk, lead_client):
    page = text_of(lead_client.get(desk.url("add_item", "findings")))

    assert 'value="open" checked' in page


def test_what_was_closed_keeps_its_old_review_date(desk, lead_client):
    sent = VULNERABILITY | CLOSED | date("review_on", 14, 2, 2015)

    lead_client.post(desk.url("add_item", "vulnerabilities"), sent)

    assert rows(desk, "vulnerabilities")[0].review_on == datetime.date(2015, 2, 14)


def test_forms_suggest_units_of_the_threat_and_inspectorates(desk, lead_client):
    figures = text_of(lead_client.get(desk.url("add_item", "figures")))
    findings = text_of(lead_client.get(desk.url("add_item", "findings")))

    assert 'list="id_unit-suggestions"' in figures
    assert '<option value="Counter terrorism specialist firearms officers">' in figures
    assert "Casualty bureau" not in figures
    assert '<option value="HMICFRS">' in findings


def test_changing_what_came_over_reviews_it(desk, lead_client):
    item = add_item(
        assessment=desk.assessment,
        kind=ItemKind.VULNERABILITY,
        values={"statement": "Old.", "likelihood": "low", "impact": "low"},
        by=desk.lead,
    )
    type(item).objects.filter(pk=item.pk).update(is_reviewed=False, first_raised="2014-15")
    assert "Not yet reviewed" in text_of(lead_client.get(desk.url("items", "vulnerabilities")))

    lead_client.post(
        desk.url("change_item", "vulnerabilities", item.identity), VULNERABILITY | {"version": "1"}
    )

    item.refresh_from_db()
    assert (item.is_reviewed, item.first_raised) == (True, "2014-15")
    assert "Not yet reviewed" not in text_of(lead_client.get(desk.url("items", "vulnerabilities")))


def test_contributors_item_is_tagged_as_a_draft(desk, lead_client):
    drafter = make_person(
        force=desk.force, role=Role.CONTRIBUTOR, threat="terrorism", name="Dan Drafter"
    )
    for kind, values in [
        (ItemKind.FIGURE, {"unit": "Vans", "level": "local", "held": 1, "is_public": True}),
        (ItemKind.VULNERABILITY, {"statement": "Few.", "likelihood": "low", "impact": "low"}),
    ]:
        add_item(assessment=desk.assessment, kind=kind, values=values, by=drafter)

        assert "Draft by Dan Drafter" in text_of(lead_client.get(desk.url("items", kind.value)))


def test_usual_units_lead_to_a_form_that_begins_with_them(desk, lead_client):
    add_item(
        assessment=desk.assessment,
        kind=ItemKind.FIGURE,
        values={"unit": "CBRN trained officers", "level": "local", "held": 1, "is_public": True},
        by=desk.lead,
    )

    listed = text_of(lead_client.get(desk.url("items", "figures")))
    begun = text_of(lead_client.get(desk.url("add_item", "figures") + "?unit=Prevent+officers"))
    other = text_of(lead_client.get(desk.url("add_item", "figures") + "?unit=Words+of+a+stranger"))

    assert "?unit=Prevent%20officers" in listed
    assert "?unit=CBRN%20trained%20officers" not in listed
    assert 'value="Prevent officers"' in begun
    assert "Words of a stranger" not in other


def test_form_of_what_came_over_says_what_saving_it_means(desk, lead_client):
    item = add_item(
        assessment=desk.assessment,
        kind=ItemKind.FINDING,
        values=FINDING | {"finding_kind": "other"},
        by=desk.lead,
    )
    address = desk.url("change_item", "findings", item.identity)
    assert "counts as reviewed" not in text_of(lead_client.get(address))

    type(item).objects.filter(pk=item.pk).update(is_reviewed=False, first_raised="2014-15")

    page = text_of(lead_client.get(address))
    assert "first raised in 2014/15" in page
    assert "counts as reviewed" in page
