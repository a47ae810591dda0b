import pytest

from spr_portal.identity.enums import Role
from tests.factories import make_cycle, make_force, make_person, shipped_edition


@pytest.fixture
def force(db):
    return make_force("wmp", name="West Midlands Police", short_name="WMP")


@pytest.fixture
def acc(force):
    """ACC Security of a force whose first year in the portal is 2019-20."""
    person = make_person(force=force, role=Role.ACC_SECURITY, name="Amal Khan", post="ACC")
    make_cycle(by=person, year="2019-20")
    return person


@pytest.fixture
def edition(db):
    return shipped_edition("2015-03")
