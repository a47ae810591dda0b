"""Somebody acts for a force lead between two days."""

import datetime

import pytest
from django.utils import timezone

from assessments.domain.acting import end_acting, name_acting
from assessments.domain.assessments import submit_assessment
from assessments.domain.cycles import CycleDates, change_cycle
from assessments.policies import can_lead, can_submit
from assessments.selectors import leads_by_threat, post_held
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied, Refused
from spr_portal.identity.models import Appointment, User
from spr_portal.people.domain.appointments import appoint, end_appointment
from tests.background.working import work_off
from tests.factories import fill_in, make_appointment, make_cycle, make_person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def cycle():
    return make_cycle()


@pytest.fixture
def lead(cycle):
    person = make_person(
        force=cycle.force, role=Role.FORCE_LEAD, threat="terrorism", name="Ann Lee"
    )
    make_appointment(person=person, role=Role.FORCE_LEAD, threat="cyber")
    return person


@pytest.fixture
def deputy(cycle):
    return make_person(force=cycle.force, name="Bo Day", post="Chief Inspector")


@pytest.fixture
def today():
    return timezone.localdate()


def anew(person: User) -> User:
    return User.objects.get(pk=person.pk)


def name(lead, person, first, last, *, by=None):
    return name_acting(lead=lead, person=person, starts_on=first, ends_on=last, by=by or lead)


def leads(person, cycle, threat="terrorism") -> bool:
    return can_lead(anew(person), cycle.assessments.get(threat__code=threat)).allowed


def test_who_acts_leads_on_every_threat_of_the_lead_and_no_other(cycle, lead, deputy, today):
    appointments = name(lead, deputy, today, today + 7 * DAY)

    assert [row.threat_code for row in appointments] == ["cyber", "terrorism"]
    assert [leads(deputy, cycle, code) for code in ("terrorism", "cyber", "public-order")] == [
        True, True, False,
    ]  # fmt: skip


def test_the_lead_goes_on_leading(cycle, lead, deputy, today):
    name(lead, deputy, today, today)

    assert leads(lead, cycle)
    assert leads_by_threat(cycle.force)["terrorism"] == [lead, deputy]


def test_acting_from_tomorrow_is_not_yet(cycle, lead, deputy, today):
    name(lead, deputy, today + DAY, today + 2 * DAY)

    assert not leads(deputy, cycle)


def test_acting_does_not_outlast_the_leads_own_appointment(cycle, lead, deputy, today):
    lead.appointments.filter(threat_code="cyber").update(ends_on=today + DAY)

    appointments = name(lead, deputy, today, today + 7 * DAY)

    assert [row.ends_on for row in appointments] == [today + DAY, today + 7 * DAY]


def test_when_the_lead_moves_on_nobody_acts_for_them(cycle, lead, deputy, today):
    administrator = make_person(force=cycle.force, role=Role.ADMINISTRATOR)
    name(lead, deputy, today, today + 7 * DAY)
    [terrorism] = lead.appointments.filter(threat_code="terrorism")

    end_appointment(appointment=terrorism, last_day=today - DAY, by=administrator)

    assert [leads(deputy, cycle, code) for code in ("terrorism", "cyber")] == [False, True]


@pytest.mark.parametrize("role", [Role.ACC_SECURITY, Role.STAFF_OFFICER, Role.ADMINISTRATOR])
def test_these_arrange_it_for_any_lead_of_the_force(cycle, lead, deputy, today, role):
    name(lead, deputy, today, today, by=make_person(force=cycle.force, role=role))

    assert leads(deputy, cycle)


def test_nobody_else_does(cycle, lead, deputy, today):
    others = [
        make_person(force=cycle.force, role=Role.FORCE_LEAD, threat="terrorism"),
        make_person(force=cycle.force, role=Role.CONTRIBUTOR, threat="terrorism"),
        make_person(force=cycle.force, role=Role.EXECUTIVE),
        make_person(role=Role.ADMINISTRATOR),
        deputy,
    ]
    for person in others:
        with pytest.raises(PolicyDenied):
            name(lead, deputy, today, today, by=person)
        with pytest.raises(PolicyDenied):
            end_acting(lead=lead, person=deputy, last_day=today, by=person)


