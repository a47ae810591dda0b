"""The figures of a paper as its editor lists them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from reports.document import Figure, Paper, Table
from reports.enums import WRITTEN_IN_THE_PAPER
from reports.models import BoardPaper
from reports.renderers import wording
from reports.snapshot import SectionWords, Snapshot, Words


@dataclass(frozen=True)
class FigureLine:
    """One figure. `withheld_rows` says how the public edition differs where it is cleared."""

    caption: str
    section: str
    section_href: str
    withheld_under: str  # empty for a figure that is cleared
    withheld_rows: bool
    change: str
    remove: str
    move: str
    is_first: bool
    is_last: bool


def figure_lines(paper: BoardPaper, snapshot: Snapshot, document: Paper) -> list[FigureLine]:
    blocks = {
        block.identity: block for block in document.blocks() if isinstance(block, Figure | Table)
    }
    return [
        _line(paper, section, place, printed.heading, blocks)
        for section, printed in zip(snapshot.sections, document.sections, strict=True)
        for place, words in enumerate(section.paragraphs)
        if words.figure_source
    ]


def sections_for_figures(snapshot: Snapshot, document: Paper) -> list[tuple[str, str]]:
    """Identity and heading of each section that a figure can be put in."""
    return [
        (section.identity, printed.heading)
        for section, printed in zip(snapshot.sections, document.sections, strict=True)
        if section.kind in WRITTEN_IN_THE_PAPER
    ]


def _line(paper: BoardPaper, section: SectionWords, place: int, heading: str, blocks) -> FigureLine:
    words: Words = section.paragraphs[place]
    block = blocks[f"{section.identity}/{words.identity}/figure"]
    where = [paper.address, section.identity]
    instead = block.public_content if isinstance(block, Figure) else block.public_rows
    return FigureLine(
        caption=_caption(block),
        section=heading,
        section_href=reverse("reports:section", args=where),
        withheld_under="" if words.is_public else words.withheld_under,
        withheld_rows=instead is not None,
        change=reverse("reports:figure", args=[*where, words.identity]),
        remove=reverse("reports:remove_paragraph", args=[*where, words.identity]),
        move=reverse("reports:move_paragraph", args=[*where, words.identity]),
        is_first=place == 0,
        is_last=place == len(section.paragraphs) - 1,
    )


def _caption(block: Figure | Table) -> str:
    return wording.figure_caption(block) if isinstance(block, Figure) else wording.caption(block)
