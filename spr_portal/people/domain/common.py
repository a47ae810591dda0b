"""What every change to a force's people shares."""

from spr_portal.audit.recording import record
from spr_portal.identity.models import Force, User


def take_turn(force: Force) -> None:
    """Make changes to one force's people wait for each other, until the transaction ends.

    Two administrators who end each other's appointment at one moment would
    otherwise leave nobody. (SQLite's transactions take turns anyhow.)
    """
    Force.objects.select_for_update().only("pk").get(pk=force.pk)


def record_about(person: User, *, action: str, by: User | None, details: dict | None = None):
    """Record what was done to a person, with their name and address as they are now."""
    record(
        action=action,
        subject=f"person {person.pk}",
        by=by,
        force=person.force,
        details={"name": person.name, "email": person.email} | (details or {}),
    )
