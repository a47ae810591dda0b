"""A reference in double square brackets leads nowhere, so its brackets would be printed."""

from __future__ import annotations

from collections.abc import Iterator

from reports.builder import own_texts, targets_of
from reports.checks.finding import Finding, Part
from reports.document import Paper
from reports.references import unknown_in
from reports.snapshot import Snapshot

CODE = "unknown-reference"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    targets = targets_of(snapshot)
    for text, part, reference in own_texts(snapshot):
        for unknown in unknown_in(text, targets):
            sentence = f"The reference {unknown} leads nowhere."
            yield Finding(sentence, Part(part), reference, about=unknown)
