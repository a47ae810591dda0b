"""Every read about people, their appointments and their force."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from spr_portal.identity.enums import Role
from spr_portal.identity.models import Appointment, Force, User


@dataclass(frozen=True)
class Rights:
    """The roles a person holds on one day, and the threats some of them are for."""

    roles: frozenset[Role]
    held: frozenset[tuple[Role, str]]  # (role, threat code or "")
    # (threat code, whose work it is), where the person leads only for somebody who is away.
    acting: frozenset[tuple[str, str]] = frozenset()

    def threats_as(self, role: Role) -> frozenset[str]:
        """Codes of the threats for which the person holds the role."""
        return frozenset(code for held_role, code in self.held if held_role == role)

    def acting_for(self, threat_code: str) -> tuple[str, ...]:
        """Names of the leads for whom the person leads on a threat; none for who leads anyhow."""
        return tuple(sorted(name for code, name in self.acting if code == threat_code))


NO_RIGHTS = Rights(roles=frozenset(), held=frozenset())


def valid_on(date: datetime.date) -> Q:
    """The condition that an appointment holds on a date."""
    return Q(starts_on__lte=date) & (Q(ends_on__isnull=True) | Q(ends_on__gte=date))


def rights_of(user: User, *, on: datetime.date | None = None) -> Rights:
    """The person's rights on a date, read from the database once for each user object.

    A user object lives for one request, so that an appointment ended a moment
    ago gives nothing on the next one.
    """
    if not user.is_authenticated or not user.is_active:
        return NO_RIGHTS
    date = on or timezone.localdate()
    cache = user.__dict__.setdefault("_rights_by_date", {})
    if date not in cache:
        cache[date] = _rights_from(
            Appointment.objects.filter(valid_on(date), person=user)
            .order_by()
            .values_list("role", "threat_code", "acting_for__name")
        )
    return cache[date]


def _rights_from(rows: Iterable[tuple[str, str, str | None]]) -> Rights:
    """Of (role, threat code, name of the person acted for) of each appointment."""
    rows = [(Role(role), code, name) for role, code, name in rows]
    own = {(role, code) for role, code, name in rows if name is None}
    return Rights(
        roles=frozenset(role for role, _, _ in rows),
        held=frozenset((role, code) for role, code, _ in rows),
        acting=frozenset(
            (code, name) for role, code, name in rows if name and (role, code) not in own
        ),
    )


def people_with(
    *roles: Role, force: Force, threat_code: str = "", on: datetime.date | None = None
) -> QuerySet[User]:
    """Active people of a force who hold one of the roles on a date, today if none is given."""
    appointments = Appointment.objects.filter(
        valid_on(on or timezone.localdate()), role__in=roles, threat_code=threat_code
    )
    people = User.objects.filter(force=force, is_active=True)
    return people.filter(appointments__in=appointments).distinct()


def administrators_for_good(*, force: Force, on: datetime.date) -> QuerySet[User]:
    """Active administrators of a force on a date whose appointment has no last day."""
    appointments = Appointment.objects.filter(
        role=Role.ADMINISTRATOR, starts_on__lte=on, ends_on__isnull=True
    )
    people = User.objects.filter(force=force, is_active=True)
    return people.filter(appointments__in=appointments).distinct()


def people_of(user: User) -> QuerySet[User]:
    """Everybody of the user's own force, closed accounts too, by name."""
    if user.force_id is None:
        return User.objects.none()
    return User.objects.filter(force_id=user.force_id).select_related("force")


def who_can_lead(user: User) -> QuerySet[User]:
    """The people of the user's own force who can be made force leads, by name.

    Staff of the Commissioner's office read what is issued and nothing before
    it: nobody makes them leads by choosing the wrong line.
    """
    office = Appointment.objects.filter(valid_on(timezone.localdate()), role=Role.OPCC)
    return people_of(user).filter(is_active=True).exclude(appointments__in=office)


def appointments_of(user: User) -> QuerySet[Appointment]:
    """Every appointment, now and formerly, in the user's own force; the newest first."""
    return (
        Appointment.objects.filter(person__in=people_of(user))
        .select_related("person__force", "acting_for")
        .order_by("-starts_on", "pk")
    )


def leads_of(force: Force, *, on: datetime.date | None = None) -> QuerySet[User]:
    """Active people of a force who lead on a threat in their own right, on a date or later."""
    today = on or timezone.localdate()
    leading = Appointment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        role=Role.FORCE_LEAD,
        acting_for__isnull=True,
        person__force=force,
    )
    return User.objects.filter(is_active=True, appointments__in=leading).distinct()


def leading_on_their_own(force: Force, threat_code: str) -> QuerySet[User]:
    """Active people who lead on a threat today for good, not for somebody who is away."""
    leading = Appointment.objects.filter(
        valid_on(timezone.localdate()),
        role=Role.FORCE_LEAD,
        threat_code=threat_code,
        acting_for__isnull=True,
    )
    return User.objects.filter(force=force, is_active=True, appointments__in=leading).distinct()


def leading_from(force: Force, *, on: datetime.date | None = None) -> QuerySet[Appointment]:
    """The force's appointments of leads, acting ones too, that hold on a date or later."""
    today = on or timezone.localdate()
    return (
        Appointment.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            role=Role.FORCE_LEAD,
            person__force=force,
            person__is_active=True,
        )
        .select_related("person", "acting_for")
        .order_by("starts_on", "person__name", "pk")
    )
