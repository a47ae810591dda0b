"""The force's register of evidence: an entry for each piece that an assessment cites."""

from __future__ import annotations

from assessments.models import Assessment, Evidence

SAME = ("kind", "title", "owner", "dated", "expires_on", "kept_at")


def register_evidence(assessment: Assessment) -> None:
    """Point each reference at the entry that says the same, or at a new one made from it."""
    cycle = assessment.cycle
    for reference in assessment.evidence.filter(evidence__isnull=True):
        values = {name: getattr(reference, name) for name in SAME}
        entry = Evidence.objects.filter(force=cycle.force, **values).first()
        if entry is None:
            entry = Evidence.objects.create(
                force=cycle.force,
                identity=reference.identity,
                added_by=cycle.opened_by,
                added_at=cycle.opened_at,
                **values,
            )
        reference.evidence = entry
        reference.save(update_fields=["evidence"])
