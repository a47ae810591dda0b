"""What waits for a person, on the page they come to first."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.enums import AssessmentStatus
from assessments.models import Assessment, Cycle
from assessments.presenters.statuses import STATUS_TAGS, is_late
from reports.enums import PaperStatus
from reports.models import BoardPaper
from reports.presenters.words import WAITS_FOR, year_in_words

HANDED_IN = (AssessmentStatus.SUBMITTED, AssessmentStatus.APPROVED)


@dataclass(frozen=True)
class AssessmentLine:
    threat: str
    year: str
    status: str
    due_on: datetime.date
    is_late: bool
    href: str


@dataclass(frozen=True)
class StatusCount:
    status: str
    words: str
    count: int


@dataclass(frozen=True)
class CycleLine:
    year: str
    due_on: datetime.date
    board_on: datetime.date
    counts: tuple[StatusCount, ...]
    is_closed: bool  # its paper is issued
    is_past_due: bool
    is_all_in: bool
    href: str


@dataclass(frozen=True)
class PaperLine:
    title: str
    year: str
    board_on: datetime.date
    status: str
    waits_for: str
    href: str


def assessment_lines(
    assessments: Iterable[Assessment], *, today: datetime.date
) -> list[AssessmentLine]:
    return [
        AssessmentLine(
            threat=row.threat.label,
            year=year_in_words(row.cycle.year),
            status=row.status,
            due_on=row.cycle.due_on,
            is_late=is_late(row.status, row.cycle.due_on, today=today),
            href=row.get_absolute_url(),
        )
        for row in assessments
    ]


def cycle_line(
    cycle: Cycle, assessments: Iterable[Assessment], *, today: datetime.date
) -> CycleLine:
    """A cycle with how many of its `assessments` are in each status."""
    counts = Counter(assessment.status for assessment in assessments)
    outstanding = sum(number for status, number in counts.items() if status not in HANDED_IN)
    return CycleLine(
        year=year_in_words(cycle.year),
        due_on=cycle.due_on,
        board_on=cycle.board_on,
        counts=tuple(
            StatusCount(status, words, counts[status])
            for status, (words, _) in STATUS_TAGS.items()
            if counts.get(status)
        ),
        is_closed=cycle.closed_at is not None,
        is_past_due=cycle.due_on < today,
        is_all_in=not outstanding,
        href=cycle.get_absolute_url(),
    )


def paper_lines(papers: Iterable[BoardPaper]) -> list[PaperLine]:
    return [
        PaperLine(
            title=paper.title,
            year=year_in_words(paper.cycle.year),
            board_on=paper.cycle.board_on,
            status=paper.status,
            waits_for=WAITS_FOR[PaperStatus(paper.status)],
            href=paper.get_absolute_url(),
        )
        for paper in papers
    ]
