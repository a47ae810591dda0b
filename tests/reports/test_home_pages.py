"""The page everybody comes to first."""

import datetime

import pytest
from django.utils import timezone

from spr_portal.identity.enums import Role
from tests.factories import make_cycle, make_paper, make_person, make_sent

pytestmark = pytest.mark.django_db


def test_a_person_without_an_appointment_is_told_so_and_whom_to_ask(force, sign_in):
    make_person(force=force, role=Role.ADMINISTRATOR, name="Ada Admin", email="ada@example.org")

    text = sign_in(make_person(force=force)).get("/").content.decode()

    assert "You have no appointment today" in text
    assert "Ada Admin" in text
    assert "mailto:ada@example.org" in text


def test_an_appointment_to_come_gives_nothing_today(force, sign_in):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    person = make_person(force=force, role=Role.ACC_SECURITY, starts_on=tomorrow)

    assert "You have no appointment today" in sign_in(person).get("/").content.decode()


def test_a_lead_sees_only_their_own_threats_with_due_date_and_lateness(acc, sign_in):
    make_cycle(by=acc)
    lead = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism")

    text = sign_in(lead).get("/").content.decode()

    assert "Terrorism" in text
    assert "31 August 2016" in text
    assert "Late" in text
    assert "Public order" not in text


def test_acc_security_sees_the_cycle_by_status_and_papers_with_what_they_wait_for(acc, sign_in):
    make_paper(by=acc)

    text = sign_in(acc).get("/").content.decode()

    assert "Cycle 2016/17" in text
    assert '<span class="portal-counts__number">6</span>' in text
    assert "ACC Security or the staff officer, who are writing it" in text


def test_the_executive_team_sees_what_waits_for_it(acc, executive, sign_in):
    make_sent(by=acc)

    text = sign_in(executive).get("/").content.decode()

    assert "The board paper of 2016/17 waits for you" in text
    assert "waits for you" not in sign_in(acc).get("/").content.decode()


def test_an_administrator_finds_people(force, sign_in):
    text = sign_in(make_person(force=force, role=Role.ADMINISTRATOR)).get("/").content.decode()

    assert "People and their appointments" in text
    assert "Board papers" not in text


def test_another_forces_year_is_not_shown(acc, sign_in):
    make_paper(by=acc)

    text = sign_in(make_person(role=Role.ACC_SECURITY)).get("/").content.decode()

    assert "2016/17" not in text


def test_home_asks_little_of_the_database(acc, sign_in, django_assert_max_num_queries):
    make_paper(by=acc)
    others = (Role.FORCE_LEAD, Role.EXECUTIVE, Role.OPCC, Role.ADMINISTRATOR)
    for person in (acc, *(make_person(force=acc.force, role=role) for role in others)):
        client = sign_in(person)
        client.get("/")
        with django_assert_max_num_queries(8):
            client.get("/")
