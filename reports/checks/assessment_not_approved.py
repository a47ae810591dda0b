"""An assessment is not approved, or its approval is void: nothing of it can be printed."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.document import Paper
from reports.snapshot import Snapshot

CODE = "assessment-not-approved"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    for code, assessment in snapshot.assessments.items():
        if not assessment.is_approved:
            sentence = f"The assessment on {assessment.label} is not approved."
            yield Finding(sentence, Part.ASSESSMENT, code)
