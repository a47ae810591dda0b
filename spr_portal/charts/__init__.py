"""Charts: frozen dataclasses of words and numbers go in, drawings made of shapes come out.

`templates/charts/drawing.svg.html` writes a drawing down as SVG.
"""

from spr_portal.charts.bars import Bar, BarGroup, Capacity, bar_chart, capacity_chart, grouped_bars
from spr_portal.charts.grids import Heat, HeatRow, heat_table, matrix
from spr_portal.charts.sheet import WIDE, Drawing

__all__ = [
    "WIDE",
    "Bar",
    "BarGroup",
    "Capacity",
    "Drawing",
    "Heat",
    "HeatRow",
    "bar_chart",
    "capacity_chart",
    "grouped_bars",
    "heat_table",
    "matrix",
]
