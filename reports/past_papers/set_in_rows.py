"""Papers and paragraphs that are set in the rows of a table, a number beside its words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reports.past_papers.marks import Kind, Mark, mark_of
from reports.past_papers.source import Line
from reports.past_papers.words import flat

NUMBER_ALONE = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,3}){0,3}\.?)$")


def tables_of_paragraphs(lines: Iterable[Line]) -> frozenset[int]:
    """The tables that hold the paper itself: a number in the one column, its words beside it."""
    rows: dict[int, list[Line]] = {}
    for line in lines:
        if line.cells:
            rows.setdefault(line.table, []).append(line)
    return frozenset(table for table, found in rows.items() if _holds_paragraphs(found))


def _holds_paragraphs(rows: list[Line]) -> bool:
    if any(len(row.cells) != 2 for row in rows) or len(rows) < 2:
        return False
    numbers = [NUMBER_ALONE.match(row.cells[0]) for row in rows]
    long = any(len(row.cells[1].split()) >= 12 for row in rows)
    sections = [found for found in numbers if found and "." in found["number"]]
    return (
        long
        and len(sections) >= 2
        and all(found or not row.cells[0] for found, row in zip(numbers, rows, strict=True))
    )


def numbered_row(line: Line) -> tuple[Mark | None, str]:
    """A row of two cells that is a number and its paragraph: papers are laid out so, too."""
    full = [cell for cell in line.cells if cell]
    if len(full) != 2 or len(full[1].split()) < 6 or len(full[0].split()) > 2:
        return None, ""
    mark, words = mark_of(f"{full[0]} {full[1]}")
    if mark is None or mark.kind == Kind.BULLET or flat(words) != flat(full[1]):
        return None, ""
    return mark, flat(full[1])
