"""The marking of an assessment as a whole."""

from __future__ import annotations

from django.db import transaction

from assessments.models import Assessment
from assessments.policies import can_mark
from spr_portal.audit.recording import record
from spr_portal.identity.models import User


def mark_assessment(*, assessment: Assessment, marking: str, handling: str, by: User) -> Assessment:
    """Say how the assessment is marked.

    It is no part of what is submitted and approved, so that it can be raised at
    any time. What is in it can be marked higher, and then its pages are.
    """
    with transaction.atomic():
        locked = (
            Assessment.objects.select_for_update(of=("self",), no_key=True)
            .select_related("cycle__force", "threat")
            .get(pk=assessment.pk)
        )
        can_mark(by, locked).require()
        if (locked.marking, locked.handling) == (marking, handling):
            return locked
        record(
            action="assessment.marked",
            subject=f"assessment {locked.reference}",
            by=by,
            force=locked.force,
            details={"before": locked.marking, "after": marking},
        )
        locked.marking, locked.handling = marking, handling
        locked.save(update_fields=["marking", "handling"])
    return locked
