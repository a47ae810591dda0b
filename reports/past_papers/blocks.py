"""Lines put together to paragraphs, bullets, headings and rows, whatever the file calls them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reports.past_papers.labels import labelled
from reports.past_papers.marks import Kind, Mark, date_in, mark_of
from reports.past_papers.source import Line, Place, Source
from reports.past_papers.words import (
    FULL_STOP,
    flat,
    is_capitals,
    is_unfinished,
    joined,
    starts_small,
    tokens,
)

SAME_SIZE = 0.7  # points
SAME_PLACE = 3.0  # points to the left or right
SHORT_LINE = 0.8  # of the way to the right edge
NEARLY = 0.93
FAR_LEFT = 15  # characters: a line that begins so far before the last is no part of it
AGENDA_ITEM = re.compile(r"(?:agenda )?item(?: no\.?| number)?\s*:?\s*\d{1,3}[a-z]?$", re.I)
NUMBER_ALONE = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,3}){0,3}\.?)$")
MOST_SKIPPED = 3  # numbers that a paper may leave out between two paragraphs


@dataclass
class Block:
    """Lines that belong together. `indexes` are their places among the source's lines."""

    lines: list[Line]
    indexes: list[int]
    text: str  # the words after the mark
    mark: Mark | None = None
    first_line: str = ""  # the words of the first line alone, after the mark
    rows: list[tuple[str, ...]] = field(default_factory=list)
    row_lengths: list[int] = field(default_factory=list)  # lines of each row: most have one

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def has_gap(self) -> bool:
        return self.first.has_gap is not False

    @property
    def place(self) -> Place:
        return self.first.place

    @property
    def word_count(self) -> int:
        return len(self.text.split())

    @property
    def is_capitals(self) -> bool:
        return is_capitals(self.text)

    @property
    def is_bold(self) -> bool:
        return all(line.is_bold for line in self.lines)

    def by_row(self) -> Iterator[Block]:
        """A block of each row of a table."""
        start = 0
        for row, length in zip(self.rows, self.row_lengths, strict=True):
            end = start + length
            yield Block(
                self.lines[start:end], self.indexes[start:end], "", rows=[row], row_lengths=[length]
            )
            start = end

    @property
    def is_decimal(self) -> bool:
        return self.mark is not None and self.mark.kind == Kind.DECIMAL


def blocks_of(
    source: Source, without: Iterable[int], apart: frozenset[int] = frozenset()
) -> list[Block]:
    """The blocks of a source; the lines at the places `without` are passed over.

    Those at the places `apart` are blocks by themselves: entries of a contents list.
    """
    return _Builder(source, frozenset(without), apart).build()


