"""The words of a document, each with the place where they can be mended."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from reports.checks.finding import Part
from reports.document import (
    Block,
    Figure,
    FigureContent,
    Paper,
    Paragraph,
    RecommendationList,
    Section,
    Table,
    plain,
)

QUOTED = 60  # characters of a text that stand in a finding's sentence

# Where a block's words were written, to what mends them.
_PARTS = {
    "paper_paragraph": Part.PARAGRAPH,
    "summary_paragraph": Part.SUMMARY,
    "override": Part.SUMMARY,
    "recommendation": Part.RECOMMENDATION,
}


@dataclass(frozen=True)
class Printed:
    """A run of words as it is printed. `identity` is of the block, empty for a heading."""

    text: str
    part: Part
    reference: str = ""
    place: str = ""
    identity: str = ""
    is_public: bool = True
    withheld_under: str = ""
    marking: str = ""
    section: str = ""  # identity of the one it stands in; empty for a heading

    @property
    def where(self) -> dict[str, str | Part]:
        """The fields of a finding that say where."""
        return {"part": self.part, "reference": self.reference, "place": self.place}


def printed(document: Paper) -> Iterator[Printed]:
    """Every word of the paper, in its order; what is printed several times, once."""
    header = " \n".join([document.title, *(words for _, words in document.header)])
    yield Printed(header, Part.HEADER, place="Head of the paper")
    seen: set[str] = set()
    for section in document.sections:
        identity = section_identity(section)
        place = f"Heading “{cut(section.heading)}”"
        yield Printed(section.heading, Part.HEADING, identity, place, **_publication(section))
        for block in section.blocks:
            for part in _of_block(block, identity):
                if part.identity not in seen:
                    seen.add(part.identity)
                    yield dataclasses.replace(part, section=identity)


def section_identity(section: Section) -> str:
    """What a section of a document is called in the paper's own rows."""
    return section.identity.removeprefix("section-")


def cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= QUOTED else f"{words[: QUOTED - 1].rstrip()}…"


def _of_block(block: Block, section: str) -> Iterator[Printed]:
    if isinstance(block, RecommendationList):
        for item in block.items:
            words = " ".join(filter(None, [item.heading, item.addressee, plain(item.inlines)]))
            where = (Part.RECOMMENDATION, item.identity, f"Recommendation {item.number}")
            yield Printed(words, *where, item.identity, **_publication(item))
    elif isinstance(block, Paragraph):
        yield _of_paragraph(block, section)
    else:
        title, content = _figures(block)
        cells = [cell.text for row in content.rows for cell in row]
        words = " \n".join([title, *content.header, *cells])
        where = (Part.SECTION, section, f"“{cut(title)}”")
        yield Printed(words, *where, block.identity, **_publication(block))


def _figures(block: Table | Figure) -> tuple[str, Table | FigureContent]:
    """What a table or a figure is called, and what holds its rows."""
    return (block.title, block.content) if isinstance(block, Figure) else (block.caption, block)


def _of_paragraph(block: Paragraph, section: str) -> Printed:
    words = "\n".join([plain(block.inlines), *map(plain, block.bullets)])
    place = "" if block.number is None else f"Paragraph {block.number}"
    part = _PARTS.get(block.source.kind, Part.SECTION) if block.source else Part.SECTION
    reference = section
    if part is not Part.SECTION:
        reference = f"{section}/{block.source.reference.rpartition('/')[2]}"
    return Printed(words, part, reference, place, block.identity, **_publication(block))


def _publication(part) -> dict:
    return {
        "is_public": part.is_public,
        "withheld_under": part.withheld_under,
        "marking": part.marking,
    }
