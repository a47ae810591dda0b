"""An assessment bears a marking at the head and foot of what is printed and exported of it."""

import io
import zipfile

import pytest

from assessments.domain.items import add_item
from assessments.domain.marking import mark_assessment
from assessments.enums import ItemKind, Marking
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from tests.assessments.lead import desk, lead_client

__all__ = ["desk", "lead_client"]
pytestmark = pytest.mark.django_db
SENSITIVE = {"marking": Marking.SENSITIVE, "handling": "For the lead only"}
VULNERABILITY = {"statement": "Few trained.", "likelihood": "low", "impact": "low"}
BODY = 'class="govuk-template__body portal-sensitive'


def add(desk, **fields):
    return add_item(
        assessment=desk.assessment,
        kind=ItemKind.VULNERABILITY,
        values=VULNERABILITY | fields,
        by=desk.lead,
    )


def test_a_lead_marks_the_assessment_and_its_pages_and_files_bear_it(desk, lead_client):
    before = lead_client.get(desk.url("assessment")).content.decode()
    lead_client.post(desk.url("marking"), SENSITIVE)

    page = lead_client.get(desk.url("assessment")).content.decode()
    csv = lead_client.get(desk.url("export") + "?format=csv").content.decode()
    xlsx = lead_client.get(desk.url("export") + "?format=xlsx").content
    form = lead_client.get(desk.url("word_form_file")).content

    assert BODY not in before
    assert BODY in page
    assert "OFFICIAL-SENSITIVE: For the lead only" in page
    assert "OFFICIAL-SENSITIVE: For the lead only" in csv
    assert in_zip(xlsx, "xl/worksheets/sheet1.xml", "&amp;COFFICIAL-SENSITIVE: For the lead only")
    assert in_zip(form, "word/header1.xml", "OFFICIAL-SENSITIVE: For the lead only")
    assert AuditEvent.objects.filter(action="assessment.marked").count() == 1


def test_something_in_it_raises_the_marking_of_the_whole(desk, lead_client):
    add(desk)
    assert BODY not in lead_client.get(desk.url("items", "vulnerabilities")).content.decode()

    add(desk, **SENSITIVE)

    for name, *more in (("assessment",), ("items", "vulnerabilities"), ("part", "capacity")):
        assert BODY in lead_client.get(desk.url(name, *more)).content.decode()


def test_a_register_that_holds_something_marked_bears_it(desk, lead_client):
    address = "/registers/vulnerabilities/"
    add(desk)
    assert BODY not in lead_client.get(address).content.decode()

    add(desk, **SENSITIVE)

    assert BODY in lead_client.get(address).content.decode()
    taken = lead_client.get(f"{address}?year=2016-17&format=xlsx").content
    assert in_zip(taken, "xl/worksheets/sheet1.xml", "OFFICIAL-SENSITIVE")


def test_only_a_lead_and_acc_security_mark_it(desk):
    for role in (Role.STAFF_OFFICER, Role.EXECUTIVE, Role.OPCC):
        with pytest.raises(PolicyDenied):
            mark_assessment(assessment=desk.assessment, by=desk.person(role), **SENSITIVE)

    mark_assessment(assessment=desk.assessment, by=desk.person(Role.ACC_SECURITY), **SENSITIVE)

    assert desk.refreshed().marking == Marking.SENSITIVE


def in_zip(content: bytes, part: str, words: str) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return words in parts.read(part).decode()
