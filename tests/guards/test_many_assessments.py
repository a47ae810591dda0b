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


def test_a_year_of_more_threats_than_a_page_holds_is_turned_page_by_page(client, year):
    cycle, acc, _ = year(25)
    client.force_login(acc, backend="spr_portal.identity.backends.AccountBackend")

    pages = [client.get(cycle.get_absolute_url(), {"page": number}) for number in (1, 2)]

    shown = [{line.assessment.pk for line in page.context["lines"]} for page in pages]
    assert [len(keys) for keys in shown] == [20, 5]
    assert shown[0] | shown[1] == set(cycle.assessments.values_list("pk", flat=True))
    for page, keys in zip(pages, shown, strict=True):
        assert {row.assessment.pk for row in page.context["grid"].rows} == keys
        *threats, every = page.context["open_lines"]
        assert {line.assessment.pk for line in threats} == keys
        assert every.numbers == (25, 0, 50, every.numbers[3], every.numbers[4], 25, 25)
        assert "of 25 assessments are with ACC Security" in page.context["in_short"][0]
        assert sum(count for _, _, count in page.context["counts"]) == 25
    sums = [
        sum(column)
        for column in zip(
            *(line.numbers for page in pages for line in page.context["open_lines"][:-1]),
            strict=True,
        )
    ]
    assert tuple(sums) == every.numbers
    assert "The year has 25 threats." in pages[0].content.decode()
    assert "numbers 21 to 25" in pages[1].content.decode()
