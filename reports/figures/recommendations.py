"""Recommendations by status: what became of last year's, and this year's."""

from __future__ import annotations

from collections.abc import Sequence

from reports.document import FigureContent
from reports.enums import RecommendationStatus
from reports.figure_data import BarChart, BarSeries, BarValue
from reports.figure_selectors import Restriction
from reports.figures.parts import (
    Made,
    cells,
    counted,
    is_cleared,
    listed,
    withheld_notes,
    year_of,
)
from reports.snapshot import RecommendationWords, Snapshot

NUMERIC = (1, 3)
Numbered = Sequence[tuple[int, RecommendationWords]]


def make(snapshot: Snapshot) -> Made:
    before = list(enumerate(snapshot.last_year, start=1))
    now = list(enumerate(snapshot.recommendations, start=1))
    kept_back = [row for _, row in (*before, *now) if not _is_cleared(row)]
    content = _content(snapshot, before, now)
    public = None
    if kept_back:
        notes = withheld_notes(
            map(_restriction, kept_back), "recommendation is", "recommendations are"
        )
        cleared = ([pair for pair in rows if _is_cleared(pair[1])] for rows in (before, now))
        public = _content(snapshot, *cleared, notes)
    return Made("Recommendations by status", content, public)


def _content(
    snapshot: Snapshot, before: Numbered, now: Numbered, notes: tuple[str, ...] = ()
) -> FigureContent:
    years = [(_year_made(before), before), (year_of(snapshot), now)]
    years = [(year, rows) for year, rows in years if rows]
    statuses = [one for one in RecommendationStatus if any(_with(one, rows) for _, rows in years)]
    return FigureContent(
        description=_description(years, statuses),
        chart=_chart(years, statuses) if years else None,
        header=("Status", *(words for year, _ in years for words in (year, f"Which of {year}"))),
        rows=tuple(
            cells(
                status.label,
                *(words for _, rows in years for words in _counted(_with(status, rows))),
            )
            for status in statuses
        ),
        numeric=NUMERIC[: len(years)],
        notes=(*(() if years else ("There are no recommendations.",)), *notes),
    )


def _chart(years: list, statuses: list[RecommendationStatus]) -> BarChart:
    return BarChart(
        tuple(
            BarSeries(
                f"Made in {year}",
                tuple(BarValue(one.label, len(_with(one, rows))) for one in statuses),
            )
            for year, rows in years
        )
    )


def _with(status: str, rows: Numbered) -> list[int]:
    """The printed numbers of those of a status."""
    return [number for number, row in rows if row.status == status]


def _counted(numbers: list[int]) -> tuple[str, str]:
    return str(len(numbers)), listed(map(str, numbers)) or "None"


def _year_made(rows: Numbered) -> str:
    return rows[0][1].year.replace("-", "/") if rows else ""


def _description(years: list, statuses: list[RecommendationStatus]) -> str:
    if not years:
        return "There is no chart, as there are no recommendations."
    said = []
    for year, rows in years:
        of = counted(len(rows), "recommendation", "recommendations")
        by = listed(
            f"{len(_with(one, rows))} {one.label.lower()}" for one in statuses if _with(one, rows)
        )
        said.append(f"{of} made in {year}: {by}.")
    return f"Bars by status. {' '.join(said)}"


def _restriction(row: RecommendationWords) -> Restriction:
    return Restriction(row.is_public, row.withheld_under, row.marking)


def _is_cleared(row: RecommendationWords) -> bool:
    return is_cleared(_restriction(row))
