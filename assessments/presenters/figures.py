"""How capacity figures read: four numbers, and how they stand against what is required."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.domain.capacity import shortfall
from assessments.domain.content import item_values
from assessments.enums import ItemKind
from assessments.presenters.tags import Tag, tags_of
from assessments.suggestions import units_for


@dataclass(frozen=True)
class Quantity:
    """A number as words, a dash where there is none, and what is said of it."""

    number: str
    note: str = ""


@dataclass(frozen=True)
class FigureLine:
    """A row of a table of figures; the shortfalls are "None" where nothing is missing."""

    identity: str
    unit: str
    level: str
    source: str
    required: Quantity
    held: Quantity
    projected: Quantity
    accessible: Quantity
    short_now: str
    short_projected: str
    position: tuple[str, ...]
    is_short: bool
    tags: tuple[Tag, ...]


def figure_line(figure) -> FigureLine:
    values = item_values(ItemKind.FIGURE, figure)
    missing = shortfall(required=figure.required, held=figure.held, projected=figure.projected)
    return FigureLine(
        identity=figure.identity,
        unit=figure.unit,
        level=figure.get_level_display(),
        source=figure.source,
        required=_beside(figure.required, "set by", figure.required_by),
        held=_beside(figure.held, "on", day_of(figure.held_on)),
        projected=_beside(figure.projected, "by", day_of(figure.projected_by)),
        accessible=_beside(figure.accessible, "through", figure.accessible_through),
        short_now=_missing_in_words(missing.now),
        short_projected=_missing_in_words(missing.projected),
        position=tuple(position_of(values)),
        is_short=missing.is_any,
        tags=tags_of(values, figure),
    )


def units_left(threat_code: str, figures: Iterable) -> list[str]:
    """Units that are usual for the threat and that no figure counts yet."""
    counted = {figure.unit.casefold() for figure in figures}
    return [unit for unit in units_for(threat_code) if unit.casefold() not in counted]


def position_of(values: dict) -> list[str]:
    """How what is held, and what will be, stands against what is required, in sentences.

    What is accessible through others is not held, so it covers no shortfall.
    """
    required, held, projected = (values.get(name) for name in ("required", "held", "projected"))
    if required is None:
        return ["No requirement is set, so there is nothing to compare."]
    missing = shortfall(required=required, held=held, projected=projected)
    sentences = []
    if missing.now is not None:
        sentences.append(f"Held {held:,}, required {required:,}: {_gap(missing.now)}.")
    if missing.projected is not None:
        by = f" by {day_of(values['projected_by'])}" if values.get("projected_by") else ""
        sentences.append(
            f"Projected {projected:,}{by}, required {required:,}: {_gap(missing.projected)}."
        )
    return sentences or ["What is held is not given, so it cannot be compared."]


def number_of(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"


def day_of(date: datetime.date | str | None) -> str:
    if not date:
        return ""
    if isinstance(date, str):
        date = datetime.date.fromisoformat(date)
    return f"{date.day} {date:%B %Y}"


def _gap(missing: int) -> str:
    return f"a shortfall of {missing:,}" if missing else "no shortfall"


def _missing_in_words(missing: int | None) -> str:
    return number_of(missing) if missing != 0 else "None"


def _beside(number: int | None, word: str, rest: str) -> Quantity:
    note = f"{word} {rest}" if number is not None and rest else ""
    return Quantity(number_of(number), note)
