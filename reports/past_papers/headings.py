"""Which blocks are headings, of which level, and where the first section begins."""

from __future__ import annotations

import re
from collections import Counter

from reports.past_papers.block import Block
from reports.past_papers.heading_levels import levels_of
from reports.past_papers.labels import labelled
from reports.past_papers.marks import Kind, date_in
from reports.past_papers.recommending import is_none
from reports.past_papers.running import MARKING
from reports.past_papers.source import Place, Source
from reports.past_papers.threats import Labels
from reports.past_papers.usual_headings import (
    ABBREVIATIONS,
    APPENDICES,
    APPENDIX,
    is_known,
)
from reports.past_papers.words import is_unfinished

LONGEST = 18  # words
LONGEST_PLAIN = 9
LARGER = 0.9  # points above the size of the text
LISTED = "(listed)"
# What stands over a picture or a table.
CAPTION = re.compile(r"(?:figure|fig\.?|table|chart|graph|diagram)\s*\d", re.IGNORECASE)
OF_HEAD = re.compile(r"report|date|agenda|item|contact|author|meeting|presented|to|from", re.I)
MOST_IN_HEAD = 12  # blocks
SMALLER = 0.6  # points below the size of the text: words of a chart, notes
OUTSIDE = frozenset({Place.NOTE, Place.COMMENT, Place.TURNED})


