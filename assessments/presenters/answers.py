"""How a page of answers reads, before and after it was sent."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.models import Comment, Response, SetAside
from assessments.presenters.evidence import EvidenceBeside
from spr_portal.components import SummaryRow
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

    `text` and `options` are what can be changed. `saved` is what somebody else
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
    saved: Words | None
    waiting: tuple[Words, ...]
    carried: Words | None
    comments: tuple[Comment, ...]
    evidence: EvidenceBeside | None

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


def answer_boxes(
    *,
    responses: Iterable[Response],
    choices: tuple[RatingChoice, ...],
    comments: Iterable[Comment],
    waiting: Iterable[SetAside],
    evidence: Mapping[str, EvidenceBeside] | None = None,
    typed: Mapping[str, Any] | None = None,
    stale: Mapping[str, Response] | None = None,
) -> list[AnswerBox]:
    """The questions of a page. `typed` holds what was sent and could not be saved, by code."""
    typed, stale, waiting, comments = typed or {}, stale or {}, list(waiting), list(comments)
    labels = {choice.code: choice.label for choice in choices}
    boxes = []
    for response in responses:
        question = response.question
        code = question.code
        given = typed.get(code)
        error = given.error if given else ""
        if code in stale:
            error = "Somebody else saved this answer while you were writing"
        chosen = given.rating if given else (response.rating.code if response.rating else "")
        boxes.append(
            AnswerBox(
                code=code,
                prompt=question.prompt,
                guidance=question.guidance,
                is_required=question.is_required,
                text=given.text if given else response.text,
                options=_options(question, choices, chosen),
                version=given.started_from if given and code not in stale else response.version,
                error=error,
                saved=_words(response) if code in stale else None,
                waiting=()
                if code in stale
                else tuple(_kept(kept, labels) for kept in waiting if kept.place == code),
                carried=_carried(response),
                comments=tuple(comment for comment in comments if comment.place == code),
                evidence=(evidence or {}).get(code),
            )
        )
    return boxes


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
    responses: Iterable[Response], typed: Mapping[str, Any], choices: tuple[RatingChoice, ...]
) -> list[SummaryRow]:
    """What was sent and differs from what is saved, to be copied from the page."""
    labels = {choice.code: choice.label for choice in choices}
    rows = []
    for response in responses:
        given = typed.get(response.question.code)
        if given is None:
            continue
        rating = response.rating.code if response.rating else ""
        if (given.text, given.rating) != (response.text, rating):
            words = given.text if response.question.kind != AnswerKind.RATING else ""
            rows.append(SummaryRow(response.question.prompt, words or labels.get(given.rating, "")))
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


def _carried(response: Response) -> Words | None:
    """What the force said last year, if it said anything."""
    carried = getattr(response, "carried", None)
    return Words(text=carried.rating_label or carried.text) if carried else None
