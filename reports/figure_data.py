"""The charts of a paper as plain data: what they show, not how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GridCell:
    """`word` says all that `tone` says; `symbol` stands for it where there is little room."""

    word: str
    tone: str  # of a rating, "blue" for what became better, or "" for none
    symbol: str = ""
    beneath: str = ""


@dataclass(frozen=True)
class GridRow:
    label: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class GridChart:
    """Threats down, criteria across."""

    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True)
class CapacityUnit:
    """Numbers of one unit, None for one that is not given."""

    label: str
    beneath: str  # the threat and the level
    required: int | None
    held: int | None
    projected: int | None
    short_words: str  # "Short by 7 now", or "" where nothing is known to be missing


@dataclass(frozen=True)
class CapacityChart:
    units: tuple[CapacityUnit, ...]


@dataclass(frozen=True)
class BarValue:
    label: str
    value: int


@dataclass(frozen=True)
class BarSeries:
    label: str
    bars: tuple[BarValue, ...]


@dataclass(frozen=True)
class BarChart:
    """Series on one scale that begins at 0."""

    series: tuple[BarSeries, ...]


Chart = GridChart | CapacityChart | BarChart

CHART_CLASSES = (
    GridCell, GridRow, GridChart, CapacityUnit, CapacityChart, BarValue, BarSeries, BarChart,
)  # fmt: skip
