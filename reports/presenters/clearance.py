"""Every part of a paper with its marking, and whether the public may read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reports.checks import Finding, Part
from reports.checks.printed import Printed, cut, printed
from reports.document import Paper
from reports.models import BoardPaper
from reports.presenters.findings import mended_at

FOI_ACT = "Freedom of Information Act 2000"


class Shown(StrEnum):
    """Which lines a reader wants to see."""

    ALL = "all"
    WITHHELD = "withheld"
    CLEARED = "cleared"
    MARKED = "marked"


SHOWN_WORDS = {
    Shown.ALL: "All",
    Shown.WITHHELD: "Withheld",
    Shown.CLEARED: "Cleared",
    Shown.MARKED: "OFFICIAL-SENSITIVE",
}


@dataclass(frozen=True)
class ClearanceLine:
    place: str
    words: str
    marking: str  # "OFFICIAL-SENSITIVE: handling", or "OFFICIAL"
    is_marked: bool
    is_cleared: bool
    reason: str  # why the public edition withholds it
    href: str  # where it is changed; empty where nobody can any more


@dataclass(frozen=True)
class Choice:
    """A way to narrow the list, with how many lines it leaves."""

    value: str
    words: str
    count: int
    is_shown: bool


def clearance_lines(paper: BoardPaper, document: Paper, *, is_open: bool) -> list[ClearanceLine]:
    """Every heading and every block of the full edition, in its order.

    `is_open`: the paper can still be changed by the reader.
    """
    parts = list(printed(document))
    headings = {part.reference: part for part in parts if part.part is Part.HEADING}
    return [_line(paper, part, headings.get(part.section), is_open=is_open) for part in parts]


def only(lines: Iterable[ClearanceLine], shown: Shown) -> list[ClearanceLine]:
    return [line for line in lines if _is_of(line, shown)]


def choices(lines: list[ClearanceLine], shown: Shown) -> list[Choice]:
    return [
        Choice(one.value, SHOWN_WORDS[one], len(only(lines, one)), one is shown) for one in Shown
    ]


def counted_by_reason(lines: Iterable[ClearanceLine]) -> list[tuple[str, int]]:
    """How much is withheld for what, most first."""
    return Counter(line.reason for line in lines if line.reason).most_common()


def _is_of(line: ClearanceLine, shown: Shown) -> bool:
    return {
        Shown.ALL: True,
        Shown.WITHHELD: not line.is_cleared,
        Shown.CLEARED: line.is_cleared,
        Shown.MARKED: line.is_marked,
    }[shown]


def _line(
    paper: BoardPaper, part: Printed, heading: Printed | None, *, is_open: bool
) -> ClearanceLine:
    reason = _reason(part)
    if not reason and heading is not None and _reason(heading):
        reason = "With its section"
    about = Finding("", part.part, part.reference)
    return ClearanceLine(
        place=part.place or "Not numbered",
        words="" if part.part is Part.HEADING else cut(part.text),  # its place says them
        marking=part.marking or "OFFICIAL",
        is_marked=bool(part.marking),
        is_cleared=not reason,
        reason=reason,
        href=mended_at(paper, about) if is_open else "",
    )


def _reason(part: Printed) -> str:
    """Why a part by itself is withheld; empty for what is cleared."""
    if not part.is_public:
        return part.withheld_under or "No exemption is named"
    return "Its marking" if part.marking else ""
