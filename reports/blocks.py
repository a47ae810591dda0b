"""The parts of a paper that can be talked about, each with what it is called and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.document import (
    Figure,
    Paper,
    Paragraph,
    RecommendationItem,
    RecommendationList,
    Section,
    Table,
    TableCell,
    plain,
)

LONGEST_LABEL = 120


@dataclass(frozen=True)
class BlockWords:
    identity: str
    label: str  # "Paragraph 12"
    words: str  # as plain text, bullets as lines that begin with a dash
    heading: str  # of the section it stands in


def words_by_block(paper: Paper) -> dict[str, BlockWords]:
    """Every section, paragraph, table, figure and recommendation, in the order of the paper."""
    found: dict[str, BlockWords] = {}
    for section in paper.sections:
        for block in (_section(section), *_blocks(section)):
            found.setdefault(block.identity, block)  # a recommendation may be printed twice
    return found


def _section(section: Section) -> BlockWords:
    heading = " ".join(filter(None, (section.number, section.heading)))
    return _block(section.identity, f"Section “{heading}”", heading, section)


def _blocks(section: Section) -> Iterator[BlockWords]:
    for block in section.blocks:
        match block:
            case Paragraph():
                yield _paragraph(block, section)
            case Table():
                label = f"Table: {block.caption}" if block.caption else "Table"
                yield _block(block.identity, label, _rows(block.header, block.rows), section)
            case Figure():
                words = "\n".join(
                    [block.content.description, _rows(block.content.header, block.content.rows)]
                )
                label = " ".join(filter(None, ("Figure", str(block.number))))
                yield _block(block.identity, f"{label}: {block.title}", words, section)
            case RecommendationList():
                yield from (_recommendation(item, section) for item in block.items)


def _paragraph(block: Paragraph, section: Section) -> BlockWords:
    numbered = f"Paragraph {block.number}"
    label = numbered if block.number is not None else f"A paragraph of “{section.heading}”"
    bullets = [f"- {plain(bullet)}" for bullet in block.bullets]
    return _block(block.identity, label, "\n".join([plain(block.inlines), *bullets]), section)


def _recommendation(item: RecommendationItem, section: Section) -> BlockWords:
    words = f"{item.addressee} {plain(item.inlines)}"
    return _block(item.identity, f"Recommendation {item.number}", words, section)


def _rows(header: tuple[str, ...], rows: tuple[tuple[TableCell, ...], ...]) -> str:
    lines = [header, *([cell.text for cell in row] for row in rows)]
    return "\n".join(" | ".join(line) for line in lines if any(line))


def _block(identity: str, label: str, words: str, section: Section) -> BlockWords:
    if len(label) > LONGEST_LABEL:
        label = f"{label[: LONGEST_LABEL - 1].rstrip()}…"
    return BlockWords(identity, label, words.strip(), section.heading)
