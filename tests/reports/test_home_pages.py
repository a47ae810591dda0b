"""The page everybody comes to first."""

import datetime
import re

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from assessments.domain.assessments import return_assessment, submit_assessment
from assessments.models import Assessment, CarriedAnswer, Comment, Contributor, Cycle
from reports.models import BoardAction, Meeting
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Appointment
from tests.factories import (
    fill_in,
    make_appointment,
    make_approved,
    make_cycle,
    make_paper,
    make_person,
    make_sent,
    make_submitted,
)

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
    assert re.search(r">\s*Late\s*<", text)
    assert "days late" not in text  # thousands of days say less than the date
    assert "Public order" not in text


def test_acc_security_sees_the_cycle_by_status_and_papers_with_what_they_wait_for(acc, sign_in):
    make_paper(by=acc)

    text = sign_in(acc).get("/").content.decode()

    assert "The year 2016/17" in text
    assert '<span class="portal-counts__number">6</span>' in text
    assert "ACC Security or the staff officer, who are writing it" in text


def test_the_executive_team_sees_what_waits_for_it(acc, executive, sign_in):
    make_sent(by=acc)

    text = sign_in(executive).get("/").content.decode()

    assert "Agree the board paper of 2016/17" in text
    assert "Agree the board paper" not in sign_in(acc).get("/").content.decode()


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
        with django_assert_max_num_queries(10):  # a list of what waits, of six kinds
            client.get("/")


def waiting_in(page) -> list[str]:
    """The names of what waits, in the order of the page."""
    return [line.name for line in page.context["waiting"]]


def test_a_lead_is_told_how_far_the_answers_are(acc, sign_in):
    assessment = make_cycle(by=acc).assessments.get(threat__code="terrorism")
    lead = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism")
    fill_in(assessment, by=lead)
    first = assessment.responses.filter(question__is_required=True).first()
    assessment.responses.filter(pk=first.pk).update(text="", rating=None, version=0)
    second = assessment.responses.filter(question__is_required=True).last()
    assessment.responses.filter(pk=second.pk).update(version=F("accepted_version") + 1)
    CarriedAnswer.objects.create(response=first, year="2015-16", threat_label="T", text="Was so.")

    text = sign_in(lead).get("/").content.decode()

    asked = assessment.responses.filter(question__is_required=True).count()
    assert f"{asked - 1} of {asked} answered, 1 of last year not yet reviewed" in text
    assert "1 draft to accept" in text


def test_a_lead_sees_how_many_places_a_return_asks_to_change(acc, sign_in):
    lead = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism")
    assessment = make_submitted(cycle=make_cycle(by=acc), by=lead)
    return_assessment(assessment=assessment, reason="Say more.", by=acc)
    assessment.status_changes.filter(to_status="returned").update(places=["capacity", "findings"])

    text = sign_in(lead).get("/").content.decode()

    assert "Returned to you, with 2 places to change" in text


def test_a_thread_waits_for_the_side_that_did_not_speak_last(acc, sign_in):
    lead = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism")
    assessment = make_submitted(cycle=make_cycle(by=acc), by=lead)
    root = say(assessment, by=acc)

    assert "1 comment to answer" in sign_in(lead).get("/").content.decode()
    assert "1 comment answered" not in sign_in(acc).get("/").content.decode()

    say(assessment, by=lead, thread=root)

    assert "1 comment to answer" not in sign_in(lead).get("/").content.decode()
    assert "1 comment answered" in sign_in(acc).get("/").content.decode()

    Comment.objects.filter(pk=root.pk).update(resolved_at=timezone.now(), resolved_by=acc)

    assert "1 comment answered" not in sign_in(acc).get("/").content.decode()


def test_a_named_contributor_without_an_appointment_sees_what_is_asked_of_them(acc, sign_in):
    assessment = make_cycle(by=acc).assessments.get(threat__code="terrorism")
    codes = list(assessment.responses.values_list("question__code", flat=True)[:2])
    colleague = make_person(force=acc.force)
    Contributor.objects.create(
        assessment=assessment, person=colleague, question_codes=codes, named_by=acc,
        named_at=timezone.now(),
    )  # fmt: skip

    page = sign_in(colleague).get("/")

    assert waiting_in(page) == ["Draft for Terrorism, 2016/17"]
    assert "0 of 2 drafted" in page.content.decode()


def test_who_acts_for_a_lead_sees_for_whom_and_until_when(acc, sign_in):
    make_cycle(by=acc)
    lead = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism", name="Lea Lead")
    until = timezone.localdate() + datetime.timedelta(days=3)
    deputy = make_person(force=acc.force, name="Dee Deputy")
    acting = make_appointment(person=deputy, role=Role.FORCE_LEAD, ends_on=until)
    Appointment.objects.filter(pk=acting.pk).update(acting_for=lead)

    last = date_format(until, "j F Y")
    assert f"You act for Lea Lead on Terrorism until {last}" in (
        sign_in(deputy).get("/").content.decode()
    )
    assert f"Dee Deputy acts for you on Terrorism until {last}" in (
        sign_in(lead).get("/").content.decode()
    )


