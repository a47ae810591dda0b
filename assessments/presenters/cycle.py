"""The view of a whole cycle: every threat at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.enums import EDITABLE, AssessmentStatus
from assessments.models import Assessment
from assessments.notices import listed
from assessments.presenters.statuses import STATUS_TAGS, is_late, lateness
from spr_portal.identity.models import User
from spr_portal.templatetags.portal import day


@dataclass(frozen=True)
class ThreatLine:
    assessment: Assessment
    status: str
    status_colour: str
    is_late: bool
    late: str  # "84 days late", "Late" or empty
    leads: tuple[str, ...]
    last_step: str  # "Submitted", "Approved", with its moment in `last_step_at`, or ""
    last_step_at: datetime.datetime | None


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


def in_short(lines: Iterable[ThreatLine], *, due_on: datetime.date) -> list[str]:
    """Where the year stands, in sentences: what is in, not started, late and who has it."""
    lines = list(lines)
    handed_in = [line for line in lines if line.assessment.status not in EDITABLE]
    idle = [line for line in lines if line.assessment.status == AssessmentStatus.NOT_STARTED]
    late = [line for line in lines if line.is_late]
    said = [f"{len(handed_in)} of {len(lines)} assessments are with ACC Security or approved."]
    if idle:
        said.append(f"Not started: {_with_leads(idle)}.")
    if late:
        said.append(f"Late since {day(due_on)}: {_with_leads(late)}.")
    return said


def _with_leads(lines: Iterable[ThreatLine]) -> str:
    return "; ".join(
        f"{line.assessment.threat.label} ({listed(line.leads or ['nobody is appointed'])})"
        for line in lines
    )


def _line(assessment: Assessment, leads: list[User], *, due_on, today) -> ThreatLine:
    words, colour = STATUS_TAGS[AssessmentStatus(assessment.status)]
    if assessment.approved_at:
        step, at = "Approved", assessment.approved_at
    elif assessment.submitted_at:
        step, at = "Last submitted", assessment.submitted_at
    else:
        step, at = "", None
    late = ""
    if is_late(assessment.status, due_on, today=today):
        late = lateness(due_on, today=today)
    return ThreatLine(
        assessment=assessment,
        status=words,
        status_colour=colour,
        is_late=bool(late),
        late=late,
        leads=tuple(person.name for person in leads),
        last_step=step,
        last_step_at=at,
    )
