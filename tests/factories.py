"""People and forces for tests, ready to sign in; every value has a sensible default."""

from __future__ import annotations

import datetime
import itertools

from spr_portal.identity.enums import THREAT_ROLES, Role
from spr_portal.identity.models import Appointment, Force, User

PASSWORD = "a long enough password"
_numbers = itertools.count(1)


def make_force(code: str = "", **fields) -> Force:
    number = next(_numbers)
    code = code or f"force-{number}"
    fields = {
        "name": f"{code.title()} Police",
        "short_name": code.title(),
        "board_name": "Strategic Policing and Crime Board",
    } | fields
    return Force.objects.create(code=code, **fields)


def make_person(
    *,
    force: Force | None = None,
    role: Role | None = None,
    threat: str = "",
    starts_on: datetime.date = datetime.date(2016, 1, 1),
    password: str = PASSWORD,
    **fields,
) -> User:
    """Make a person of a force, appointed to a role (for a threat, where the role has one)."""
    number = next(_numbers)
    fields = {"name": f"Person {number}", "email": f"person{number}@example.org"} | fields
    person = User.objects.create_user(password=password, force=force or make_force(), **fields)
    if role:
        make_appointment(person=person, role=role, threat=threat, starts_on=starts_on)
    return person


def make_appointment(
    *,
    person: User,
    role: Role,
    threat: str = "",
    starts_on: datetime.date = datetime.date(2016, 1, 1),
    ends_on: datetime.date | None = None,
) -> Appointment:
    if role in THREAT_ROLES:
        threat = threat or "terrorism"
    return Appointment.objects.create(
        person=person, role=role, threat_code=threat, starts_on=starts_on, ends_on=ends_on
    )
