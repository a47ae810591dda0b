"""The same paragraph stands in the paper twice; one that holds a place for others may."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding
from reports.checks.printed import Printed, cut, printed
from reports.document import Paper
from reports.snapshot import Snapshot

CODE = "duplicate-paragraph"

SHORTEST = 40  # characters: "None." and "See recommendation 2." may stand twice


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    paragraphs = {block.identity for block in document.paragraphs() if block.source}
    seen: dict[str, Printed] = {}
    for part in printed(document):
        words = " ".join(part.text.split()).casefold()
        if part.identity not in paragraphs or len(words) < SHORTEST:
            continue
        if words in seen:
            yield _finding(part)
        seen.setdefault(words, part)


def _finding(part: Printed) -> Finding:
    return Finding(
        f"“{cut(part.text)}” stands in the paper more than once.",
        is_blocking=False,
        can_be_waived=True,
        about=part.identity,
        **part.where,
    )
