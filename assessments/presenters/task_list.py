"""How the task list of an assessment reads: what is to do, what was asked for, what waits."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from assessments.domain.changes import Change
from assessments.domain.completeness import Missing
from assessments.enums import EDITABLE, ItemKind
from assessments.models import Assessment
from assessments.presenters.places import Places
from assessments.progress_selectors import Overview, Progress, Waiting
from spr_portal.components import Task
from threats.selectors import AskedPart

# Words and the colour of the tag; what is done needs none.
NOT_STARTED = ("Not started", "blue")
IN_PROGRESS = ("In progress", "teal")
COMPLETED = ("Completed", "")
OPTIONAL = ("Optional", "grey")

ITEM_HINTS = {
    ItemKind.FIGURE: "What is required, held, projected and accessible through others.",
    ItemKind.VULNERABILITY: "What could go wrong, how bad it would be and what is done about it.",
    ItemKind.FINDING: "What inspectorates found, and what the force answers.",
    ItemKind.EVIDENCE: "Where the documents that bear your answers out are kept.",
    ItemKind.RECOMMENDATION: "What the board paper should ask for.",
    ItemKind.SUMMARY: "The only words of this assessment that are printed in the board paper.",
}


@dataclass(frozen=True)
class TaskGroup:
    heading: str
    id: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class OpenTalk:
    """A place with unresolved comments: its name, its address, and how many threads."""

    place: str
    href: str
    count: int


@dataclass(frozen=True)
class AskedPlace:
    """An answer or list that a return asks to change, and whether it was since."""

    place: str
    href: str
    is_changed: bool


@dataclass(frozen=True)
class WaitingWords:
    """Words of the person that were not saved and wait for them."""

    place: str
    href: str
    at: datetime.datetime


def task_groups(
    *,
    parts: Iterable[AskedPart],
    answers: Mapping[str, Progress],
    overview: Overview,
    places: Places,
    submitting: Task,
    open_places: Mapping[str, int],
    drafted: Collection[str] | None = None,
) -> list[TaskGroup]:
    """The groups of the task list; an empty one is left out.

    `open_places` counts unresolved threads by place; `drafted` are the answers
    that the reader is named to draft, if only some.
    """
    considered, criteria, optional = [], [], []
    for part in parts:
        codes = [question.code for question in part.questions]
        task = _part_task(part, answers, places, drafted)
        task = _with_threads(task, codes, open_places)
        if part.criterion_code:
            criteria.append(task)
        elif any(question.is_required for question in part.questions):
            considered.append(task)
        else:
            optional.append(task)
    lists = [
        _with_threads(
            _list_task(kind, overview, places),
            [kind],
            open_places,
        )
        for kind in ItemKind
    ]
    groups = [
        TaskGroup("The threat and how you deliver", "considerations", tuple(considered)),
        TaskGroup("The five Cs", "criteria", tuple(criteria)),
        TaskGroup("Optional questions", "optional", tuple(optional)),
        TaskGroup("Figures, evidence and words for the board", "lists", tuple(lists)),
        TaskGroup("Check and submit", "submitting", (submitting,)),
    ]
    return [group for group in groups if group.tasks]


def submitting_task(assessment: Assessment, missing: list[Missing], places: Places) -> Task:
    """The last line: whether the assessment can be handed over."""
    href = places.page("check")
    if assessment.status not in EDITABLE:
        return Task("Read all answers", assessment.get_status_display(), href)
    name = "Check your answers and submit"
    if missing:
        number = f"{len(missing)} {'thing is' if len(missing) == 1 else 'things are'} missing"
        return Task(name, "Not ready", href, "grey", f"{number}.")
    return Task(name, "Ready to submit", href, "blue")


def open_talks(open_places: Mapping[str, int], places: Places) -> list[OpenTalk]:
    """Where comments are unresolved, in the order of the page; `open_places` counts threads."""
    known = [place for place in ("", *places.codes, *ItemKind.values) if place in open_places]
    return [
        OpenTalk(
            place=places.name(place),
            href=places.talk(place),
            count=open_places[place],
        )
        for place in known
    ]


def asked_places(
    asked: Iterable[str], changes: Iterable[Change], places: Places
) -> list[AskedPlace]:
    """`changes` are those since the last submission."""
    changed = {change.place for change in changes}
    return [
        AskedPlace(place=places.name(place), href=places.href(place), is_changed=place in changed)
        for place in asked
    ]


def waiting_words(
    waiting: Iterable[Waiting], places: Places, *, is_locked: bool
) -> list[WaitingWords]:
    """The pages of items are locked with the assessment; their lists can be read."""
    return [
        WaitingWords(
            place=places.name(kept.place),
            href=places.href(kept.place.partition("/")[0] if is_locked else kept.place),
            at=kept.at,
        )
        for kept in waiting
    ]


def _part_task(
    part: AskedPart,
    answers: Mapping[str, Progress],
    places: Places,
    drafted: Collection[str] | None,
) -> Task:
    answered = {
        question.code
        for question in part.questions
        if question.code in answers and answers[question.code].is_answered
    }
    required = {question.code for question in part.questions if question.is_required}
    if not answered:
        status = NOT_STARTED if required else OPTIONAL
    else:
        status = COMPLETED if required <= answered else IN_PROGRESS
    ratings = [
        answer.rating_label
        for question in part.questions
        if (answer := answers.get(question.code)) and answer.rating_label
    ]
    codes = [question.code for question in part.questions if question.code in answers]
    if drafts := sum(answers[code].is_draft for code in codes):
        status = _to_accept(drafts)
    hints = [f"Rating: {ratings[0]}"] if ratings else []
    if waiting := sum(answers[code].is_not_reviewed for code in codes):
        hints.append(f"{waiting} of last year’s answers not yet reviewed")
    if drafted is not None and (yours := [code for code in codes if code in drafted]):
        hints.append(
            "You draft it"
            if len(yours) == len(codes)
            else f"You draft {len(yours)} of its {len(codes)} answers"
        )
    return Task(part.label, status[0], places.part(part.code), status[1], ". ".join(hints))


def _to_accept(drafts: int) -> tuple[str, str]:
    return f"{drafts}\N{NO-BREAK SPACE}draft{'' if drafts == 1 else 's'} to accept", "yellow"


def _list_task(kind: ItemKind, overview: Overview, places: Places) -> Task:
    count = overview.counts[kind]
    if overview.drafts[kind]:
        status = _to_accept(overview.drafts[kind])
    elif overview.unreviewed[kind]:
        status = (f"{overview.unreviewed[kind]}\N{NO-BREAK SPACE}to review", "orange")
    elif count:
        status = (f"{count}\N{NO-BREAK SPACE}added", "")
    else:
        status = NOT_STARTED if kind == ItemKind.SUMMARY else OPTIONAL
    return Task(kind.label, status[0], places.items(kind), status[1], ITEM_HINTS[kind])


def _with_threads(task: Task, codes: Iterable[str], open_places: Mapping[str, int]) -> Task:
    """The task, its hint saying how many threads are unresolved at these places, if any."""
    number = sum(open_places.get(code, 0) for code in codes)
    if not number:
        return task
    words = f"{number} unresolved comment{'' if number == 1 else 's'}"
    return replace(task, hint=". ".join(filter(None, [task.hint.removesuffix("."), words])))
