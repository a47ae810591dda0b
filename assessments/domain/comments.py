"""What is said beside an answer, a list or the whole: threads that get resolved."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from assessments.emails import tell_of_comment
from assessments.enums import ItemKind
from assessments.exceptions import UnknownPlace
from assessments.models import Assessment, Comment
from assessments.policies import can_comment_on, can_reopen_thread, can_resolve
from spr_portal.audit.recording import record
from spr_portal.identity.models import User

# Within this time the same words of the same person are one click too many.
SAME_CLICK = datetime.timedelta(minutes=1)


def add_comment(*, assessment: Assessment, place: str, text: str, by: User) -> Comment:
    """Begin a thread on an answer (a question's code), a list (an ItemKind) or, with "", the whole.

    Raises PolicyDenied, or UnknownPlace when the assessment has no such answer.
    """
    require_place(assessment, place)
    can_comment_on(by, assessment, place).require()
    with transaction.atomic():
        locked = lock_for_talking(assessment)
        said = _said_already(locked, text, by=by, place=place, thread=None)
        if said:
            return said
        comment = _say(locked, text, by=by, place=place)
        record_remark("comment.added", comment, by=by)
        tell_of_comment(comment, by=by)
    return comment


def reply(*, thread: Comment, text: str, by: User) -> Comment:
    """Answer in a thread; a resolved one is open again, so that the answer is seen.

    What was proposed and is agreed or withdrawn stays closed. Raises PolicyDenied.
    """
    can_comment_on(by, thread.assessment, thread.place).require()
    with transaction.atomic():
        locked = lock_for_talking(thread.assessment)
        thread = locked.comments.get(pk=thread.pk)
        said = _said_already(locked, text, by=by, thread=thread)
        if said:
            return said
        comment = _say(locked, text, by=by, place=thread.place, thread=thread)
        opens_again = bool(thread.resolved_at) and not thread.proposed_rating_id
        if opens_again:
            close_thread(thread, at=None, by=None)
        record_remark("comment.replied", comment, by=by, opens_again=opens_again)
        tell_of_comment(comment, by=by)
    return comment


def resolve_thread(*, thread: Comment, by: User) -> Comment:
    """Say that a thread needs nothing more. Nothing happens to one that is resolved already."""
    return _set_resolved(thread, can_resolve, "comment.resolved", at=timezone.now(), by=by)


def reopen_thread(*, thread: Comment, by: User) -> Comment:
    """Say that a resolved thread needs something after all. Nothing happens to an open one."""
    return _set_resolved(thread, can_reopen_thread, "comment.reopened", at=None, by=by)


def require_place(assessment: Assessment, place: str) -> None:
    """Raise UnknownPlace unless there is such an answer or list; "" is the whole."""
    is_list_or_whole = not place or place in ItemKind.values
    if not is_list_or_whole and not assessment.responses.filter(question__code=place).exists():
        raise UnknownPlace("There is no such answer in this assessment. Nothing was saved.")


def lock_for_talking(assessment: Assessment) -> Assessment:
    """The assessment, for something said about it in the caller's transaction, one at a time."""
    return (
        Assessment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cycle__force", "cycle__rating_scale", "threat")
        .get(pk=assessment.pk)
    )


def close_thread(thread: Comment, *, at: datetime.datetime | None, by: User | None) -> None:
    """Write who resolved a thread; with None for both, that nobody has."""
    thread.resolved_at, thread.resolved_by = at, by
    thread.resolved_by_name = by.name if by else ""
    thread.save(update_fields=["resolved_at", "resolved_by", "resolved_by_name", "outcome"])


def record_remark(action: str, comment: Comment, *, by: User, **details) -> None:
    assessment = comment.assessment
    thread = comment.thread if comment.thread_id else comment
    record(
        action=action,
        subject=f"assessment {assessment.reference}",
        by=by,
        force=assessment.force,
        details={"place": comment.place, "thread": thread.identity, **details},
    )


def _set_resolved(thread: Comment, policy, action: str, *, at, by: User) -> Comment:
    with transaction.atomic():
        locked = lock_for_talking(thread.assessment)
        thread = locked.comments.get(pk=thread.pk, thread__isnull=True)
        policy(by, locked, thread).require()
        if bool(thread.resolved_at) != bool(at):
            close_thread(thread, at=at, by=by if at else None)
            record_remark(action, thread, by=by)
    return thread


def _say(assessment: Assessment, text: str, *, by: User, place: str, thread=None) -> Comment:
    return Comment.objects.create(
        assessment=assessment,
        thread=thread,
        place=place,
        text=text,
        by=by,
        by_name=by.name,
        at=timezone.now(),
    )


def _said_already(assessment: Assessment, text: str, *, by: User, **where) -> Comment | None:
    """The same words at the same place a moment ago: somebody pressed twice."""
    since = timezone.now() - SAME_CLICK
    same = assessment.comments.filter(text=text, by=by, proposed_rating=None, at__gte=since)
    return same.filter(**where).first()
