"""A proposal as a report to read in a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from reports.past_papers.proposal import Piece, PieceKind, Proposal

WIDTH = 96
COUNTED = {
    PieceKind.PARAGRAPH: ("paragraph", "paragraphs"),
    PieceKind.BULLET: ("bullet", "bullets"),
    PieceKind.TABLE: ("table", "tables"),
    PieceKind.RECOMMENDATION: ("recommendation", "recommendations"),
}


def report_lines(proposal: Proposal) -> Iterator[str]:
    """The head, the sections with what they hold, the recommendations, and what is not placed."""
    yield from _head(proposal)
    yield from _sections(proposal)
    yield from _recommendations(proposal)
    yield from _list("Left out, as it is no part of the text", proposal.left_out)
    yield from _list("Not placed", proposal.unplaced)


def _head(proposal: Proposal) -> Iterator[str]:
    on = f"{proposal.meeting_on:%-d %B %Y}" if proposal.meeting_on else ""
    if proposal.meeting_month:
        on = f"no day is printed, only {proposal.meeting_month}"
    yield f"Title:    {proposal.title or 'not found'}"
    yield f"Board:    {proposal.board_name or 'not found'}"
    yield f"Meeting:  {on or 'not found'}"
    for label, words in proposal.header:
        yield f"          {label}: {words}"


def _sections(proposal: Proposal) -> Iterator[str]:
    numbered = proposal.numbered_paragraphs
    run = f", numbered {numbered[0].number} to {numbered[-1].number}" if numbered else ""
    yield ""
    yield (
        f"{len(proposal.sections)} sections, {len(proposal.paragraphs)} paragraphs "
        f"({len(numbered)} with a number{run})"
    )
    for section in proposal.sections:
        heading, threat, deeper = "(before the first heading)", "", False
        if section.heading:
            heading = section.heading.words or "(without words)"
            threat = "".join(f"  [{code}]" for code in section.heading.threat_codes)
            deeper = section.heading.level > 2
        yield f"{'    ' if deeper else '  '}{heading}{threat}"
        yield f"      {_counts(section.pieces)}"


def _counts(pieces: tuple[Piece, ...]) -> str:
    found = []
    for kind, (one, many) in COUNTED.items():
        count = sum(piece.kind == kind for piece in pieces)
        if count:
            found.append(f"{count} {one if count == 1 else many}")
    return ", ".join(found) or "nothing below it"


def _recommendations(proposal: Proposal) -> Iterator[str]:
    yield ""
    yield f"{len(proposal.recommendations)} recommendations"
    for place, piece in enumerate(proposal.recommendations, start=1):
        about = f" {piece.heading}:" if piece.heading else ""
        codes = f"  [{', '.join(piece.threat_codes)}]" if piece.threat_codes else ""
        addressee = piece.addressee or piece.lead
        yield from _wrapped(f"{piece.number or place}.{about} {addressee} {piece.text}{codes}")
        again = [one for one in proposal.repeated if one.repeats == piece.identity]
        if again:
            where = ", ".join(_where(one) for one in again)
            yield f"      printed again: {where}"
        if not addressee:
            yield "      to whom it is made was not found"


def _list(title: str, pieces: tuple[Piece, ...]) -> Iterator[str]:
    yield ""
    yield f"{title}: {len(pieces)}"
    for piece in pieces:
        yield from _wrapped(f"{_where(piece)}: {piece.text} ({piece.reason})")


def _where(piece: Piece) -> str:
    first = piece.origin[0]
    return f"page {first.page}, line {first.number}" if first.page else f"line {first.number}"


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent="  ", subsequent_indent="      ")
