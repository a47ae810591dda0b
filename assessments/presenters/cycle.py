"""The view of a whole cycle: every threat at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.enums import AssessmentStatus
from assessments.models import Assessment, Response
from assessments.presenters.statuses import STATUS_TAGS, is_late, rating_cell
from spr_portal.components import RatingCell
from spr_portal.identity.models import User
from threats.models import Criterion


@dataclass(frozen=True)
class ThreatLine:
    assessment: Assessment
    status: str
    status_colour: str
    is_late: bool
    leads: tuple[str, ...]
    last_step: str  # "Submitted", "Approved", with its moment in `last_step_at`, or ""
    last_step_at: datetime.datetime | None


@dataclass(frozen=True)
class GridRow:
    """A threat's ratings in the order of the criteria; None where nobody has answered."""

    assessment: Assessment
    cells: tuple[RatingCell | None, ...]


def threat_lines(
    assessments: Iterable[Assessment],
    leads: dict[str, list[User]],
    *,
    due_on: datetime.date,
    today: datetime.date,
) -> list[ThreatLine]:
    return [
        _line(assessment, leads.get(assessment.threat.code, []), due_on=due_on, today=today)
        for assessment in assessments
    ]


def status_counts(assessments: Iterable[Assessment]) -> list[tuple[str, str, int]]:
    """Label, tag colour and number of assessments for every status, in the order of the year."""
    statuses = [assessment.status for assessment in assessments]
    return [(*STATUS_TAGS[status], statuses.count(status)) for status in AssessmentStatus]


def ratings_grid_rows(
    assessments: Iterable[Assessment], criteria: list[Criterion], ratings: Iterable[Response]
) -> list[GridRow]:
    by_place = {
        (response.assessment_id, response.question.part.criterion.code): response.rating
        for response in ratings
    }
    return [
        GridRow(
            assessment=assessment,
            cells=tuple(
                rating_cell(by_place.get((assessment.pk, criterion.code))) for criterion in criteria
            ),
        )
        for assessment in assessments
    ]


def _line(assessment: Assessment, leads: list[User], *, due_on, today) -> ThreatLine:
    words, colour = STATUS_TAGS[AssessmentStatus(assessment.status)]
    if assessment.approved_at:
        step, at = "Approved", assessment.approved_at
    elif assessment.submitted_at:
        step, at = "Last submitted", assessment.submitted_at
    else:
        step, at = "", None
    return ThreatLine(
        assessment=assessment,
        status=words,
        status_colour=colour,
        is_late=is_late(assessment.status, due_on, today=today),
        leads=tuple(person.name for person in leads),
        last_step=step,
        last_step_at=at,
    )
