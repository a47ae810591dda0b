"""The paper recommends nothing."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.document import Paper
from reports.snapshot import Snapshot

CODE = "no-recommendations"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    if not snapshot.recommendations:
        yield Finding("The paper has no recommendations.", Part.RECOMMENDATIONS)
