"""How an answer came to be what it is: who saved what, when, word by word."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.domain.workflow import TRANSITIONS
from assessments.enums import Action, Outcome
from assessments.history_selectors import SavedVersion
from assessments.models import (
    Comment,
    Response,
    ResponseVersion,
    SetAside,
    StatusChange,
    Submission,
)
from assessments.presenters.differences import Piece, word_difference
from spr_portal.templatetags.portal import moment

NOW = ("now", "What is written now")
VERBS = {Outcome.AGREED: "agreed to", Outcome.WITHDRAWN: "withdrew"}
# Saves of one person that follow one another within this time are one step of their work.
ONE_STEP = datetime.timedelta(minutes=10)


@dataclass(frozen=True)
class Step:
    """Saves of one person that follow one another; what they made of the answer is the last one.

    `before` is the version that the step began with, 0 for an empty answer.
    """

    by_name: str
    versions: tuple[SavedVersion, ...]
    before: int

    @property
    def last(self) -> SavedVersion:
        return self.versions[-1]

    @property
    def first(self) -> SavedVersion:
        return self.versions[0]


@dataclass(frozen=True)
class ShownStep:
    step: Step
    pieces: tuple[Piece, ...]
    marks: tuple[str, ...]  # "Draft", "Proposed by …, agreed"


def steps_of(versions: Iterable[SavedVersion], parted: Iterable[int] = ()) -> list[Step]:
    """The steps, the oldest first. A version in `parted` stands for itself."""
    parted, groups = set(parted), []
    for version in versions:
        if (
            groups
            and _goes_on(groups[-1][-1], version)
            and not ({version.version, groups[-1][-1].version} & parted)
        ):
            groups[-1].append(version)
        else:
            groups.append([version])
    before = [0, *(group[-1].version for group in groups)]
    return [
        Step(by_name=group[0].by_name, versions=tuple(group), before=start)
        for group, start in zip(groups, before, strict=False)
    ]


def versions_to_read(steps: Iterable[Step]) -> set[int]:
    """The versions whose words are needed to show these steps."""
    return {number for step in steps for number in (step.before, step.last.version) if number}


def shown_steps(
    steps: Iterable[Step], words: Mapping[int, ResponseVersion], marks: Mapping[int, str]
) -> list[ShownStep]:
    """The steps with what changed in each; `marks` say something of single versions."""
    return [
        ShownStep(
            step=step,
            pieces=difference(words.get(step.before), words[step.last.version]),
            marks=tuple(marks[one.version] for one in step.versions if one.version in marks),
        )
        for step in steps
    ]


def difference(before: ResponseVersion | None, after: ResponseVersion) -> tuple[Piece, ...]:
    """What one version changed of another: a rating as a whole, a text word by word."""
    old, new = _rating(before), _rating(after)
    if old or new:
        pairs = (("removed", old), ("added", new)) if old != new else (("same", new),)
        return tuple(Piece(kind, words) for kind, words in pairs if words)
    return word_difference(before.text if before else "", after.text)


def _rating(version: ResponseVersion | None) -> str:
    return version.rating.label if version and version.rating else ""


def _goes_on(earlier: SavedVersion, later: SavedVersion) -> bool:
    return earlier.by_id == later.by_id and later.at - earlier.at <= ONE_STEP


@dataclass(frozen=True)
class Event:
    """One step in the history of an assessment, as a line: "Returned" by whom, when and why."""

    done: str
    by_name: str
    by_post: str
    at: datetime.datetime
    text: str


def events_of(changes: Iterable[StatusChange], proposals: Iterable[Comment]) -> list[Event]:
    """What happened to an assessment, in order: its steps, and ratings proposed and settled."""
    events = [
        Event(TRANSITIONS[Action(one.action)].done, one.by_name, one.by_post, one.at, one.reason)
        for one in changes
    ]
    for one in proposals:
        label = f"the rating “{one.proposed_rating.label}”"
        events.append(Event(f"proposed {label}", one.by_name, "", one.at, one.text))
        if one.outcome:
            done, by_name = f"{VERBS[one.outcome]} {label}", one.resolved_by_name
            events.append(Event(done, by_name, "", one.resolved_at, ""))
    return sorted(events, key=lambda event: event.at)


def submission_choices(
    submissions: Iterable[Submission], *, is_open: bool
) -> list[tuple[str, str]]:
    """What can be compared, the newest first: number and words."""
    choices = [
        (str(one.number), f"Submission {one.number}, {moment(one.at)}, {one.by_name}")
        for one in submissions
    ]
    return [NOW, *choices] if is_open else choices


def compared(
    choices: list[tuple[str, str]], since: str | None, until: str | None
) -> tuple[str, str]:
    """The two to compare, the older first; empty where there are no two.

    What was not chosen, or is none of the choices, is the newest and the one before.
    """
    numbers = [number for number, _ in choices]
    if len(numbers) < 2:
        return "", ""
    until = until if until in numbers else numbers[0]
    older = [number for number in numbers if number != until]
    since = (
        since
        if since in numbers
        else next((one for one in older if numbers.index(one) > numbers.index(until)), older[0])
    )
    newest_first = sorted((since, until), key=numbers.index)
    return newest_first[1], newest_first[0]


def marks_of(
    response: Response,
    versions: Iterable[SavedVersion],
    *,
    accepted: Mapping[int, str],
    proposals: Iterable[Comment],
) -> dict[int, str]:
    """What is said of single versions: drafts, what a lead accepted, ratings that were agreed."""
    agreed = {one.resolved_at: one for one in proposals if one.outcome == Outcome.AGREED}
    marks = {}
    for saved in versions:
        if saved.version in accepted:
            marks[saved.version] = f"A contributor’s draft, accepted by {accepted[saved.version]}"
        elif saved.version > response.accepted_version:
            marks[saved.version] = "A contributor’s draft that no lead has accepted yet"
        elif saved.at in agreed:
            proposal = agreed[saved.at]
            marks[saved.version] = f"Proposed by {proposal.by_name} and agreed"
    return marks


@dataclass(frozen=True)
class Aside:
    """Words of the reader that were set aside here."""

    text: str
    at: datetime.datetime
    is_settled: bool


def words_aside(rows: Iterable[SetAside], labels: Mapping[str, str]) -> list[Aside]:
    """`labels` are the words of ratings by their codes."""
    return [
        Aside(
            text=labels.get(row.values.get("rating") or "", "") or row.values.get("text", ""),
            at=row.at,
            is_settled=row.settled_at is not None,
        )
        for row in rows
    ]
