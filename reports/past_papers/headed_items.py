"""Recommendations whose number and heading stand on a line of their own above their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports.past_papers.proposal import Piece, PieceKind
from reports.past_papers.words import alike, flat

SAME = 0.85  # of the words of two printings
FEWEST = 6  # words that a paragraph must have to be taken for a printing of a recommendation


def headed(heading: Piece, item: Piece) -> Piece | None:
    """A recommendation with the numbered heading above it; None where it has a number itself."""
    if not heading.number or item.number or item.mark or item.heading:
        return None
    return replace(
        item,
        mark=heading.mark,
        number=heading.number,
        heading=heading.text,
        threat_codes=item.threat_codes or heading.threat_codes,
        origin=(*heading.origin, *item.origin),
    )


def with_inline(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with recommendations printed again within a section told as such.

    Those stand there under the number and heading that they have in the list.
    """
    listed = [piece for piece in pieces if piece.kind == PieceKind.RECOMMENDATION and piece.number]
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        again = _printed_again(before, piece, listed) if before is not None else None
        if again is not None:
            found.pop()
        found.append(again or _as_repeated(piece, listed))
    return found


def _as_repeated(piece: Piece, listed: list[Piece]) -> Piece:
    """A piece told as a further printing, where it has an item's number, heading and words."""
    if piece.kind != PieceKind.BULLET or len(piece.text.split()) < FEWEST:
        return piece
    for item in listed:
        whole = f"{item.heading} {item.addressee} {item.text}"
        if item.number == piece.number and alike(whole, piece.text) >= SAME:
            return replace(piece, kind=PieceKind.REPEATED, repeats=item.identity)
    return piece


def _printed_again(heading: Piece, piece: Piece, listed: list[Piece]) -> Piece | None:
    if heading.kind != PieceKind.HEADING or not heading.number:
        return None
    if piece.kind not in (PieceKind.PARAGRAPH, PieceKind.REPEATED) or piece.number:
        return None
    said = f"{piece.addressee} {piece.text}"
    if len(said.split()) < FEWEST:
        return None
    for item in listed:
        is_headed_so = flat(item.heading).casefold() == flat(heading.text).casefold()
        if item.number == heading.number and is_headed_so:
            if alike(f"{item.addressee} {item.text}", said) < SAME:
                return None
            return replace(
                piece,
                kind=PieceKind.REPEATED,
                mark=heading.mark,
                number=heading.number,
                heading=heading.text,
                repeats=item.identity,
                origin=(*heading.origin, *piece.origin),
            )
    return None
