"""One line of a register: its words, links and tags, its file, and its history."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from assessments.domain.items import add_item
from assessments.enums import ItemKind
from assessments.models import Vulnerability
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from tests.assessments.office import DEFAULTS, LONG_AGO, NAMES, acc_client, office, page, shown
from tests.factories import make_cycle, make_force, make_person

__all__ = ["acc_client", "office"]

pytestmark = pytest.mark.django_db


def test_long_text_is_shortened_on_the_page_and_whole_in_the_file(office, acc_client):
    words = "word " * 999 + "end"
    office.add(ItemKind.VULNERABILITY, statement=words)

    assert words not in page(acc_client, "vulnerabilities")
    assert shown(acc_client, "vulnerabilities", "Vulnerability") == [words]


def test_rows_link_to_the_item_in_its_list(office, acc_client):
    item = office.add(ItemKind.FINDING)

    html = page(acc_client, "findings")

    address = f"/cycles/2016-17/terrorism/lists/findings/#item-{item.identity}"
    assert f'href="{address}"' in html
    assert f'id="item-{item.identity}"' in acc_client.get(address).content.decode()


def test_what_needs_attention_is_tagged(office, acc_client):
    office.add(
        ItemKind.VULNERABILITY,
        likelihood="high",
        impact="high",
        review_on=LONG_AGO,
        is_reviewed=False,
        first_raised="2014-15",
    )
    drafter = make_person(
        force=office.force, role=Role.CONTRIBUTOR, threat="terrorism", name="Dan Drafter"
    )
    add_item(
        assessment=office.assessment(),
        kind=ItemKind.VULNERABILITY,
        values=DEFAULTS[ItemKind.VULNERABILITY],
        by=drafter,
    )

    html = page(acc_client, "vulnerabilities")

    for words in ["Very high severity", "Review date passed", "Not yet reviewed", "2014/15",
                  "Draft by Dan Drafter"]:  # fmt: skip
        assert words in html


def test_applied_choices_stand_above_the_table(office, acc_client):
    office.add(ItemKind.VULNERABILITY, status="in_progress", owner="Me")

    html = page(acc_client, "vulnerabilities", status="not_closed", owner="me", is_overdue="")

    assert ">Status: Open or in progress<" in html
    assert ">Owner: me<" in html
    assert 'applied">Review date passed<' not in html


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_export_holds_what_the_page_shows_and_is_noted(office, acc_client, file_format):
    office.add(ItemKind.VULNERABILITY, statement="=1+1", owner="+A1", review_on=LONG_AGO)
    office.add(ItemKind.VULNERABILITY, "cyber", statement="Not asked for.")
    address = reverse("assessments:register", args=["vulnerabilities"])

    response = acc_client.get(address, {"format": file_format, "threat": "terrorism"})

    name = f"wmp-2016-17-vulnerabilities.{file_format}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    event = AuditEvent.objects.get(action="register.exported")
    assert (event.actor, event.force) == (office.acc, office.force)
    assert event.details["rows"] == 1
    assert event.details["sought"]["threat"] == "terrorism"
    if file_format == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert [cell for cell in cells if cell.data_type == "f"] == []
        assert "=1+1" in [cell.value for cell in cells]
        assert datetime.datetime(2016, 9, 1) in [cell.value for cell in cells]
    else:
        assert shown(acc_client, "vulnerabilities", "Owner", threat="terrorism") == ["'+A1"]


def test_item_shows_what_it_was_in_earlier_years(office, acc_client):
    item = office.add(ItemKind.VULNERABILITY, statement="As it is.", first_raised="2015-16")
    before = make_cycle(by=office.acc, year="2015-16")
    Vulnerability.objects.create(
        assessment=office.assessment(cycle=before),
        order=1,
        identity=item.identity,
        **DEFAULTS[ItemKind.VULNERABILITY] | {"statement": "As it was."},
    )
    elsewhere = make_cycle(force=make_force("gmp"))
    Vulnerability.objects.create(
        assessment=office.assessment(cycle=elsewhere),
        order=1,
        identity=item.identity,
        **DEFAULTS[ItemKind.VULNERABILITY] | {"statement": "Another force’s."},
    )
    address = reverse("assessments:item_history", args=["vulnerabilities", item.identity])

    html = acc_client.get(address).content.decode()

    assert f'href="{address}"' in page(acc_client, "vulnerabilities")
    assert html.index("As it is.") < html.index("As it was.")
    assert "Another force’s." not in html


@pytest.mark.parametrize("name", NAMES)
def test_history_of_what_is_not_seen_is_not_found(client, office, name):
    item = office.add(ItemKind.VULNERABILITY, "cyber")
    client.force_login(office.leads["terrorism"])

    address = reverse("assessments:item_history", args=[name, item.identity])

    assert client.get(address).status_code == 404


def test_page_of_the_year_leads_to_what_it_counts(office, acc_client):
    office.add(ItemKind.FIGURE, required=19, held=15)
    office.add(ItemKind.FIGURE, "cyber", unit="Enough", required=19, held=19)
    office.add(ItemKind.VULNERABILITY, statement="Open one.")
    office.add(ItemKind.VULNERABILITY, statement="Closed one.", status="closed", outcome="Done.")
    year = acc_client.get(office.cycle.get_absolute_url()).content.decode()

    for address, there, not_there in [
        ("capacity/?year=2016-17&is_short=on&sort=shortfall", "Vans, local", "Enough"),
        ("vulnerabilities/?year=2016-17&status=not_closed", "Open one.", "Closed one."),
        ("findings/?year=2016-17&status=not_closed", "0 findings", "Closed one."),
    ]:
        assert f'href="/registers/{address.replace("&", "&amp;")}"' in year
        html = acc_client.get(f"/registers/{address}").content.decode()
        assert there in html
        assert not_there not in html
