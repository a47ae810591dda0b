"""Grids of cells: ratings by threat and criterion, and counts by likelihood and impact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spr_portal.charts.sheet import (
    LARGE,
    QUIET,
    SMALL,
    TONES,
    WIDTH,
    Drawing,
    Sheet,
    number,
    width_of,
    wrapped,
)

GAP = 3
EDGE = 2  # what a line at the right needs: at the very end some readers cut it off


@dataclass(frozen=True)
class Heat:
    """One cell. `word` says what its tone says; `beneath` is a few words more, or empty."""

    word: str
    tone: str  # of a rating; empty for a cell with nothing in it
    symbol: str = ""  # stands for the word where there is no room for it
    beneath: str = ""


@dataclass(frozen=True)
class HeatRow:
    label: str
    cells: tuple[Heat, ...]


def heat_table(
    columns: Sequence[str],
    rows: Sequence[HeatRow],
    *,
    identity: str,
    title: str,
    width: int = WIDTH,
    labels: int = 0,
) -> Drawing:
    """Each row's label above its cells, so that the cells are wide enough for words.

    Where a drawing is wide, `labels` is the room for the labels beside the cells.
    """
    sheet = Sheet(width)
    cell = (width - EDGE - labels + GAP) / max(len(columns), 1) - GAP
    y = _draw_heads(sheet, columns, cell, labels)
    for row in rows:
        least = high = 34 + 16 * any(heat.beneath for heat in row.cells)
        if labels:
            high = _draw_label_beside(sheet, row.label, y, labels, high)
        else:
            y = _draw_label_above(sheet, row.label, y)
        for place, heat in enumerate(row.cells):
            x = labels + place * (cell + GAP)
            # One line stands in the middle of a row of two.
            pad = (high - (34 if labels and not heat.beneath else least)) / 2
            _draw_heat(sheet, heat, x, y, cell, high, pad=pad)
        y += high + (GAP if labels else 6)
    said = " ".join(_said_of(row, columns) for row in rows)
    return sheet.drawing(identity=identity, title=title, description=said, height=y + 2)


def matrix(
    counts: Sequence[Sequence[tuple[int, str, str]]],
    *,
    identity: str,
    title: str,
    levels: Sequence[str] = ("Low", "Medium", "High"),
) -> Drawing:
    """Impact up, likelihood to the right. `counts[impact][likelihood]` is (count, word, tone)."""
    sheet, start, high, top = Sheet(), 70, 58, 20
    cell = (WIDTH - start) / len(levels)
    sheet.write(0, 13, "Impact", is_bold=True)
    for place, (label, line) in enumerate(zip(reversed(levels), reversed(counts), strict=True)):
        y = top + place * high
        sheet.write(start - 8, y + high / 2 + 5, label, anchor="end")
        for column, (count, word, tone) in enumerate(line):
            fill, edge, ink = TONES[tone]
            x = start + column * cell
            sheet.box(x, y, cell - GAP, high - GAP, fill=fill, edge=edge)
            middle = x + (cell - GAP) / 2
            size = LARGE if width_of(number(count), LARGE, is_bold=True) < cell - GAP else SMALL
            sheet.write(
                middle, y + 28, number(count), size=size, ink=ink if count else QUIET,
                anchor="middle", is_bold=bool(count),
            )  # fmt: skip
            sheet.write(middle, y + 46, word, size=SMALL, ink=ink, anchor="middle")
    y = top + len(levels) * high + 14
    for column, label in enumerate(levels):
        sheet.write(start + column * cell + (cell - GAP) / 2, y, label, anchor="middle")
    sheet.write(WIDTH - GAP, y + 20, "Likelihood", anchor="end", is_bold=True)
    said = "; ".join(
        f"impact {impact.lower()} and likelihood {likelihood.lower()}: {number(count)}"
        for impact, line in zip(reversed(levels), reversed(counts), strict=True)
        for likelihood, (count, _, _) in zip(levels, line, strict=True)
    )
    return sheet.drawing(
        identity=identity, title=title, description=f"{said.capitalize()}.", height=y + 28
    )


def _draw_label_above(sheet: Sheet, label: str, y: int) -> int:
    """Return where the cells begin."""
    for words in wrapped(label, sheet.width, is_bold=True, lines=2):
        y += 18
        sheet.write(0, y, words, is_bold=True)
    return y + 6


def _draw_label_beside(sheet: Sheet, label: str, y: int, labels: int, high: int) -> int:
    """Return how high the row is, so that its label fits."""
    lines = wrapped(label, labels - 12, is_bold=True, lines=3)
    high = max(high, 17 * len(lines) + 3)
    first = round(y + (high - 17 * len(lines)) / 2 + 13)  # so that its lines stand evenly
    for place, words in enumerate(lines):
        sheet.write(0, first + 17 * place, words, is_bold=True)
    return high


def _draw_heads(sheet: Sheet, columns: Sequence[str], cell: float, start: int) -> int:
    """The columns' labels, on two levels in turn where they are too wide; return their height."""
    is_too_wide = any(_is_broken(label, cell + 4) for label in columns)
    room = 2 * cell if is_too_wide else cell
    heads = [wrapped(label, room, size=SMALL, lines=4) for label in columns]
    high = 15 * max((len(lines) for lines in heads), default=0)
    for place, lines in enumerate(heads):
        bottom = high - 3 + (high if is_too_wide and place % 2 else 0)
        for up, words in enumerate(reversed(lines)):
            half = width_of(words, SMALL) / 2
            middle = start + place * (cell + GAP) + cell / 2
            middle = min(max(middle, half), max(sheet.width - half, sheet.width / 2))
            sheet.write(middle, bottom - 15 * up, words, size=SMALL, anchor="middle")
        if is_too_wide and place % 2 == 0:
            sheet.line(start + place * (cell + GAP) + cell / 2, high + 2, down=high - 2)
    return high * (2 if is_too_wide else 1) + GAP


def _draw_heat(
    sheet: Sheet, heat: Heat, x: float, y: int, width: float, high: int, *, pad: float
) -> None:
    fill, edge, ink = TONES[heat.tone]
    sheet.box(x, y, width, high, fill=fill, edge=edge, is_dashed=heat.tone in ("", "grey"))
    lines = wrapped(heat.word, width - 4, size=SMALL)
    if len(lines) > 2 or any(line.endswith("…") for line in lines) or _is_broken(heat.word, width):
        lines = [heat.symbol or heat.word[:3]]
    first = round(y + pad + (22 if len(lines) == 1 else 14))
    is_rated = heat.tone not in ("", "grey")
    for place, words in enumerate(lines):
        sheet.write(
            x + width / 2, first + 15 * place, words, size=SMALL, ink=ink, anchor="middle",
            is_bold=is_rated,
        )  # fmt: skip
    if heat.beneath:
        bottom = y + high - pad - 6
        sheet.write(x + width / 2, bottom, heat.beneath, size=SMALL, ink=ink, anchor="middle")


def _is_broken(words: str, width: float) -> bool:
    """Whether one word alone is wider than a cell."""
    return any(width_of(word, SMALL) > width - 4 for word in words.split())


def _said_of(row: HeatRow, columns: Sequence[str]) -> str:
    cells = (
        f"{column} {heat.word}" + (f" ({heat.beneath})" if heat.beneath else "")
        for column, heat in zip(columns, row.cells, strict=True)
    )
    return f"{row.label}: {', '.join(cells)}."
