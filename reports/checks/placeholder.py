"""A place that was to be filled in still says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.checks.finding import Finding
from reports.checks.printed import printed
from reports.document import Paper
from reports.snapshot import Snapshot

CODE = "placeholder"

_PLACEHOLDER = re.compile(
    r"\b(?:TBC|TBA|TBD|TODO|FIXME)\b"
    r"|(?i:\bx{2,}(?:/x{2,})+\b|\bx{3,}\b|\blorem ipsum\b|\bto be inserted\b)"
    r"|\bXX\b"
    r"|(?i:(?<!\[)[\[<](?:insert|enter|add|name|date|number|tbc|to follow|xx)\b"
    r"[^\]>\n]{0,40}[\]>]?)"
    r"|\?{3,}|_{4,}|(?<!\.)\.{5,}"
)


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    seen = set()
    for part in printed(document):
        for match in _PLACEHOLDER.finditer(part.text):
            words = " ".join(match[0].split())
            if (words, part.part, part.reference) not in seen:
                seen.add((words, part.part, part.reference))
                yield Finding(
                    f"“{words}” still waits to be filled in.",
                    can_be_waived=True,
                    about=words,
                    **part.where,
                )
