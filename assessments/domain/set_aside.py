"""Letting go of words that were set aside."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from assessments.models import Assessment
from assessments.policies import can_write
from spr_portal.audit.recording import record
from spr_portal.identity.models import User


def settle_words(*, assessment: Assessment, place: str, by: User) -> None:
    """The person has dealt with their own words set aside at a place; they are shown no more.

    `place` is a question's code, or a list and an item ("figures/3f2a…"). The
    words stay in the database. Nothing happens where none are waiting.
    """
    can_write(by, assessment).require()
    with transaction.atomic():
        waiting = assessment.set_aside.filter(place=place, by=by, settled_at__isnull=True)
        if waiting.update(settled_at=timezone.now()):
            record(
                action="words.settled",
                subject=f"assessment {assessment.reference}",
                by=by,
                force=assessment.force,
                details={"place": place},
            )
