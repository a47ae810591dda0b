"""Reading made-up papers in tests, in this process."""

from __future__ import annotations

from pathlib import Path

from reports.past_papers.proposal import PieceKind, Proposal
from reports.past_papers.read_docx import read_docx
from reports.past_papers.read_pdf import read_pdf
from reports.past_papers.read_text import read_text
from reports.past_papers.source import Source
from reports.past_papers.structure import propose
from reports.past_papers.words import letters_of
from tests.past_papers.papers import LABELS, Layout, as_docx, as_pdf, as_text

FORMATS = {"txt": (as_text, read_text), "docx": (as_docx, read_docx), "pdf": (as_pdf, read_pdf)}


def read_bytes(content: bytes, ending: str, folder: Path) -> Source:
    path = folder / f"paper.{ending}"
    path.write_bytes(content)
    return FORMATS[ending][1](path)


def proposed(layout: Layout, ending: str, folder: Path, **what) -> Proposal:
    """What is proposed of a paper in this layout and format."""
    return propose(read_bytes(FORMATS[ending][0](layout, **what), ending, folder), LABELS)


def proposed_of(text: str, folder: Path, labels=LABELS) -> Proposal:
    return propose(read_bytes(text.encode(), "txt", folder), labels)


def assert_nothing_lost(source: Source, proposal: Proposal) -> None:
    """Every line is in one piece, pieces follow the file, and each says what its lines say."""
    lines = [(line.page, line.number) for line in source.lines]
    told = [(one.page, one.number) for piece in proposal.pieces for one in piece.origin]
    assert sorted(told) == sorted(lines)
    firsts = [lines.index((p.origin[0].page, p.origin[0].number)) for p in proposal.pieces]
    assert firsts == sorted(firsts)
    for piece in proposal.pieces:
        printed = letters_of("".join(one.text for one in piece.origin)).casefold()
        said = letters_of(piece.words).casefold()
        if piece.rows or piece.kind in (PieceKind.RECOMMENDATION, PieceKind.REPEATED):
            printed, said = "".join(sorted(printed)), "".join(sorted(said))
        assert said == printed, piece