class Headings:
    """Answers for each block, by its place, whether it is a heading; level 0 says it is none."""

    def __init__(
        self,
        source: Source,
        blocks: list[Block],
        labels: Labels,
        contents: frozenset[int] = frozenset(),
    ):
        self._contents = contents
        self._source, self._blocks, self._labels = source, blocks, labels
        self._body_size = source.body_size
        letters = sum(len(block.text) for block in blocks) or 1
        bold = sum(len(block.text) for block in blocks if block.is_bold)
        self._is_bold_paper = bold > 0.5 * letters
        self._strengths = [self._strength(place) for place in range(len(blocks))]
        self._drop_those_within_lists()
        self._add_numbered_like_others()
        self.first_section = self._first_section()
        self._levels = self._levels_of_headings()
        self._numbered = self._paragraph_numbers()

    def level(self, place: int) -> int:
        """2 for a section, 3 for one within it, 0 for what is no heading."""
        return self._levels.get(place, 0)

    def is_paragraph_number(self, place: int) -> bool:
        """Whether a block's number is of the run that counts the paper's paragraphs."""
        return place in self._numbered

    def _strength(self, place: int) -> int:
        """3 by its style, 2 by its look, 1 by standing alone, 0 for no heading."""
        block = self._blocks[place]
        if not self._can_be(block):
            return 0
        if block.first.level:
            return 3
        text = block.text.rstrip(" :")
        is_large = bool(self._body_size) and block.first.size > self._body_size + LARGER
        is_bold = block.is_bold and not self._is_bold_paper
        if block.is_capitals or is_large or is_bold:
            return 0 if block.text.endswith(".") and not is_known(text) else 2
        if block.text.endswith((":", ".")) or not self._stands_alone(place):
            return 0
        return 1

    def _can_be(self, block: Block) -> bool:
        text = block.text
        if block.rows or block.place in OUTSIDE or not any(sign.isalpha() for sign in text):
            return False
        if self._contents.issuperset(block.indexes):
            return False
        if block.mark is not None and (
            block.mark.kind in (Kind.BULLET, Kind.RECOMMENDATION) or block.mark.style[:1] == "-"
        ):
            return False
        if block.first.level:
            return block.word_count <= 2 * LONGEST
        if CAPTION.match(text) or 0 < block.first.size < self._body_size - SMALLER:
            return False
        is_lettered = block.mark is not None and block.mark.kind in (Kind.LETTER, Kind.ROMAN)
        if is_lettered and not (block.is_bold or block.is_capitals):
            return False
        return (
            0 < block.word_count <= LONGEST
            and len(text) <= 130
            and not text.endswith((",", ";"))
            and not text[:1].islower()
            and not is_none(text)
            and not MARKING.match(text)
            and not (date_in(text) and block.word_count < 6)
        )

    def _stands_alone(self, place: int) -> bool:
        """Whether a plain short line is a heading by what stands around it."""
        block = self._blocks[place]
        if block.word_count > LONGEST_PLAIN or not is_unfinished(block.text):
            return False
        after = self._blocks[place + 1] if place + 1 < len(self._blocks) else None
        if after is None or (after.rows and not is_known(block.text)):
            return False
        is_named = is_known(block.text) or bool(self._labels.one(block.text))
        if block.mark is not None:
            return self._is_numbered_heading(place, after, is_named)
        before = self._blocks[place - 1] if place else None
        if before is not None and before.text.endswith(":") and not block.has_gap:
            return False
        if not block.has_gap and not (is_named and self._follows_an_end(before)):
            return False
        if not (after.has_gap or after.is_decimal or is_named):
            return False
        follows = after.is_decimal or after.word_count >= 12 or after.mark is not None
        follows |= is_named and (bool(after.rows) or after.word_count >= 4 or is_none(after.text))
        return follows

    def _follows_an_end(self, before: Block | None) -> bool:
        """Whether what stands before a line is whole, so that the line goes on with nothing."""
        if before is None or (before.mark is not None and before.mark.kind == Kind.BULLET):
            return True
        return not is_unfinished(before.text) or before.is_capitals or before.word_count < 12

    def _is_numbered_heading(self, place: int, after: Block, is_named: bool) -> bool:
        """ "3. Terrorism", with 3.1 below it or paragraphs without numbers."""
        block = self._blocks[place]
        if not block.is_decimal or len(block.mark.value) > 2:
            return False
        if after.is_decimal and after.mark.value[:-1] == block.mark.value:
            return True
        # A list of numbered names is none: there the next is as short.
        is_listed = after.is_decimal and len(after.mark.value) == len(block.mark.value)
        before = self._blocks[place - 1] if place else None
        is_apart = block.has_gap or self._follows_an_end(before)
        return is_named and is_apart and (not is_listed or after.word_count >= 12)

    def _drop_those_within_lists(self) -> None:
        """Lone lines at the end, appendices one after the other, what abbreviations stand for."""
        heading = ""
        for place, block in enumerate(self._blocks):
            after = self._blocks[place + 1].text if place + 1 < len(self._blocks) else "Appendix"
            if APPENDIX.match(block.text) and block.first.level <= 0:
                if heading.endswith(LISTED) or APPENDIX.match(after):
                    heading = f"{block.text} {LISTED}"
                    self._strengths[place] = 0
            elif self._strengths[place] == 1 and ABBREVIATIONS.search(heading):
                self._strengths[place] = 0
            if self._strengths[place]:
                heading = f"{block.text} {LISTED}" if APPENDICES.search(block.text) else block.text
        last = len(self._blocks) - 1
        if last >= 0 and self._strengths[last] == 2 and not is_known(self._blocks[last].text):
            self._strengths[last] = 0

    def _add_numbered_like_others(self) -> None:
        """Where some headings are numbered, short lines numbered in the same way are, too."""
        ways = Counter(
            (len(block.mark.value), block.mark.style)
            for block, strength in zip(self._blocks, self._strengths, strict=True)
            if strength and block.is_decimal
        )
        for place, block in enumerate(self._blocks[:-1]):
            if self._strengths[place] or not block.is_decimal or not self._can_be(block):
                continue
            after = self._blocks[place + 1]
            is_item = after.is_decimal and len(after.mark.value) == len(block.mark.value)
            if (
                ways[len(block.mark.value), block.mark.style] > 1
                and block.has_gap
                and block.word_count <= LONGEST_PLAIN
                and is_unfinished(block.text)
                and not (is_item and after.word_count < 12)
            ):
                self._strengths[place] = 1

    def _first_section(self) -> int:
        """The place of the first heading with words below it, after the head of the paper."""
        first = next((place for place in range(len(self._blocks)) if self._is_content(place)), None)
        if first is None:
            return len(self._blocks)
        start = first = self._after_labels(first)
        while start > 0 and self._is_section_heading(start - 1, start == first):
            start -= 1
        return start

    def _is_content(self, place: int) -> bool:
        block = self._blocks[place]
        if block.place in OUTSIDE or self._strengths[place]:
            return False
        if self._contents.issuperset(block.indexes):
            return False
        if self._is_below_known_heading(place):
            return bool(block.rows) or block.word_count >= 3
        if block.rows:
            return False
        if block.is_decimal:
            return block.word_count >= 5 or not is_unfinished(block.text)
        pair = labelled(block.text)
        if pair is not None and pair[0].casefold() != "for":
            return False
        if block.mark is not None:
            return block.mark.kind == Kind.RECOMMENDATION and block.word_count >= 5
        return block.word_count >= 18 or (block.word_count >= 5 and block.text.endswith(":"))

    def _is_below_known_heading(self, place: int) -> bool:
        """Whether a table or list stands right below a heading such as "Recommendations"."""
        block = self._blocks[place]
        before = self._blocks[place - 1] if place else None
        is_listed = bool(block.rows) or block.mark is not None
        is_headed = before is not None and self._strengths[place - 1] and before.first.level >= 0
        return is_listed and is_headed and is_known(before.text.rstrip(" :"))

    def _is_section_heading(self, place: int, is_next: bool) -> bool:
        """Whether a block before the first words heads them, and is not the paper's title."""
        if not self._strengths[place] or self._blocks[place].first.level == -1:
            return False
        block = self._blocks[place]
        text = block.text.rstrip(" :")
        if is_known(text) or block.mark is not None or self._labels.one(text):
            return True
        if not is_next:
            return False
        titled = [
            other
            for other in range(place)
            if self._strengths[other] or self._blocks[other].first.level == -1
        ]
        return bool(titled) and not re.search("strategic policing requirement", text, re.I)

    def _after_labels(self, first: int) -> int:
        """The first place after labelled lines that go on below a summary in the paper's head."""
        start = first
        for place in range(first, min(first + MOST_IN_HEAD, len(self._blocks))):
            if self._strengths[place] or self._blocks[place].is_decimal:
                break
            pair = labelled(self._blocks[place].text)
            if pair is not None and OF_HEAD.match(pair[0]):
                start = place + 1
        return start

    def _levels_of_headings(self) -> dict[int, int]:
        places = [
            place
            for place in range(self.first_section, len(self._blocks))
            if self._strengths[place]
        ]
        blocks = [self._blocks[place] for place in places]
        known = [is_known(block.text.rstrip(" :")) for block in blocks]
        return dict(zip(places, levels_of(blocks, known), strict=True))

    def _paragraph_numbers(self) -> set[int]:
        """Places whose numbers count paragraphs; a list of its own within one does not."""
        found: set[int] = set()
        usual = self._usual_style()
        last: tuple[int, ...] = ()
        is_after_heading = True
        for place in range(self.first_section, len(self._blocks)):
            block = self._blocks[place]
            if self._strengths[place]:
                is_after_heading = True  # headings are often counted by themselves
                continue
            if not block.is_decimal:
                continue
            value = block.mark.value
            is_next = _comes_after(value, last) or (value[-1] == 1 and is_after_heading)
            if len(value) > 1 or (block.mark.style == usual and (is_next or not last)):
                found.add(place)
                last, is_after_heading = value, False
        return found

    def _usual_style(self) -> str:
        """The signs around the numbers that stand before most of the words."""
        words: Counter[str] = Counter()
        for place in range(self.first_section, len(self._blocks)):
            block = self._blocks[place]
            if block.is_decimal and len(block.mark.value) == 1 and not self._strengths[place]:
                words[block.mark.style] += block.word_count
        return words.most_common(1)[0][0] if words else ""


def _comes_after(value: tuple[int, ...], last: tuple[int, ...]) -> bool:
    return value > last and value[0] - (last[0] if last else 0) <= 3
