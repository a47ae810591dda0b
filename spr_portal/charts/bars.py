"""Numbers as bars. Each bar has its label before it and its number behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spr_portal.charts.sheet import (
    ALARM,
    HELD,
    INK,
    PAPER,
    QUIET,
    SMALL,
    WIDTH,
    Drawing,
    Sheet,
    length,
    number,
    width_of,
    wrapped,
)

ROW = 20  # the height of a bar
START = 88  # where the bars of a unit begin


@dataclass(frozen=True)
class Bar:
    label: str
    value: int


@dataclass(frozen=True)
class Capacity:
    """One unit's four numbers; None for one that is not given."""

    label: str
    beneath: str  # the threat and level it belongs to
    required: int | None
    held: int | None
    projected: int | None = None
    short_words: str = ""  # what is missing, written beneath the bars


def bar_chart(bars: Sequence[Bar], *, identity: str, title: str, labels: int = 112) -> Drawing:
    """Bars beside one another on one scale that begins at 0; `labels` is the room for those."""
    sheet, y = Sheet(), 4
    most = max((bar.value for bar in bars), default=0)
    room = WIDTH - labels - round(width_of(number(most), is_bold=True)) - 12
    for bar in bars:
        lines = wrapped(bar.label, labels - 8)
        for place, words in enumerate(lines):
            sheet.write(labels - 8, y + 15 + 17 * place, words, anchor="end")
        long = length(bar.value, most, room)
        sheet.box(labels, y, long, ROW, fill=HELD)
        sheet.write(labels + long + 6, y + 15, number(bar.value), is_bold=True)
        y += max(ROW, 17 * len(lines) + 3) + 8
    sheet.line(labels, 0, down=y - 4, edge=INK)
    said = "; ".join(f"{bar.label}: {number(bar.value)}" for bar in bars)
    return sheet.drawing(identity=identity, title=title, description=f"{said}.", height=y)


def capacity_chart(units: Sequence[Capacity], *, identity: str, title: str) -> Drawing:
    """Required, held and projected of each unit, one beneath the other.

    Units count different things, so each has a scale of its own; a line marks
    what is required, and what is missing up to it is hatched.
    """
    sheet, y = Sheet(), 0
    for unit in units:
        y = _draw_unit(sheet, unit, y)
    said = " ".join(_said_of(unit) for unit in units)
    said = f"Each unit has a scale of its own. {said}" if units else "Nothing to show."
    return sheet.drawing(identity=identity, title=title, description=said, height=max(y, 1))


def _draw_unit(sheet: Sheet, unit: Capacity, y: int) -> int:
    """Draw it from `y` down; return where the next begins."""
    for words in wrapped(unit.label, WIDTH, is_bold=True):
        y += 18
        sheet.write(0, y, words, is_bold=True)
    for words in wrapped(unit.beneath, WIDTH, size=SMALL, lines=2):
        y += 16
        sheet.write(0, y, words, size=SMALL, ink=QUIET)
    y += 8
    scale = _scale_of(unit)
    top = y
    for label, value, fill in (
        ("Required", unit.required, PAPER),
        ("Held", unit.held, HELD),
        ("Projected", unit.projected, "hatched"),
    ):
        if value is None and label == "Projected":
            continue
        required = None if label == "Required" else unit.required
        _draw_value(sheet, label, value, required, fill=fill, y=y, scale=scale)
        y += ROW + 4
    sheet.line(START, top - 3, down=y - top + 2, edge=INK)
    for words in wrapped(unit.short_words, WIDTH - START, is_bold=True):
        y += 16
        sheet.write(START, y, words, ink=ALARM, is_bold=True)
    return y + 16


@dataclass(frozen=True)
class Scale:
    most: int
    room: int

    def length(self, value: int | None) -> int:
        return length(value or 0, self.most, self.room)


def _scale_of(unit: Capacity) -> Scale:
    given = [value for value in (unit.required, unit.held, unit.projected) if value is not None]
    most = max(given, default=0)
    words = max(width_of(number(value), is_bold=True) for value in (*given, None))
    return Scale(most, round(WIDTH - START - words - 10))


def _draw_value(sheet: Sheet, label: str, value, required, *, fill, y: int, scale: Scale) -> None:
    """One bar; what is missing from it up to the requirement is hatched, its number behind both."""
    sheet.write(START - 8, y + 15, label, anchor="end")
    end = START + scale.length(value)
    if end > START:
        sheet.box(START, y, end - START, ROW, fill=fill, edge=INK if fill == PAPER else HELD)
    if value is not None and required is not None and value < required:
        whole = START + scale.length(required)
        if whole > end:
            sheet.box(end, y, whole - end, ROW, fill="missing", edge=ALARM, is_dashed=True)
        end = whole
    ink = QUIET if value is None else INK
    sheet.write(end + 6, y + 15, number(value), ink=ink, is_bold=value is not None)


def _said_of(unit: Capacity) -> str:
    numbers = [("required", unit.required), ("held", unit.held)]
    if unit.projected is not None:
        numbers.append(("projected", unit.projected))
    said = ", ".join(f"{word} {number(value)}" for word, value in numbers)
    short = f" {unit.short_words}." if unit.short_words else ""
    return f"{unit.label}, {unit.beneath}: {said}.{short}"
