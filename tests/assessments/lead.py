"""A force lead at work, for the tests of the lead's pages."""

import pytest
from django.urls import reverse

from assessments.enums import ItemKind
from spr_portal.identity.enums import Role
from tests.factories import make_cycle, make_force, make_person

FIGURE = {
    "unit": "Police support units",
    "level": "local",
    "required": "19",
    "held": "62",
    "publication": "public",
}
VULNERABILITY = {
    "statement": "Few trained officers.",
    "likelihood": "low",
    "impact": "high",
    "status": "open",
}
FINDING = {
    "body": "HMICFRS",
    "report": "Public order",
    "kind_of_finding": "recommendation",
    "text": "Too few officers are trained.",
    "status": "open",
}
EVIDENCE = {"title": "Exercise report", "kind": "exercise", "marking": "OFFICIAL"}
RECOMMENDATION = {
    "addressee": "The Commissioner",
    "text": "to support the plan.",
    "publication": "public",
}
SUMMARY = {"text": "What the board reads.", "publication": "public"}
ITEMS = {
    ItemKind.FIGURE: FIGURE,
    ItemKind.VULNERABILITY: VULNERABILITY,
    ItemKind.FINDING: FINDING,
    ItemKind.EVIDENCE: EVIDENCE,
    ItemKind.RECOMMENDATION: RECOMMENDATION,
    ItemKind.SUMMARY: SUMMARY,
}


class Desk:
    """One assessment (terrorism, 2016-17), its lead, and their colleagues."""

    def __init__(self):
        self.force = make_force()
        self.cycle = make_cycle(force=self.force)
        self.lead = self.person(Role.FORCE_LEAD)
        self.assessment = self.cycle.assessments.get(threat__code="terrorism")

    def person(self, role, **fields):
        return make_person(force=self.force, role=role, **fields)

    def url(self, name: str, *more: str) -> str:
        return reverse(f"assessments:{name}", args=["2016-17", "terrorism", *more])

    def response(self, code: str):
        return self.assessment.responses.select_related("rating").get(question__code=code)

    def refreshed(self):
        self.assessment.refresh_from_db()
        return self.assessment


@pytest.fixture
def desk(db):
    return Desk()


@pytest.fixture
def lead_client(client, desk):
    client.force_login(desk.lead)
    return client
