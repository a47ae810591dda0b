"""How this year's ratings stand to last year's."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from assessments.year_selectors import Rated
from threats.selectors import RatingChoice


class Direction(StrEnum):
    """Where a rating went since last year. Nothing is made of what cannot be compared."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NEW = "new"  # nobody rated it last year
    NOT_YET = "not yet"  # nobody has rated it this year
    NOT_COMPARABLE = "not comparable"  # another scale, or not rated in one of the years


def direction_of(
    now: Rated | None, before: Rated | None, scale: Sequence[RatingChoice]
) -> Direction:
    """`scale` is the points of this year's, best first; `before` what was carried over."""
    if now is None:
        return Direction.NOT_YET
    if before is None:
        return Direction.NEW
    places = {choice.code: place for place, choice in enumerate(scale)}
    if before.scale != now.scale or not {before.code, now.code} <= places.keys():
        return Direction.NOT_COMPARABLE
    step = places[before.code] - places[now.code]
    points = [scale[places[one.code]] for one in (now, before)]
    if points[1].label != before.label or any(point.is_not_rated for point in points):
        return Direction.NOT_COMPARABLE
    if step == 0:
        return Direction.SAME
    return Direction.BETTER if step > 0 else Direction.WORSE
