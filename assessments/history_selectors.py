"""Every read of what was there before: saves of an answer, and submissions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from assessments.models import Assessment, Response, ResponseVersion, Submission
from spr_portal.audit.models import AuditEvent


def submissions_of(assessment: Assessment) -> QuerySet[Submission]:
    """Every submission without its content, the newest first."""
    return assessment.submissions.defer("content").order_by("-number")


def last_submitted(assessment: Assessment) -> dict | None:
    """The content of the latest submission, if there was one."""
    newest = assessment.submissions.order_by("-number").values_list("content", flat=True)
    return newest.first()


def contents_submitted(assessment: Assessment, numbers: Iterable[str]) -> dict[str, dict]:
    """The contents of some submissions by their numbers, which come as text; one query."""
    rows = assessment.submissions.filter(number__in=[int(number) for number in numbers])
    return {str(number): content for number, content in rows.values_list("number", "content")}


@dataclass(frozen=True)
class SavedVersion:
    """That an answer was saved, without its words."""

    version: int
    at: datetime.datetime
    by_id: int
    by_name: str


def versions_of(response: Response) -> list[SavedVersion]:
    """Every save of an answer, the oldest first; one light query, however long the texts."""
    rows = response.versions.order_by("version")
    return [SavedVersion(*row) for row in rows.values_list("version", "at", "by", "by__name")]


def words_of(response: Response, versions: Iterable[int]) -> dict[int, ResponseVersion]:
    """The words of some versions of an answer, with their ratings; one query."""
    rows = response.versions.filter(version__in=list(versions)).select_related("rating")
    return {row.version: row for row in rows}


def words_accepted(assessment: Assessment, code: str) -> dict[int, str]:
    """Which versions of an answer a lead accepted as a contributor left them, and who did."""
    events = AuditEvent.objects.filter(
        force=assessment.force,
        subject=f"assessment {assessment.reference}",
        action="response.accepted",
        details__versions__has_key=code,
    )
    rows = events.values_list("details", "actor_name")
    return {details["versions"][code]: name for details, name in rows}
