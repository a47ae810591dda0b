"""The charts of a paper as drawings, the same for every format."""

import dataclasses

from reports.document import Figure
from reports.figure_data import BarChart, CapacityChart, GridChart
from reports.renderers import wording
from spr_portal.charts import (
    WIDE,
    Bar,
    BarGroup,
    Capacity,
    Drawing,
    Heat,
    HeatRow,
    capacity_chart,
    grouped_bars,
    heat_table,
)


def drawings_of(figure: Figure, *, identity: str) -> tuple[Drawing, ...]:
    """The figure's chart, named after it; nothing for one without a chart.

    Capacity is drawn unit by unit, each on a scale of its own, so that a page may
    end between two units.
    """
    chart, description = figure.content.chart, figure.content.description
    caption = wording.figure_caption(figure)
    match chart:
        case None:
            return ()
        case GridChart():
            drawing = _grid(chart, identity)
        case BarChart():
            drawing = _bars(chart, identity)
        case CapacityChart():
            return tuple(_units(chart, identity, caption, description))
        case _:
            raise TypeError(f"No way to draw a {type(chart).__name__}.")
    return (dataclasses.replace(drawing, title=caption, description=description),)


def alternative_text(drawing: Drawing) -> str:
    """What is read aloud in a drawing's place."""
    end = "" if drawing.title.endswith(".") else "."
    return f"{drawing.title}{end} {drawing.description}"


def _units(chart: CapacityChart, identity: str, caption: str, description: str):
    for place, one in enumerate(chart.units, start=1):
        drawing = capacity_chart(
            [
                Capacity(
                    one.label, one.beneath, one.required, one.held, one.projected, one.short_words
                )
            ],
            identity=f"{identity}-{place}",
            title=caption if place == 1 else one.label,
            width=WIDE,
            labels=230,
        )
        if place == 1:
            said = f"{description} {drawing.description}"
            drawing = dataclasses.replace(drawing, description=said)
        yield drawing


def _bars(chart: BarChart, identity: str) -> Drawing:
    groups = [
        BarGroup(series.label, tuple(Bar(bar.label, bar.value) for bar in series.bars))
        for series in chart.series
    ]
    return grouped_bars(groups, identity=identity, title="", labels=130, width=WIDE)


def _grid(chart: GridChart, identity: str) -> Drawing:
    rows = [
        HeatRow(
            row.label,
            tuple(Heat(cell.word, cell.tone, cell.symbol, cell.beneath) for cell in row.cells),
        )
        for row in chart.rows
    ]
    return heat_table(chart.columns, rows, identity=identity, title="", width=WIDE, labels=132)
