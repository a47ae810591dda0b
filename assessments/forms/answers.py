"""Reading a page of answers. Written by hand: fifteen Django widgets cost more than the page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from assessments.models import Response
from spr_portal.form_fields import PlainTextField
from threats.models import AnswerKind

ANSWER_LIMIT = 10_000  # characters
_narrative = PlainTextField(label="Your answer", max_length=ANSWER_LIMIT, required=False)


@dataclass(frozen=True)
class TypedAnswer:
    """One answer as it was sent: cleaned, or, where `error` says what is wrong, as it was typed."""

    text: str
    rating: str  # the code of a rating point, or empty
    started_from: int
    is_settled: bool
    error: str = ""


def typed_answers(
    data: Mapping[str, str], responses: Iterable[Response], rating_codes: Collection[str]
) -> dict[str, TypedAnswer]:
    """What was sent for each question, by its code; a question that was not sent is left out.

    An answer stands under its question's code, the version it started from
    under "version:" and the code.
    """
    typed = {}
    for response in responses:
        code = response.question.code
        is_rating = response.question.kind == AnswerKind.RATING
        if code not in data and not (is_rating and f"version:{code}" in data):
            continue
        text, rating, error = response.text, "", ""
        if is_rating:
            rating, error = _rating(data.get(code, ""), rating_codes)
        else:
            text, error = _text(data[code])
        typed[code] = TypedAnswer(
            text=text,
            rating=rating,
            started_from=_version(data.get(f"version:{code}", "")),
            is_settled=f"settle:{code}" in data,
            error=error,
        )
    return typed


def _text(typed: str) -> tuple[str, str]:
    try:
        return _narrative.clean(typed), ""
    except ValidationError as wrong:
        return typed.replace("\0", ""), wrong.messages[0]


def _rating(typed: str, known: Collection[str]) -> tuple[str, str]:
    if not typed or typed in known:
        return typed, ""
    return "", "Select one of the ratings shown"


def _version(typed: str) -> int:
    """The version as a number. Without one, the answer was begun on an empty page."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
