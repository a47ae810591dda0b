"""One assessment as a reviewer reads it: beside last year's, with its comments."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.template.defaultfilters import date as formatted

from assessments.domain.content import ITEM_FIELDS, ITEM_MODELS, REFERENCES
from assessments.enums import ItemKind
from assessments.models import Response
from assessments.presenters.evidence import EvidenceBeside
from assessments.presenters.statuses import rating_cell
from assessments.presenters.threads import Talk, Talks
from assessments.wording import FIELD_LABELS
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
    evidence: EvidenceBeside | None
    talk: Talk

    @property
    def may_propose(self) -> bool:
        """Whether another rating can be proposed: of one that none is proposed for."""
        return self.is_rating and not any(thread.proposed for thread in self.talk.open)


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
    items: tuple[tuple[tuple[str, str], ...], ...]
    talk: Talk


def part_lines(
    responses: Iterable[Response],
    last_year: Mapping[str, Response],
    talks: Talks,
    evidence: Mapping[str, EvidenceBeside] | None = None,
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
            evidence=(evidence or {}).get(question.code),
            talk=talks.at(question.code, question.prompt, response.version),
        )
        parts.setdefault(question.part.code, (question.part.label, []))[1].append(line)
    return [PartLines(code, label, tuple(lines)) for code, (label, lines) in parts.items()]


def list_lines(
    items: Mapping[str, list[dict]],
    talks: Talks,
    *,
    codes: Mapping[str, str],
) -> list[ListLines]:
    """Every list of an assessment, from `items_as_data`; `codes` says what codes stand for."""
    return [
        ListLines(
            kind=kind,
            label=kind.label,
            items=tuple(_pairs(kind, item, codes) for item in items[kind]),
            talk=talks.at(kind, kind.label),
        )
        for kind in ITEM_FIELDS
    ]


def labels_of_codes(responses: Iterable[Response]) -> dict[str, str]:
    """The labels of parts and questions by code. A part about one of the five Cs bears its name."""
    asked = [response.question for response in responses]
    questions = {question.code: f"{question.part.label}: {question.prompt}" for question in asked}
    return questions | {question.part.code: question.part.label for question in asked}


def _pairs(kind: ItemKind, item: dict, codes: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Label and words of what was filled in, in the order of the form."""
    pairs = (
        (FIELD_LABELS[name], value_in_words(kind, name, item.get(name), codes))
        for name in ITEM_FIELDS[kind]
    )
    return tuple((label, words) for label, words in pairs if words)


def value_in_words(kind: ItemKind, name: str, value, codes: Mapping[str, str]) -> str:
    """A field of an item, from `items_as_data`; `codes` says what codes stand for."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return "; ".join(codes.get(code, code) for code in value)
    if isinstance(value, bool):
        return YES_NO[value]
    field = ITEM_MODELS[kind]._meta.get_field(name)
    if name in REFERENCES:
        return codes.get(value, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateField):
        return formatted(datetime.date.fromisoformat(value), "j F Y")
    return f"{value:,}" if isinstance(value, int) else str(value)
