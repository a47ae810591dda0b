"""The view of a whole cycle: every threat at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.enums import EDITABLE, AssessmentStatus
from assessments.models import Assessment
from assessments.notices import listed
from assessments.presenters.statuses import STATUS_TAGS, is_late, lateness
from spr_portal.templatetags.portal import day

MOST_NAMED = 20  # threats in one sentence


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
    leads: Mapping[str, Sequence[str]],
    *,
    due_on: datetime.date,
    today: datetime.date,
) -> list[ThreatLine]:
    """`leads` are the names of the leads by the threat's code."""
    return [
        _line(assessment, leads.get(assessment.threat.code, ()), due_on=due_on, today=today)
        for assessment in assessments
    ]


def status_counts(assessments: Iterable[Assessment]) -> list[tuple[str, str, int]]:
    """Label, tag colour and number of assessments for every status, in the order of the year."""
    statuses = [assessment.status for assessment in assessments]
    return [(*STATUS_TAGS[status], statuses.count(status)) for status in AssessmentStatus]


def in_short(
    assessments: Sequence[Assessment],
    leads: Mapping[str, Sequence[str]],
    *,
    due_on: datetime.date,
    today: datetime.date,
) -> list[str]:
    """Where the year stands, in sentences: what is in, not started, late and who has it."""
    handed_in = sum(one.status not in EDITABLE for one in assessments)
    idle = [one for one in assessments if one.status == AssessmentStatus.NOT_STARTED]
    late = [one for one in assessments if is_late(one.status, due_on, today=today)]
    said = [f"{handed_in} of {len(assessments)} assessments are with ACC Security or approved."]
    if idle:
        said.append(f"Not started: {_with_leads(idle, leads)}.")
    if late:
        said.append(f"Late since {day(due_on)}: {_with_leads(late, leads)}.")
    return said


def _with_leads(assessments: Sequence[Assessment], leads: Mapping[str, Sequence[str]]) -> str:
    named = [
        f"{one.threat.label} ({listed(leads.get(one.threat.code) or ['nobody is appointed'])})"
        for one in assessments[:MOST_NAMED]
    ]
    if more := len(assessments) - len(named):
        named.append(f"and {more:,} more")
    return "; ".join(named)


def _line(assessment: Assessment, leads: Sequence[str], *, due_on, today) -> ThreatLine:
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
        leads=tuple(leads),
        last_step=step,
        last_step_at=at,
    )
