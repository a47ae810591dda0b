"""What a force and its local policing body are called, and the founding of a force."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.db import transaction
from django.utils import timezone

from spr_portal.appearance import MINIMUM_CONTRAST, WHITE, contrast, parse
from spr_portal.audit.recording import record
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import Force, User
from spr_portal.identity.policies import can_change_force
from spr_portal.people.domain.appointments import appoint
from spr_portal.people.domain.common import record_about, take_turn

# What an administrator may change; the code is permanent.
CHANGEABLE = (
    "name",
    "short_name",
    "chief_officer_title",
    "body_title",
    "body_short_title",
    "body_office",
    "board_name",
    "colour",
)


@transaction.atomic
def change_force(*, force: Force, by: User, **wanted: str) -> Force:
    """Change what the force is called and its colour; `wanted` has any of CHANGEABLE.

    What is issued keeps the names it was issued with.
    """
    can_change_force(by, force).require()
    take_turn(force)
    before = {field: getattr(force, field) for field in CHANGEABLE}
    changed = {
        field: [before[field], value] for field, value in wanted.items() if before[field] != value
    }
    if not changed:
        return force
    require_readable_colour(wanted.get("colour", force.colour))
    for field, (_, value) in changed.items():
        setattr(force, field, value)
    force.save(update_fields=list(changed))
    record(
        action="force.changed",
        subject=f"force {force.code}",
        by=by,
        force=force,
        details={"changed": changed},
    )
    return force


@transaction.atomic
def found_force(*, code: str, administrator_name: str, administrator_email: str, **names) -> User:
    """Add a force with its first administrator, whom nobody could add; return that person.

    Raises `Refused` with a sentence about the first thing that is wrong.
    """
    if not slug_re.match(code):
        raise Refused(f"“{code}” is no code for a force. Use letters, figures and hyphens alone.")
    if Force.objects.filter(code=code).exists():
        raise Refused(f"There is a force with the code {code} already. Nothing was added.")
    force = Force(code=code, **names)
    person = User(name=administrator_name.strip(), email=administrator_email.strip().lower())
    try:
        force.full_clean()
        person.full_clean(exclude=["password", "force"])
    except ValidationError as problem:
        field, sentences = next(iter(problem.message_dict.items()))
        raise Refused(f"{field.replace('_', ' ').capitalize()}: {sentences[0]}") from None
    force.save()
    record(
        action="force.founded", subject=f"force {code}", by=None, force=force,
        details={"name": force.name},
    )  # fmt: skip
    person = User.objects.create_user(person.email, None, name=person.name, force=force)
    record_about(person, action="person.added", by=None)
    appoint(person=person, role=Role.ADMINISTRATOR, starts_on=timezone.localdate(), by=None)
    return person


def require_readable_colour(colour: str) -> None:
    """Refuse a colour on which white words cannot be read (WCAG 2.2, 1.4.3)."""
    ratio = contrast(parse(colour), WHITE)
    if ratio < MINIMUM_CONTRAST:
        raise Refused(
            f"White words on {colour} have a contrast of {ratio:.1f} to 1, and some people could "
            f"not read them. Choose a darker colour: {MINIMUM_CONTRAST} to 1 is needed.",
            field="colour",
        )
