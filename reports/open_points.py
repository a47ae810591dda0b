"""What is open on a day and so belongs on the agenda of a meeting, read into plain data."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from assessments.domain.severity import severity_of
from assessments.enums import EDITABLE, AssessmentStatus, RegisterStatus, Severity
from assessments.models import Assessment, Comment, Cycle, Finding, Response, Vulnerability
from reports.enums import ActionStatus, Topic
from reports.meeting_selectors import meeting_before
from reports.models import AgendaItem, BoardAction, Meeting
from reports.references import long_date

HEADING_LIMIT = 120  # characters of somebody's words that stand in a heading
SEVERE = (Severity.HIGH, Severity.VERY_HIGH)
HANDED_IN = (AssessmentStatus.SUBMITTED, AssessmentStatus.APPROVED)


@dataclass(frozen=True)
class Point:
    """One thing to talk about. `source` names what it is made from, the same from day to day."""

    topic: Topic
    source: str
    heading: str
    text: str = ""


def open_points(meeting: Meeting, *, today: datetime.date) -> list[Point]:
    """Everything, in the order of the topics and of the threats; about ten queries."""
    cycles = _cycles_in_hand(meeting)
    before = meeting_before(meeting)
    return [
        *_opening(before),
        *_actions(meeting, today=today),
        *_assessments(cycles, today=today),
        *_ratings(cycles),
        *_vulnerabilities(meeting, cycles, before),
        *_findings(cycles, today=today),
        *_comments(cycles),
        Point(Topic.OTHER, "other", "Any other business"),
    ]


def _cycles_in_hand(meeting: Meeting) -> list[Cycle]:
    """The newest cycle, and every other whose paper is not issued; newest first."""
    cycles = list(Cycle.objects.filter(force_id=meeting.force_id).order_by("-year"))
    return [cycle for cycle in cycles if cycle is cycles[0] or not cycle.closed_at]


def _opening(before: Meeting | None) -> Iterator[Point]:
    yield Point(Topic.OPENING, "welcome", "Welcome and apologies")
    if before:
        yield Point(
            Topic.OPENING,
            "last-meeting",
            f"Notes of the meeting of {long_date(before.held_on)}",
            before.notes,
        )


def _actions(meeting: Meeting, *, today: datetime.date) -> Iterator[Point]:
    rows = (
        BoardAction.objects.filter(
            force_id=meeting.force_id, status__in=[ActionStatus.OPEN, ActionStatus.REPORTED]
        )
        .exclude(meeting=meeting)
        .select_related("meeting")
        .order_by("due_on", "order", "pk")
    )
    for row in rows:
        is_late = row.status == ActionStatus.OPEN and row.due_on < today
        facts = [
            f"Owner: {row.owner_name}",
            f"{'Was due' if is_late else 'Due'} on {long_date(row.due_on)}",
            f"Given at the meeting of {long_date(row.meeting.held_on)}",
            "Reported as done" if row.status == ActionStatus.REPORTED else "",
        ]
        heading, words = _headed(row.text)
        reported = f"Last report: {row.outcome}" if row.outcome else ""
        yield Point(
            Topic.ACTIONS,
            f"action/{row.identity}",
            heading,
            _text(words, _bullets(facts), reported),
        )


def _assessments(cycles: list[Cycle], *, today: datetime.date) -> Iterator[Point]:
    rows = (
        Assessment.objects.filter(cycle__in=cycles, status__in=EDITABLE, cycle__closed_at=None)
        .select_related("cycle", "threat")
        .order_by("-cycle__year", "threat__order")
    )
    for row in rows:
        is_late = row.cycle.due_on < today
        if not is_late and row.status != AssessmentStatus.NOT_STARTED:
            continue
        status = row.get_status_display()
        due = f"It {'was' if is_late else 'is'} due on {long_date(row.cycle.due_on)}."
        yield Point(
            Topic.ASSESSMENTS,
            f"assessment/{row.cycle.year}/{row.threat.code}",
            f"{row.threat.label} {row.cycle.year_in_words}: "
            + (f"late, {status.lower()}" if is_late else status.lower()),
            due,
        )


def _ratings(cycles: list[Cycle]) -> Iterator[Point]:
    """One item for each assessment that is handed in and rates something otherwise than before."""
    rows = (
        Response.objects.filter(
            assessment__cycle__in=cycles,
            assessment__cycle__closed_at=None,
            assessment__status__in=HANDED_IN,
            question__part__criterion__isnull=False,
            rating__isnull=False,
        )
        .exclude(carried__rating_label="")
        .filter(carried__isnull=False)
        .select_related(
            "carried", "rating", "question__part__criterion",
            "assessment__cycle", "assessment__threat",
        )
        .order_by(
            "-assessment__cycle__year", "assessment__threat__order", "question__part__order"
        )
    )  # fmt: skip
    changed: dict[Assessment, list[str]] = {}
    for row in rows:
        now, before = row.rating.label, row.carried.rating_label
        if now != before:
            criterion = row.question.part.criterion.label
            changed.setdefault(row.assessment, []).append(f"{criterion}: {now}, was {before}")
    for assessment, facts in changed.items():
        yield Point(
            Topic.RATINGS,
            f"ratings/{assessment.cycle.year}/{assessment.threat.code}",
            f"{assessment.threat.label} {assessment.cycle.year_in_words}: "
            f"{len(facts)} {'rating has' if len(facts) == 1 else 'ratings have'} changed",
            _bullets(facts),
        )


def _vulnerabilities(
    meeting: Meeting, cycles: list[Cycle], before: Meeting | None
) -> Iterator[Point]:
    """Those the board has not had before it, those nobody has reviewed, and the severe ones."""
    seen = _had_before(meeting, "vulnerability/")
    for row in _newest(Vulnerability, cycles):
        if row.status == RegisterStatus.CLOSED:
            continue
        source = f"vulnerability/{row.assessment.threat.code}/{row.identity}"
        severity = severity_of(row.likelihood, row.impact)
        reasons = [
            "" if source in seen else "The board has not had it before it",
            "" if row.is_reviewed else "Carried over from last year and not reviewed yet",
        ]
        if not any(reasons) and severity not in SEVERE:
            continue
        heading, words = _headed(row.statement, after=f"{row.assessment.threat.label}: ")
        facts = [
            *reasons,
            f"Severity {severity.label.lower()}: likelihood {row.likelihood}, impact {row.impact}",
            f"Owner: {row.owner}" if row.owner else "",
            f"To be reviewed on {long_date(row.review_on)}" if row.review_on else "",
        ]
        parts = [
            words,
            _bullets(facts),
            f"Mitigation: {row.mitigation}" if row.mitigation else "",
            f"Escalation: {row.escalation}" if row.escalation else "",
        ]
        yield Point(Topic.VULNERABILITIES, source, heading, _text(*parts))


def _findings(cycles: list[Cycle], *, today: datetime.date) -> Iterator[Point]:
    for row in _newest(Finding, cycles):
        if row.status == RegisterStatus.CLOSED:
            continue
        heading, words = _headed(row.text, after=f"{row.assessment.threat.label}: ")
        is_late = row.due_on is not None and row.due_on < today
        report = ", ".join(filter(None, [row.body, row.report, row.reference]))
        due = f"{'Was due' if is_late else 'Due'} on {long_date(row.due_on)}" if row.due_on else ""
        facts = [
            f"{row.get_finding_kind_display()}: {report}",
            f"Grade: {row.grade}" if row.grade else "",
            f"Owner: {row.owner}" if row.owner else "",
            due,
        ]
        response = f"Response: {row.response}" if row.response else ""
        yield Point(
            Topic.FINDINGS,
            f"finding/{row.assessment.threat.code}/{row.identity}",
            heading,
            _text(words, _bullets(facts), response),
        )


def _comments(cycles: list[Cycle]) -> Iterator[Point]:
    """One item for each assessment, with how many threads; never what was written in them."""
    rows = (
        Comment.objects.filter(
            assessment__cycle__in=cycles,
            assessment__cycle__closed_at=None,
            thread__isnull=True,
            resolved_at__isnull=True,
        )
        .order_by()
        .values(
            "assessment__cycle__year", "assessment__threat__code", "assessment__threat__label",
            "assessment__threat__order",
        )
        .annotate(count=Count("pk"))
        .order_by("-assessment__cycle__year", "assessment__threat__order")
    )  # fmt: skip
    for row in rows:
        year, count = row["assessment__cycle__year"], row["count"]
        yield Point(
            Topic.COMMENTS,
            f"comments/{year}/{row['assessment__threat__code']}",
            f"{row['assessment__threat__label']} {year.replace('-', '/')}: {count} unresolved "
            f"{'comment' if count == 1 else 'comments'}",
        )


def _newest(model: type[Vulnerability] | type[Finding], cycles: list[Cycle]) -> list:
    """Each row as the newest cycle has it, in the order of the threats; drafts are left out."""
    rows = (
        model.objects.filter(assessment__cycle__in=cycles, is_draft=False)
        .select_related("assessment__threat")
        .order_by("-assessment__cycle__year", "assessment__threat__order", "order", "pk")
    )
    newest: dict[tuple[str, str], Vulnerability | Finding] = {}
    for row in rows:
        newest.setdefault((row.assessment.threat.code, row.identity), row)
    return list(newest.values())


def _had_before(meeting: Meeting, kind: str) -> set[str]:
    """What stood on the agenda of a meeting that was held before this one."""
    earlier = AgendaItem.objects.filter(
        meeting__force_id=meeting.force_id,
        meeting__status="held",
        meeting__held_on__lt=meeting.held_on,
        source__startswith=kind,
    )
    return set(earlier.values_list("source", flat=True))


def _headed(words: str, *, after: str = "") -> tuple[str, str]:
    """A heading from somebody's words, and the words themselves where it does not hold them all."""
    first, *rest = words.strip().split("\n", 1)
    line = " ".join(first.removeprefix("- ").split())
    if len(line) > HEADING_LIMIT:
        rest, line = [words], f"{line[:HEADING_LIMIT].rsplit(' ', 1)[0]}…"
    return f"{after}{line}"[:200], words if rest else ""


def _bullets(facts: list[str]) -> str:
    return "\n".join(f"- {fact}" for fact in facts if fact)


def _text(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