def test_who_only_acts_cannot_pass_it_on(cycle, lead, deputy, today):
    name(lead, deputy, today, today)

    with pytest.raises(PolicyDenied):
        name(lead, make_person(force=cycle.force), today + DAY, today + DAY, by=anew(deputy))
    with pytest.raises(Refused, match="no threat"):
        name(deputy, make_person(force=cycle.force), today, today, by=anew(deputy))


def test_people_who_cannot_lead_cannot_act(cycle, lead, today):
    office = make_person(force=cycle.force, role=Role.OPCC)
    gone = make_person(force=cycle.force, is_active=False)
    for person in (make_person(), office, gone, lead):
        with pytest.raises(Refused):
            name(lead, person, today, today)


@pytest.mark.parametrize(("first", "last"), [(-1, 1), (1, 0)])
def test_days_that_are_past_or_turned_round_are_refused(lead, deputy, today, first, last):
    with pytest.raises(Refused):
        name(lead, deputy, today + first * DAY, today + last * DAY)


def test_one_acts_at_a_time(cycle, lead, deputy, today):
    name(lead, deputy, today, today + 7 * DAY)

    with pytest.raises(Refused, match="Bo Day acts for Ann Lee"):
        name(lead, make_person(force=cycle.force), today + 7 * DAY, today + 9 * DAY)
    with pytest.raises(Refused):
        name(lead, deputy, today + 2 * DAY, today + 3 * DAY)
    name(lead, deputy, today + 8 * DAY, today + 9 * DAY)


def test_who_leads_on_a_threat_already_acts_on_the_others(cycle, lead, today):
    other = make_person(force=cycle.force, role=Role.FORCE_LEAD, threat="terrorism")

    assert [row.threat_code for row in name(lead, other, today, today)] == ["cyber"]
    assert post_held(anew(other), cycle.assessments.get(threat__code="terrorism")) == other.post


def test_it_ends_early_and_at_once(cycle, lead, deputy, today):
    name(lead, deputy, today, today + 7 * DAY)
    end_acting(lead=lead, person=deputy, last_day=today + DAY, by=lead)
    assert leads(deputy, cycle)

    end_acting(lead=lead, person=deputy, last_day=today - DAY, by=lead)
    end_acting(lead=lead, person=deputy, last_day=today - DAY, by=lead)

    assert not leads(deputy, cycle)
    assert not Appointment.objects.filter(acting_for=lead).exists()  # never held a whole day
    assert AuditEvent.objects.filter(action="person.acting_ended").count() == 2


def test_one_that_held_before_stays_on_record(lead, deputy, today):
    name(lead, deputy, today, today + 7 * DAY)
    deputy.appointments.update(starts_on=today - 5 * DAY)

    end_acting(lead=lead, person=deputy, last_day=today - DAY, by=lead)

    assert {row.ends_on for row in deputy.appointments.all()} == {today - DAY}


def test_what_is_submitted_says_for_whom(cycle, lead, deputy, today):
    assessment = cycle.assessments.get(threat__code="terrorism")
    fill_in(assessment, by=lead)
    name(lead, deputy, today, today)
    person = anew(deputy)
    assert can_submit(person, assessment)

    submit_assessment(assessment=assessment, by=person)

    words = "Chief Inspector, acting for Ann Lee"
    assert assessment.submissions.get().by_post == words
    assert assessment.status_changes.get(action="submit").by_post == words


def test_a_long_post_leaves_room_for_whom(cycle, lead, deputy, today):
    User.objects.filter(pk=deputy.pk).update(post="P" * 150)
    name(lead, deputy, today, today)

    held = post_held(anew(deputy), cycle.assessments.get(threat__code="terrorism"))
    assert held == "acting for Ann Lee"


