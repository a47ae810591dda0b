"""How the threads beside an answer, a list or the whole read, and what can be done in each."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from assessments.enums import ItemKind, Outcome
from assessments.models import Assessment, Comment
from assessments.policies import (
    can_agree,
    can_comment_on,
    can_moderate,
    can_reopen_thread,
    can_resolve,
)
from assessments.presenters.statuses import rating_cell
from assessments.talk_selectors import threads_by_place
from spr_portal.components import RatingCell
from spr_portal.identity.models import User

CLOSED_WORDS = {Outcome.AGREED: "Agreed", Outcome.WITHDRAWN: "Withdrawn", "": "Resolved"}


@dataclass(frozen=True)
class Said:
    by_name: str
    at: datetime.datetime
    text: str


@dataclass(frozen=True)
class Thread:
    """What was said in one thread. `steps` are those the person can take: "resolve", "agree" …

    `proposed` is the rating that ACC Security proposes, `typed` a reply that
    was begun and not sent.
    """

    identity: str
    place: str
    said: tuple[Said, ...]
    is_open: bool
    proposed: RatingCell | None
    closed: str  # "Resolved by Ann Approver", empty while open
    closed_at: datetime.datetime | None
    steps: frozenset[str]
    typed: str


@dataclass(frozen=True)
class Talk:
    """Every thread at one place: the open ones, then those that are closed."""

    place: str
    about: str  # what the place is called
    open: tuple[Thread, ...]
    closed: tuple[Thread, ...]
    may_begin: bool
    typed: str
    version: int | None  # of the answer it is about, which somebody who agrees was shown

    @property
    def has_threads(self) -> bool:
        return bool(self.open or self.closed)


@dataclass(frozen=True)
class Talks:
    """What is said about an assessment, from `selectors.threads_by_place`, for one reader.

    `typed` is what was typed and not sent, by the name of its box.
    """

    user: User
    assessment: Assessment
    by_place: Mapping[str, list[list[Comment]]]
    typed: Mapping[str, str] = field(default_factory=dict)

    def at(self, place: str, about: str, version: int | None = None) -> Talk:
        """What is said at a place; `about` is what it is called."""
        shown = [
            _thread(thread, self.user, self.assessment, self.typed)
            for thread in self.by_place.get(place, ())
        ]
        return Talk(
            place=place,
            about=about,
            open=tuple(thread for thread in shown if thread.is_open),
            closed=tuple(thread for thread in shown if not thread.is_open),
            may_begin=can_comment_on(self.user, self.assessment, place).allowed,
            typed=self.typed.get(f"talk:new:{place}", ""),
            version=version,
        )

    @property
    def open_places(self) -> dict[str, int]:
        """How many threads are unresolved, by place; only those with some."""
        counts = {
            place: sum(thread[0].is_open for thread in threads)
            for place, threads in self.by_place.items()
        }
        return {place: count for place, count in counts.items() if count}

    @property
    def open_proposals(self) -> int:
        """How many proposed ratings wait."""
        return sum(
            thread[0].is_open and thread[0].proposed_rating_id is not None
            for threads in self.by_place.values()
            for thread in threads
        )


def talk_on_list(user: User, assessment: Assessment, kind: ItemKind) -> Talk:
    """What is said about a list; one query."""
    return Talks(user, assessment, threads_by_place(assessment, [kind])).at(kind, kind.label)


def _thread(
    thread: list[Comment], user: User, assessment: Assessment, typed: Mapping[str, str]
) -> Thread:
    root = thread[0]
    closed = CLOSED_WORDS[root.outcome]
    return Thread(
        identity=root.identity,
        place=root.place,
        said=tuple(Said(one.by_name, one.at, one.text) for one in thread),
        is_open=root.is_open,
        proposed=rating_cell(root.proposed_rating),
        closed="" if root.is_open else f"{closed} by {root.resolved_by_name}",
        closed_at=root.resolved_at,
        steps=_steps(root, user, assessment),
        typed=typed.get(f"talk:reply:{root.identity}", ""),
    )


def _steps(root: Comment, user: User, assessment: Assessment) -> frozenset[str]:
    if not root.is_open:
        allowed = {"reopen": can_reopen_thread(user, assessment, root)}
    elif root.proposed_rating_id:
        allowed = {
            "reply": can_comment_on(user, assessment, root.place),
            "agree": can_agree(user, assessment, root),
            "withdraw": can_moderate(user, assessment),
        }
    else:
        allowed = {
            "reply": can_comment_on(user, assessment, root.place),
            "resolve": can_resolve(user, assessment, root),
        }
    return frozenset(step for step, decision in allowed.items() if decision)
