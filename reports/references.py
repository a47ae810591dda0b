"""References in a paper's own wording: `[[recommendation:submit]]`, `[[board-date]]`.

What stands in the double brackets names something whose words are derived
each time the paper is built. Nothing else in a text means anything.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from reports.document import CrossReference, Inline, Text

TOKEN = re.compile(r"\[\[([a-z-]+)(?::([A-Za-z0-9_-]+))?\]\]")

# Words that can be referred to by name; see reports.builder.targets_of.
WORDS = frozenset({"board-date", "as-at-date", "tasked-month", "due-month", "executive-date"})


@dataclass(frozen=True)
class Targets:
    """What can be referred to: recommendations by identity, and words by name."""

    recommendations: Mapping[str, int]  # identity → printed number
    words: Mapping[str, str]  # "board-date" → "7 February 2017"


def long_date(date: datetime.date) -> str:
    """A date as a paper prints it: 7 February 2017."""
    return f"{date.day} {date:%B %Y}"


def resolve(text: str, targets: Targets) -> tuple[Inline, ...]:
    """The text as inlines, its references resolved. An unknown one stays as it was typed."""
    inlines: list[Inline] = []
    end = 0
    for match in TOKEN.finditer(text):
        inline = _resolved(match, targets)
        if inline is None:
            continue
        if match.start() > end:
            inlines.append(Text(text[end : match.start()]))
        inlines.append(inline)
        end = match.end()
    if end < len(text) or not inlines:
        inlines.append(Text(text[end:]))
    return tuple(inlines)


def tokens_in(text: str) -> list[str]:
    """Every reference of a text, as typed."""
    return [match.group(0) for match in TOKEN.finditer(text)]


def unknown_in(text: str, targets: Targets) -> list[str]:
    """The references of a text that lead nowhere, as typed."""
    return [match.group(0) for match in TOKEN.finditer(text) if _resolved(match, targets) is None]


def _resolved(match: re.Match, targets: Targets) -> Inline | None:
    name, identity = match.groups()
    if name == "recommendation" and identity in targets.recommendations:
        number = targets.recommendations[identity]
        return CrossReference(target=identity, text=f"recommendation {number}")
    if identity is None and name in targets.words:
        return Text(targets.words[name])
    return None
