"""Citing evidence in an assessment: the entry's words by value, and the answers that it backs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from assessments.domain.evidence import COPIED, copied_values, create_entry, lock_entry
from assessments.domain.items import change_item, draft_marks
from assessments.domain.turns import lock_for_writing, start_if_new
from assessments.enums import ItemKind
from assessments.evidence_policies import can_see_evidence
from assessments.exceptions import AlreadyCited, StaleEdit, UnknownPlace
from assessments.models import Assessment, Evidence, EvidenceReference
from assessments.policies import can_write_place
from spr_portal.audit.recording import record
from spr_portal.identity.models import User
from spr_portal.lists import next_order
from threats.selectors import parts_for


def cite_evidence(
    *,
    assessment: Assessment,
    evidence: Evidence,
    backs: Iterable[str],
    by: User,
    clearance: Mapping | None = None,
) -> EvidenceReference:
    """Cite an entry of the register. `backs` are codes of questions; none: the assessment as a
    whole. `clearance` has `is_public` and `withheld_under`; without it nothing is cleared.
    Raises AlreadyCited when this assessment cites it already."""
    with transaction.atomic():
        entry = lock_entry(evidence)
        can_see_evidence(by, entry).require()
        reference = _cite(assessment, entry, backs, clearance or {}, by=by)
        _record("evidence.cited", assessment, reference, by=by)
    return reference


def add_and_cite(
    *,
    assessment: Assessment,
    values: dict,
    backs: Iterable[str],
    by: User,
    clearance: Mapping | None = None,
) -> EvidenceReference:
    """Add a new entry to the register and cite it."""
    with transaction.atomic():
        entry = create_entry(values, by=by)
        reference = _cite(assessment, entry, backs, clearance or {}, by=by)
        _record("evidence.added_and_cited", assessment, reference, by=by)
    return reference


def change_backing(
    *,
    assessment: Assessment,
    identity: str,
    backs: Iterable[str],
    started_from: int,
    by: User,
    clearance: Mapping | None = None,
) -> EvidenceReference:
    """Say anew which answers a cited piece backs; raises StaleEdit as `change_item` does.

    Where it backed a whole part, it backs the answers given here from now on.
    """
    values = {"backs": in_order(assessment, backs), "part": None, **(clearance or {})}
    return change_item(
        assessment=assessment,
        kind=ItemKind.EVIDENCE,
        identity=identity,
        values=values,
        started_from=started_from,
        by=by,
    )


def put_in_register(
    *,
    assessment: Assessment,
    identity: str,
    values: dict,
    backs: Iterable[str],
    started_from: int,
    by: User,
    clearance: Mapping | None = None,
) -> EvidenceReference:
    """Make an entry of the register out of a reference that came into the assessment without one.

    Raises StaleEdit when somebody changed or removed the reference meanwhile.
    """
    with transaction.atomic():
        locked = lock_for_writing(assessment, by=by)
        can_write_place(by, locked, ItemKind.EVIDENCE).require()
        reference = locked.evidence.filter(identity=identity).first()
        if reference is None or reference.version != started_from or reference.evidence_id:
            raise StaleEdit(newer=reference, kept=None)
        marks = draft_marks(locked, ItemKind.EVIDENCE, reference, by=by)
        reference.evidence = create_entry(values, by=by)
        _copy(reference, reference.evidence)
        reference.part, reference.backs = None, in_order(locked, backs)
        reference.version += 1
        for name, value in {**marks, **(clearance or {})}.items():
            setattr(reference, name, value)
        reference.save()
        _record("evidence.added_and_cited", locked, reference, by=by)
    return reference


def in_order(assessment: Assessment, codes: Iterable[str]) -> list[str]:
    """The codes in the order of the questions, so that equal ticks are equal contents.

    Raises UnknownPlace for a question that is not asked about this threat.
    """
    asked = [
        question.code
        for part in parts_for(assessment.cycle.edition, assessment.threat.code)
        for question in part.questions
    ]
    given = set(codes)
    if unknown := given - set(asked):
        raise UnknownPlace(f"There is no question “{min(unknown)}” here. Nothing was saved.")
    return [code for code in asked if code in given]


def _cite(
    assessment: Assessment,
    evidence: Evidence,
    backs: Iterable[str],
    clearance: Mapping,
    *,
    by: User,
) -> EvidenceReference:
    locked = lock_for_writing(assessment, by=by)
    can_write_place(by, locked, ItemKind.EVIDENCE).require()
    rows = EvidenceReference.objects.filter(assessment=locked)
    if cited := rows.filter(evidence=evidence).first():
        raise AlreadyCited(cited)
    start_if_new(locked, by=by)
    return EvidenceReference.objects.create(
        assessment=locked,
        evidence=evidence,
        order=next_order(rows),
        backs=in_order(locked, backs),
        **copied_values(evidence),
        **clearance,
        **draft_marks(locked, ItemKind.EVIDENCE, None, by=by),
    )


def _copy(reference: EvidenceReference, evidence: Evidence) -> None:
    for name in COPIED:
        setattr(reference, name, getattr(evidence, name))


def _record(action: str, assessment: Assessment, reference: EvidenceReference, *, by: User) -> None:
    record(
        action=action,
        subject=f"assessment {assessment.reference}",
        by=by,
        force=assessment.force,
        details={
            "list": str(ItemKind.EVIDENCE),
            "identity": reference.identity,
            "evidence": reference.evidence.identity,
        },
    )
