"""Words of a protective marking stand where the public edition prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.checks.finding import Finding
from reports.checks.printed import printed
from reports.document import Audience, Paper
from reports.editions import for_audience
from reports.snapshot import Snapshot

CODE = "marking-in-public"

# Markings of today and those that papers before April 2014 bore (Government Security
# Classifications, Cabinet Office). The words of everyday speech count in capitals only.
_MARKING = re.compile(
    r"(?i:\bOFFICIAL[ -–]SENSITIVE\b|\bnot for publication\b|\bnot to be published\b)"
    r"|\b(?:TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED|NOT PROTECTIVELY MARKED)\b"
)


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    places = {part.identity: part for part in printed(document) if part.identity}
    for part in printed(for_audience(document, Audience.PUBLIC)):
        for words in sorted({match[0] for match in _MARKING.finditer(part.text)}):
            yield Finding(
                f"“{words}” stands in words that the public edition prints.",
                can_be_waived=True,
                about=words,
                **places.get(part.identity, part).where,
            )
