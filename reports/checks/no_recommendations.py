"""The paper recommends nothing."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.document import Paper
from reports.enums import PaperKind
from reports.snapshot import Snapshot

CODE = "no-recommendations"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    if snapshot.kind == PaperKind.BOARD_PAPER and not snapshot.recommendations:
        yield Finding("The paper has no recommendations.", Part.RECOMMENDATIONS)