class _Builder:
    def __init__(self, source: Source, without: frozenset[int], apart: frozenset[int]):
        self._source, self._without, self._apart = source, without, apart
        self._known = frozenset(
            word.strip(".,;:()'\"‘’“”")
            for line in source.lines
            for word in line.text.casefold().split()[1:-1]
        )
        self._is_bold_paper = _share_of_bold(source) > 0.5
        self._body_size = source.body_size
        self._set_in_rows = tables_of_paragraphs(source.lines)
        self._runs: list[tuple[str, tuple[int, ...], float]] = []  # style, last number, left
        self._lettered: dict[str, set[int]] = {}  # the last place of each list, by its style
        self._blocks: list[Block] = []

    def build(self) -> list[Block]:
        for index, line in enumerate(self._source.lines):
            if index in self._without:
                continue
            if line.cells:
                self._add_row(index, line)
                continue
            if index in self._apart:
                words = flat(line.words)
                self._blocks.append(Block([line], [index], words, first_line=words))
                continue
            mark, words = self._marked(line)
            if self._goes_on(line, mark):
                block = self._blocks[-1]
                block.text = joined(block.text, flat(line.text), self._known)
                block.lines.append(line)
                block.indexes.append(index)
            else:
                self._blocks.append(
                    Block([line], [index], flat(words), mark, first_line=flat(words))
                )
        return self._blocks

    def _add_row(self, index: int, line: Line) -> None:
        before = self._blocks[-1] if self._blocks else None
        if line.table in self._set_in_rows and self._add_set_row(index, line):
            return
        mark, rest = _numbered_row(line)
        if mark is not None:
            self._note(mark, line)
            self._blocks.append(Block([line], [index], rest, mark, first_line=rest))
        elif before and before.rows and self._is_rest_of_row(before, line):
            before.lines.append(line)
            before.indexes.append(index)
            pairs = zip(before.rows[-1], line.cells, strict=True)
            before.rows[-1] = tuple(joined(*pair, self._known) for pair in pairs)
            before.row_lengths[-1] += 1
        elif before and before.rows and before.lines[-1].table == line.table:
            before.lines.append(line)
            before.indexes.append(index)
            before.rows.append(line.cells)
            before.row_lengths.append(1)
        else:
            self._blocks.append(Block([line], [index], "", rows=[line.cells], row_lengths=[1]))

    def _add_set_row(self, index: int, line: Line) -> bool:
        """Read a row of a paper that is set as a table of numbers and paragraphs."""
        full = [cell for cell in line.cells if cell]
        before = self._blocks[-1] if self._blocks else None
        mark, words = mark_of(" ".join(full))
        if mark is not None and mark.kind != Kind.BULLET and (len(full) > 1 or not line.cells[0]):
            self._note(mark, line)
        elif len(full) != 1 or line.cells[0]:
            return False
        elif before is not None and before.first.cells and is_unfinished(before.text):
            before.text = joined(before.text, flat(full[0]), self._known)
            before.lines.append(line)
            before.indexes.append(index)
            return True
        else:
            mark, words = None, full[0]
        self._blocks.append(Block([line], [index], flat(words), mark, first_line=flat(words)))
        return True

    def _is_rest_of_row(self, before: Block, line: Line) -> bool:
        """Whether a row that the page's end broke goes on here: its first cell is empty."""
        last = before.lines[-1]
        is_next = last.table != line.table and line.page == last.page + 1
        return is_next and len(before.rows[-1]) == len(line.cells) and not line.cells[0]

    def _marked(self, line: Line) -> tuple[Mark | None, str]:
        """The mark that begins a paragraph here, if one does, and the words after it."""
        if line.mark:
            mark, words = mark_of(f"{line.mark} {line.text}")
            if mark is None or line.text not in words:
                mark = Mark(Kind.BULLET, line.mark, style=line.mark)
                words = line.text
            self._note(mark, line)
            return mark, words
        mark, words = mark_of(line.text)
        if mark is None or not self._is_likely(mark, line):
            return None, line.text
        self._note(mark, line)
        return mark, words

    def _note(self, mark: Mark, line: Line) -> None:
        if mark.kind in (Kind.LETTER, Kind.ROMAN):
            self._lettered[mark.style] = {mark.value[-1], _place_in_alphabet(mark)}
        elif mark.kind == Kind.DECIMAL:
            self._runs = [run for run in self._runs if run[0] != mark.style][-8:]
            self._runs.append((mark.style, mark.value, line.left))

    def _is_likely(self, mark: Mark, line: Line) -> bool:
        """Whether a number at the head of a line numbers it, and is no part of a sentence."""
        before = self._blocks[-1] if self._blocks else None
        is_fresh = (
            before is None
            or line.has_gap is True
            or line.is_whole
            or not self._source.is_wrapped
            or bool(before.rows)
            or not is_unfinished(before.text)
            or self._is_apart(line, before)
            or (is_capitals(before.text) and not is_capitals(line.text))
            or self._ends_short(before, line)
        )
        if mark.kind == Kind.BULLET:
            if is_fresh or mark.printed not in "-–—*o":
                return True
            return before.mark is not None and before.mark.style == mark.style
        if mark.kind == Kind.RECOMMENDATION:
            return is_fresh or self._is_apart(line, before)
        if mark.kind in (Kind.LETTER, Kind.ROMAN):
            is_deeper = before is not None and line.left > before.lines[-1].left + 1
            return (
                is_fresh
                or self._is_apart(line, before)
                or self._follows_list(mark)
                or (is_deeper and mark.value == (1,))
            )
        follows = any(
            style == mark.style and _follows(mark.value, last) for style, last, _ in self._runs
        )
        if mark.is_loose:
            has_tab = "\t" in line.text[: len(mark.printed) + 2]
            starts = mark.value == (1,) and (has_tab or not self._runs)
            return is_fresh and (follows or starts) and (has_tab or not starts_small(line.text))
        if follows:
            return is_fresh or self._is_apart(line, before) or self._stands_as_last(mark, line)
        if mark.value[-1] <= 1 or not self._runs or len(mark.value) > 1:
            return is_fresh
        if not is_fresh or not self._source.is_wrapped or line.has_gap is True:
            return is_fresh
        # Out of its turn: the number of a paper that leaves some out, or counts headings alike.
        return before is None or self._is_apart(line, before) or self._ends_short(before, line)

    def _follows_list(self, mark: Mark) -> bool:
        """Whether a letter comes next in a list: "(c)" after "(b)", whatever stood between."""
        places = {mark.value[-1], _place_in_alphabet(mark)}
        return bool(places & {last + 1 for last in self._lettered.get(mark.style, ())})

    def _stands_as_last(self, mark: Mark, line: Line) -> bool:
        return any(
            style == mark.style and abs(left - line.left) < SAME_PLACE and line.left > 0
            for style, _, left in self._runs
        )

    def _is_apart(self, line: Line, before: Block | None) -> bool:
        """Whether the line looks unlike the one before it."""
        return before is None or not _look_alike(before.lines[-1], line)

    def _goes_on(self, line: Line, mark: Mark | None) -> bool:
        """Whether a line continues the block before it."""
        before = self._blocks[-1] if self._blocks else None
        if mark is not None or before is None or before.rows or before.place != line.place:
            return False
        last = before.lines[-1]
        if last.cells:
            return False
        if line.level != last.level or _is_heading_line(before, line):
            return False
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
        return self._ends_short(before, line) and not is_sentence_open

    def _is_centred_pair(self, before: Block, last: Line, line: Line) -> bool:
        """Whether a title set in the middle of the page goes on, as its last line was full."""
        if not (self._is_special(last) and self._is_special(line)) or before.mark is not None:
            return False
        edge, left = self._source.right_edge, self._source.left_edge
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

    def _ends_short(self, before: Block, line: Line) -> bool:
        """Whether the next word would have stood in the line before: somebody broke it there."""
        last = before.lines[-1]
        edge = self._source.right_edge
        if len(before.lines) > 1:
            edge = min(edge, max(one.right for one in before.lines))
        if not edge or not last.right or last.page != line.page:
            return False
        width = (last.right - last.left) / max(len(last.text), 1)
        word = line.text.split()[0] if line.text.split() else ""
        return last.right + (len(word) + 2) * width < NEARLY * edge

    def _is_full(self, line: Line) -> bool:
        """Whether a line runs to the right edge."""
        return not self._source.right_edge or line.right >= SHORT_LINE * self._source.right_edge

    def _has_places(self) -> bool:
        return any(line.size for line in self._source.lines[:5])


