"""Who may do what, answered with a reason."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from spr_portal.identity.models import Appointment, Force, User
from spr_portal.identity.selectors import Rights, administrators_for_good, rights_of


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed, and the reason a person is told when it is not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise `PolicyDenied` with the reason unless allowed."""
        if not self.allowed:
            raise PolicyDenied(self.reason)


ALLOW = Decision(allowed=True)
# These arrange who acts for any lead of their force.
ARRANGE_ACTING = (Role.ACC_SECURITY, Role.STAFF_OFFICER, Role.ADMINISTRATOR)


ONE_DAY = datetime.timedelta(days=1)
LAST_ADMINISTRATOR = (
    "The force would be left without an administrator. First appoint another one, from that day "
    "or before and without a last day."
)


def deny(reason: str) -> Decision:
    return Decision(allowed=False, reason=reason)


def has_role(user: User, *roles: Role, on: datetime.date | None = None) -> bool:
    """Whether the person holds one of the roles on a date, today if none is given."""
    return not rights_of(user, on=on).roles.isdisjoint(roles)


def can_manage_people(user: User, force: Force | None = None) -> Decision:
    """Add people, see who is appointed; of one's own force, whichever is asked about."""
    if not has_role(user, Role.ADMINISTRATOR):
        return deny("Only an administrator can change people and their appointments.")
    if user.force_id is None or (force is not None and force.pk != user.force_id):
        return deny("You can change people of your own force only.")
    return ALLOW


def can_change_force(user: User, force: Force) -> Decision:
    if not has_role(user, Role.ADMINISTRATOR):
        return deny("Only an administrator can change the force’s settings.")
    if force.pk != user.force_id:
        return deny("You can change the settings of your own force only.")
    return ALLOW


def can_change_person(user: User, person: User) -> Decision:
    managing = can_manage_people(user)
    if managing and person.force_id != user.force_id:  # nor somebody of no force
        return deny("You can change people of your own force only.")
    return managing


def can_deactivate_person(user: User, person: User) -> Decision:
    """Close an account: not one's own, and not the last administrator's."""
    decision = can_change_person(user, person)
    if not decision:
        return decision
    if person == user:
        return deny("You cannot close your own account. Ask another administrator to do it.")
    today = timezone.localdate()
    if has_role(person, Role.ADMINISTRATOR) and not _has_others(person, today):
        return deny(LAST_ADMINISTRATOR)
    return ALLOW


def can_end_appointment(
    user: User, appointment: Appointment, *, last_day: datetime.date | None = None
) -> Decision:
    """End an appointment on a day, today if none is given: not the force's last administrator."""
    decision = can_change_person(user, appointment.person)
    if not decision:
        return decision
    today = timezone.localdate()
    last_day = last_day or today
    if appointment.ends_on and appointment.ends_on < max(today, last_day):
        return deny("This appointment ends before that day already.")
    # One that started before today has held: it cannot end before it began.
    if last_day < (appointment.starts_on if appointment.starts_on < today else today - ONE_DAY):
        return deny("The last day cannot be before the first day, nor before yesterday.")
    is_needed = appointment.role == Role.ADMINISTRATOR and appointment.person.is_active
    if is_needed and not _has_others(appointment.person, last_day + ONE_DAY):
        return deny(LAST_ADMINISTRATOR)
    return ALLOW


def can_arrange_acting(user: User, lead: User) -> Decision:
    """Say who acts for a force lead, and end it: of one's own force, or for oneself."""
    if user.force_id is None or user.force_id != lead.force_id or not user.is_active:
        return deny("You can arrange this for leads of your own force only.")
    leads_as_well = user == lead and has_role(user, Role.FORCE_LEAD)
    if leads_as_well or has_role(user, *ARRANGE_ACTING):
        return ALLOW
    return deny(
        "Only the lead, ACC Security, the staff officer or an administrator can say who acts "
        "for a force lead."
    )


def _has_others(person: User, on: datetime.date) -> bool:
    others = administrators_for_good(force=person.force, on=on).exclude(pk=person.pk)
    return others.exists()


__all__ = [
    "ALLOW",
    "Decision",
    "Rights",
    "can_arrange_acting",
    "can_change_force",
    "can_change_person",
    "can_deactivate_person",
    "can_end_appointment",
    "can_manage_people",
    "deny",
    "has_role",
    "rights_of",
]
