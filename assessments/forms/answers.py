"""Reading a page of answers. Written by hand: fifteen Django widgets cost more than the page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError

from spr_portal.form_fields import PlainTextField
from threats.models import AnswerKind
from threats.selectors import AskedQuestion

ANSWER_LIMIT = 10_000  # characters
PAGE_KEY = re.compile(r"[a-zA-Z0-9_-]{16,24}")
_narrative = PlainTextField(label="Your answer", max_length=ANSWER_LIMIT, required=False)


class Choice(StrEnum):
    """What the person chose where somebody else had saved the answer they wrote."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"  # in the box, to be joined there


CHOICES = {choice.value: choice for choice in Choice}


@dataclass(frozen=True)
class TypedAnswer:
    """One answer as it was sent: cleaned, or, where `error` says what is wrong, as it was typed.

    `text` is None where a rating was asked for.
    """

    text: str | None
    rating: str  # the code of a rating point, or empty
    started_from: int
    is_settled: bool = False
    error: str = ""
    choice: Choice | None = None


@dataclass(frozen=True)
class Sender:
    """The opened page that sent something, as it names itself, and how often it has by now."""

    page: str = ""
    number: int = 0


def typed_answers(
    data: Mapping[str, str], questions: Iterable[AskedQuestion], rating_codes: Collection[str]
) -> dict[str, TypedAnswer]:
    """What was sent for each question, by its code; a question that was not sent is left out.

    An answer stands under its question's code, the version it started from
    under "version:" and the code.
    """
    typed = {}
    for question in questions:
        code = question.code
        is_rating = question.kind == AnswerKind.RATING
        if code not in data and not (is_rating and f"version:{code}" in data):
            continue
        text, rating, error = None, "", ""
        if is_rating:
            rating, error = _rating(data.get(code, ""), rating_codes)
        else:
            text, error = _text(data[code])
        typed[code] = TypedAnswer(
            text=text,
            rating=rating,
            started_from=_number(data.get(f"version:{code}", "")),
            is_settled=f"settle:{code}" in data,
            error=error,
            choice=CHOICES.get(data.get(f"choose:{code}", "")),
        )
    return typed


def sender(data: Mapping[str, str]) -> Sender:
    """Which opened page sent it; nobody knows of one whose browser runs no scripts."""
    page = data.get("page", "")
    if not PAGE_KEY.fullmatch(page):
        return Sender()
    return Sender(page=page, number=_number(data.get("number", "")))


def _text(typed: str) -> tuple[str, str]:
    try:
        return _narrative.clean(typed), ""
    except ValidationError as wrong:
        return typed.replace("\0", ""), wrong.messages[0]


def _rating(typed: str, known: Collection[str]) -> tuple[str, str]:
    if not typed or typed in known:
        return typed, ""
    return "", "Select one of the ratings shown"


def _number(typed: str) -> int:
    """A version or a count. Without a version, the answer was begun on an empty page."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
