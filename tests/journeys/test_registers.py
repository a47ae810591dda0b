"""From a finding that a lead writes down to the file that ACC Security takes away."""

import io
from pathlib import Path

import openpyxl
import pytest

from assessments.enums import FindingKind, RegisterStatus
from spr_portal.identity.enums import Role
from tests.factories import make_cycle, make_force, make_person

pytestmark = pytest.mark.django_db(transaction=True)
LISTS = "/cycles/2016-17/terrorism/lists/"


@pytest.fixture
def force():
    return make_force("wmp", name="West Midlands Police")


@pytest.fixture
def assessment(force):
    acc = make_person(force=force, role=Role.ACC_SECURITY)
    return make_cycle(by=acc).assessments.get(threat__code="terrorism")


@pytest.mark.parametrize("javascript", [True, False])
def test_finding_is_written_down_and_found(visitor, force, assessment, javascript):
    lead = visitor(make_person(force=force, role=Role.FORCE_LEAD), javascript=javascript)
    lead.open(f"{LISTS}findings/add/")
    lead.fill("Inspectorate", "HMICFRS")
    lead.fill("Report", "=The report")
    lead.choose("Cause of concern", within="Kind of finding")
    lead.page.get_by_label("What was found").fill("Too few officers are trained.")
    lead.fill_date("Due date", "1", "3", "2017")
    lead.choose("Closed", within="Status")
    lead.press("Save")
    lead.sees("Enter what closed it")
    lead.page.get_by_label("What closed it").fill("They were trained in May.")
    lead.press("Save")
    lead.sees("The finding has been added.", "They were trained in May.", "Closed")

    acc = visitor(make_person(force=force, role=Role.EXECUTIVE), javascript=javascript)
    acc.open("/")
    acc.follow("Registers", exact=True)
    acc.follow("Inspection findings", exact=True)
    acc.sees("1 finding", "Too few officers are trained.")
    acc.page.get_by_label("Status", exact=True).select_option("Open or in progress")
    acc.press("Show")
    acc.sees("0 findings", "Nothing in this year’s register is like that")
    acc.follow("Show everything")
    taken = acc.download("XLSX")

    sheet = openpyxl.load_workbook(io.BytesIO(Path(taken.path()).read_bytes())).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "=The report" in [cell.value for cell in cells if cell.data_type != "f"]
    finding = assessment.findings.get()
    assert finding.finding_kind == FindingKind.CAUSE_OF_CONCERN
    assert finding.status == RegisterStatus.CLOSED


def test_usual_unit_becomes_a_figure_with_its_shortfall(visitor, force, assessment):
    lead = visitor(make_person(force=force, role=Role.FORCE_LEAD))
    lead.open(f"{LISTS}figures/")
    lead.page.get_by_text("Units that are usual for this threat").click()
    lead.follow("CBRN trained officers")
    lead.choose("Regional", within="Level")
    lead.fill("Number required", "19")
    lead.fill("Number held", "15")
    lead.choose("Cleared for publication", within="Who may read this?")
    lead.press("Save")

    lead.sees("CBRN trained officers, regional", "a shortfall of 4")
    lead.open("/registers/capacity/?is_short=on")
    lead.sees("1 figure", "CBRN trained officers")