def test_who_acts_can_be_appointed_for_good(cycle, lead, deputy, today):
    name(lead, deputy, today, today + 7 * DAY)
    administrator = make_person(force=cycle.force, role=Role.ADMINISTRATOR)

    appoint(
        person=deputy, role=Role.FORCE_LEAD, threat_code="terrorism", starts_on=today,
        by=administrator,
    )  # fmt: skip

    held = post_held(anew(deputy), cycle.assessments.get(threat__code="terrorism"))
    assert held == "Chief Inspector"


def test_who_acts_is_made_a_lead_with_the_cycles_dates(cycle, lead, deputy, today):
    name(lead, deputy, today, today + 7 * DAY)
    acc = make_person(force=cycle.force, role=Role.ACC_SECURITY)
    names = ("as_at", "tasked_on", "due_on", "executive_on", "board_on")
    dates = CycleDates(**{field: getattr(cycle, field) for field in names})

    change_cycle(cycle=cycle, dates=dates, leads={"terrorism": [deputy]}, by=acc)

    assert deputy.appointments.filter(acting_for=None, threat_code="terrorism").exists()


@pytest.mark.django_db(transaction=True)
def test_naming_is_one_audit_event_and_tells_both(lead, deputy, today, mailoutbox):
    officer = make_person(force=lead.force, role=Role.STAFF_OFFICER)
    before = AuditEvent.objects.count()

    name(lead, deputy, today, today, by=officer)
    work_off()

    [event] = AuditEvent.objects.order_by("sequence")[before:]
    assert (event.action, event.details["threats"]) == (
        "person.acting_named",
        ["cyber", "terrorism"],
    )
    assert {to for message in mailoutbox for to in message.to} == {lead.email, deputy.email}


def on(monkeypatch, *moment):
    """Let it be another moment, in UTC; the portal's days are London's."""
    now = datetime.datetime(*moment, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_the_days_are_londons_from_midnight_to_midnight(cycle, lead, deputy, monkeypatch):
    on(monkeypatch, 2016, 6, 1, 12)
    name(lead, deputy, datetime.date(2016, 7, 4), datetime.date(2016, 7, 8))

    held = {}
    for moment in ((7, 3, 22, 59), (7, 3, 23, 0), (7, 8, 22, 59), (7, 8, 23, 0)):
        on(monkeypatch, 2016, *moment)
        held[moment] = leads(deputy, cycle)

    assert list(held.values()) == [False, True, True, False]


def test_the_audit_says_for_whom_it_was_submitted(cycle, lead, deputy, today):
    name(lead, deputy, today, today)
    mine = cycle.assessments.get(threat__code="terrorism")
    fill_in(mine, by=anew(deputy))
    submit_assessment(assessment=mine, by=anew(deputy))

    event = AuditEvent.objects.get(action="assessment.submit")
    assert event.actor == deputy
    assert event.details["post"] == "Chief Inspector, acting for Ann Lee"


def test_who_acts_loses_it_with_the_account(cycle, lead, deputy, today):
    name(lead, deputy, today, today)
    User.objects.filter(pk=deputy.pk).update(is_active=False)

    assert not leads(deputy, cycle)


def test_who_acted_for_a_lead_who_led_once_more_does_not_act_again(cycle, lead, deputy, today):
    admin = make_person(force=cycle.force, role=Role.ADMINISTRATOR)
    name(lead, deputy, today, today + 9 * DAY)
    own = lead.appointments.get(threat_code="terrorism")
    end_appointment(appointment=own, last_day=today - DAY, by=admin)
    appoint(person=lead, role=Role.FORCE_LEAD, threat_code="terrorism", starts_on=today, by=admin)

    assert leads(lead, cycle)
    assert not leads(deputy, cycle)
    assert leads(deputy, cycle, "cyber")
