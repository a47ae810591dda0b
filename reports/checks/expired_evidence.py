"""Evidence that an approved assessment rests on had expired on the day its answers describe."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.document import Paper
from reports.references import long_date
from reports.snapshot import Snapshot

CODE = "expired-evidence"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    for piece in snapshot.beside.expired_evidence:
        yield Finding(
            f"The evidence “{piece.title}”, cited on {piece.threat}, expired on "
            f"{long_date(piece.expired_on)}: before {long_date(snapshot.as_at)}, the day that "
            "the answers describe.",
            Part.ASSESSMENT,
            piece.threat_code,
            is_blocking=False,
            can_be_waived=True,
            about=piece.identity,
        )
