"""A figure has nothing to show: it can wait, but a reader will wonder."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.document import Figure, Paper
from reports.snapshot import Snapshot

CODE = "empty-figure"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    for figure in document.figures():
        if not figure.content.rows:
            yield _finding(figure)


def _finding(figure: Figure) -> Finding:
    return Finding(
        f"The figure “{figure.title}” has nothing to show.",
        Part.PARAGRAPH,
        figure.source.reference if figure.source else "",
        is_blocking=False,
        place=f"Figure {figure.number}",
    )
