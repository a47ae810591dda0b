"""The board's side as it reads: papers by year, places found, what changed from year to year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from assessments.presenters.differences import Piece, word_difference
from reports.comparing import Change, ComparedPart, ComparedSection
from reports.document import Audience
from reports.enums import DecisionOutcome, Origin
from reports.models import BoardDecision, IssuedPaper, SearchText
from reports.presenters.words import EDITIONS, year_in_words

CHANGE_TAGS = {
    Change.NEW: ("New", "green"),
    Change.CHANGED: ("Changed", "blue"),
    Change.GONE: ("Gone", "orange"),
    Change.SAME: ("As it was", "grey"),
}
DECISION_TAGS = {
    DecisionOutcome.NOTED: ("Noted", "blue"),
    DecisionOutcome.AGREED: ("Agreed", "green"),
    DecisionOutcome.ASSURED: ("Assured", "green"),
    DecisionOutcome.PARTLY_ASSURED: ("Partly assured", "yellow"),
    DecisionOutcome.NOT_ASSURED: ("Not assured", "red"),
    DecisionOutcome.DEFERRED: ("Deferred", "grey"),
}
AROUND = 140  # letters shown before and after the first word found
# Letters compared word by word on one page: what comes after is shown as it was and as it is.
MOST_COMPARED = 400_000


@dataclass(frozen=True)
class PaperLine:
    title: str
    href: str
    board_name: str
    board_on: datetime.date
    issued_at: datetime.datetime
    number: int
    is_imported: bool
    read: str
    compare: str  # empty where there is no earlier year
    outcome: str  # empty until the board's decision is recorded


@dataclass(frozen=True)
class YearOfPapers:
    year: str
    papers: list[PaperLine]


@dataclass(frozen=True)
class FoundPlace:
    label: str
    heading: str
    href: str
    pieces: tuple[Piece, ...]  # "added" is a word looked for


@dataclass(frozen=True)
class FoundPaper:
    title: str
    year: str
    places: list[FoundPlace]


@dataclass(frozen=True)
class ShownPart:
    name: str
    former_name: str  # where it was called otherwise
    change: Change
    pieces: tuple[Piece, ...]
    before: str  # both whole where they are too long to compare word by word
    after: str


@dataclass(frozen=True)
class ShownSection:
    heading: str
    change: Change
    parts: list[ShownPart]
    unchanged: int


def papers_by_year(
    issues: Iterable[IssuedPaper], decisions: Iterable[BoardDecision]
) -> list[YearOfPapers]:
    """`issues` are those that count now, the latest year first."""
    issues = list(issues)
    outcomes: dict[str, str] = {}
    for decision in decisions:
        outcomes.setdefault(decision.issued.address, decision.outcome)
    first_of_kind = {issued.kind: issued.year for issued in issues}
    years: dict[str, list[PaperLine]] = {}
    for issued in issues:
        line = PaperLine(
            title=issued.title,
            href=issued.get_absolute_url(),
            board_name=issued.board_name,
            board_on=issued.board_on,
            issued_at=issued.issued_at,
            number=issued.number,
            is_imported=issued.origin == Origin.IMPORTED,
            read=read_href(issued),
            compare=(
                reverse("reports:compare", args=[issued.address])
                if first_of_kind[issued.kind] != issued.year
                else ""
            ),
            outcome=outcomes.get(issued.address, ""),
        )
        years.setdefault(issued.year, []).append(line)
    return [YearOfPapers(year_in_words(year), lines) for year, lines in years.items()]


def read_href(issued: IssuedPaper, audience: Audience | None = None) -> str:
    """Where an issue is read; without an edition the fullest that the reader may read."""
    path = reverse("reports:read_issue", args=[issued.address, issued.number])
    return f"{path}?edition={audience}" if audience else path


def edition_links(
    path: str, audience: Audience, visible: Iterable[Audience], *, query: str = ""
) -> list[tuple[str, str]]:
    """The other editions that the person may read: what each is called, and its address."""
    return [
        (EDITIONS[other], f"{path}?edition={other}{query}")
        for other in visible
        if other is not audience
    ]


def found_papers(
    rows: Iterable[SearchText], words: list[str], *, audience: Audience
) -> list[FoundPaper]:
    """The places of a page of results, by paper."""
    pattern = _pattern(words)
    papers: dict[int, FoundPaper] = {}
    for row in rows:
        issued = row.issued
        paper = papers.setdefault(
            issued.pk, FoundPaper(issued.title, year_in_words(issued.year), [])
        )
        paper.places.append(
            FoundPlace(
                label=row.label,
                heading=row.heading if row.label != "Heading" else "",
                href=f"{read_href(issued, audience)}{f'#{row.anchor}' if row.anchor else ''}",
                pieces=_marked(row.text, pattern),
            )
        )
    return list(papers.values())


def shown_sections(sections: Iterable[ComparedSection]) -> list[ShownSection]:
    """Only what is not as it was, with how many parts are."""
    left = MOST_COMPARED
    shown = []
    for section in sections:
        parts = []
        for part in section.parts:
            if part.change != Change.SAME:
                left -= sum(len(side.text) for side in (part.before, part.after) if side)
                parts.append(_shown(part, is_compared=left > 0))
        shown.append(
            ShownSection(section.heading, section.change, parts, section.count(Change.SAME))
        )
    return shown


def changes_counted(sections: Iterable[ComparedSection]) -> Mapping[Change, int]:
    sections = list(sections)
    return {change: sum(section.count(change) for section in sections) for change in Change}


def _shown(part: ComparedPart, *, is_compared: bool) -> ShownPart:
    stands = part.after or part.before
    before, after = (side.text if side else "" for side in (part.before, part.after))
    former = part.before.name if part.before and part.before.name != stands.name else ""
    shown = ShownPart(stands.name, former, part.change, (), "", "")
    if part.change != Change.CHANGED:
        return replace(shown, after=after or before)
    if is_compared:
        return replace(shown, pieces=word_difference(before, after))
    return replace(shown, before=before, after=after)


def _pattern(words: list[str]) -> re.Pattern:
    """Finds words as they were typed in a text as it was set."""
    typed = [re.escape(word).replace("'", "['’‘]").replace("\\-", "[-–—‑‐]") for word in words]
    return re.compile("|".join(sorted(typed, key=len, reverse=True)), re.IGNORECASE)


def _marked(text: str, pattern: re.Pattern) -> tuple[Piece, ...]:
    """The text around the first word found, with every such word marked."""
    first = pattern.search(text)
    start = max(0, (first.start() if first else 0) - AROUND)
    end = min(len(text), (first.end() if first else 0) + 2 * AROUND)
    if start:
        start = text.find(" ", start, first.start()) + 1 or start
    if end < len(text):
        end = text.rfind(" ", first.end() if first else 0, end) + 1 or end
    cut = text[start:end]
    pieces, here = [Piece("same", "… ")] if start else [], 0
    for match in pattern.finditer(cut):
        pieces.append(Piece("same", cut[here : match.start()]))
        pieces.append(Piece("added", match.group()))
        here = match.end()
    rest = cut[here:] + ("…" if end < len(text) else "")
    return tuple(piece for piece in (*pieces, Piece("same", rest)) if piece.text)
