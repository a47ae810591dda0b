"""One assessment as a reviewer reads it: beside last year's, with its comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.domain.content import ITEM_FIELDS
from assessments.enums import ItemKind
from assessments.models import Comment, Response
from assessments.presenters.differences import FIELD_LABELS
from assessments.presenters.statuses import rating_cell
from spr_portal.components import RatingCell
from threats.models import Level

YES_NO = {True: "Yes", False: "No"}


@dataclass(frozen=True)
class AnswerLine:
    code: str
    prompt: str
    level: str
    is_rating: bool
    text: str
    rating: RatingCell | None
    last_year_text: str
    last_year_rating: RatingCell | None
    comments: tuple[Comment, ...]


@dataclass(frozen=True)
class PartLines:
    code: str
    label: str
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True)
class ListLines:
    """The items of one list, each as (label, value) pairs that have a value."""

    kind: str
    label: str
    items: tuple[tuple[tuple[str, object], ...], ...]
    comments: tuple[Comment, ...]


def part_lines(
    responses: Iterable[Response],
    last_year: Mapping[str, Response],
    comments: Mapping[str, list[Comment]],
) -> list[PartLines]:
    """The answers by part, in order; `last_year` maps question codes to last year's responses."""
    parts: dict[str, tuple[str, list[AnswerLine]]] = {}
    for response in responses:
        question = response.question
        before = last_year.get(question.code)
        line = AnswerLine(
            code=question.code,
            prompt=question.prompt,
            level=Level(question.level).label if question.level else "",
            is_rating=question.kind == "rating",
            text=response.text,
            rating=rating_cell(response.rating),
            last_year_text=before.text if before else "",
            last_year_rating=rating_cell(before.rating) if before else None,
            comments=tuple(comments.get(question.code, ())),
        )
        parts.setdefault(question.part.code, (question.part.label, []))[1].append(line)
    return [PartLines(code, label, tuple(lines)) for code, (label, lines) in parts.items()]


def list_lines(
    rows: Mapping[ItemKind, Iterable], comments: Mapping[str, list[Comment]]
) -> list[ListLines]:
    """Every list of an assessment; `rows` maps each kind to its items."""
    return [
        ListLines(
            kind=kind,
            label=kind.label,
            items=tuple(_pairs(kind, row) for row in items),
            comments=tuple(comments.get(kind, ())),
        )
        for kind, items in rows.items()
    ]


def _pairs(kind: ItemKind, row) -> tuple[tuple[str, object], ...]:
    """Label and value of what was filled in, in the order of the form."""
    pairs = ((FIELD_LABELS[name], _value(row, name)) for name in ITEM_FIELDS[kind])
    return tuple((label, value) for label, value in pairs if value not in (None, ""))


def _value(row, name: str):
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return YES_NO.get(value, value) if isinstance(value, bool) else value
