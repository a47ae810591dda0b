"""Capacity against requirement: what is held, projected and within reach, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from assessments.domain.capacity import Shortfall, shortfall
from assessments.presenters.year_figures import missing_in_words
from reports.document import FigureContent, TableCell
from reports.figure_data import CapacityChart, CapacityUnit
from reports.figure_selectors import CapacityRead
from reports.figures.parts import (
    Made,
    approved,
    cells,
    counted,
    is_cleared,
    restricted,
    waiting,
    withheld_rows,
    year_of,
)
from reports.references import long_date
from reports.snapshot import Snapshot

HEADER = (
    "Unit", "Required", "Held", "Projected", "Through others", "Shortfall", "Dates and sources",
)  # fmt: skip
NUMERIC = (1, 2, 3, 4)
# As many as fit on a page with the figure's title. The table holds all.
MOST_DRAWN = 8
NOT_GIVEN = "–"


def make(snapshot: Snapshot) -> Made:
    threats = approved(snapshot)
    rows = [row for row in snapshot.figures.capacity if row.threat_code in threats]
    cleared = [row for row in rows if is_cleared(row.restriction)]
    notes = waiting(snapshot)
    content = _content(rows, threats, notes)
    public = None
    if len(cleared) < len(rows):
        kept_back = [row.restriction for row in rows if not is_cleared(row.restriction)]
        withheld = withheld_rows(kept_back, "row is", "rows are", len(HEADER))
        public = _content(cleared, threats, notes, withheld)
    return Made(f"Capacity against requirement, {year_of(snapshot)}", content, public)


def missing_of(row: CapacityRead) -> Shortfall:
    return shortfall(required=row.required, held=row.held, projected=row.projected)


def _content(
    rows: Sequence[CapacityRead],
    threats: dict[str, str],
    notes: tuple[str, ...],
    withheld: tuple[tuple[TableCell, ...], ...] = (),
) -> FigureContent:
    drawn = _drawn(rows)
    return FigureContent(
        description=_description(rows, drawn, len(withheld)),
        chart=CapacityChart(tuple(_unit(row, threats) for row in drawn)) if drawn else None,
        header=HEADER,
        rows=(*(_row(row, threats) for row in rows), *withheld),
        numeric=NUMERIC,
        notes=(*_on_the_chart(rows, drawn, withheld), *_when_empty(rows, withheld), *notes),
    )


def _drawn(rows: Sequence[CapacityRead]) -> list[CapacityRead]:
    """Those with a number; where there are too many, those that miss the largest share."""
    given = [row for row in rows if (row.required, row.held, row.projected) != (None,) * 3]
    most = sorted(given, key=lambda row: -missing_of(row).largest / (row.required or 1))
    kept = [id(row) for row in most[:MOST_DRAWN]]
    return [row for row in given if id(row) in kept]


def _unit(row: CapacityRead, threats: dict[str, str]) -> CapacityUnit:
    return CapacityUnit(
        label=row.unit,
        beneath=_place(row, threats),
        required=row.required,
        held=row.held,
        projected=row.projected,
        short_words=missing_in_words(missing_of(row)),
    )


def _place(row: CapacityRead, threats: dict[str, str]) -> str:
    return f"{threats[row.threat_code]}, {row.level.lower()}"


def _row(row: CapacityRead, threats: dict[str, str]) -> tuple[TableCell, ...]:
    unit = restricted(f"{row.unit} ({_place(row, threats)})", row.restriction)
    numbers = (row.required, row.held, row.projected, row.accessible)
    return cells(unit, *map(_number, numbers), _short(row), _basis(row))


def _number(value: int | None) -> str:
    return NOT_GIVEN if value is None else f"{value:,}"


def _short(row: CapacityRead) -> str:
    missing = missing_of(row)
    if missing.now is None and missing.projected is None:
        return "Not known"
    if not missing.is_any:
        return "None"
    parts = [f"{missing.now:,} now"] if missing.now else []
    if missing.projected:
        parts.append(f"{missing.projected:,} projected")
    return ", ".join(parts)


def _basis(row: CapacityRead) -> str:
    parts = (
        f"held on {long_date(row.held_on)}" if row.held_on else "",
        f"projected by {long_date(row.projected_by)}" if row.projected_by else "",
        f"requirement: {row.required_by}" if row.required_by else "",
        f"others: {row.accessible_through}" if row.accessible_through else "",
    )
    said = "; ".join(filter(None, parts))
    return said[:1].upper() + said[1:]


def _description(rows: Sequence[CapacityRead], drawn: Sequence[CapacityRead], withheld: int) -> str:
    if not drawn:
        return "There is no chart, as no number is given."
    short = [row for row in rows if missing_of(row).is_any]
    units = counted(len(rows), "unit", "units")
    said = f"Bars of what is required, held and projected: {len(short)} of {units} "
    said += "falls short." if len(short) == 1 else "fall short."
    names = "; ".join(f"{row.unit}: {missing_in_words(missing_of(row)).lower()}" for row in short)
    return f"{said} {names}." if names else said


def _on_the_chart(rows: Sequence, drawn: Sequence, withheld: Sequence) -> tuple[str, ...]:
    said = []
    if drawn:
        said.append("Each unit of the chart has a scale of its own.")
    if drawn and len(drawn) < len(rows):
        said.append(
            f"It shows {len(drawn)} of {len(rows)} units, the largest shortfalls first of all."
        )
    if drawn and withheld:
        said.append("It shows none that are withheld.")
    return (" ".join(said),) if said else ()


def _when_empty(rows: Sequence, withheld: Sequence) -> tuple[str, ...]:
    if rows or withheld:
        return ()
    return ("No capacity figure stands in an approved assessment.",)
