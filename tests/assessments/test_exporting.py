"""One assessment as a page to print and as a file: all of it, for whoever may see it."""

import csv
import datetime
import io

import openpyxl
import pytest

from assessments.domain.content import items_as_data
from assessments.domain.items import add_item
from assessments.domain.responses import save_response
from assessments.enums import ItemKind
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from tests.assessments.lead import desk, lead_client
from tests.factories import fill_in, make_approved, make_person

__all__ = ["desk", "lead_client"]


@pytest.fixture
def full_desk(desk):
    """An assessment with hostile words in an answer, and numbers and dates in its lists."""
    fill_in(desk.assessment, by=desk.lead)
    response = desk.response("capacity-local")
    save_response(response=response, text="=1+1\n- <b>", rating=None, started_from=1, by=desk.lead)
    for kind, values in {
        ItemKind.FIGURE: {
            "unit": "Vans",
            "level": "local",
            "required": 19,
            "held": 0,
            "held_on": datetime.date(2016, 8, 1),
            "is_public": True,
        },
        ItemKind.VULNERABILITY: {"statement": "@few", "likelihood": "low", "impact": "high"},
        ItemKind.FINDING: {
            "body": "HMICFRS",
            "report": "Public order",
            "finding_kind": "other",
            "text": "Train more.",
        },
    }.items():
        add_item(assessment=desk.assessment, kind=kind, values=values, by=desk.lead)
    return desk


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_page_to_print_holds_every_answer_and_list(full_desk, lead_client):
    html = lead_client.get(full_desk.url("export")).content.decode()

    for words in ["=1+1", "&lt;b&gt;", "Vans", "@few", "Train more.", "Capacity figures",
                  "In progress", "An answer to "]:  # fmt: skip
        assert words in html
    assert "<b>" not in html
    for response in full_desk.assessment.responses.all():
        assert response.text.split("\n")[0] in html


def test_file_holds_every_answer_and_every_field(full_desk, lead_client):
    rows = rows_of(lead_client.get(full_desk.url("export"), {"format": "csv"}))

    assert rows[0] == ["Part", "Question or item", "What", "Answer"]
    answers = [row[3] for row in rows]
    assert "'=1+1\n- <b>" in answers
    assert "'@few" in answers
    for response in full_desk.assessment.responses.select_related("question", "rating"):
        told = response.rating.label if response.rating else response.text
        assert [row for row in rows if row[1] == response.question.prompt]
        assert told in answers or f"'{told}" in answers
    for kind, items in items_as_data(full_desk.assessment).items():
        assert {row[0] for row in rows} >= ({ItemKind(kind).label} if items else set())


def test_workbook_keeps_numbers_and_dates_and_has_no_formulas(full_desk, lead_client):
    response = lead_client.get(full_desk.url("export"), {"format": "xlsx"})

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    told = {row[2].value: row[3].value for row in sheet.iter_rows() if row[1].value == "Vans"}
    assert (told["Required"], told["Held"]) == (19, 0)
    assert told["Held on"] == datetime.datetime(2016, 8, 1)
    assert response["Content-Disposition"].endswith('-2016-17-terrorism.xlsx"')


def test_who_takes_it_is_noted_once_and_who_reads_it_is_not(full_desk, lead_client):
    lead_client.get(full_desk.url("export"))
    lead_client.get(full_desk.url("export"), {"format": "csv"})

    event = AuditEvent.objects.get(action="assessment.exported")
    assert event.actor == full_desk.lead
    assert event.subject == f"assessment {full_desk.assessment.reference}"
    assert event.details["format"] == "csv"


def test_drafts_and_approvals_are_told(full_desk, client):
    drafter = make_person(
        force=full_desk.force, role=Role.CONTRIBUTOR, threat="terrorism", name="Dan Drafter"
    )
    response = full_desk.response("capacity-local")
    save_response(response=response, text="A draft.", rating=None, started_from=2, by=drafter)
    client.force_login(drafter)

    [row] = [
        row
        for row in rows_of(client.get(full_desk.url("export"), {"format": "csv"}))
        if row[3] == "A draft."
    ]

    assert row[2] == "Answer, draft by Dan Drafter"


def test_approval_stands_at_the_head(client, db):
    assessment = make_approved()
    client.force_login(assessment.approved_by)

    html = client.get(f"{assessment.get_absolute_url()}export/").content.decode()

    assert "Approved by" in html
    assert assessment.approved_by_name in html


@pytest.mark.parametrize("file_format", ["", "csv", "xlsx"])
def test_others_cannot_take_it(full_desk, client, file_format):
    for person in [
        make_person(role=Role.FORCE_LEAD, threat="terrorism"),
        make_person(force=full_desk.force, role=Role.FORCE_LEAD, threat="cyber"),
        make_person(force=full_desk.force, role=Role.OPCC),
        make_person(force=full_desk.force, role=Role.ADMINISTRATOR),
    ]:
        client.force_login(person)
        asked = {"format": file_format} if file_format else {}
        assert client.get(full_desk.url("export"), asked).status_code == 404
    assert not AuditEvent.objects.filter(action="assessment.exported").exists()


def test_unknown_format_is_not_found(full_desk, lead_client):
    assert lead_client.get(full_desk.url("export"), {"format": "pdf"}).status_code == 404


def test_empty_assessment_exports_too(desk, lead_client):
    rows = rows_of(lead_client.get(desk.url("export"), {"format": "csv"}))

    facts = [row for row in rows if row[0] == "The assessment"]
    assert "Marking" in [row[1] for row in facts]
    assert len(rows) == 1 + len(facts) + desk.assessment.responses.count()
