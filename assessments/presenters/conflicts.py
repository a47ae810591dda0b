"""Two versions of one answer side by side, for the person who has to choose."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from assessments.models import Response
from assessments.presenters.differences import Piece, two_sides
from spr_portal.identity.models import User
from threats.selectors import AskedQuestion


@dataclass(frozen=True)
class Conflict:
    """What the person wrote and what is saved, each with what the other does not have."""

    code: str
    prompt: str
    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    saved_by: str  # "Robin Vale", or "you, in another tab"
    at: datetime.datetime | None
    can_join: bool

    @property
    def sentence(self) -> str:
        return f"This answer was saved by {self.saved_by} while you were writing"


def conflict_of(
    question: AskedQuestion,
    response: Response,
    *,
    text: str | None,
    rating: str,
    labels: Mapping[str, str],
    reader: User,
) -> Conflict:
    """`text` and `rating` are what the reader gave; `labels` are those of the ratings."""
    is_rating = text is None
    given = labels.get(rating, "") if is_rating else text
    saved = (response.rating.label if response.rating else "") if is_rating else response.text
    mine, theirs = two_sides(given, saved)
    return Conflict(
        code=question.code,
        prompt=question.prompt,
        mine=mine,
        theirs=theirs,
        saved_by=saver_of(response, reader),
        at=response.updated_at,
        can_join=not is_rating,
    )


def saver_of(response: Response, reader: User) -> str:
    if response.updated_by_id == reader.pk:
        return "you, in another tab or window,"
    return response.updated_by.name if response.updated_by else "somebody else"
