"""The ratings of every threat against the five Cs, this year beside last: table, chart, export."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assessments.domain.year_on_year import Direction, direction_of
from assessments.models import Assessment, Cycle
from assessments.presenters.year_on_year import (
    DIRECTION_WORDS,
    accepted,
    origin_in_words,
    shown,
)
from assessments.year_selectors import RatedAnswer
from spr_portal.charts import Drawing, Heat, HeatRow, heat_table
from spr_portal.components import RatingCell
from threats.selectors import AskedPart, RatingChoice, descents, parts_for, rating_choices


class GridCell(NamedTuple):  # which a template takes apart faster than a dataclass
    """`rating` is None where nobody has answered, or no lead has accepted what is drafted."""

    rating: RatingCell | None
    otherwise: str  # what stands there without a rating
    before: RatingCell | None
    direction: Direction
    words: str  # of the direction
    sign: str


@dataclass(frozen=True)
class GridRow:
    """`origin` says where the threat comes from, where that is not the same threat last year."""

    assessment: Assessment
    origin: str
    cells: tuple[GridCell, ...]  # in the order of the columns


@dataclass(frozen=True)
class Grid:
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]


def year_grid(
    cycle: Cycle,
    before: Cycle | None,
    assessments: Sequence[Assessment],
    ratings: Iterable[RatedAnswer],
) -> Grid:
    """`before` is the force's cycle of the year before, whose ratings were carried over."""
    columns = _columns(cycle, assessments)
    scale = rating_choices(cycle.edition, cycle.rating_scale)
    found = {(one.assessment, one.part): one for one in ratings}
    origins = descents(cycle.edition, before.edition) if before else {}
    edition = cycle.edition.issued_in_words
    rows = (
        GridRow(
            assessment=one,
            origin=origin_in_words(origins.get(one.threat.code), edition=edition),
            cells=tuple(_cell(found.get((one.pk, code)), scale) for code in columns),
        )
        for one in assessments
    )
    return Grid(columns=tuple(columns.values()), rows=tuple(rows))


def grid_chart(grid: Grid, cycle: Cycle) -> Drawing:
    rows = [
        HeatRow(row.assessment.threat.label, tuple(_heat(cell) for cell in row.cells))
        for row in grid.rows
    ]
    title = f"Ratings of {cycle.year_in_words} by threat, each with last year’s"
    return heat_table(grid.columns, rows, identity="ratings", title=title)


def grid_changes(grid: Grid) -> list[tuple[str, list[str]]]:
    """What became worse, then what became better: each with a sentence for each rating."""
    changed = []
    for direction in (Direction.WORSE, Direction.BETTER):
        sentences = [
            f"{row.assessment.threat.label}, {column}: {cell.before.word} → {cell.rating.word}"
            for row in grid.rows
            for column, cell in zip(grid.columns, row.cells, strict=True)
            if cell.direction == direction
        ]
        if sentences:
            changed.append((f"{DIRECTION_WORDS[direction][0]} than last year", sentences))
    return changed


def grid_headings(grid: Grid) -> list[str]:
    """Of the grid as a file for a spreadsheet: three columns for each C."""
    each = ((column, f"{column}: last year", f"{column}: change") for column in grid.columns)
    return ["Threat", "Status", *(heading for three in each for heading in three)]


def grid_rows(grid: Grid) -> list[list[str]]:
    return [
        [row.assessment.threat.label, row.assessment.get_status_display()]
        + [words for cell in row.cells for words in _written(cell)]
        for row in grid.rows
    ]


def _columns(cycle: Cycle, assessments: Iterable[Assessment]) -> dict[str, str]:
    """Parts that ask about one of the five Cs: their code to the C's label, in order."""
    parts: dict[str, AskedPart] = {}
    for one in assessments:
        for part in parts_for(cycle.edition, one.threat.code):
            if part.criterion_code:
                parts.setdefault(part.code, part)
    return {code: part.criterion_label for code, part in parts.items()}


def _cell(answer: RatedAnswer | None, scale: Sequence[RatingChoice]) -> GridCell:
    if answer is None:
        return GridCell(None, "Not asked", None, Direction.NOT_YET, "", "")
    now = accepted(answer)
    direction = direction_of(now, answer.before, scale)
    words, sign = DIRECTION_WORDS[direction] if now else ("", "")
    return GridCell(
        rating=shown(now),
        otherwise="Draft, not accepted" if answer.is_draft and answer.now else "Not answered",
        before=shown(answer.before),
        direction=direction,
        words=words,
        sign=sign,
    )


def _heat(cell: GridCell) -> Heat:
    beneath = f"{cell.sign} new" if cell.direction == Direction.NEW else ""
    if cell.before:
        beneath = f"{cell.sign} was {cell.before.symbol or cell.before.word[:4]}".strip()
    if cell.rating is None:
        return Heat(cell.otherwise, "", beneath=beneath, symbol="…")
    return Heat(cell.rating.word, cell.rating.tone, cell.rating.symbol, beneath)


def _written(cell: GridCell) -> tuple[str, str, str]:
    rating = cell.rating.word if cell.rating else cell.otherwise
    return rating, cell.before.word if cell.before else "", cell.words