def tables_of_paragraphs(lines: Iterable[Line]) -> frozenset[int]:
    """The tables that hold the paper itself: a number in the one column, its words beside it."""
    rows: dict[int, list[Line]] = {}
    for line in lines:
        if line.cells:
            rows.setdefault(line.table, []).append(line)
    return frozenset(table for table, found in rows.items() if _holds_paragraphs(found))


def _holds_paragraphs(rows: list[Line]) -> bool:
    if any(len(row.cells) != 2 for row in rows) or len(rows) < 2:
        return False
    numbers = [NUMBER_ALONE.match(row.cells[0]) for row in rows]
    long = any(len(row.cells[1].split()) >= 12 for row in rows)
    sections = [found for found in numbers if found and "." in found["number"]]
    return (
        long
        and len(sections) >= 2
        and all(found or not row.cells[0] for found, row in zip(numbers, rows, strict=True))
    )


def _numbered_row(line: Line) -> tuple[Mark | None, str]:
    """A row of two cells that is a number and its paragraph: papers are laid out so, too."""
    full = [cell for cell in line.cells if cell]
    if len(full) != 2 or len(full[1].split()) < 6 or len(full[0].split()) > 2:
        return None, ""
    mark, words = mark_of(f"{full[0]} {full[1]}")
    if mark is None or mark.kind == Kind.BULLET or flat(words) != flat(full[1]):
        return None, ""
    return mark, flat(full[1])


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


def _follows(value: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether a number comes next: 3 after 2, 1.3 after 1.2, 2.1 or 2 after 1.4, 1.1 after 1."""
    if value[:-1] == last and value[-1] == 1:
        return True
    for depth in range(len(last)):
        step = value[depth] - last[depth] if depth < len(value) else 0
        if step:
            rest = value[depth + 1 :]
            return 0 < step <= MOST_SKIPPED and all(number <= 1 for number in rest)
    return False


def _place_in_alphabet(mark: Mark) -> int:
    """Of a mark that may be a letter or a Roman number: "i" is the ninth letter, too."""
    return ord(mark.number[0].lower()) - 96


def _share_of_bold(source: Source) -> float:
    letters = sum(len(line.text) for line in source.lines) or 1
    return sum(len(line.text) for line in source.lines if line.is_bold) / letters
