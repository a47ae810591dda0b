"""A force with two threats' leads, and a register of evidence between them."""

import pytest
from django.test import Client

from assessments.domain.citing import cite_evidence
from assessments.domain.evidence import add_evidence
from spr_portal.identity.enums import Role
from tests.factories import make_cycle, make_force, make_person

BACKEND = "spr_portal.identity.backends.AccountBackend"
ENTRY = {"kind": "exercise", "title": "Exercise report", "marking": "OFFICIAL"}


class Register:
    """Leads of terrorism and of cyber, everybody else in the force, and who belongs to another."""

    def __init__(self):
        self.force = make_force()
        self.acc = make_person(force=self.force, role=Role.ACC_SECURITY)
        self.cycle = make_cycle(force=self.force, by=self.acc)
        self.lead = self.person(Role.FORCE_LEAD, "terrorism")
        self.cyber_lead = self.person(Role.FORCE_LEAD, "cyber")
        self.assessment = self.of("terrorism")

    def person(self, role, threat=""):
        return make_person(force=self.force, role=role, threat=threat)

    def of(self, threat):
        return self.cycle.assessments.get(threat__code=threat)

    def add(self, *, by=None, **values):
        return add_evidence(values=ENTRY | values, by=by or self.lead)

    def cite(self, evidence, *, threat="terrorism", backs=("capacity-local",), by=None):
        return cite_evidence(
            assessment=self.of(threat), evidence=evidence, backs=backs, by=by or self.lead
        )

    def client(self, person) -> Client:
        client = Client()
        client.force_login(person, backend=BACKEND)
        return client

    def page(self, person, path: str) -> str:
        response = self.client(person).get(path)
        assert response.status_code == 200, path
        return response.content.decode()


@pytest.fixture
def register(db):
    return Register()


@pytest.fixture
def store(settings, tmp_path):
    """A store of its own for the test's files."""
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    return settings.EVIDENCE_DIR
