"""References in a paper's own wording: `[[recommendation:submit]]`, `[[board-date]]`.

What stands in the double brackets names something whose words are derived
each time the paper is built. Nothing else in a text means anything.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reports.document import (
    CrossReference,
    Figure,
    Inline,
    Paragraph,
    RecommendationList,
    Section,
    Table,
    Text,
    plain,
)
from reports.numbering import ANNEX

TOKEN = re.compile(r"\[\[([a-z-]+)(?::([A-Za-z0-9_/-]+))?\]\]")

# Words that can be referred to by name; see reports.builder.targets_of.
WORDS = frozenset({"board-date", "as-at-date", "tasked-month", "due-month", "executive-date"})
# Places that can be referred to; after the colon stands which one.
PLACES = ("recommendation", "paragraph", "figure", "table", "section", "annex")

A_SECTION_WITHHELD = "a section that is withheld"
A_PARAGRAPH_WITHHELD = "a paragraph that is withheld"


@dataclass(frozen=True)
class Target:
    """A place that can be referred to, and what it is called in a sentence."""

    identity: str  # of the section, block or recommendation in the document
    words: str  # "recommendation 8", "paragraph 1.2", "Annex A"
    about: str = ""  # its first words, for choosing it
    when_withheld: str = ""  # in an edition that withholds it, where the words are its own


@dataclass(frozen=True)
class Targets:
    """What can be referred to: recommendations by identity, words by name, and places."""

    recommendations: Mapping[str, int]  # identity → printed number
    words: Mapping[str, str]  # "board-date" → "7 February 2017"
    # "paragraph" → what is typed after the colon → the place, in the order of the paper
    places: Mapping[str, Mapping[str, Target]] = field(default_factory=dict)


def places_in(sections: Iterable[Section]) -> dict[str, dict[str, Target]]:
    """Every place of a paper that can be referred to, by kind and by what is typed."""
    found: dict[str, dict[str, Target]] = {kind: {} for kind in PLACES}
    for section in sections:
        kind = "annex" if section.number.startswith(ANNEX) else "section"
        typed = section.identity.removeprefix("section-")
        found[kind][typed] = _section_target(section)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                found["paragraph"][block.identity] = _paragraph_target(block, section)
            elif isinstance(block, Table):
                words = f"table {block.number}"
                found["table"][block.identity] = Target(block.identity, words, block.caption)
            elif isinstance(block, Figure):
                words = f"figure {block.number}"
                found["figure"][block.identity] = Target(block.identity, words, block.title)
            elif isinstance(block, RecommendationList):
                for item in block.items:
                    target = Target(
                        item.identity,
                        f"recommendation {item.number}",
                        f"{item.addressee} {plain(item.inlines)}",
                    )
                    found["recommendation"].setdefault(item.identity, target)
    return found


def _section_target(section: Section) -> Target:
    if section.number.startswith(ANNEX):
        return Target(section.identity, section.number, section.heading)
    if section.number:
        return Target(section.identity, f"section {section.number}", section.heading)
    words = f"the section “{section.heading}”"
    return Target(section.identity, words, section.heading, A_SECTION_WITHHELD)


def _paragraph_target(block: Paragraph, section: Section) -> Target:
    about = plain(block.inlines)
    if block.number is not None:
        return Target(block.identity, f"paragraph {block.number}", about)
    words = f"the text under “{section.heading}”"
    return Target(block.identity, words, about, A_PARAGRAPH_WITHHELD)


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
    if identity is None:
        return Text(targets.words[name]) if name in targets.words else None
    if name == "recommendation" and identity in targets.recommendations:
        number = targets.recommendations[identity]
        return CrossReference(target=identity, text=f"recommendation {number}")
    target = targets.places.get(name, {}).get(identity)
    if target is None:
        return None
    return CrossReference(target.identity, target.words, target.when_withheld)
