"""A year of 430 assessments asks the database no more often than a year of one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from tests.factories import make_person
from tests.many import make_wide_cycle

pytestmark = pytest.mark.django_db
MANY = 430


@pytest.fixture
def year():
    """Make a year of so many assessments in a force of its own: its cycle, ACC Security, a lead."""

    def made(number: int):
        acc = make_person(role=Role.ACC_SECURITY)
        lead = make_person(force=acc.force)
        leads = [lead, *(make_person(force=acc.force) for _ in range(2))]
        # Of many threats the lead has a third; of few, all.
        cycle = make_wide_cycle(
            number=number, by=acc, leads=leads if number > 10 else leads[:1], year="2016-17"
        )
        return cycle, acc, lead

    return made


def asked(client, person: User, path: str) -> int:
    """How often the page asks the database, the visit being noted already."""
    client.force_login(person, backend="spr_portal.identity.backends.AccountBackend")
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_pages_of_a_year_ask_as_often_for_430_assessments_as_for_one(client, year):
    counted = {}
    for number in (1, 7, MANY):
        cycle, acc, lead = year(number)
        assert cycle.assessments.count() == number
        counted[number] = {
            "the year": asked(client, acc, cycle.get_absolute_url()),
            "home of ACC Security": asked(client, acc, "/"),
            "home of a lead": asked(client, lead, "/"),
        }

    assert counted[1] == counted[7] == counted[MANY]
    assert max(counted[MANY].values()) <= 10
