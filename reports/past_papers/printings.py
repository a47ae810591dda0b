"""Recommendations that a paper prints more than once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reports.past_papers.proposal import Piece, PieceKind
from reports.past_papers.words import alike, tokens

SAME_WORDS = 0.8  # of two printings without or with different numbers
SAME_NUMBERED = 0.5  # of two printings with one number


def once_each(pieces: Sequence[Piece], regions: dict[str, int]) -> list[Piece]:
    """The pieces, with each recommendation once; further printings say what they repeat.

    `regions` says in which list each stands. Of several printings the one in
    the fullest list stays, unless it is much shorter than another.
    """
    groups: list[list[Piece]] = []
    for piece in pieces:
        if piece.kind != PieceKind.RECOMMENDATION:
            continue
        group = next((one for one in groups if _is_same(one, piece, regions)), None)
        if group is None:
            groups.append([piece])
        else:
            group.append(piece)
    fullness = Counter(regions.values())
    kept: dict[str, Piece] = {}
    repeats: dict[str, str] = {}
    for group in groups:
        stays = _that_stays(group, fullness, regions)
        codes = {code for piece in group for code in piece.threat_codes}
        kept[stays.identity] = replace(stays, threat_codes=tuple(sorted(codes)))
        repeats |= {piece.identity: stays.identity for piece in group if piece is not stays}
    return [
        replace(piece, kind=PieceKind.REPEATED, repeats=repeats[piece.identity])
        if piece.identity in repeats
        else kept.get(piece.identity, piece)
        for piece in pieces
    ]


def _that_stays(group: list[Piece], fullness: Counter, regions: dict[str, int]) -> Piece:
    longest = max(len(piece.text) for piece in group)
    whole = [piece for piece in group if len(piece.text) >= 0.7 * longest]
    return max(whole, key=lambda piece: fullness[regions.get(piece.identity, -1)])


def _is_same(group: list[Piece], piece: Piece, regions: dict[str, int]) -> bool:
    for other in group:
        if regions.get(other.identity) == regions.get(piece.identity):
            return False  # a list says nothing twice
        nearness = alike(_said(other), _said(piece))
        if nearness >= (SAME_NUMBERED if _same_number(other, piece) else SAME_WORDS):
            return True
        short, long = sorted((tokens(_said(other)), tokens(_said(piece))), key=len)
        if _same_number(other, piece) and len(short) > 3 and set(short) <= set(long):
            return True
    return False


def _said(piece: Piece) -> str:
    return f"{piece.addressee} {piece.text}"


def _same_number(one: Piece, other: Piece) -> bool:
    return bool(one.number) and one.number == other.number
