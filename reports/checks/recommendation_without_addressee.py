"""A recommendation is addressed to nobody, so nobody has to act on it."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.document import Paper
from reports.snapshot import Snapshot

CODE = "recommendation-without-addressee"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    for number, item in enumerate(snapshot.recommendations, start=1):
        if not item.addressee.strip():
            yield Finding(
                "A recommendation names nobody who is to act on it.",
                Part.RECOMMENDATION,
                item.identity,
                can_be_waived=True,
                place=f"Recommendation {number}",
            )
