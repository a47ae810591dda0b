"""Whether a line goes on with the block before it, or begins anew: by its words and its place."""

from __future__ import annotations

import re

from reports.past_papers.block import Block
from reports.past_papers.labels import labelled
from reports.past_papers.marks import Mark, date_in
from reports.past_papers.source import Line, Source
from reports.past_papers.words import FULL_STOP, is_capitals, is_unfinished, starts_small, tokens

SAME_SIZE = 0.7  # points
SAME_PLACE = 3.0  # points to the left or right
SHORT_LINE = 0.8  # of the way to the right edge
NEARLY = 0.93
COLUMN = 40.0  # points from a label to the words beside it, at the least
FAR_LEFT = 15  # characters: a line that begins so far before the last is no part of it
AGENDA_ITEM = re.compile(r"(?:agenda )?item(?: no\.?| number)?\s*:?\s*\d{1,3}[a-z]?$", re.I)


class Continuing:
    """Answers for the lines of one source."""

    def __init__(self, source: Source):
        self._source = source
        self._is_bold_paper = _share_of_bold(source) > 0.5
        self._body_size = source.body_size
        self._edge, self._left_edge = source.right_edge, source.left_edge

    def is_apart(self, line: Line, before: Block | None) -> bool:
        """Whether the line looks unlike the one before it."""
        return before is None or not _look_alike(before.lines[-1], line)

    def goes_on(self, before: Block | None, line: Line, mark: Mark | None) -> bool:
        """Whether a line continues the block before it."""
        if mark is not None or before is None or before.rows or before.place != line.place:
            return False
        last = before.lines[-1]
        if last.cells:
            return False
        if line.level != last.level or _is_heading_line(before, line):
            return False
        if self._hangs_below_label(before, line):
            return True
        if self._is_label(line) and (before.mark is None or not self._is_full(last)):
            return False
        is_broken = is_unfinished(before.text) and starts_small(line.text)
        if line.is_whole or not self._source.is_wrapped:
            if last.level or is_capitals(last.text) or not _look_alike(last, line):
                return False
            if not self._source.is_wrapped and not line.is_whole and self._is_soft_break(line):
                return not is_capitals(line.text) and is_unfinished(before.text)
            return is_broken and before.word_count > 5
        if not _look_alike(last, line):
            return is_broken and abs(last.size - line.size) < SAME_SIZE and not last.level
        if line.has_gap is True:
            return is_broken and before.word_count > 8
        if line.has_gap is None:
            return self._goes_on_over_page(before, last, line, is_broken)
        return not self._starts_anew(before, last, line)

    def _hangs_below_label(self, before: Block, line: Line) -> bool:
        """Whether a line goes on with the words beside a label, in a column of their own."""
        first, last = before.first, before.lines[-1]
        is_beside = "\t" in first.text and labelled(first.text) is not None
        is_in_column = line.left > first.left + COLUMN and "\t" not in line.text
        if not is_beside or not is_in_column or not line.size or line.has_gap is not False:
            return False
        return last is first or abs(last.left - line.left) < SAME_PLACE

    def _is_label(self, line: Line) -> bool:
        """A line such as "Author: …" begins anew, though nothing parts it from the one before."""
        return bool(re.match(r"\S{1,20}(?: \S{1,20}){0,4}\s?:", line.text) and labelled(line.text))

    def _is_soft_break(self, line: Line) -> bool:
        return line.has_gap is False and not line.is_whole and line.right == 0.0

    def _goes_on_over_page(self, before: Block, last: Line, line: Line, is_broken: bool) -> bool:
        if is_broken:
            return True
        if is_unfinished(before.text) and before.word_count > 8:
            return not is_capitals(line.text) and self._is_full(last)
        # Where paragraphs are numbered, one without a number goes on from the page before.
        hangs = before.is_decimal and abs(line.left - _text_left(before)) < SAME_PLACE
        return hangs and self._is_full(last) and len(before.lines) > 1

    def _starts_anew(self, before: Block, last: Line, line: Line) -> bool:
        if self._is_centred_pair(before, last, line):
            return False
        if len(before.lines) > 1 or before.mark is None:
            moved = line.left - (before.lines[-1].left if len(before.lines) > 1 else last.left)
            if abs(moved) > SAME_PLACE and self._has_places():
                return not (is_unfinished(before.text) and starts_small(line.text))
        if FULL_STOP.search(before.text) and not self._is_full(last):
            return True
        if AGENDA_ITEM.match(before.text) or (last.left - line.left > FAR_LEFT and not line.size):
            return True
        if starts_small(line.text) or (self._is_special(last) and self._is_special(line)):
            return False
        is_sentence_open = is_unfinished(before.text) and before.word_count >= 10
        return self.ends_short(before, line) and not is_sentence_open

    def _is_centred_pair(self, before: Block, last: Line, line: Line) -> bool:
        """Whether a title set in the middle of the page goes on, as its last line was full."""
        if not (self._is_special(last) and self._is_special(line)) or before.mark is not None:
            return False
        edge, left = self._edge, self._left_edge
        middle = (last.left + last.right) / 2
        is_centred = abs(middle - (line.left + line.right) / 2) < SAME_PLACE
        if not edge or not is_centred or last.left - left < SAME_PLACE or date_in(line.text):
            return False
        width = (last.right - last.left) / max(len(last.text), 1)
        return last.right - last.left + (len(line.text.split()[0]) + 1) * width > NEARLY * (
            edge - left
        )

    def _is_special(self, line: Line) -> bool:
        """Whether a line looks like a heading, which may be broken anywhere."""
        is_large = line.size > self._body_size + SAME_SIZE
        return is_capitals(line.text) or is_large or (line.is_bold and not self._is_bold_paper)

    def ends_short(self, before: Block, line: Line) -> bool:
        """Whether the next word would have stood in the line before: somebody broke it there."""
        last = before.lines[-1]
        edge = self._edge
        if len(before.lines) > 1:
            edge = min(edge, max(one.right for one in before.lines))
        if not edge or not last.right or last.page != line.page:
            return False
        width = (last.right - last.left) / max(len(last.text), 1)
        word = line.text.split()[0] if line.text.split() else ""
        return last.right + (len(word) + 2) * width < NEARLY * edge

    def _is_full(self, line: Line) -> bool:
        """Whether a line runs to the right edge."""
        return not self._edge or line.right >= SHORT_LINE * self._edge

    def _has_places(self) -> bool:
        return any(line.size for line in self._source.lines[:5])


def _is_heading_line(before: Block, line: Line) -> bool:
    """Whether one of two lines is set in capitals as a heading, and the other is not."""
    if is_capitals(before.text) == is_capitals(line.text):
        return False
    if is_capitals(before.text):
        return before.mark is None and before.word_count < 16 and not starts_small(line.text)
    # A last line of capitals may be no more than the name of a body: "NPCC".
    is_heading = len(line.text.split()) < 16 and len(line.text) > 5 and is_unfinished(line.text)
    return is_heading and (len(line.text) >= 8 or not is_unfinished(before.text))


def _look_alike(one: Line, other: Line) -> bool:
    if one.size and other.size and abs(one.size - other.size) > SAME_SIZE:
        return False
    return one.is_bold == other.is_bold or len(tokens(other.text)) == 0


def _text_left(block: Block) -> float:
    return block.lines[1].left if len(block.lines) > 1 else block.first.left


def _share_of_bold(source: Source) -> float:
    letters = sum(len(line.text) for line in source.lines) or 1
    return sum(len(line.text) for line in source.lines if line.is_bold) / letters
