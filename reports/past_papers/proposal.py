"""What a paper that was read seems to say: for people to correct, never the last word."""

from __future__ import annotations

import dataclasses
import datetime
import json
from dataclasses import dataclass
from enum import StrEnum

from reports.past_papers.words import letters_of


class PieceKind(StrEnum):
    TITLE = "title"
    HEADER = "header"  # a line of the header block
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    TABLE = "table"
    RECOMMENDATION = "recommendation"
    REPEATED = "repeated"  # a recommendation that is printed once more
    LEFT_OUT = "left_out"  # running heads and feet, page numbers, contents lists
    UNPLACED = "unplaced"


@dataclass(frozen=True)
class Origin:
    """A line of the file that a piece was made of."""

    page: int
    number: int
    text: str


@dataclass(frozen=True)
class Piece:
    """A part of the paper, in the order of the file.

    `mark` is the number or bullet as printed, `number` the number alone.
    `heading`, `addressee`, `lead` and `verb` are a recommendation's, and its `text`
    goes on from the addressee. The text of a table is in `rows`. `reason` says
    why a piece is left out or could not be placed.
    """

    identity: str
    kind: PieceKind
    text: str = ""
    mark: str = ""
    number: str = ""
    level: int = 0  # of a heading: 2 for a section, 3 for one within it
    label: str = ""  # of a line of the header block
    heading: str = ""
    addressee: str = ""
    lead: str = ""  # to whom the whole list is put, where the item itself names nobody
    verb: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    threat_codes: tuple[str, ...] = ()  # of a heading at most one
    repeats: str = ""  # the identity of the recommendation it is a second printing of
    reason: str = ""
    origin: tuple[Origin, ...] = ()

    @property
    def words(self) -> str:
        """Everything it says, in the order printed."""
        cells = (cell for row in self.rows for cell in row)
        parts = (self.mark, self.label, self.heading, self.addressee, self.text, *cells)
        return " ".join(part for part in parts if part)

    @property
    def is_whole(self) -> bool:
        """Whether it says every letter of its lines, and no other."""
        printed = letters_of("".join(line.text for line in self.origin)).casefold()
        said = letters_of(self.words).casefold()
        if self.rows or self.kind in (PieceKind.RECOMMENDATION, PieceKind.REPEATED):
            # The cells of a row stand in the table's order, and a page's end may break the row.
            return printed == said or sorted(printed) == sorted(said)
        return printed == said


@dataclass(frozen=True)
class ProposedSection:
    heading: Piece | None  # None before the first heading
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Proposal:
    title: str
    board_name: str
    meeting_on: datetime.date | None
    meeting_month: str  # "2017-02" where the paper names a month and no day
    pieces: tuple[Piece, ...]
    pages: int = 0

    @property
    def header(self) -> tuple[tuple[str, str], ...]:
        """The labelled lines of the header block."""
        return tuple(
            (piece.label, piece.text)
            for piece in self.pieces
            if piece.kind == PieceKind.HEADER and piece.label
        )

    @property
    def sections(self) -> tuple[ProposedSection, ...]:
        found: list[tuple[Piece | None, list[Piece]]] = []
        for piece in self.pieces:
            if piece.kind == PieceKind.HEADING:
                found.append((piece, []))
            elif piece.kind in IN_SECTIONS:
                if not found:
                    found.append((None, []))
                found[-1][1].append(piece)
        return tuple(ProposedSection(heading, tuple(pieces)) for heading, pieces in found)

    def of_kind(self, kind: PieceKind) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.kind == kind)

    @property
    def paragraphs(self) -> tuple[Piece, ...]:
        return self.of_kind(PieceKind.PARAGRAPH)

    @property
    def numbered_paragraphs(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.paragraphs if piece.number)

    @property
    def recommendations(self) -> tuple[Piece, ...]:
        return self.of_kind(PieceKind.RECOMMENDATION)

    @property
    def repeated(self) -> tuple[Piece, ...]:
        return self.of_kind(PieceKind.REPEATED)

    @property
    def left_out(self) -> tuple[Piece, ...]:
        return self.of_kind(PieceKind.LEFT_OUT)

    @property
    def unplaced(self) -> tuple[Piece, ...]:
        return self.of_kind(PieceKind.UNPLACED)


IN_SECTIONS = frozenset(
    {PieceKind.PARAGRAPH, PieceKind.BULLET, PieceKind.TABLE, PieceKind.RECOMMENDATION}
)


def to_json(proposal: Proposal) -> str:
    return json.dumps(dataclasses.asdict(proposal), ensure_ascii=False, default=str)


def from_json(text: str) -> Proposal:
    """The proposal that `to_json` wrote."""
    values = json.loads(text)
    on = values.pop("meeting_on")
    pieces = tuple(_piece(piece) for piece in values.pop("pieces"))
    return Proposal(
        **values, pieces=pieces, meeting_on=datetime.date.fromisoformat(on) if on else None
    )


def _piece(values: dict) -> Piece:
    return Piece(
        **values
        | {
            "kind": PieceKind(values["kind"]),
            "rows": tuple(tuple(row) for row in values["rows"]),
            "threat_codes": tuple(values["threat_codes"]),
            "origin": tuple(Origin(**line) for line in values["origin"]),
        }
    )
