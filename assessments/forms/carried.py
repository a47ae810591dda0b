"""Reading that somebody confirms last year's answer, or starts from its words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from assessments.domain.carry_over import mark_of
from assessments.forms.answers import TypedAnswer
from assessments.models import CapacityFigure, CarriedAnswer

NOT_EMPTY = (
    "You have answered this already. To confirm last year’s answer instead, empty the box first"
)
HAS_CHANGED = (
    "Last year’s answer has been changed since you opened this page. Read it again, then confirm it"
)
NOT_ON_SCALE = "Last year’s rating is not on this year’s scale. Select one of the ratings shown"


def with_confirmed(
    typed: Mapping[str, TypedAnswer],
    code: str,
    carried: CarriedAnswer | None,
    rating_codes: Collection[str],
    *,
    shown: str | None = None,
) -> dict[str, TypedAnswer]:
    """What was sent, with last year's answer as this year's where the person confirms that.

    Words typed meanwhile are never replaced, and words that were not on the page
    (`shown` is their mark) not confirmed: then the answer says so as its error.
    """
    given = typed.get(code)
    if given is None or carried is None or given.error:
        return dict(typed)
    if shown is not None and shown != mark_of(carried):
        return typed | {code: replace(given, error=HAS_CHANGED)}
    is_rating = given.text is None
    if is_rating and carried.rating_code not in rating_codes:
        return typed | {code: replace(given, error=NOT_ON_SCALE)}
    confirmed = replace(
        given,
        text=None if is_rating else carried.text,
        rating=carried.rating_code if is_rating else "",
    )
    if (given.text or given.rating) and given != confirmed:
        return typed | {code: replace(given, error=NOT_EMPTY)}
    return typed | {code: confirmed}


def begun_with_last_years(figures: Iterable[CapacityFigure], identity: str) -> dict:
    """What a new figure begins with where one of last year's was chosen: no numbers, no dates."""
    chosen = next((figure for figure in figures if figure.identity == identity), None)
    if chosen is None:
        return {}
    return {
        name: getattr(chosen, name)
        for name in ("unit", "level", "required_by", "marking", "handling")
    }
