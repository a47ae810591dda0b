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
START = 88  # the room for what a bar of a unit is called


@dataclass(frozen=True)
class Bar:
    label: str
    value: int


@dataclass(frozen=True)
class BarGroup:
    """Bars under a heading of their own."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Capacity:
    """One unit's four numbers; None for one that is not given."""

    label: str
    beneath: str  # the threat and level it belongs to
    required: int | None
    held: int | None
    projected: int | None = None
    short_words: str = ""  # what is missing, written beneath the bars


def bar_chart(
    bars: Sequence[Bar], *, identity: str, title: str, labels: int = 112, width: int = WIDTH
) -> Drawing:
    """Bars beneath one another on one scale that begins at 0; `labels` is the room for those."""
    groups = [BarGroup("", tuple(bars))]
    return grouped_bars(groups, identity=identity, title=title, labels=labels, width=width)


def grouped_bars(
    groups: Sequence[BarGroup], *, identity: str, title: str, labels: int = 112, width: int = WIDTH
) -> Drawing:
    """Groups of bars beneath one another, all on one scale that begins at 0."""
    sheet, y = Sheet(width), 4
    most = max((bar.value for group in groups for bar in group.bars), default=0)
    room = width - labels - round(width_of(number(most), is_bold=True)) - 12
    for group in groups:
        for words in wrapped(group.label, width, is_bold=True):
            y += 18
            sheet.write(0, y - 2, words, is_bold=True)
        y += 8 * bool(group.label)
        top = y
        for bar in group.bars:
            y = _draw_bar(sheet, bar, y, labels, length(bar.value, most, room))
        sheet.line(labels, top - 4, down=y - top, edge=INK)
        y += 6 * bool(group.label)
    said = " ".join(_said_of_group(group) for group in groups)
    return sheet.drawing(identity=identity, title=title, description=said, height=y)


def capacity_chart(
    units: Sequence[Capacity], *, identity: str, title: str, width: int = WIDTH, labels: int = 0
) -> Drawing:
    """Required, held and projected of each unit, one beneath the other.

    Units count different things, so each has a scale of its own; a line marks
    what is required, and what is missing up to it is hatched. `labels` is the
    room for the words on a unit beside its bars; with 0 they stand above.
    """
    sheet, y = Sheet(width), 1
    draw = _draw_unit_beside if labels else _draw_unit
    for unit in units:
        y = draw(sheet, unit, y, labels)
    said = " ".join(_said_of(unit) for unit in units)
    said = f"Each unit has a scale of its own. {said}" if units[1:] else said or "Nothing to show."
    return sheet.drawing(identity=identity, title=title, description=said, height=max(y, 1))


def _draw_bar(sheet: Sheet, bar: Bar, y: int, labels: int, long: int) -> int:
    """Draw it from `y` down; return where the next begins."""
    lines = wrapped(bar.label, labels - 8)
    for place, words in enumerate(lines):
        sheet.write(labels - 8, y + 15 + 17 * place, words, anchor="end")
    sheet.box(labels, y, long, ROW, fill=HELD)
    sheet.write(labels + long + 6, y + 15, number(bar.value), is_bold=True)
    return y + max(ROW, 17 * len(lines) + 3) + 8


def _said_of_group(group: BarGroup) -> str:
    said = "; ".join(f"{bar.label}: {number(bar.value)}" for bar in group.bars)
    return f"{group.label}: {said}." if group.label else f"{said}."


def _draw_unit(sheet: Sheet, unit: Capacity, y: int, labels: int) -> int:
    """Draw it from `y` down; return where the next begins."""
    for words in wrapped(unit.label, sheet.width, is_bold=True):
        y += 18
        sheet.write(0, y, words, is_bold=True)
    for words in wrapped(unit.beneath, sheet.width, size=SMALL, lines=2):
        y += 16
        sheet.write(0, y, words, size=SMALL, ink=QUIET)
    y = _draw_values(sheet, unit, y + 8, START, ROW)
    for words in wrapped(unit.short_words, sheet.width - START, is_bold=True):
        y += 16
        sheet.write(START, y, words, ink=ALARM, is_bold=True)
    return y + 16


def _draw_unit_beside(sheet: Sheet, unit: Capacity, y: int, labels: int) -> int:
    """The same with its words to the left of its bars: no unit is higher than 160."""
    room, beside = labels - 16, y
    for words in wrapped(unit.label, room, is_bold=True, lines=5):
        beside += 17
        sheet.write(0, beside - 3, words, is_bold=True)
    for words in wrapped(unit.beneath, room, size=SMALL, lines=2):
        beside += 15
        sheet.write(0, beside - 3, words, size=SMALL, ink=QUIET)
    for words in wrapped(unit.short_words, room, size=SMALL, is_bold=True, lines=2):
        beside += 15
        sheet.write(0, beside - 3, words, size=SMALL, ink=ALARM, is_bold=True)
    y = _draw_values(sheet, unit, y, labels + START, ROW - 2)
    return max(y, beside) + 14


def _draw_values(sheet: Sheet, unit: Capacity, y: int, start: int, high: int) -> int:
    """A bar for each number that is given, from `start` to the right; return where they end."""
    scale = _scale_of(unit, sheet.width, start)
    top = y
    for label, value, fill in (
        ("Required", unit.required, PAPER),
        ("Held", unit.held, HELD),
        ("Projected", unit.projected, "hatched"),
    ):
        if value is None and label == "Projected":
            continue
        required = None if label == "Required" else unit.required
        _draw_value(sheet, label, value, required, fill=fill, y=y, high=high, scale=scale)
        y += high + 4
    sheet.line(start, top - 3, down=y - top + 2, edge=INK)
    return y


@dataclass(frozen=True)
class Scale:
    start: int  # where the bars begin
    most: int
    room: int

    def length(self, value: int | None) -> int:
        return length(value or 0, self.most, self.room)


def _scale_of(unit: Capacity, width: int, start: int) -> Scale:
    given = [value for value in (unit.required, unit.held, unit.projected) if value is not None]
    most = max(given, default=0)
    words = max(width_of(number(value), is_bold=True) for value in (*given, None))
    return Scale(start, most, round(width - start - words - 10))


def _draw_value(
    sheet: Sheet, label: str, value, required, *, fill, y: int, high: int, scale: Scale
) -> None:
    """One bar; what is missing from it up to the requirement is hatched, its number behind both."""
    start, line = scale.start, y + high - 5
    sheet.write(start - 8, line, label, anchor="end")
    end = start + scale.length(value)
    if end > start:
        sheet.box(start, y, end - start, high, fill=fill, edge=INK if fill == PAPER else HELD)
    if value is not None and required is not None and value < required:
        whole = start + scale.length(required)
        if whole > end:
            sheet.box(end, y, whole - end, high, fill="missing", edge=ALARM, is_dashed=True)
        end = whole
    ink = QUIET if value is None else INK
    sheet.write(end + 6, line, number(value), ink=ink, is_bold=value is not None)


def _said_of(unit: Capacity) -> str:
    numbers = [("required", unit.required), ("held", unit.held)]
    if unit.projected is not None:
        numbers.append(("projected", unit.projected))
    said = ", ".join(f"{word} {number(value)}" for word, value in numbers)
    short = f" {unit.short_words}." if unit.short_words else ""
    about = ", ".join(filter(None, (unit.label, unit.beneath)))
    return f"{about}: {said}.{short}"
