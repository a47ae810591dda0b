"""Reading the audit from its first event to its last, to find what somebody changed."""

from __future__ import annotations

from dataclasses import dataclass

from spr_portal.audit.chain import FIRST_PREVIOUS_HASH, hash_of
from spr_portal.audit.models import AuditEvent, AuditHead


@dataclass(frozen=True)
class Head:
    """Where the chain ends; kept outside, it shows later whether the past was rewritten."""

    sequence: int
    hash: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


class AuditBroken(Exception):
    """The audit is not what was written; the message names the first event that is wrong."""


def verify(*, kept: Head | None = None) -> Head:
    """Follow the whole chain and return its head; raise `AuditBroken` at the first fault.

    A chain rewritten from some event on, head included, follows as well as the
    true one. Only a head kept outside (`kept`) shows it.
    """
    end = Head(0, FIRST_PREVIOUS_HASH)
    if kept is not None and kept.sequence == 0:
        kept = None
    kept_was_met = kept is None
    for event in AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000):
        _check(event, after=end)
        end = Head(event.sequence, event.hash)
        if kept is not None and event.sequence == kept.sequence:
            _check_kept(event, kept)
            kept_was_met = True
    _check_end(end)
    if not kept_was_met:
        raise AuditBroken(
            f"The audit ends at event {end.sequence}, but the head kept outside is event "
            f"{kept.sequence}: event {end.sequence + 1} and what followed are gone."
        )
    return end


def _check(event: AuditEvent, *, after: Head) -> None:
    expected = after.sequence + 1
    if event.sequence != expected:
        raise AuditBroken(f"Event {expected} is missing: the next there is event {event.sequence}.")
    if hash_of(event) != event.hash:
        raise AuditBroken(
            f"Event {event.sequence} is not as it was written: it was changed, or put in "
            "another's place."
        )
    if event.previous_hash != after.hash:
        raise AuditBroken(
            f"Event {event.sequence} does not follow event {after.sequence}: one of them was "
            "written anew."
        )


def _check_kept(event: AuditEvent, kept: Head) -> None:
    if event.hash != kept.hash:
        raise AuditBroken(
            f"Event {event.sequence} is not the one whose hash was kept outside: it, or one "
            "before it, was written anew."
        )


def _check_end(end: Head) -> None:
    head = AuditHead.objects.first()
    noted = Head(head.sequence, head.hash) if head else Head(0, FIRST_PREVIOUS_HASH)
    if noted.sequence > end.sequence:
        raise AuditBroken(
            f"Event {end.sequence + 1} is missing: the audit ends at event {end.sequence}, but "
            f"{noted.sequence} were written."
        )
    if noted != end:
        raise AuditBroken(
            f"Event {noted.sequence + 1} was not written by the portal: its own note of the end "
            f"is event {noted.sequence}."
            if noted.sequence < end.sequence
            else f"Event {end.sequence} is not the one the portal wrote last."
        )
