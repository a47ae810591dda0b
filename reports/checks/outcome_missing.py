"""Nobody has said what became of a recommendation of the paper before."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.document import Paper
from reports.snapshot import Snapshot

CODE = "outcome-missing"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    for number, was in enumerate(snapshot.last_year, start=1):
        if not was.outcome.strip():
            year = was.year.replace("-", "/")
            sentence = f"Recommendation {number} of {year} has no outcome."
            yield Finding(sentence, Part.OUTCOME, was.identity, can_be_waived=True)
