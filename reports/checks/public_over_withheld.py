"""A paragraph is public in the paper and withheld in the assessment that it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.checks.printed import cut
from reports.document import Paper
from reports.overriding import told
from reports.snapshot import Snapshot

CODE = "public-over-withheld"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    for section in snapshot.sections:
        for line in told(snapshot, section.threat_code):
            if line.is_public_over_withheld:
                yield Finding(
                    f"“{cut(line.override.text)}” is public in the paper, and its lead withholds "
                    "the paragraph it is made from.",
                    Part.SUMMARY,
                    f"{section.identity}/{line.source.identity}",
                )
