"""An office that keeps registers, and the rows of their pages."""

import csv
import datetime
import io

import pytest
from django.urls import reverse

from assessments.domain.items import add_item
from assessments.enums import ItemKind
from spr_portal.identity.enums import Role
from tests.factories import make_cycle, make_force, make_person

NAMES = ["capacity", "vulnerabilities", "findings"]

LONG_AGO, FAR_AHEAD = datetime.date(2016, 9, 1), datetime.date(2090, 1, 1)


class Office:
    """A force with two threats at work, and ACC Security who looks at all of them."""

    def __init__(self):
        self.force = make_force("wmp", short_name="WMP")
        self.acc = make_person(force=self.force, role=Role.ACC_SECURITY)
        self.cycle = make_cycle(by=self.acc)
        self.leads = {
            threat: make_person(force=self.force, role=Role.FORCE_LEAD, threat=threat)
            for threat in ("terrorism", "cyber")
        }

    def assessment(self, threat: str = "terrorism", cycle=None):
        return (cycle or self.cycle).assessments.get(threat__code=threat)

    def add(self, kind: ItemKind, threat: str = "terrorism", **values):
        values = DEFAULTS[kind] | values
        by = self.leads[threat]
        item = add_item(assessment=self.assessment(threat), kind=kind, values=values, by=by)
        later = {name: values[name] for name in ("is_reviewed", "first_raised") if name in values}
        type(item).objects.filter(pk=item.pk).update(**later) if later else None
        return item


DEFAULTS = {
    ItemKind.FIGURE: {"unit": "Vans", "level": "local", "is_public": True, "held": 5},
    ItemKind.VULNERABILITY: {"statement": "Few.", "likelihood": "low", "impact": "low"},
    ItemKind.FINDING: {
        "body": "HMICFRS",
        "report": "Public order",
        "finding_kind": "recommendation",
        "text": "Train more.",
    },
}


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def acc_client(client, office):
    client.force_login(office.acc)
    return client


def page(client, name: str, **asked) -> str:
    response = client.get(reverse("assessments:register", args=[name]), asked)
    assert response.status_code == 200
    return response.content.decode()


def rows_of(client, name: str, **asked) -> list[list[str]]:
    response = client.get(reverse("assessments:register", args=[name]), asked | {"format": "csv"})
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def shown(client, name: str, column: str, **asked) -> list[str]:
    headings, *rows = rows_of(client, name, **asked)
    return [row[headings.index(column)] for row in rows]
