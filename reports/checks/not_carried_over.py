"""A recommendation of the paper before is not finished, and this paper does not make it again."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.document import Paper
from reports.enums import RecommendationStatus
from reports.snapshot import Snapshot

CODE = "not-carried-over"
FINISHED = (
    RecommendationStatus.COMPLETED,
    RecommendationStatus.SUPERSEDED,
    RecommendationStatus.NOT_ACCEPTED,
)


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    for number, was in enumerate(snapshot.last_year, start=1):
        if was.outcome.strip() and was.status not in FINISHED and not was.carried_to:
            year = was.year.replace("-", "/")
            sentence = (
                f"Recommendation {number} of {year} is not finished and is not carried over, so "
                "no later paper will tell what became of it."
            )
            yield Finding(
                sentence, Part.OUTCOME, was.identity, is_blocking=False, can_be_waived=True
            )
