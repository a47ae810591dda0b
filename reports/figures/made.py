"""From a snapshot to what one figure says."""

from __future__ import annotations

from collections.abc import Callable

from reports.enums import FigureSource
from reports.figures import capacity, changes, evidence, ratings, recommendations
from reports.figures.parts import Made
from reports.snapshot import Snapshot

_MAKERS: dict[FigureSource, Callable[[Snapshot], Made]] = {
    FigureSource.RATINGS: ratings.make,
    FigureSource.CAPACITY: capacity.make,
    FigureSource.CHANGES: changes.make,
    FigureSource.RECOMMENDATIONS: recommendations.make,
    FigureSource.EVIDENCE: evidence.make,
}


def made_of(source: str, snapshot: Snapshot) -> Made:
    """What the figure of a source shows, of approved assessments only."""
    return _MAKERS[FigureSource(source)](snapshot)
