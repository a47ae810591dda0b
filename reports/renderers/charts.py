"""The charts of a paper as drawings, the same for every format."""

import dataclasses

from reports.document import Figure
from reports.figure_data import BarChart, CapacityChart, Chart, GridChart
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


def drawing_of(figure: Figure, *, identity: str, title: str = "") -> Drawing | None:
    """The figure's chart, named after it; None for one without a chart."""
    if figure.content.chart is None:
        return None
    drawing = _drawn(figure.content.chart, identity)
    return dataclasses.replace(
        drawing,
        title=title or wording.figure_caption(figure),
        description=figure.content.description,
    )


def _drawn(chart: Chart, identity: str) -> Drawing:
    match chart:
        case GridChart():
            return _grid(chart, identity)
        case CapacityChart():
            units = [
                Capacity(
                    one.label, one.beneath, one.required, one.held, one.projected, one.short_words
                )
                for one in chart.units
            ]
            return capacity_chart(units, identity=identity, title="", width=WIDE, labels=230)
        case BarChart():
            groups = [
                BarGroup(series.label, tuple(Bar(bar.label, bar.value) for bar in series.bars))
                for series in chart.series
            ]
            return grouped_bars(groups, identity=identity, title="", labels=130, width=WIDE)
    raise TypeError(f"No way to draw a {type(chart).__name__}.")


def _grid(chart: GridChart, identity: str) -> Drawing:
    rows = [
        HeatRow(
            row.label,
            tuple(Heat(cell.word, cell.tone, cell.symbol, cell.beneath) for cell in row.cells),
        )
        for row in chart.rows
    ]
    return heat_table(chart.columns, rows, identity=identity, title="", width=WIDE, labels=150)
