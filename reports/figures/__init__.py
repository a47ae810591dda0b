"""The figures of a paper: what each source shows, and where they stand in its document."""

from reports.figures.made import made_of
from reports.figures.places import FigurePlace, figure_blocks, figure_places

__all__ = ["FigurePlace", "figure_blocks", "figure_places", "made_of"]
