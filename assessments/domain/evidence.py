"""The force's register of evidence: adding to it, changing what stands there."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments.enums import Marking
from assessments.evidence_policies import can_add_evidence, can_change_evidence
from assessments.evidence_selectors import being_written
from assessments.exceptions import StaleEdit
from assessments.models import Assessment, Evidence, EvidenceReference
from spr_portal.audit.recording import record
from spr_portal.identity.models import User
from spr_portal.lists import change_row

# What a person fills in of an entry, and what of it an assessment that cites it keeps by value.
ENTRY_FIELDS = (
    "kind", "title", "owner", "dated", "expires_on", "kept_at", "marking", "handling", "is_shared",
)  # fmt: skip
COPIED = ("kind", "title", "owner", "dated", "expires_on", "kept_at", "marking", "handling")


def add_evidence(*, values: dict, by: User) -> Evidence:
    """Put a new entry into the register of the person's force. `values` are of ENTRY_FIELDS."""
    with transaction.atomic():
        evidence = create_entry(values, by=by)
        _record("evidence.added", evidence, by=by)
    return evidence


def create_entry(values: dict, *, by: User) -> Evidence:
    """The new row, for a caller that records what else is done with it in its transaction."""
    can_add_evidence(by).require()
    return Evidence.objects.create(
        force=by.force, added_by=by, added_at=timezone.now(), **_known(values)
    )


def change_evidence(*, evidence: Evidence, values: dict, started_from: int, by: User) -> Evidence:
    """Change an entry that was opened at version `started_from`, and its copies with it.

    The copies in assessments that are being written follow; those in what was
    submitted or approved keep the words that were cited. Values equal to what
    stands there change nothing. Raises StaleEdit when somebody changed the
    entry meanwhile; nothing is kept of the words given, so the caller shows them.
    """
    values = _known(values)
    with transaction.atomic():
        current = lock_entry(evidence)
        can_change_evidence(by, current).require()
        before = {name: getattr(current, name) for name in values}
        if before == values:
            return current
        rows = Evidence.objects.filter(force_id=current.force_id)
        row, changed = change_row(
            rows, identity=current.identity, started_from=started_from, values=values
        )
        if not changed:
            raise StaleEdit(newer=row, kept=None)
        copies = 0
        if any(before[name] != values[name] for name in COPIED if name in values):
            copies = _bring_copies_up_to_date(row)
        changed_fields = [name for name in values if before[name] != values[name]]
        _record("evidence.changed", row, by=by, fields=changed_fields, copies=copies)
    return row


def lock_entry(evidence: Evidence) -> Evidence:
    """The entry as it stands, held until the transaction ends.

    Who needs the entry and an assessment locks the entry first, so that no two
    wait for each other, and no copy is made of words that are being changed.
    """
    return Evidence.objects.select_for_update(no_key=True).get(pk=evidence.pk)


def copied_values(evidence: Evidence) -> dict:
    """What an assessment that cites the entry keeps of it."""
    return {name: getattr(evidence, name) for name in COPIED}


def _bring_copies_up_to_date(evidence: Evidence) -> int:
    """Change the copies in assessments being written, in one statement; returns how many.

    The assessments are locked first: one that is being submitted at this moment
    has its content hashed, and keeps exactly what was hashed.
    """
    citing = EvidenceReference.objects.filter(evidence=evidence).values("assessment")
    written = Assessment.objects.select_for_update(of=("self",), no_key=True).filter(
        being_written(), pk__in=citing
    )
    keys = [assessment.pk for assessment in written.order_by("pk")]
    copies = EvidenceReference.objects.filter(evidence=evidence, assessment__in=keys)
    values = copied_values(evidence)
    if evidence.marking == Marking.SENSITIVE:
        values["is_public"] = False  # what somebody cleared before it was marked so
    return copies.update(**values, version=F("version") + 1)


def _known(values: dict) -> dict:
    """Only the fields a person fills in: the force and who added it are not theirs to set."""
    return {name: values[name] for name in ENTRY_FIELDS if name in values}


def _record(action: str, evidence: Evidence, *, by: User, **details) -> None:
    record(
        action=action,
        subject=f"evidence {evidence.identity}",
        by=by,
        force=evidence.force,
        details=details or None,
    )
