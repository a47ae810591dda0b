"""How people and their appointments read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from spr_portal.components import SummaryRow
from spr_portal.identity.models import Appointment, User


@dataclass(frozen=True)
class AppointmentLine:
    """An appointment in words; `state` is now, ahead or over."""

    pk: int
    words: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    state: str


@dataclass(frozen=True)
class PersonLine:
    person: User
    now: tuple[AppointmentLine, ...]
    ahead: tuple[AppointmentLine, ...]
    over: tuple[AppointmentLine, ...]

    @property
    def now_or_ahead(self) -> tuple[AppointmentLine, ...]:
        return self.now + self.ahead


def person_lines(
    people: Iterable[User],
    appointments: Iterable[Appointment],
    *,
    threats: dict[str, str],
    today: datetime.date,
) -> list[PersonLine]:
    """Each person with their appointments, parted into those now, ahead and over.

    `threats` maps a threat's code to what it is called.
    """
    lines: dict[int, list[AppointmentLine]] = {}
    for appointment in appointments:
        line = appointment_line(appointment, threats, today)
        lines.setdefault(appointment.person_id, []).append(line)
    return [_person_line(person, lines.get(person.pk, [])) for person in people]


def person_details(person: User) -> list[SummaryRow]:
    href = reverse("change_person", kwargs={"pk": person.pk})
    return [
        SummaryRow("Full name", person.name, href, "the name"),
        SummaryRow("Rank and post", person.post or "Not given", href, "the rank and post"),
        SummaryRow("Email address", person.email, href, "the email address"),
    ]


def _person_line(person: User, lines: list[AppointmentLine]) -> PersonLine:
    by_state = {
        state: tuple(line for line in lines if line.state == state)
        for state in ("now", "ahead", "over")
    }
    return PersonLine(person=person, **by_state)


def appointment_line(
    appointment: Appointment, threats: dict[str, str], today: datetime.date
) -> AppointmentLine:
    words = appointment.get_role_display()
    if appointment.threat_code:
        words += f", {threats.get(appointment.threat_code, appointment.threat_code)}"
    if appointment.acting_for:
        words += f", acting for {appointment.acting_for.name}"
    state = "now"
    if appointment.starts_on > today:
        state = "ahead"
    if appointment.ends_on and appointment.ends_on < today:
        state = "over"
    return AppointmentLine(
        pk=appointment.pk,
        words=words,
        starts_on=appointment.starts_on,
        ends_on=appointment.ends_on,
        state=state,
    )
