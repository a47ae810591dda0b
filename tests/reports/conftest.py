import pytest
from django.test import Client

from spr_portal.identity.enums import Role
from tests.factories import make_force, make_person


@pytest.fixture
def force(db):
    return make_force("wmp", name="West Midlands Police", short_name="WMP")


@pytest.fixture
def acc(force):
    return make_person(force=force, role=Role.ACC_SECURITY, name="Alex Acc", post="ACC Security")


@pytest.fixture
def executive(force):
    return make_person(force=force, role=Role.EXECUTIVE, name="Erin Executive")


@pytest.fixture
def opcc(force):
    return make_person(force=force, role=Role.OPCC, name="Oli Opcc")


@pytest.fixture
def sign_in():
    """Sign a person in and return the browser they sit at, the same for all of a test."""
    client = Client()

    def signed_in(person):
        client.force_login(person, backend="spr_portal.identity.backends.AccountBackend")
        return client

    return signed_in
