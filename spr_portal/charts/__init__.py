"""Charts: frozen dataclasses of words and numbers go in, drawings made of shapes come out.

`templates/charts/drawing.svg.html` writes a drawing down as SVG.
"""

from spr_portal.charts.bars import Bar, Capacity, bar_chart, capacity_chart
from spr_portal.charts.grids import Heat, HeatRow, heat_table, matrix
from spr_portal.charts.sheet import Drawing

__all__ = [
    "Bar",
    "Capacity",
    "Drawing",
    "Heat",
    "HeatRow",
    "bar_chart",
    "capacity_chart",
    "heat_table",
    "matrix",
]