def test_what_is_late_comes_first_and_what_has_no_date_last(acc, sign_in):
    dates = days_from_today(due=-2)
    cycle = make_cycle(by=acc, dates=dates)
    make_submitted(cycle=cycle, threat="cyber")
    Assessment.objects.filter(threat__code="cyber").update(
        submitted_at=timezone.now() - datetime.timedelta(days=40)
    )
    lead = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism")
    say(cycle.assessments.get(threat__code="terrorism"), by=lead)

    assert waiting_in(sign_in(acc).get("/")) == [
        "Late in 2016/17: 5 assessments",
        "Review National cyber security incident, 2016/17",
        "Comments on Terrorism, 2016/17",
    ]


def test_one_submitted_again_leads_to_what_changed(acc, sign_in):
    lead = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism")
    assessment = make_submitted(cycle=make_cycle(by=acc), by=lead)
    assert "What changed since" not in sign_in(acc).get("/").content.decode()

    return_assessment(assessment=assessment, reason="Say more.", by=acc)
    submit_assessment(assessment=assessment, by=lead)

    text = sign_in(acc).get("/").content.decode()
    assert "Submitted again after it was returned" in text
    assert "What changed since it was last submitted" in text


def test_who_has_nothing_to_do_is_told_so_kindly(acc, sign_in):
    cycle = make_cycle(by=acc)
    make_approved(cycle=cycle, threat="terrorism")
    lead = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism")

    text = sign_in(lead).get("/").content.decode()

    assert "Nothing waits for you" in text
    assert "Approved" in text


def test_a_closed_year_asks_nothing_of_anybody(acc, sign_in):
    cycle = make_cycle(by=acc)
    Cycle.objects.filter(pk=cycle.pk).update(closed_at=timezone.now())
    lead = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism")

    assert waiting_in(sign_in(lead).get("/")) == []
    assert waiting_in(sign_in(acc).get("/")) == []


def test_the_first_page_asks_the_same_of_the_database_for_few_and_many(acc, sign_in):
    everything = make_person(force=acc.force, role=Role.ACC_SECURITY)
    for role in (Role.STAFF_OFFICER, Role.EXECUTIVE, Role.ADMINISTRATOR, Role.FORCE_LEAD):
        make_appointment(person=everything, role=role)
    make_paper(by=acc)
    client = sign_in(everything)

    few = queries_of(client)
    for year in ("2017-18", "2018-19", "2019-20"):
        cycle = make_cycle(by=acc, year=year)
        for assessment in cycle.assessments.all():
            say(assessment, by=acc)
    for _ in range(3):
        make_action(acc=acc, owner=everything, due_on=timezone.localdate(), text="Act.")
    for threat in ("cyber", "public-order", "civil-emergencies"):
        make_appointment(person=everything, role=Role.FORCE_LEAD, threat=threat)
    many = queries_of(client)

    assert few == many <= 11  # nobody holds all these roles


def queries_of(client) -> int:
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    return len(queries)


def say(assessment, *, by, thread=None) -> Comment:
    return Comment.objects.create(
        assessment=assessment, thread=thread, text="Why?", by=by, by_name=by.name, at=timezone.now()
    )


def days_from_today(*, due: int) -> dict[str, datetime.date]:
    day = timezone.localdate()
    days = {"as_at": due, "tasked_on": due - 90, "due_on": due, "executive_on": due + 60}
    days["board_on"] = due + 90
    return {name: day + datetime.timedelta(days=number) for name, number in days.items()}


def test_actions_of_the_board_wait_for_their_owners_and_then_for_who_confirms(acc, sign_in):
    owner = make_person(force=acc.force, name="Olu Owner")  # without a role of any kind
    late = timezone.localdate() - datetime.timedelta(days=3)
    action = make_action(acc=acc, owner=owner, due_on=late, text="Train ten more officers.")

    page = sign_in(owner).get("/")
    assert waiting_in(page) == ["Train ten more officers."]
    assert "3 days late" in page.content.decode()
    assert waiting_in(sign_in(acc).get("/")) == []

    BoardAction.objects.filter(pk=action.pk).update(status="reported")

    assert "You have no appointment today" in sign_in(owner).get("/").content.decode()
    assert waiting_in(sign_in(acc).get("/")) == ["Confirm: Train ten more officers."]


def make_action(*, acc, owner, due_on, text) -> BoardAction:
    meeting = Meeting.objects.create(force=acc.force, title="SPR board", held_on=due_on)
    return BoardAction.objects.create(
        force=acc.force, meeting=meeting, order=1, text=text, owner=owner, owner_name=owner.name,
        given_on=due_on, due_on=due_on,
    )  # fmt: skip
