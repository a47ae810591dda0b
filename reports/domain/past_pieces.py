"""A piece of a past paper as something else than it was read as: no word of it gets lost."""

from __future__ import annotations

from reports.models import PastPaperPiece
from reports.past_papers.proposal import Piece, PieceKind
from reports.past_papers.wording import split

BETWEEN_CELLS = " | "
# Kinds that have a number of their own; with the others it is one of the words.
NUMBERED = frozenset({PieceKind.HEADING, PieceKind.PARAGRAPH, PieceKind.RECOMMENDATION})
MARKED = NUMBERED | {PieceKind.BULLET, PieceKind.REPEATED}


def text_of(piece: PastPaperPiece) -> str:
    """The words to edit: of a table one row a line."""
    if piece.kind == PieceKind.TABLE:
        return "\n".join(BETWEEN_CELLS.join(row) for row in piece.rows)
    return piece.text


def cells_of(text: str) -> list[list[str]]:
    """The rows of a table that was edited as text."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def words_of(piece: PastPaperPiece) -> str:
    """Everything it says, as it was printed."""
    cells = [cell for row in piece.rows for cell in row]
    parts = (piece.mark, piece.label, piece.heading, piece.addressee, piece.text, *cells)
    return " ".join(part for part in parts if part)


def as_kind(piece: PastPaperPiece, kind: PieceKind) -> dict:
    """The values of a piece that is now of another kind, with all its words."""
    mark = piece.mark if kind in MARKED else ""
    whole = words_of(piece)
    text = whole.removeprefix(piece.mark).strip() if mark else whole
    values = {
        "kind": kind,
        "text": text,
        "mark": mark,
        "number": piece.number if kind in NUMBERED else "",
        "level": 2 if kind == PieceKind.HEADING else 0,
        "label": "",
        "heading": "",
        "addressee": "",
        "verb": "",
        "rows": [],
        "threat_codes": [],
        "repeats": "",
    }
    if kind == PieceKind.RECOMMENDATION:
        told = split(Piece("", kind, text=text, mark=mark))
        values |= {
            "mark": told.mark[:200], "heading": told.heading, "addressee": told.addressee,
            "verb": told.verb[:60], "text": told.text,
        }  # fmt: skip
    if kind == PieceKind.TABLE:
        values |= {"rows": [[text]], "text": ""}
    return values
