import datetime

import pytest
from django.utils import timezone

from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import THREAT_ROLES, Role
from spr_portal.identity.exceptions import PolicyDenied, Refused
from spr_portal.identity.models import Appointment, User
from spr_portal.identity.policies import has_role
from spr_portal.people.domain.accounts import deactivate_person
from spr_portal.people.domain.appointments import appoint, end_appointment
from spr_portal.people.selectors import threat_choices
from tests.factories import make_appointment, make_person, shipped_edition

LAST = "left without an administrator"


def today() -> datetime.date:
    return timezone.localdate()


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def holds(person: User, role: Role) -> bool:
    return has_role(User.objects.get(pk=person.pk), role)


@pytest.mark.parametrize("role", Role)
def test_an_administrator_appoints_to_any_role(administrator, force, role):
    person = make_person(force=force)
    threat = "terrorism" if role in THREAT_ROLES else ""

    appoint(person=person, role=role, threat_code=threat, starts_on=today(), by=administrator)

    assert holds(person, role)
    event = AuditEvent.objects.get()
    assert (event.action, event.details["role"]) == ("person.appointed", role.value)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_no_other_role_appoints_or_ends(force, lead, role):
    person = make_person(force=force, role=role)

    with pytest.raises(PolicyDenied, match="Only an administrator"):
        appoint(person=person, role=Role.ADMINISTRATOR, starts_on=today(), by=person)
    with pytest.raises(PolicyDenied, match="Only an administrator"):
        end_appointment(appointment=lead.appointments.get(), last_day=today(), by=person)


def test_an_administrator_of_another_force_neither_appoints_nor_ends(lead):
    stranger = make_person(role=Role.ADMINISTRATOR)

    with pytest.raises(PolicyDenied, match="your own force only"):
        appoint(person=lead, role=Role.OPCC, starts_on=today(), by=stranger)
    with pytest.raises(PolicyDenied, match="your own force only"):
        end_appointment(appointment=lead.appointments.get(), last_day=today(), by=stranger)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"role": Role.FORCE_LEAD}, "Choose the threat that the force lead is for"),
        ({"role": Role.EXECUTIVE, "threat_code": "terrorism"}, "a role for the whole force"),
        ({"role": Role.EXECUTIVE, "ends_on": datetime.date(2000, 1, 1)}, "The last day must be"),
    ],
)
def test_an_appointment_that_makes_no_sense_is_refused(administrator, lead, asked, sentence):
    with pytest.raises(Refused, match=sentence):
        appoint(person=lead, starts_on=today(), by=administrator, **asked)


@pytest.mark.parametrize(
    ("starts", "ends", "is_refused"),
    [
        (-20, -11, False), (-20, -10, True), (-5, 5, True), (10, None, True), (11, None, False),
        (-20, None, True),
    ],
)  # fmt: skip
def test_the_same_appointment_is_not_held_twice_on_a_day(
    administrator, force, starts, ends, is_refused
):
    person = make_person(force=force)
    make_appointment(
        person=person, role=Role.EXECUTIVE, starts_on=today() - days(10), ends_on=today() + days(10)
    )

    def attempt():
        appoint(
            person=person,
            role=Role.EXECUTIVE,
            starts_on=today() + days(starts),
            ends_on=None if ends is None else today() + days(ends),
            by=administrator,
        )

    if is_refused:
        with pytest.raises(Refused, match="already holds this appointment"):
            attempt()
    else:
        attempt()
    assert person.appointments.count() == 2 - is_refused


def test_an_appointment_ends_with_its_last_day(administrator, lead):
    appointment = lead.appointments.get()

    end_appointment(appointment=appointment, last_day=today(), by=administrator)
    assert holds(lead, Role.FORCE_LEAD)
    end_appointment(appointment=appointment, last_day=today() - days(1), by=administrator)

    assert not holds(lead, Role.FORCE_LEAD)
    assert AuditEvent.objects.filter(action="person.appointment_ended").count() == 2


