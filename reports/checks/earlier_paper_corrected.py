"""The paper that this one reports on is being corrected: what it recommended may still change."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.document import Paper
from reports.enums import PaperKind
from reports.snapshot import Snapshot

CODE = "earlier-paper-corrected"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    if snapshot.kind != PaperKind.BOARD_PAPER:
        return
    for year in snapshot.beside.corrections:
        yield Finding(
            f"The paper of {year.replace('-', '/')} is being corrected, so what this one says of "
            "its recommendations may not be what is issued in the end.",
            Part.SECTIONS,
            can_be_waived=True,
            about=year,
        )
