"""Who the sign-in page offers to sign in as: in demonstration mode, and never otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from spr_portal.demonstration import FORCE_CODE
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Appointment, User
from spr_portal.identity.selectors import valid_on
from threats.models import Threat

# In the order in which the work is done.
ORDER = (
    Role.FORCE_LEAD,
    Role.CONTRIBUTOR,
    Role.ACC_SECURITY,
    Role.STAFF_OFFICER,
    Role.EXECUTIVE,
    Role.OPCC,
    Role.ADMINISTRATOR,
)


@dataclass(frozen=True)
class DemonstrationPerson:
    name: str
    post: str
    role: str  # "Force lead: Terrorism"
    email: str


def demonstration_people() -> list[DemonstrationPerson]:
    """Everybody of the demonstration who holds a role today; nobody outside that mode."""
    if not settings.DEMONSTRATION:
        return []
    appointments = Appointment.objects.filter(
        valid_on(timezone.localdate()),
        person__force__code=FORCE_CODE,
        person__is_active=True,
    ).select_related("person")
    labels = dict(Threat.objects.order_by("edition__issued_on").values_list("code", "label"))
    held: dict[User, list[Appointment]] = {}
    for appointment in sorted(appointments, key=lambda row: (ORDER.index(row.role), row.pk)):
        held.setdefault(appointment.person, []).append(appointment)
    return [
        DemonstrationPerson(
            name=person.name, post=person.post, role=_role(rows, labels), email=person.email
        )
        for person, rows in held.items()
    ]


def _role(appointments: list[Appointment], labels: dict[str, str]) -> str:
    role = Role(appointments[0].role)
    threats = [
        labels.get(row.threat_code, row.threat_code)
        for row in appointments
        if row.role == role and row.threat_code
    ]
    return f"{role.label}: {', '.join(threats)}" if threats else str(role.label)
