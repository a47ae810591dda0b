"""How far an assessment is: what is answered, what each list holds, what waits for somebody."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cache

from django.db.models import Count, DateTimeField, F, QuerySet, Value

from assessments.enums import AssessmentStatus, ItemKind
from assessments.models import Assessment, StatusChange
from assessments.selectors import last_return, unsettled_words
from spr_portal.identity.models import User

WAITING = "waiting"
NEVER = Value(None, DateTimeField())


@dataclass(frozen=True)
class Progress:
    """How far one answer is; in the names it shares with `Response`, the same as there."""

    is_answered: bool
    is_draft: bool
    is_not_reviewed: bool  # last year's words stand beside an empty box
    rating_label: str


@dataclass(frozen=True)
class Waiting:
    """Words of the person set aside at a place: a question's code, or "list/item"."""

    place: str
    at: datetime.datetime


@dataclass(frozen=True)
class Overview:
    """How much each list holds, what of it waits to be accepted or looked at, the last way back.

    `waiting` are words of the person who asks that were not saved.
    """

    counts: dict[ItemKind, int]
    drafts: dict[ItemKind, int]
    unreviewed: dict[ItemKind, int]
    waiting: tuple[Waiting, ...]
    last_return: StatusChange | None


def progress_of(assessment: Assessment) -> dict[str, Progress]:
    """Every answer by its question's code; one narrow query."""
    rows = assessment.responses.order_by().values_list(
        "question__code", "text", "rating__label", "carried", "version", "accepted_version"
    )
    progress = {}
    for code, text, rating, carried, version, accepted in rows:
        is_answered = rating is not None or bool(text.strip())
        progress[code] = Progress(
            is_answered=is_answered,
            is_draft=version > accepted,
            is_not_reviewed=carried is not None and not is_answered,
            rating_label=rating or "",
        )
    return progress


def overview_of(assessment: Assessment, user: User) -> Overview:
    """One query however many items there are; one more for what was returned."""
    waiting = (
        unsettled_words(assessment, user)
        .order_by()
        .values_list(Value(WAITING), "place", Value(False), Value(True), Value(0), "at")
    )
    items, found = _Items(), []
    for what, place, *item, at in waiting.union(*_counted(assessment), all=True):
        if what == WAITING:
            found.append(Waiting(place, at))
        else:
            items.add(ItemKind(what), *item)
    is_returned = assessment.status == AssessmentStatus.RETURNED
    return Overview(
        counts=items.counts,
        drafts=items.drafts,
        unreviewed=items.unreviewed,
        waiting=tuple(sorted(found, key=lambda words: words.at)),
        last_return=last_return(assessment) if is_returned else None,
    )


def waiting_items_of(assessment: Assessment) -> tuple[dict[ItemKind, int], dict[ItemKind, int]]:
    """How many items of each list wait for a lead to accept them, and how many came over from
    last year and wait to be looked at; one query."""
    first, *others = _counted(assessment)
    items = _Items()
    for what, _, *item, _ in first.union(*others, all=True):
        items.add(ItemKind(what), *item)
    return items.drafts, items.unreviewed


def _no_items() -> dict[ItemKind, int]:
    return dict.fromkeys(ItemKind, 0)


@dataclass
class _Items:
    counts: dict[ItemKind, int] = field(default_factory=_no_items)
    drafts: dict[ItemKind, int] = field(default_factory=_no_items)
    unreviewed: dict[ItemKind, int] = field(default_factory=_no_items)

    def add(self, kind: ItemKind, is_draft: bool, is_reviewed: bool, number: int) -> None:
        self.counts[kind] += number
        if is_draft:
            self.drafts[kind] += number
        if not is_reviewed:
            self.unreviewed[kind] += number


def _counted(assessment: Assessment) -> list[QuerySet]:
    """How many items of each list wait for somebody and how many do not, to be read as one."""
    return [counted.filter(assessment=assessment.pk) for counted in _counted_anywhere()]


@cache  # to put these together takes longer than to ask them; no row is read here
def _counted_anywhere() -> tuple[QuerySet, ...]:
    """The same of all assessments, in the order of the lists."""
    return tuple(
        _groups_of(kind)
        .annotate(number=Count("pk"))
        .values_list(Value(kind.value), Value(""), "is_draft", "reviewed", "number", NEVER)
        for kind in ItemKind
    )


def _groups_of(kind: ItemKind) -> QuerySet:
    """The items in groups of those that wait for the same. Not every list comes over."""
    model = Assessment._meta.get_field(kind.value).related_model
    is_carried = kind in {ItemKind.VULNERABILITY, ItemKind.FINDING}
    reviewed = F("is_reviewed") if is_carried else Value(True)
    return model.objects.order_by().annotate(reviewed=reviewed).values("is_draft", "reviewed")
