"""The document of a past paper, of its corrected pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports.document import (
    Audience,
    Paper,
    Paragraph,
    RecommendationItem,
    RecommendationList,
    Section,
    Table,
    TableCell,
    Text,
)
from reports.models import PastPaperDraft, PastPaperPiece
from reports.past_papers.proposal import PieceKind
from reports.past_papers.running import MARKING

LABELS = {Audience.PUBLIC: "Public edition", Audience.FULL: "Full edition"}


def past_document(draft: PastPaperDraft, pieces: Sequence[PastPaperPiece]) -> Paper:
    """What the paper said. Of a paper that was not public, nothing is for the public."""
    audience = draft.audience
    return Paper(
        title=draft.title,
        force_name=draft.force.name,
        board_name=draft.board_name,
        meeting_on=draft.meeting_on,
        header=tuple(
            (piece.label, piece.text)
            for piece in pieces
            # The header stands in every edition, so it is left out where nothing is public.
            if draft.is_public and piece.kind == PieceKind.HEADER and piece.label
        ),
        marking=_marking(pieces),
        audience=audience,
        edition_label=LABELS[audience],
        is_draft=False,
        reference=f"{draft.force.short_name} SPR {draft.year}",
        sections=tuple(_Sections(draft, pieces).made()),
    )


def printed_numbers(pieces: Sequence[PastPaperPiece]) -> dict[str, int]:
    """The number of each recommendation: as printed where that counts them, else its place."""
    made = [piece for piece in pieces if piece.kind == PieceKind.RECOMMENDATION]
    printed = [int(piece.number) if piece.number.isdecimal() else 0 for piece in made]
    counts = all(printed) and len(set(printed)) == len(printed)
    numbers = printed if counts else range(1, len(made) + 1)
    return {piece.identity: number for piece, number in zip(made, numbers, strict=True)}


class _Sections:
    def __init__(self, draft: PastPaperDraft, pieces: Sequence[PastPaperPiece]):
        self._draft, self._pieces = draft, pieces
        self._is_public = draft.is_public
        self._withheld = draft.get_withheld_under_display() if draft.withheld_under else ""
        self._numbers = printed_numbers(pieces)
        self._by_identity = {piece.identity: piece for piece in pieces}

    def made(self) -> list[Section]:
        found: list[tuple[Section, list]] = []
        for piece in self._pieces:
            if piece.kind == PieceKind.HEADING:
                found.append((self._section(piece), []))
                continue
            if piece.kind not in _BLOCKS:
                continue
            if not found:
                first = Section(
                    identity="section-first", heading=self._draft.title, level=2, blocks=()
                )
                found.append(
                    (replace(first, is_public=self._is_public, withheld_under=self._withheld), [])
                )
            _BLOCKS[piece.kind](self, piece, *found[-1])
        return [replace(section, blocks=tuple(blocks)) for section, blocks in found]

    def _section(self, piece: PastPaperPiece) -> Section:
        return Section(
            identity=f"section-{piece.identity}",
            heading=piece.text or piece.mark,
            level=piece.level or 2,
            blocks=(),
            number=piece.number if piece.text else "",
            is_public=self._is_public,
            withheld_under=self._withheld,
        )

    def _paragraph(self, piece: PastPaperPiece, section: Section, blocks: list) -> None:
        number = int(piece.number) if piece.number.isdecimal() else piece.number or None
        blocks.append(
            Paragraph(
                identity=piece.identity,
                number=number,
                inlines=(Text(piece.text),),
                is_public=self._is_public,
                withheld_under=self._withheld,
            )
        )

    def _bullet(self, piece: PastPaperPiece, section: Section, blocks: list) -> None:
        # "(a)" and "ii)" say something that a dot does not.
        text = f"{piece.mark} {piece.text}" if piece.number else piece.text
        last = blocks[-1] if blocks else None
        if isinstance(last, Paragraph):
            blocks[-1] = replace(last, bullets=(*last.bullets, (Text(text),)))
        else:
            self._paragraph(replace_text(piece, text), section, blocks)

    def _table(self, piece: PastPaperPiece, section: Section, blocks: list) -> None:
        width = max((len(row) for row in piece.rows), default=0)
        rows = [[*row, *[""] * (width - len(row))] for row in piece.rows]
        if len(rows) < 2:
            self._paragraph(
                replace_text(piece, " – ".join(rows[0] if rows else [])), section, blocks
            )
            return
        blocks.append(
            Table(
                identity=piece.identity,
                caption=section.heading,
                header=tuple(rows[0]),
                rows=tuple(
                    tuple(TableCell(cell, is_header=not place) for place, cell in enumerate(row))
                    for row in rows[1:]
                ),
                is_public=self._is_public,
                withheld_under=self._withheld,
            )
        )

    def _recommendation(self, piece: PastPaperPiece, section: Section, blocks: list) -> None:
        one = self._by_identity.get(piece.repeats, piece)
        item = RecommendationItem(
            identity=one.identity,
            number=self._numbers.get(one.identity, 0),
            heading=one.heading,
            addressee=one.addressee,
            inlines=(Text(one.text),),
            is_public=self._is_public,
            withheld_under=self._withheld,
        )
        last = blocks[-1] if blocks else None
        if isinstance(last, RecommendationList):
            blocks[-1] = RecommendationList((*last.items, item))
        else:
            blocks.append(RecommendationList((item,)))


_BLOCKS = {
    PieceKind.PARAGRAPH: _Sections._paragraph,
    PieceKind.BULLET: _Sections._bullet,
    PieceKind.TABLE: _Sections._table,
    PieceKind.RECOMMENDATION: _Sections._recommendation,
    PieceKind.REPEATED: _Sections._recommendation,
}


def replace_text(piece: PastPaperPiece, text: str) -> PastPaperPiece:
    """A copy with other words and no number, never saved."""
    return PastPaperPiece(identity=piece.identity, kind=piece.kind, text=text)


def _marking(pieces: Sequence[PastPaperPiece]) -> str:
    """The protective marking on the paper's pages, where it has one; OFFICIAL if not."""
    printed = [
        piece.text
        for piece in pieces
        if piece.kind in (PieceKind.LEFT_OUT, PieceKind.HEADER) and MARKING.match(piece.text)
    ]
    return printed[0][:80] if printed else "OFFICIAL"
