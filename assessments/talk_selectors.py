"""Every read of what is said about assessments: comments in threads, and proposed ratings."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from assessments.models import Assessment, Comment


def threads_by_place(
    assessment: Assessment, places: Iterable[str] | None = None
) -> dict[str, list[list[Comment]]]:
    """What is said, by place: each thread as its comments, the first of which began it.

    On these places, or on all of the assessment; one query. Who resolved a
    thread is known by name only.
    """
    rows = assessment.comments.select_related("proposed_rating").order_by("at", "id")
    if places is not None:
        rows = rows.filter(place__in=list(places))
    threads: dict[int, list[Comment]] = {}
    for comment in rows:
        comment.assessment = assessment
        threads.setdefault(comment.thread_id or comment.pk, []).append(comment)
    by_place: dict[str, list[list[Comment]]] = {}
    for thread in threads.values():
        by_place.setdefault(thread[0].place, []).append(thread)
    return by_place


def thread_of(assessment: Assessment, identity: str) -> Comment:
    """The comment that began a thread; raises Comment.DoesNotExist."""
    found = assessment.comments.select_related("proposed_rating").get(
        identity=identity, thread__isnull=True
    )
    found.assessment = assessment
    return found


def open_proposals(assessment: Assessment) -> QuerySet[Comment]:
    """Other ratings that were proposed and that nobody has agreed or withdrawn."""
    return assessment.comments.filter(
        proposed_rating__isnull=False, outcome="", resolved_at__isnull=True
    )


def proposals_on(assessment: Assessment, place: str | None = None) -> QuerySet[Comment]:
    """Every rating that was ever proposed, in order: on one answer, or on all of them."""
    proposals = assessment.comments.filter(proposed_rating__isnull=False)
    if place is not None:
        proposals = proposals.filter(place=place)
    return proposals.select_related("proposed_rating").order_by("at", "id")
