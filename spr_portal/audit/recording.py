"""Writing what happened."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from spr_portal.audit.chain import FIRST_PREVIOUS_HASH, hash_of, plain
from spr_portal.audit.models import AuditEvent, AuditHead
from spr_portal.identity.models import Force, User

HEAD = 1  # the key of the head's only row


class AuditOutsideTransaction(RuntimeError):
    """An event must stand or fall with the change it tells of: record it in a transaction."""


class AuditChainMoved(RuntimeError):
    """Another writer took the same place in the chain: the transaction must be undone."""


def record(
    *,
    action: str,
    subject: str,
    by: User | None,
    force: Force | None,
    details: dict | None = None,
) -> AuditEvent:
    """Append an event to the chain, within the caller's transaction; three queries.

    `action` says what was done ("assessment.submitted"), `subject` to what
    ("assessment wmp-2016-17-terrorism"), `by` who did it, if anybody signed in,
    and `details` whatever else is worth keeping as plain JSON.

    Writers take turns at the head: PostgreSQL locks its row, SQLite the
    database (IMMEDIATE). Should both fail, the last update finds the head
    moved and the transaction is undone.
    """
    if not connection.in_atomic_block:
        raise AuditOutsideTransaction(f"{action} was recorded outside a transaction")
    head, _ = AuditHead.objects.select_for_update().get_or_create(
        pk=HEAD, defaults={"sequence": 0, "hash": FIRST_PREVIOUS_HASH}
    )
    event = AuditEvent(
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor=by,
        actor_name=by.name if by else "",
        force=force,
        action=action,
        subject=subject,
        details=plain(details),
        previous_hash=head.hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    moved = AuditHead.objects.filter(pk=HEAD, sequence=head.sequence, hash=head.hash).update(
        sequence=event.sequence, hash=event.hash
    )
    if not moved:
        raise AuditChainMoved(f"The audit's head moved while {action} was recorded")
    return event
