"""Whom a visitor of the demonstration can sign in as. The settings keep it out of production."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from spr_portal.identity.enums import Role
from spr_portal.identity.models import Appointment, User
from spr_portal.identity.selectors import valid_on

# Of the invented people only. It stands on the sign-in page, so it is no secret.
DEMONSTRATION_PASSWORD = "show me the portal"  # noqa: S105  as said
# The invented people's addresses end with it: nobody real can have one (RFC 2606, section 2).
DEMONSTRATION_DOMAIN = ".example"

# Who opens the year, who writes, who agrees, who reads; and who keeps the accounts.
ORDER = (
    Role.ACC_SECURITY,
    Role.STAFF_OFFICER,
    Role.FORCE_LEAD,
    Role.CONTRIBUTOR,
    Role.EXECUTIVE,
    Role.OPCC,
    Role.ADMINISTRATOR,
)


@dataclass
class DemonstrationPerson:
    person: User
    first_role: Role
    roles: list[str]


def demonstration_people() -> list[DemonstrationPerson]:
    """Return invented people who hold an appointment today, in the order of a year's work.

    Empty unless demonstration mode is on. One query.
    """
    if not settings.DEMONSTRATION:
        return []
    held = (
        Appointment.objects.filter(valid_on(timezone.localdate()))
        .filter(person__is_active=True, person__email__endswith=DEMONSTRATION_DOMAIN)
        .select_related("person")
        .order_by("person__name", "person", "role", "threat_code")
    )
    people: dict[int, DemonstrationPerson] = {}
    for appointment in held:
        words = appointment.get_role_display()
        if appointment.threat_code:
            words += f", {appointment.threat_code.replace('-', ' ')}"
        entry = people.setdefault(
            appointment.person_id,
            DemonstrationPerson(appointment.person, Role(appointment.role), []),
        )
        entry.roles.append(words)
    return sorted(people.values(), key=lambda entry: ORDER.index(entry.first_role))
