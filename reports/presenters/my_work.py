"""What waits for a person, in words, the most urgent first."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from assessments.enums import EDITABLE, AssessmentStatus
from assessments.models import Assessment
from assessments.notices import listed
from assessments.presenters.statuses import STATUS_TAGS, is_late, lateness
from assessments.selectors import is_lead, questions_drafted_by
from assessments.workload import OpenThread, Progress
from reports.enums import ActionStatus, PaperStatus
from reports.models import BoardAction, BoardDecision, BoardPaper, Recommendation
from reports.presenters.words import noun_of
from reports.recommendation_policies import can_answer_recommendation
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Appointment, User
from spr_portal.identity.policies import has_role

FAR = datetime.date.max
SHORT = 90  # letters of an action


@dataclass(frozen=True)
class Waiting:
    """One thing to do. `on` is its date, and `when` how that stands to today, in words."""

    name: str
    href: str
    about: tuple[str, ...] = ()
    on: datetime.date | None = None
    on_means: str = "Due"
    when: str = ""
    is_late: bool = False
    status: tuple[str, str] | None = None  # words and the tag's colour
    links: tuple[tuple[str, str], ...] = ()


def in_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    """What is late first, longest first; then by date; what has none at the end."""
    return sorted(waiting, key=lambda one: (not one.is_late, one.on or FAR))


def days_to(date: datetime.date, *, today: datetime.date, is_open: bool = True) -> str:
    """How a date that something is due on stands to today: "due in 8 days", "84 days late"."""
    days = (date - today).days
    if days < 0:
        return lateness(date, today=today) if is_open else ""
    return {0: "due today", 1: "due tomorrow"}.get(days, f"due in {days:,} days")


def number_of(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


def for_writer(
    user: User,
    assessments: Iterable[Assessment],
    progress: Mapping[int, Progress],
    threads: Iterable[OpenThread],
    *,
    today: datetime.date,
) -> list[Waiting]:
    """What the assessments that a person writes want of them."""
    by_assessment = _by_assessment(threads)
    lines = []
    for one in assessments:
        leads, codes = is_lead(user, one), questions_drafted_by(user, one)
        theirs = [
            thread
            for thread in by_assessment.get(one.pk, ())
            if thread.waits_for_writers and (codes is None or thread.place in codes)
            if leads or not thread.is_proposal
        ]
        lines.append(to_write(one, progress[one.pk], theirs, is_lead=leads, today=today))
    return [line for line in lines if line]


def for_reviewer(
    user: User,
    assessments: Iterable[Assessment],
    threads: Iterable[OpenThread],
    *,
    today: datetime.date,
) -> list[Waiting]:
    """What waits for ACC Security or the staff officer, and what they wait for themselves."""
    by_assessment = _by_assessment(threads)
    may_approve = has_role(user, Role.ACC_SECURITY)
    lines = [
        to_review(one, by_assessment.get(one.pk, ()), may_approve=may_approve)
        for one in assessments
    ]
    return [*(line for line in lines if line), *late_ones(assessments, today=today)]


def to_write(
    assessment: Assessment,
    progress: Progress,
    threads: Collection[OpenThread],
    *,
    is_lead: bool,
    today: datetime.date,
) -> Waiting | None:
    """What an assessment wants of who writes it; None when it wants nothing of them."""
    about = [*_asked_of_writer(threads)]
    is_editable = assessment.status in EDITABLE
    if is_editable:
        about = [*_returned(assessment), _far(progress, is_lead=is_lead), *about]
        if is_lead:
            about += _to_accept(progress.drafts + assessment.draft_items)
        is_done = not is_lead and progress.asked == progress.answered and not threads
        if is_done and assessment.status != AssessmentStatus.RETURNED:
            return None
    if not about:
        return None
    due_on = assessment.cycle.due_on
    name = str(assessment) if is_lead else f"Draft for {assessment}"
    return Waiting(
        name=name,
        href=assessment.get_absolute_url(),
        about=tuple(about),
        on=due_on if is_editable else None,
        when=days_to(due_on, today=today) if is_editable else "",
        is_late=is_late(assessment.status, due_on, today=today),
        status=STATUS_TAGS[AssessmentStatus(assessment.status)],
    )


def to_review(
    assessment: Assessment, threads: Collection[OpenThread], *, may_approve: bool
) -> Waiting | None:
    """What waits for ACC Security or the staff officer in an assessment; None for nothing."""
    at = [assessment.cycle.year, assessment.threat.code]
    review, changes = (reverse(f"assessments:{page}", args=at) for page in ("review", "changes"))
    theirs = [thread for thread in threads if not thread.waits_for_writers]
    proposals = sum(thread.is_proposal for thread in theirs)
    comments = len(theirs) - proposals
    about = [f"{number_of(comments, 'comment')} answered or asked by its leads"] if comments else []
    if proposals:
        about.append(f"{number_of(proposals, 'proposed rating')} answered by its leads")
    if assessment.status != AssessmentStatus.SUBMITTED:
        if not about:
            return None
        return Waiting(name=f"Comments on {assessment}", href=review, about=tuple(about))
    again = assessment.times_submitted > 1
    on = timezone.localdate(assessment.submitted_at)
    verb = "Review" if may_approve else "Read before it is approved:"
    return Waiting(
        name=f"{verb} {assessment}",
        href=review,
        about=(*(("Submitted again after it was returned",) if again else ()), *about),
        on=on,
        on_means="Submitted",
        status=STATUS_TAGS[AssessmentStatus.SUBMITTED],
        links=(("What changed since it was last submitted", changes),) if again else (),
    )


def late_ones(assessments: Iterable[Assessment], *, today: datetime.date) -> list[Waiting]:
    """One line for each year in which leads still have what is due."""
    late: dict[str, list[Assessment]] = {}
    for one in assessments:
        if is_late(one.status, one.cycle.due_on, today=today):
            late.setdefault(one.cycle.year, []).append(one)
    return [
        Waiting(
            name=f"Late in {ones[0].cycle.year_in_words}: {number_of(len(ones), 'assessment')}",
            href=ones[0].cycle.get_absolute_url(),
            about=(listed([one.threat.label for one in ones]),),
            on=ones[0].cycle.due_on,
            when=days_to(ones[0].cycle.due_on, today=today),
            is_late=True,
        )
        for ones in late.values()
    ]


# Whose step a paper waits for, what they are to do, and by which of the cycle's dates.
PAPER_STEPS = {
    PaperStatus.DRAFT: (
        {Role.ACC_SECURITY, Role.STAFF_OFFICER}, "Write", "executive_on"
    ),
    PaperStatus.WITH_EXECUTIVE: ({Role.EXECUTIVE}, "Agree", "executive_on"),
    PaperStatus.AGREED: ({Role.ACC_SECURITY}, "Issue", "board_on"),
}  # fmt: skip


def papers_waiting(
    papers: Iterable[BoardPaper], roles: Collection[Role], *, today: datetime.date
) -> list[Waiting]:
    waiting = []
    for paper in papers:
        whose, words, date = PAPER_STEPS.get(PaperStatus(paper.status), (set(), "", ""))
        if whose & set(roles):
            on = getattr(paper.cycle, date)
            waiting.append(
                Waiting(
                    name=f"{words} the {noun_of(paper.kind)} of {paper.cycle.year_in_words}",
                    href=paper.get_absolute_url(),
                    about=(paper.title,),
                    on=on,
                    when=days_to(on, today=today),
                    is_late=on < today,
                )
            )
    return waiting


def actions_waiting(
    actions: Iterable[BoardAction], user: User, *, today: datetime.date
) -> list[Waiting]:
    """What the SPR board has asked the person to do, and what others report as done."""
    waiting = []
    for action in actions:
        is_own = action.status == ActionStatus.OPEN
        words = textwrap.shorten(action.text, SHORT, placeholder=" …")
        what = "Action of the SPR board" if is_own else f"{action.owner_name} reports it as done"
        waiting.append(
            Waiting(
                name=words if is_own else f"Confirm: {words}",
                href=action.get_absolute_url(),
                about=(f"{what}, {action.meeting.title}",),
                on=action.due_on,
                when=days_to(action.due_on, today=today) if is_own else "",
                is_late=is_own and action.due_on < today,
            )
        )
    return waiting


def recommendations_waiting(
    recommendations: Iterable[Recommendation], user: User, *, today: datetime.date
) -> list[Waiting]:
    """What the person sees to, and what the Executive Team is to answer."""
    waiting = []
    for row in recommendations:
        is_own = row.owner_id == user.pk
        if not is_own and not can_answer_recommendation(user, row):
            continue
        words = textwrap.shorten(f"{row.addressee} {row.text}", SHORT, placeholder=" …")
        about = f"Recommendation of the paper of {row.year.replace('-', '/')}"
        waiting.append(
            Waiting(
                name=words if is_own else f"Answer: {words}",
                href=row.get_absolute_url(),
                about=(about,),
                on=row.due_on,
                when=days_to(row.due_on, today=today) if row.due_on else "",
                is_late=is_own and row.due_on is not None and row.due_on < today,
            )
        )
    return waiting


def follow_ups_waiting(
    asked: tuple[BoardDecision, list[str]] | None, *, today: datetime.date
) -> list[Waiting]:
    """What the board asks the person about, in one line. `asked`: the decision, and the codes."""
    if asked is None:
        return []
    decision, codes = asked
    on, address = decision.follow_up_on, decision.issued.address
    about = f"The board’s decision on the paper of {decision.issued.year.replace('-', '/')}"
    if len(codes) == 1:
        href = reverse("reports:follow_up", args=[address, codes[0] or "whole-requirement"])
    else:
        href = reverse("reports:follow_ups", args=[address])
    return [
        Waiting(
            name="Say what is new since the board met",
            href=href,
            about=(about,),
            on=on,
            when=days_to(on, today=today),
            is_late=on < today,
        )
    ]


def acting_lines(
    acting: Iterable[Appointment], user: User, labels: Mapping[str, str]
) -> list[tuple[str, datetime.date]]:
    """Who acts for whom, as a sentence without its end, and the last day.

    `labels` says what the threats' codes stand for.
    """
    lines: dict[tuple[str, datetime.date], list[str]] = {}
    for one in acting:
        is_acting = one.person_id == user.pk
        words = (
            f"You act for {one.acting_for.name}" if is_acting else f"{one.person.name} acts for you"
        )
        threat = labels.get(one.threat_code) or one.threat_code.replace("-", " ")
        lines.setdefault((words, one.ends_on), []).append(threat)
    return [(f"{words} on {listed(threats)}", until) for (words, until), threats in lines.items()]


def _by_assessment(threads: Iterable[OpenThread]) -> dict[int, list[OpenThread]]:
    found: dict[int, list[OpenThread]] = {}
    for thread in threads:
        found.setdefault(thread.assessment, []).append(thread)
    return found


def _returned(assessment: Assessment) -> list[str]:
    if assessment.status != AssessmentStatus.RETURNED:
        return []
    places = assessment.asked_back or []
    if not places:
        return ["Returned to you: the reason stands on its page"]
    return [f"Returned to you, with {number_of(len(places), 'place')} to change"]


def _far(progress: Progress, *, is_lead: bool) -> str:
    asked = f"{progress.answered:,} of {progress.asked:,} {'answered' if is_lead else 'drafted'}"
    if progress.not_reviewed:
        asked += f", {progress.not_reviewed:,} of last year not yet reviewed"
    return asked


def _to_accept(drafts: int) -> list[str]:
    return [f"{number_of(drafts, 'draft')} to accept"] if drafts else []


def _asked_of_writer(threads: Collection[OpenThread]) -> list[str]:
    """`threads` are those that wait for the person."""
    proposals = sum(thread.is_proposal for thread in threads)
    comments = len(threads) - proposals
    about = [f"{number_of(comments, 'comment')} to answer"] if comments else []
    if proposals:
        about.append(f"Another rating is proposed for {number_of(proposals, 'answer')}")
    return about
