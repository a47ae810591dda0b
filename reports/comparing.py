"""What is new, changed and gone from one paper to another, part by part.

Plain Python on two documents of the same edition. Parts are held to be the same
when they have the same words, or the same identity and some words in common, or most of
their words in common. A recommendation is the same exactly when its identity is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reports.document import (
    Figure,
    Paper,
    Paragraph,
    RecommendationItem,
    Section,
    Table,
    plain,
)

MOST_ALIKE, LEAST_ALIKE = 0.5, 0.2
# How far apart two parts of a section are still looked at, so that time grows as the paper does.
WINDOW = 25


class Change(StrEnum):
    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class Part:
    """A paragraph, table, figure or recommendation, with its words."""

    identity: str
    name: str  # "Paragraph 12", "Table 2"
    text: str


@dataclass(frozen=True)
class ComparedPart:
    change: Change
    before: Part | None
    after: Part | None


@dataclass(frozen=True)
class ComparedSection:
    heading: str
    change: Change  # of the heading: its parts may be the same or not
    parts: tuple[ComparedPart, ...]

    def count(self, change: Change) -> int:
        return sum(part.change == change for part in self.parts)


def compare(before: Paper, after: Paper) -> tuple[ComparedSection, ...]:
    """Every section in the later paper's order, those that are gone after it, then what is
    recommended."""
    earlier = list(before.sections)
    sections = []
    for section in after.sections:
        former = _former(section, earlier)
        if former:
            earlier.remove(former)
        sections.append(_section(former, section))
    gone = [_section(section, None) for section in earlier]
    recommended = _recommendations(before, after)
    found = [*sections, *gone, recommended]
    return tuple(one for one in found if one.parts or one.change != Change.SAME)


def _former(section: Section, earlier: list[Section]) -> Section | None:
    """By identity, or by the heading where the papers were made apart."""
    by_identity = [one for one in earlier if one.identity == section.identity]
    heading = section.heading.casefold().strip()
    by_heading = [one for one in earlier if heading and one.heading.casefold().strip() == heading]
    return next(iter([*by_identity, *by_heading]), None)


def _section(before: Section | None, after: Section | None) -> ComparedSection:
    stands = after or before
    change = Change.SAME if before and after else Change.NEW if after else Change.GONE
    if before and after and before.heading != after.heading:
        change = Change.CHANGED
    parts = _pairs(_parts(before), _parts(after))
    return ComparedSection(stands.heading, change, tuple(parts))


def _parts(section: Section | None) -> list[Part]:
    named = [_part(block) for block in section.blocks] if section else []
    return [part for part in named if part]


def _part(block) -> Part | None:
    match block:
        case Paragraph():
            text = "\n".join([plain(block.inlines), *(f"- {plain(b)}" for b in block.bullets)])
            name = "Paragraph" if block.number is None else f"Paragraph {block.number}"
            return Part(block.identity, name, text)
        case Table():
            return Part(
                block.identity, f"Table {block.number}".strip(), _table(block.caption, block)
            )
        case Figure():
            text = f"{block.title}\n{_table(block.content.description, block.content)}"
            return Part(block.identity, f"Figure {block.number}".strip(), text)
    return None  # recommendations are compared all together


def _table(caption: str, table) -> str:
    rows = [" | ".join(cell.text for cell in row) for row in table.rows]
    return "\n".join([caption, *rows])


def _pairs(before: list[Part], after: list[Part]) -> list[ComparedPart]:
    """In the later paper's order, each part that is gone after the one it followed."""
    former_of = _matched(before, after)
    taken = set(former_of.values())
    gone = [place for place in range(len(before)) if place not in taken]
    pairs, shown = [], 0
    for place, part in enumerate(after):
        former = former_of.get(place)
        if former is not None:
            while shown < len(gone) and gone[shown] < former:
                pairs.append(ComparedPart(Change.GONE, before[gone[shown]], None))
                shown += 1
        pairs.append(_pair(None if former is None else before[former], part))
    pairs += [ComparedPart(Change.GONE, before[place], None) for place in gone[shown:]]
    return pairs


def _pair(before: Part | None, after: Part) -> ComparedPart:
    if before is None:
        return ComparedPart(Change.NEW, None, after)
    change = Change.SAME if before.text == after.text else Change.CHANGED
    return ComparedPart(change, before, after)


def _matched(before: Sequence[Part], after: Sequence[Part]) -> dict[int, int]:
    """Which earlier part each later one was, by their places."""
    by_text, by_identity = {}, {}
    for place, part in enumerate(before):
        by_text.setdefault(part.text, []).append(place)
        by_identity.setdefault(part.identity, place)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for place, part in enumerate(after):
        same = by_text.get(part.text)
        if same:
            found[place] = same.pop(0)
            taken.add(found[place])
    words = [[Counter(part.text.casefold().split()) for part in parts] for parts in (before, after)]
    for place, part in enumerate(after):
        former = by_identity.get(part.identity)
        if place in found or former is None or former in taken:
            continue
        if _alike(words[0][former], words[1][place]) >= LEAST_ALIKE:
            found[place] = former
            taken.add(former)
    for place in range(len(after)):
        if place not in found:
            near = range(max(0, place - WINDOW), min(len(before), place + WINDOW + 1))
            alike = [(_alike(words[0][n], words[1][place]), -n) for n in near if n not in taken]
            best = max(alike, default=(0, 0))
            if best[0] >= MOST_ALIKE:
                found[place] = -best[1]
                taken.add(-best[1])
    return found


def _alike(one: Counter, other: Counter) -> float:
    """The share of words that two texts have in common, from 0 to 1."""
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 1.0


def _recommendations(before: Paper, after: Paper) -> ComparedSection:
    earlier, later = _recommended(before), _recommended(after)
    parts = [_pair(earlier.get(identity), part) for identity, part in later.items()]
    gone = [part for identity, part in earlier.items() if identity not in later]
    parts += [ComparedPart(Change.GONE, part, None) for part in gone]
    return ComparedSection("Recommendations", Change.SAME, tuple(parts))


def _recommended(paper: Paper) -> dict[str, Part]:
    return {
        item.identity: Part(item.identity, f"Recommendation {item.number}", _sentence(item))
        for item in paper.recommendations()
    }


def _sentence(item: RecommendationItem) -> str:
    heading = f"{item.heading}: " if item.heading else ""
    return f"{heading}{item.addressee} {plain(item.inlines)}".strip()
