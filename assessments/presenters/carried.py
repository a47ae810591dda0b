"""Last year's words as they stand beside this year's answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assessments.domain.carry_over import mark_of, standing_of
from assessments.enums import Standing
from assessments.forms.answers import ANSWER_LIMIT
from assessments.models import CapacityFigure, CarriedAnswer, Response
from assessments.presenters.differences import Piece, word_difference
from assessments.presenters.figures import FigureLine, figure_line
from assessments.presenters.tags import Tag
from assessments.presenters.year_on_year import carried_cell
from spr_portal.components import RatingCell

# More characters than this are folded away until asked for.
LONG = 600

STANDING_TAGS = {
    Standing.EMPTY: None,
    Standing.NOT_REVIEWED: Tag(Standing.NOT_REVIEWED.label, "orange"),
    Standing.NEW: Tag(Standing.NEW.label, "purple"),
    Standing.CHANGED: Tag(Standing.CHANGED.label, "blue"),
    Standing.UNCHANGED: Tag(Standing.UNCHANGED.label, "green"),
}


@dataclass(frozen=True)
class CarriedBeside:
    """What the force said last year, or that it said nothing; `year` is "2015/16".

    `threat_then` is what the threat was called, where that was something else.
    `pieces` mark this year's words against last year's, where both are there
    and differ. `mark` comes back when they are confirmed.
    """

    year: str
    threat_then: str
    text: str
    rating: RatingCell | None
    tag: Tag
    is_new: bool
    is_long: bool
    may_confirm: bool
    may_start: bool
    pieces: tuple[Piece, ...]
    mark: str = ""


def carried_beside(
    responses: Iterable[Response], *, threat_label: str, rating_codes: Collection[str]
) -> dict[str, CarriedBeside]:
    """By the codes of the questions; those that neither year has answered are left out.

    Where nothing at all came over, as in a first year, there is nothing to be new against.
    """
    responses = list(responses)
    if not any(getattr(response, "carried", None) for response in responses):
        return {}
    beside = {}
    for response in responses:
        tag = STANDING_TAGS[standing_of(response)]
        if tag:
            code = response.question.code
            beside[code] = _beside(response, tag, threat_label, rating_codes)
    return beside


def words_to_start_from(response: Response) -> str:
    """Last year's text for an answer that nobody has written yet; "" where there is none."""
    carried = getattr(response, "carried", None)
    return carried.text if carried and not response.is_answered else ""


def _beside(
    response: Response, tag: Tag, threat_label: str, rating_codes: Collection[str]
) -> CarriedBeside:
    carried: CarriedAnswer | None = getattr(response, "carried", None)
    if carried is None:
        return CarriedBeside("", "", "", None, tag, True, False, False, False, ())
    is_renamed = carried.threat_label.casefold() != threat_label.casefold()
    waits = standing_of(response) == Standing.NOT_REVIEWED
    is_on_scale = not carried.rating_label or carried.rating_code in rating_codes
    differs = bool(response.text and carried.text and response.text != carried.text)
    return CarriedBeside(
        year=carried.year.replace("-", "/"),
        threat_then=carried.threat_label if is_renamed else "",
        text=carried.text,
        rating=carried_cell(carried),
        tag=tag,
        is_new=False,
        is_long=len(carried.text) > LONG,
        may_confirm=waits and is_on_scale and len(carried.text) <= ANSWER_LIMIT,
        may_start=waits and bool(carried.text),
        pieces=word_difference(carried.text, response.text) if differs else (),
        mark=mark_of(carried),
    )


@dataclass(frozen=True)
class FigureBefore:
    """A figure as it stood last year; `is_left` while this year's table has none of its unit."""

    line: FigureLine
    is_left: bool


def figures_before(
    last_year: Iterable[CapacityFigure], now: Iterable[CapacityFigure]
) -> list[FigureBefore]:
    counted = {(figure.unit.casefold(), figure.level) for figure in now}
    return [
        FigureBefore(figure_line(row), (row.unit.casefold(), row.level) not in counted)
        for row in last_year
    ]
