"""How a Word form that came back reads, before anything of it is taken."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.presenters.differences import Piece, two_sides, word_difference
from assessments.word_form.comparing import Effect, ReturnedAnswer


@dataclass(frozen=True)
class OfferedAnswer:
    """An answer to be taken or left. `pieces` show what it changes.

    One that somebody else has changed meanwhile shows both texts instead, as
    `mine` and `theirs`, and `words` can be edited before they are taken.
    """

    code: str
    heading: str
    words: str
    value: str  # what is sent: the words, or the code of a rating
    version: int
    is_stale: bool
    is_rating: bool
    is_ticked: bool
    note: str
    pieces: tuple[Piece, ...]
    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    saved_by: str
    saved_at: datetime.datetime | None


@dataclass(frozen=True)
class LostWords:
    """Words that are not taken, to be copied, and why."""

    id: str
    heading: str
    reason: str
    words: str


EMPTIES = "The form has no answer here. Tick this only if the answer should be emptied."
PICTURE = "The answer holds a picture or another object. The portal takes its words only."


def offered(answers: Iterable[ReturnedAnswer]) -> list[OfferedAnswer]:
    """The answers that can be taken, those that somebody else has changed too."""
    return [
        _offered(answer) for answer in answers if answer.effect in (Effect.CHANGED, Effect.STALE)
    ]


def _offered(answer: ReturnedAnswer) -> OfferedAnswer:
    is_stale = answer.effect == Effect.STALE
    response, is_rating = answer.response, bool(answer.asked.choices)
    mine, theirs = two_sides(answer.words, answer.saved) if is_stale else ((), ())
    notes = [EMPTIES] if answer.empties else []
    notes += [PICTURE] if answer.has_picture else []
    return OfferedAnswer(
        code=answer.asked.question.code,
        heading=answer.asked.heading,
        words=answer.words,
        value=answer.rating if is_rating else answer.words,
        version=response.version,
        is_stale=is_stale,
        is_rating=is_rating,
        is_ticked=not is_stale and not answer.empties,
        note=" ".join(notes),
        pieces=() if is_stale else word_difference(answer.saved, answer.words),
        mine=mine,
        theirs=theirs,
        saved_by=response.updated_by.name if response.updated_by else "",
        saved_at=response.updated_at,
    )


def refused_words(answers: Iterable[ReturnedAnswer]) -> list[LostWords]:
    return [
        LostWords(
            id=f"refused-{number}",
            heading=answer.asked.heading,
            reason=answer.reason,
            words=answer.words,
        )
        for number, answer in enumerate(
            (answer for answer in answers if answer.effect == Effect.REFUSED), start=1
        )
    ]
