"""Which headings stand over sections and which within them, by how they look and are numbered."""

from __future__ import annotations

from collections.abc import Sequence

from reports.past_papers.block import Block
from reports.past_papers.words import is_capitals

SECTION = 2
WITHIN = 3
FEWEST_NUMBERED = 3  # headings, in a paper that numbers its sections


def levels_of(headings: Sequence[Block], known: Sequence[bool]) -> list[int]:
    """The level of each heading: the weightiest head sections, all others stand within them.

    `known` says for each whether it is one that sections of papers usually have.
    """
    numbered = [block for block in headings if block.is_decimal]
    style = numbered[0].mark.style if numbered else ""
    is_numbered = len(numbered) >= FEWEST_NUMBERED and numbered[0] is headings[0]
    weights = [
        _weight(block, _depth(block, style, is_section=is_known or not is_numbered))
        for block, is_known in zip(headings, known, strict=True)
    ]
    return [SECTION if weight == max(weights) else WITHIN for weight in weights]


def _depth(block: Block, style: str, *, is_section: bool) -> float:
    """How deep its number says that it stands; 0 for the headings of sections."""
    if block.mark is None:
        return 0 if is_section else 1
    is_of_other_list = block.is_decimal and block.mark.style != style
    return len(block.mark.value) - 1 + 0.5 * is_of_other_list


def _weight(block: Block, depth: float) -> tuple:
    """What outranks what: heading styles by their number, then size, capitals, bold, numbers."""
    by_style = 10 - block.first.level if block.first.level > 0 else 0
    return (by_style, block.first.size, is_capitals(block.text), block.is_bold, -depth)
