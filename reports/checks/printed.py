"""The words of a document, each with the place where they can be mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.checks.finding import Part
from reports.document import Block, Paper, Paragraph, RecommendationList, Section, plain

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

    @property
    def where(self) -> dict[str, str | Part]:
        """The fields of a finding that say where."""
        return {"part": self.part, "reference": self.reference, "place": self.place}


def printed(document: Paper) -> Iterator[Printed]:
    """Every word of the paper, in its order."""
    header = " \n".join([document.title, *(words for _, words in document.header)])
    yield Printed(header, Part.HEADER, place="Head of the paper")
    for section in document.sections:
        identity = section_identity(section)
        place = f"Heading “{cut(section.heading)}”"
        yield Printed(section.heading, Part.HEADING, identity, place)
        for block in section.blocks:
            yield from _of_block(block, identity)


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
            place = f"Recommendation {item.number}"
            yield Printed(words, Part.RECOMMENDATION, item.identity, place, item.identity)
    elif isinstance(block, Paragraph):
        yield _of_paragraph(block, section)
    else:
        table = getattr(block, "table", None) or block
        cells = [cell.text for row in table.rows for cell in row]
        words = " \n".join([block.caption, *table.header, *cells])
        yield Printed(words, Part.SECTION, section, block.caption, block.identity)


def _of_paragraph(block: Paragraph, section: str) -> Printed:
    words = "\n".join([plain(block.inlines), *map(plain, block.bullets)])
    place = "" if block.number is None else f"Paragraph {block.number}"
    if block.source is None:
        return Printed(words, Part.SECTION, section, place, block.identity)
    part = _PARTS.get(block.source.kind, Part.SECTION)
    own = block.source.reference.rpartition("/")[2]
    reference = section if part is Part.SECTION else f"{section}/{own}"
    return Printed(words, part, reference, place, block.identity)
