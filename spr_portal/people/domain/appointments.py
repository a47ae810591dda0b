"""Appointing people to roles, and ending appointments."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q

from spr_portal.identity.enums import THREAT_ROLES, Role
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import Appointment, User
from spr_portal.identity.policies import can_change_person, can_end_appointment
from spr_portal.people.domain.common import record_about, take_turn


@transaction.atomic
def appoint(
    *,
    person: User,
    role: Role,
    threat_code: str = "",
    starts_on: datetime.date,
    ends_on: datetime.date | None = None,
    by: User | None,
) -> Appointment:
    """Give a person a role from one date to another, both included; without an end, for good.

    A force lead and a contributor are appointed for a threat, all others for
    the whole force. `by` is None only where a command founds a force.
    """
    if by is not None:
        can_change_person(by, person).require()
    take_turn(person.force)
    if not person.is_active:
        raise Refused(f"{person.name}’s account is closed. Open it first, then appoint them.")
    if (role in THREAT_ROLES) != bool(threat_code):
        raise Refused(
            f"Choose the threat that the {role.label.lower()} is for."
            if role in THREAT_ROLES
            else f"{role.label} is a role for the whole force, not for one threat.",
            field="threat_code",
        )
    if ends_on and ends_on < starts_on:
        raise Refused("The last day must be the same as or after the first day.", field="ends_on")
    _require_no_overlap(person, role, threat_code, starts_on, ends_on)
    appointment = Appointment.objects.create(
        person=person, role=role, threat_code=threat_code, starts_on=starts_on, ends_on=ends_on
    )
    record_about(person, action="person.appointed", by=by, details=_described(appointment))
    return appointment


@transaction.atomic
def end_appointment(*, appointment: Appointment, last_day: datetime.date, by: User) -> None:
    """Let an appointment hold to the end of `last_day` and no longer.

    Yesterday takes its rights away at once. An appointment that would then
    never have held, as it started later, is withdrawn: its row goes, and the
    audit keeps what it was. One that has ended is not moved.
    """
    take_turn(appointment.person.force)
    rows = Appointment.objects.select_related("person__force", "acting_for")
    appointment = rows.get(pk=appointment.pk)
    can_end_appointment(by, appointment, last_day=last_day).require()
    person, before = appointment.person, _described(appointment)
    if appointment.role == Role.FORCE_LEAD and appointment.acting_for is None:
        _end_acting_for(appointment, last_day)
    if last_day < appointment.starts_on:
        appointment.delete()
        record_about(person, action="person.appointment_withdrawn", by=by, details=before)
        return
    appointment.ends_on = last_day
    appointment.save(update_fields=["ends_on"])
    record_about(person, action="person.appointment_ended", by=by, details=_described(appointment))


def _end_acting_for(appointment: Appointment, last_day: datetime.date) -> None:
    """Nobody acts for a lead on a threat that is theirs no longer."""
    acting = Appointment.objects.filter(
        acting_for=appointment.person, threat_code=appointment.threat_code, ends_on__gt=last_day
    )
    acting.filter(starts_on__gt=last_day).delete()
    acting.update(ends_on=last_day)


def _require_no_overlap(person, role, threat_code, starts_on, ends_on) -> None:
    same = Appointment.objects.filter(
        person=person, role=role, threat_code=threat_code, acting_for__isnull=True
    )
    overlapping = same.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    if ends_on:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    if overlapping.exists():
        raise Refused(f"{person.name} already holds this appointment on some of these days.")


def _described(appointment: Appointment) -> dict:
    return {
        "role": appointment.role,
        "threat": appointment.threat_code,
        "starts_on": appointment.starts_on,
        "ends_on": appointment.ends_on,
    } | ({"acting_for": appointment.acting_for.name} if appointment.acting_for else {})
