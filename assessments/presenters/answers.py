"""How a page of answers reads, before and after it was sent."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assessments.forms.answers import Choice, TypedAnswer
from assessments.models import Response, SetAside
from assessments.presenters.carried import CarriedBeside, words_to_start_from
from assessments.presenters.conflicts import Conflict, conflict_of
from assessments.presenters.drafts import DraftBeside, draft_beside
from assessments.presenters.evidence import EvidenceBeside
from assessments.presenters.threads import Talk, Talks
from spr_portal.components import SummaryRow
from spr_portal.identity.models import User
from threats.models import AnswerKind
from threats.selectors import AskedQuestion, RatingChoice


@dataclass(frozen=True)
class RatingOption:
    id: str
    choice: RatingChoice
    is_chosen: bool


@dataclass(frozen=True)
class Words:
    """An answer that is shown to be read: a text or a rating's label, with who and when."""

    text: str
    by_name: str = ""
    at: datetime.datetime | None = None


@dataclass(frozen=True)
class AnswerBox:
    """One question with all that stands around its answer.

    `text` and `options` are what can be changed, unless `refusal` says why this
    person cannot; then `words` are read. `conflict` shows what somebody else
    saved meanwhile; `waiting` are the person's own words set aside earlier.
    """

    code: str
    prompt: str
    guidance: str
    is_required: bool
    text: str
    options: tuple[RatingOption, ...]
    version: int
    error: str
    refusal: str
    words: Words
    conflict: Conflict | None
    waiting: tuple[Words, ...]
    carried: CarriedBeside | None
    evidence: EvidenceBeside | None
    talk: Talk
    draft: DraftBeside | None

    @property
    def described_by(self) -> str:
        """Ids of what is read out with the field."""
        ids = [f"{self.code}-hint"] if self.guidance else []
        ids += [f"{self.code}-error"] if self.error else []
        ids += [] if self.options else [f"{self.code}-info"]
        return " ".join(ids)


@dataclass(frozen=True)
class PageError:
    """A line of the error summary."""

    message: str
    href: str


@dataclass(frozen=True)
class Desk:
    """What lies around the boxes of a page, whichever question they ask.

    `typed` holds what was sent and could not be saved, `stale` what others
    saved there, `refused` why the reader may not write an answer; by code.
    `leads`: the reader can accept drafts.
    """

    reader: User
    choices: tuple[RatingChoice, ...]
    talks: Talks
    leads: bool = False
    waiting: tuple[SetAside, ...] = ()
    carried: Mapping[str, CarriedBeside] = field(default_factory=dict)
    evidence: Mapping[str, EvidenceBeside] = field(default_factory=dict)
    typed: Mapping[str, TypedAnswer] = field(default_factory=dict)
    stale: Mapping[str, Response] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    start_from: str = ""

    @cached_property
    def labels(self) -> dict[str, str]:
        return {choice.code: choice.label for choice in self.choices}


def answer_boxes(
    questions: Iterable[AskedQuestion], responses: Iterable[Response], desk: Desk
) -> list[AnswerBox]:
    """The questions of a page, in their order."""
    by_code = {response.question.code: response for response in responses}
    return [
        _box(question, by_code[question.code], desk)
        for question in questions
        if question.code in by_code
    ]


def _box(question: AskedQuestion, response: Response, desk: Desk) -> AnswerBox:
    code = question.code
    given, conflict = desk.typed.get(code), None
    text = response.text
    if code == desk.start_from:
        text = words_to_start_from(response) or text
    chosen = response.rating.code if response.rating else ""
    if given:
        text, chosen = given.text or "", given.rating
    if given and code in desk.stale:
        conflict = conflict_of(
            question,
            desk.stale[code],
            text=given.text,
            rating=given.rating,
            labels=desk.labels,
            reader=desk.reader,
        )
        if given.choice == Choice.BOTH:
            text = joined(response.text, text)
    return AnswerBox(
        code=code,
        prompt=question.prompt,
        guidance=question.guidance,
        is_required=question.is_required,
        text=text,
        options=_options(question, desk.choices, chosen),
        version=given.started_from if given and not conflict else response.version,
        error=conflict.sentence if conflict else given.error if given else "",
        refusal=desk.refused.get(code, ""),
        words=_words(response),
        conflict=conflict,
        waiting=()
        if conflict
        else tuple(_kept(kept, desk.labels) for kept in desk.waiting if kept.place == code),
        carried=desk.carried.get(code),
        evidence=desk.evidence.get(code),
        talk=desk.talks.at(code, question.prompt),
        draft=draft_beside(response, leads=desk.leads),
    )


def joined(theirs: str, mine: str) -> str:
    """Both texts in one box, for a person to make one of."""
    return "\n\n".join(text for text in (theirs, mine) if text)


def page_errors(boxes: Iterable[AnswerBox]) -> list[PageError]:
    return [
        PageError(message=f"{box.prompt} – {box.error}", href=f"#{box.code}")
        for box in boxes
        if box.error
    ]


def answer_rows(responses: Iterable[Response], href: str = "") -> list[SummaryRow]:
    """Questions and answers to be read, each with its link to change it if `href` is given."""
    return [
        SummaryRow(
            key=response.question.prompt,
            value=_words(response).text,
            href=f"{href}#{response.question.code}" if href else "",
            change=f"the answer to “{response.question.prompt}”",
        )
        for response in responses
    ]


def unsaved_rows(
    responses: Iterable[Response],
    typed: Mapping[str, TypedAnswer],
    choices: tuple[RatingChoice, ...],
) -> list[SummaryRow]:
    """What was sent and differs from what is saved, to be copied from the page."""
    labels = {choice.code: choice.label for choice in choices}
    rows = []
    for response in responses:
        given = typed.get(response.question.code)
        if given is None:
            continue
        if given.text is None:
            saved, words = _words(response).text, labels.get(given.rating, "")
        else:
            saved, words = response.text, given.text
        if words != saved:
            rows.append(SummaryRow(response.question.prompt, words))
    return rows


def waiting_rows(
    waiting: Iterable[SetAside],
    questions: Iterable[AskedQuestion],
    choices: tuple[RatingChoice, ...],
) -> list[SummaryRow]:
    """Words that were set aside at these questions, to be read and copied."""
    prompts = {question.code: question.prompt for question in questions}
    labels = {choice.code: choice.label for choice in choices}
    return [SummaryRow(prompts[kept.place], _kept(kept, labels).text) for kept in waiting]


def _options(question, choices: tuple[RatingChoice, ...], chosen: str) -> tuple[RatingOption, ...]:
    """The first has the question's code as its id, so that links lead to it."""
    if question.kind != AnswerKind.RATING:
        return ()
    return tuple(
        RatingOption(
            id=question.code if number == 1 else f"{question.code}-{number}",
            choice=choice,
            is_chosen=choice.code == chosen,
        )
        for number, choice in enumerate(choices, start=1)
    )


def _words(response: Response) -> Words:
    return Words(
        text=response.rating.label if response.rating else response.text,
        by_name=response.updated_by.name if response.updated_by else "",
        at=response.updated_at,
    )


def _kept(kept: SetAside, labels: Mapping[str, str]) -> Words:
    rating = kept.values.get("rating") or ""
    return Words(text=labels.get(rating, rating) or kept.values.get("text", ""), at=kept.at)
