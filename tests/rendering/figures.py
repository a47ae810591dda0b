"""Figures to print: of one threat and of twelve, with every number there can be."""

from reports.document import Audience, Figure, FigureContent, Section, TableCell
from reports.figure_data import (
    BarChart,
    BarSeries,
    BarValue,
    CapacityChart,
    CapacityUnit,
    GridCell,
    GridChart,
    GridRow,
)
from tests.rendering.papers import numbered, paper_of

CS = ("Capacity", "Contribution", "Capability", "Consistency", "Connectivity")
LONG = "National cyber security incident, its command, its control and all that is asked of both"
POINTS = (
    GridCell("Green", "green", "G", "▲ was A"),
    GridCell("Amber", "yellow", "A"),
    GridCell("Red", "red", "R", "▼ was G"),
    GridCell("Requires improvement", "orange", "RI"),
    GridCell("Not rated", "grey", "–"),
    GridCell("Not approved", ""),
)


def cells(first, *others):
    return (TableCell(first, is_header=True), *map(TableCell, others))


def ratings(threats=7, *, number="1", identity="ratings", **changes) -> Figure:
    labels = ["Terrorism", LONG, *(f"Threat {count}" for count in range(3, threats + 1))][:threats]
    rows = tuple(
        GridRow(label, tuple(POINTS[(place + column) % len(POINTS)] for column in range(5)))
        for place, label in enumerate(labels)
    )
    content = FigureContent(
        description="A grid of ratings. The table beneath it says which.",
        chart=GridChart(CS, rows),
        header=("Threat", *CS),
        rows=tuple(cells(row.label, *(cell.word for cell in row.cells)) for row in rows),
        notes=("The scale, from best to worst: Green, Amber, Red.",),
    )
    return Figure(identity, number, "Ratings by threat, 2016/17", content, **changes)


UNITS = (
    CapacityUnit("Police support units", "Public order, regional", 19, 62, 60, ""),
    CapacityUnit(
        "Counter-terrorism specialist firearms officers", "Terrorism, national", 120, 96, 110,
        "Short by 24 now, by 10 as projected",
    ),
    CapacityUnit(LONG, LONG, 1_234_567, 3, None, "Short by 1,234,564 now"),
    CapacityUnit("Nothing at all", "Terrorism, local", 0, 0, 0, ""),
    CapacityUnit("Only held", "Terrorism, local", None, 62, None, ""),
    CapacityUnit("W" * 60, "Terrorism, local", None, None, 4, ""),
)  # fmt: skip


def capacity(rows=6, *, number="2", units=UNITS, **changes) -> Figure:
    drawn = tuple(units[place % len(units)] for place in range(min(rows, 8)))
    shown = [units[place % len(units)] for place in range(rows)]
    content = FigureContent(
        description="Bars of what is required, held and projected.",
        chart=CapacityChart(drawn),
        header=(
            "Unit", "Required", "Held", "Projected", "Through others", "Shortfall",
            "Dates and sources",
        ),
        rows=tuple(
            cells(
                f"{unit.label} ({unit.beneath})",
                *(
                    "–" if value is None else f"{value:,}"
                    for value in (unit.required, unit.held, unit.projected, None)
                ),
                unit.short_words or "None",
                "Held on 31 August 2016; projected by 31 March 2017; required by the Home Office",
            )
            for unit in shown
        ),
        numeric=(1, 2, 3, 4),
        notes=("Each unit of the chart has a scale of its own.",),
    )  # fmt: skip
    return Figure("capacity", number, "Capacity against requirement, 2016/17", content, **changes)


def recommendations(*, number="3") -> Figure:
    statuses = ("Open", "Accepted", "In progress", "Completed", "Superseded", "Not accepted")
    content = FigureContent(
        description="Bars by status.",
        chart=BarChart(
            (
                BarSeries(
                    "Made in 2015/16",
                    tuple(BarValue(label, count) for count, label in enumerate(statuses)),
                ),
                BarSeries("Made in 2016/17", (BarValue("Open", 1_000_000),)),
            )
        ),
        header=("Status", "2015/16", "Which of 2015/16", "2016/17", "Which of 2016/17"),
        rows=tuple(cells(label, "1", "2 and 3", "0", "None") for label in statuses),
        numeric=(1, 3),
    )
    return Figure("recommendations", number, "Recommendations by status", content)


def paper_with_figures(*blocks, audience=Audience.FULL):
    blocks = blocks or (
        numbered(1, "The grid shows how each threat is rated."),
        ratings(),
        numbered(2, "What is held stands against what is required."),
        capacity(),
        recommendations(),
        numbered(3, "That is all."),
    )
    return paper_of(*blocks, audience=audience)


def sections_of(*blocks) -> tuple[Section, ...]:
    return (Section("annex", "Annex", 2, blocks),)
