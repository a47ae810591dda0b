"""The evidence cited: a table of every piece, as it was when its assessment was approved."""

from __future__ import annotations

from collections.abc import Sequence

from reports.document import FigureContent, TableCell
from reports.figure_selectors import EvidenceRead
from reports.figures.parts import (
    Made,
    approved,
    cells,
    is_cleared,
    restricted,
    waiting,
    withheld_rows,
    year_of,
)
from reports.references import long_date
from reports.snapshot import Snapshot

HEADER = ("Evidence", "Threat", "Type", "Dated")


def make(snapshot: Snapshot) -> Made:
    threats = approved(snapshot)
    rows = [row for row in snapshot.figures.evidence if row.threat_code in threats]
    cleared = [row for row in rows if is_cleared(row.restriction)]
    notes = waiting(snapshot)
    content = _content(rows, threats, notes)
    public = None
    if len(cleared) < len(rows):
        kept_back = [row.restriction for row in rows if not is_cleared(row.restriction)]
        withheld = withheld_rows(kept_back, "piece is", "pieces are", len(HEADER))
        public = _content(cleared, threats, notes, withheld)
    return Made(f"Evidence cited, {year_of(snapshot)}", content, public)


def _content(
    rows: Sequence[EvidenceRead],
    threats: dict[str, str],
    notes: tuple[str, ...],
    withheld: tuple[tuple[TableCell, ...], ...] = (),
) -> FigureContent:
    empty = () if rows or withheld else (cells("None", "", "", ""),)
    return FigureContent(
        description="",
        chart=None,
        header=HEADER,
        rows=(
            *(
                cells(
                    restricted(row.title, row.restriction),
                    threats[row.threat_code],
                    row.kind,
                    _on_one_line(long_date(row.dated) if row.dated else "Not dated"),
                )
                for row in rows
            ),
            *withheld,
            *empty,
        ),
        notes=notes,
    )


def _on_one_line(words: str) -> str:
    return words.replace(" ", "\u00a0")
