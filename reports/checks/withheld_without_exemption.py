"""Something is kept out of the public edition, and nothing says under which exemption."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding
from reports.checks.printed import cut, printed
from reports.document import Paper
from reports.snapshot import Snapshot

CODE = "withheld-without-exemption"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    for part in printed(document):
        if not part.is_public and not part.withheld_under:
            yield Finding(
                f"“{cut(part.text)}” is withheld, and no exemption is named for it.",
                about=part.identity,
                **part.where,
            )
