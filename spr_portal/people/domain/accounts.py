"""People of a force: who has an account, under which name and address."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import Force, User
from spr_portal.identity.policies import (
    can_change_person,
    can_deactivate_person,
    can_manage_people,
)
from spr_portal.people.domain.common import record_about, take_turn
from spr_portal.people.domain.invitations import send_invitation


@transaction.atomic
def add_person(*, force: Force, name: str, email: str, post: str = "", by: User) -> User:
    """Open an account in the administrator's own force and send the link to set a password.

    The account can do nothing until the person is appointed to a role.
    """
    can_manage_people(by, force).require()
    take_turn(force)
    _require_free(email, force=force)
    person = User.objects.create_user(email, None, name=name, post=post, force=force)
    record_about(person, action="person.added", by=by, details={"post": post})
    send_invitation(person)
    return person


@transaction.atomic
def change_person(*, person: User, name: str, email: str, post: str, by: User) -> User:
    """Correct a person's name, address or post; nothing is recorded if nothing changes.

    With another address, links sent to the old one no longer work.
    """
    can_change_person(by, person).require()
    take_turn(person.force)
    wanted = {"name": name, "email": email.strip().lower(), "post": post}
    before = {field: getattr(person, field) for field in wanted}
    if before == wanted:
        return person
    if wanted["email"] != before["email"]:
        _require_free(wanted["email"], force=person.force)
        # allauth lets people sign in with any address it has noted for them.
        EmailAddress.objects.filter(user=person).delete()
    for field, value in wanted.items():
        setattr(person, field, value)
    person.save(update_fields=list(wanted))
    changed = {field: [before[field], wanted[field]] for field in wanted}
    changed = {field: pair for field, pair in changed.items() if pair[0] != pair[1]}
    record_about(person, action="person.changed", by=by, details={"changed": changed})
    return person


@transaction.atomic
def deactivate_person(*, person: User, by: User) -> User:
    """Close an account: its sessions end with their next page; appointments stay as they are."""
    take_turn(person.force)
    can_deactivate_person(by, person).require()
    return _set_active(person, is_active=False, action="person.deactivated", by=by)


@transaction.atomic
def reactivate_person(*, person: User, by: User) -> User:
    """Open a closed account again. The old password holds."""
    can_change_person(by, person).require()
    take_turn(person.force)
    return _set_active(person, is_active=True, action="person.reactivated", by=by)


@transaction.atomic
def invite_again(*, person: User, by: User) -> None:
    """Send a person a new link to set a password; the old one stays good until it is used."""
    can_change_person(by, person).require()
    if not person.is_active:
        raise Refused(f"{person.name}’s account is closed. Open it first, then send the link.")
    record_about(person, action="person.invited", by=by)
    send_invitation(person)


def _set_active(person: User, *, is_active: bool, action: str, by: User) -> User:
    if User.objects.filter(pk=person.pk, is_active=not is_active).update(is_active=is_active):
        record_about(person, action=action, by=by)
    person.is_active = is_active
    return person


def _require_free(email: str, *, force: Force) -> None:
    """Refuse an address that is taken; whose it is in another force is not told."""
    holder = User.objects.filter(email=email.strip().lower()).first()
    if holder is None:
        return
    if holder.force_id == force.pk:
        raise Refused(f"{holder.name} already has an account with this address.", field="email")
    raise Refused(
        "This email address cannot be used here. If it is right, ask those who run the portal.",
        field="email",
    )
