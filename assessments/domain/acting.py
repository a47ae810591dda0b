"""Somebody acts for a force lead between two dates."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from assessments.emails import tell_of_acting
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import Appointment, User
from spr_portal.identity.policies import can_arrange_acting
from spr_portal.identity.selectors import who_can_lead
from spr_portal.people.domain.common import record_about, take_turn


@transaction.atomic
def name_acting(
    *,
    lead: User,
    person: User,
    starts_on: datetime.date,
    ends_on: datetime.date,
    by: User,
) -> list[Appointment]:
    """Let a person do what a lead does from one date to another, both included.

    They get an appointment for each threat the lead leads on in these days,
    and both are told. Raises PolicyDenied, or Refused with the field at fault.
    """
    can_arrange_acting(by, lead).require()
    take_turn(lead.force)
    if person == lead or not who_can_lead(by).filter(pk=person.pk).exists():
        raise Refused(
            "Choose one of the force’s own officers or staff with an open account.", field="person"
        )
    if starts_on < timezone.localdate():
        raise Refused("The first day must be today or later.", field="starts_on")
    if ends_on < starts_on:
        raise Refused("The last day must be the same as or after the first day.", field="ends_on")
    _require_nobody_else(lead, starts_on, ends_on)
    appointments = [
        Appointment.objects.create(
            person=person,
            role=Role.FORCE_LEAD,
            threat_code=led.threat_code,
            starts_on=max(starts_on, led.starts_on),
            ends_on=min(ends_on, led.ends_on or ends_on),
            acting_for=lead,
        )
        for led in _led(lead, starts_on, ends_on)
        if not _leads_on(person, led.threat_code, starts_on, ends_on)
    ]
    if not appointments:
        raise Refused(
            f"{lead.name} leads on no threat in these days that {person.name} does not lead on.",
            field="starts_on",
        )
    _record("person.acting_named", lead, person, appointments, by=by)
    tell_of_acting(appointments, by=by)
    return appointments


@transaction.atomic
def end_acting(*, lead: User, person: User, last_day: datetime.date, by: User) -> None:
    """Let a person act for a lead to the end of `last_day` and no longer.

    Yesterday takes the rights away at once; an appointment that has not
    begun by then goes, and the audit keeps what it was. Where the person does
    not act after that day anyhow, nothing happens.
    """
    can_arrange_acting(by, lead).require()
    take_turn(lead.force)
    if last_day < timezone.localdate() - datetime.timedelta(days=1):
        raise Refused("The last day cannot be before yesterday.", field="last_day")
    acting = Appointment.objects.filter(person=person, acting_for=lead, ends_on__gt=last_day)
    appointments = list(acting)
    if not appointments:
        return
    acting.filter(starts_on__gt=last_day).delete()
    acting.update(ends_on=last_day)
    _record("person.acting_ended", lead, person, appointments, by=by, last_day=last_day)


def _led(lead: User, starts_on: datetime.date, ends_on: datetime.date) -> Iterator[Appointment]:
    """What a person leads on in their own right on some of these days."""
    own = lead.appointments.filter(
        role=Role.FORCE_LEAD, acting_for__isnull=True, starts_on__lte=ends_on
    )
    for appointment in own.order_by("threat_code", "starts_on"):
        if appointment.ends_on is None or appointment.ends_on >= starts_on:
            yield appointment


def _leads_on(
    person: User, threat_code: str, starts_on: datetime.date, ends_on: datetime.date
) -> bool:
    return any(led.threat_code == threat_code for led in _led(person, starts_on, ends_on))


def _require_nobody_else(lead: User, starts_on: datetime.date, ends_on: datetime.date) -> None:
    """One at a time: who asks for the lead's work must find one answer."""
    acting = Appointment.objects.filter(
        acting_for=lead, starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    if first := acting.select_related("person").order_by("starts_on").first():
        raise Refused(
            f"{first.person.name} acts for {lead.name} on some of these days. End that first, "
            "or choose other days.",
            field="starts_on",
        )


def _record(
    action: str, lead: User, person: User, appointments: list[Appointment], *, by: User, **more
) -> None:
    details = {
        "acting_for": lead.name,
        "threats": sorted({appointment.threat_code for appointment in appointments}),
        "starts_on": min(appointment.starts_on for appointment in appointments),
        "ends_on": max(appointment.ends_on for appointment in appointments),
    }
    record_about(person, action=action, by=by, details=details | more)
