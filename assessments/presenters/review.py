"""One assessment as a reviewer reads it: beside last year's, with its comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.domain.content import ITEM_FIELDS
from assessments.enums import ItemKind
from assessments.models import Response
from assessments.presenters.carried import CarriedBeside
from assessments.presenters.evidence import EvidenceBeside
from assessments.presenters.item_words import value_in_words
from assessments.presenters.statuses import rating_cell
from assessments.presenters.threads import Talk, Talks
from assessments.wording import FIELD_LABELS
from spr_portal.components import RatingCell
from threats.models import Level


@dataclass(frozen=True)
class AnswerLine:
    code: str
    prompt: str
    level: str
    is_rating: bool
    text: str
    rating: RatingCell | None
    last_year: CarriedBeside | None
    drafted_by: str  # who drafted words that no lead has accepted yet, or empty
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
    last_year: Mapping[str, CarriedBeside],
    talks: Talks,
    evidence: Mapping[str, EvidenceBeside] | None = None,
) -> list[PartLines]:
    """The answers by part, in order; `last_year` comes from `carried_beside`."""
    parts: dict[str, tuple[str, list[AnswerLine]]] = {}
    for response in responses:
        question = response.question
        line = AnswerLine(
            code=question.code,
            prompt=question.prompt,
            level=Level(question.level).label if question.level else "",
            is_rating=question.kind == "rating",
            text=response.text,
            rating=rating_cell(response.rating),
            last_year=last_year.get(question.code),
            drafted_by=_drafted_by(response),
            evidence=(evidence or {}).get(question.code),
            talk=talks.at(question.code, question.prompt, response.version),
        )
        parts.setdefault(question.part.code, (question.part.label, []))[1].append(line)
    return [PartLines(code, label, tuple(lines)) for code, (label, lines) in parts.items()]


def _drafted_by(response: Response) -> str:
    if not response.is_draft:
        return ""
    return response.updated_by.name if response.updated_by else "a contributor"


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
