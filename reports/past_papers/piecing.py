"""Putting pieces down as a paper is read, each with the lines it was made of."""

from __future__ import annotations

from collections.abc import Iterable

from reports.past_papers.block import Block
from reports.past_papers.proposal import Origin, Piece, PieceKind
from reports.past_papers.source import Line
from reports.past_papers.words import flat


class Pieces:
    """Pieces in the order they are read, each with the place of its first line."""

    def __init__(self):
        self._pieces: list[tuple[int, Piece]] = []
        self.regions: dict[int, int] = {}  # by the id of a recommendation: the list it stands in

    def _mark(self, block: Block) -> dict[str, str]:
        if block.mark is None:
            return {}
        return {"mark": block.mark.printed, "number": block.mark.number}

    def _all(self, block: Block) -> str:
        """Every word of a block."""
        if block.rows:
            return " ".join(cell for row in block.rows for cell in row if cell)
        return f"{block.mark.printed} {block.text}" if block.mark else block.text

    def _origins(self, block: Block) -> tuple[Origin, ...]:
        return tuple(origin_of(line) for line in block.lines)

    def _add(self, block: Block, kind: PieceKind, **fields) -> None:
        if "reason" in fields:
            fields["reason"] = str(fields["reason"])
        piece = Piece("", kind, origin=self._origins(block), **fields)
        self._pieces.append((block.indexes[0], piece))


def left_out(lines: Iterable[Line], reason: str) -> Piece:
    return Piece(
        "",
        PieceKind.LEFT_OUT,
        text=flat(" ".join(line.words for line in lines)),
        reason=reason,
        origin=tuple(origin_of(line) for line in lines),
    )


def origin_of(line: Line) -> Origin:
    return Origin(page=line.page, number=line.number, text=line.words.replace("\t", " "))
