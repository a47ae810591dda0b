"""Remarks beside an answer."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from assessments.enums import ItemKind
from assessments.exceptions import UnknownPlace
from assessments.models import Assessment, Comment
from assessments.policies import can_comment
from spr_portal.audit.recording import record
from spr_portal.identity.models import User


def add_comment(*, assessment: Assessment, place: str, text: str, by: User) -> Comment:
    """Write a remark on an answer (a question's code), a list (an ItemKind) or, with "", the whole.

    Raises PolicyDenied, or UnknownPlace when the assessment has no such answer.
    """
    can_comment(by, assessment).require()
    is_list_or_whole = not place or place in ItemKind.values
    if not is_list_or_whole and not assessment.responses.filter(question__code=place).exists():
        raise UnknownPlace("There is no such answer in this assessment. Nothing was saved.")
    with transaction.atomic():
        comment = Comment.objects.create(
            assessment=assessment,
            place=place,
            text=text,
            by=by,
            by_name=by.name,
            at=timezone.now(),
        )
        record(
            action="comment.added",
            subject=f"assessment {assessment.reference}",
            by=by,
            force=assessment.force,
            details={"place": place},
        )
    return comment