def test_an_appointment_that_never_held_is_withdrawn(administrator, force):
    person = make_person(force=force)
    appointment = make_appointment(person=person, role=Role.OPCC, starts_on=today())

    end_appointment(appointment=appointment, last_day=today() - days(1), by=administrator)

    assert not person.appointments.exists()
    event = AuditEvent.objects.get()
    assert event.action == "person.appointment_withdrawn"
    assert event.details["starts_on"] == str(today())


@pytest.mark.parametrize("last_day", [datetime.date(2015, 12, 31), datetime.date(1, 1, 1)])
def test_an_appointment_that_held_cannot_end_before_it_began(administrator, lead, last_day):
    with pytest.raises(PolicyDenied, match="cannot be before the first day"):
        end_appointment(appointment=lead.appointments.get(), last_day=last_day, by=administrator)

    assert lead.appointments.exists()


@pytest.mark.parametrize("last_day", [0, 5])
def test_an_appointment_that_has_ended_is_not_moved(administrator, force, last_day):
    person = make_person(force=force)
    appointment = make_appointment(person=person, role=Role.OPCC, ends_on=today() - days(1))

    with pytest.raises(PolicyDenied, match="ends before that day already"):
        end_appointment(
            appointment=appointment, last_day=today() + days(last_day), by=administrator
        )


def end_own(administrator, last_day=None):
    end_appointment(
        appointment=administrator.appointments.get(),
        last_day=last_day or today(),
        by=administrator,
    )


def test_the_last_administrator_stays(administrator):
    make_person(role=Role.ADMINISTRATOR)  # of another force

    with pytest.raises(PolicyDenied, match=LAST):
        end_own(administrator)
    assert holds(administrator, Role.ADMINISTRATOR)


def test_an_administrator_goes_when_another_stays(administrator, force):
    make_person(force=force, role=Role.ADMINISTRATOR)

    end_own(administrator, today() - days(1))

    assert not holds(administrator, Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    "other",
    [
        {"starts_on": datetime.date(2016, 1, 1), "ends_on": datetime.date(2999, 1, 1)},
        {"starts_on": datetime.date(2999, 1, 1)},
    ],
)
def test_an_administrator_who_leaves_or_comes_later_is_not_enough(administrator, force, other):
    make_appointment(person=make_person(force=force), role=Role.ADMINISTRATOR, **other)

    with pytest.raises(PolicyDenied, match=LAST):
        end_own(administrator)


def test_an_administrator_whose_account_is_closed_is_not_enough(administrator, force):
    make_person(force=force, role=Role.ADMINISTRATOR, is_active=False)

    with pytest.raises(PolicyDenied, match=LAST):
        end_own(administrator)


def test_one_who_follows_the_day_after_is_enough(administrator, force):
    make_appointment(
        person=make_person(force=force), role=Role.ADMINISTRATOR, starts_on=today() + days(1)
    )

    end_own(administrator)

    assert Appointment.objects.get(person=administrator).ends_on == today()


def test_two_administrators_cannot_both_close_the_others_account(administrator, force):
    other = make_person(force=force, role=Role.ADMINISTRATOR)
    deactivate_person(person=other, by=administrator)

    with pytest.raises(PolicyDenied):
        deactivate_person(person=administrator, by=User.objects.get(pk=other.pk))


def test_a_closed_account_is_not_appointed(administrator, lead):
    deactivate_person(person=lead, by=administrator)

    with pytest.raises(Refused, match="account is closed"):
        appoint(person=lead, role=Role.OPCC, starts_on=today(), by=administrator)


@pytest.mark.django_db
def test_a_threat_is_offered_with_the_names_it_had_in_earlier_editions():
    shipped_edition("2023-02")

    labels = dict(threat_choices())

    assert labels["public-order"] == "Public disorder (earlier: Public order)"
    assert labels["terrorism"] == "Terrorism"
