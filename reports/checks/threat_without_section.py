"""A threat was assessed and the paper has no section for it."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.document import Paper
from reports.snapshot import Snapshot

CODE = "threat-without-section"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    covered = {section.threat_code for section in snapshot.sections}
    for code, assessment in snapshot.assessments.items():
        if code not in covered:
            sentence = f"No section of the paper is about {assessment.label}."
            yield Finding(sentence, Part.SECTIONS, about=code)
