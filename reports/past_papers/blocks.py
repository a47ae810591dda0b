"""Lines put together to paragraphs, bullets, headings and rows, whatever the file calls them."""

from __future__ import annotations

from collections.abc import Iterable

from reports.past_papers.block import Block
from reports.past_papers.continuing import Continuing
from reports.past_papers.mark_runs import MarkRuns
from reports.past_papers.marks import Kind, Mark, mark_of
from reports.past_papers.set_in_rows import numbered_row, tables_of_paragraphs
from reports.past_papers.source import Line, Source
from reports.past_papers.words import flat, is_capitals, is_unfinished, joined, starts_small


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
        self._set_in_rows = tables_of_paragraphs(source.lines)
        self._runs = MarkRuns()
        self._continuing = Continuing(source)
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
            if self._continuing.goes_on(self._last, line, mark):
                block = self._blocks[-1]
                block.text = joined(block.text, flat(line.text), self._known)
                block.lines.append(line)
                block.indexes.append(index)
            else:
                self._blocks.append(
                    Block([line], [index], flat(words), mark, first_line=flat(words))
                )
        return self._blocks

    @property
    def _last(self) -> Block | None:
        return self._blocks[-1] if self._blocks else None

    def _add_row(self, index: int, line: Line) -> None:
        before = self._last
        if line.table in self._set_in_rows and self._add_set_row(index, line):
            return
        mark, rest = numbered_row(line)
        if mark is not None:
            self._runs.note(mark, line)
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
        before = self._last
        mark, words = mark_of(" ".join(full))
        if mark is not None and mark.kind != Kind.BULLET and (len(full) > 1 or not line.cells[0]):
            self._runs.note(mark, line)
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
            self._runs.note(mark, line)
            return mark, words
        mark, words = mark_of(line.text)
        if mark is None or not self._is_likely(mark, line):
            return None, line.text
        self._runs.note(mark, line)
        return mark, words

    def _is_likely(self, mark: Mark, line: Line) -> bool:
        """Whether a number at the head of a line numbers it, and is no part of a sentence."""
        before, is_fresh = self._last, self._is_fresh(line)
        if mark.kind == Kind.BULLET:
            if is_fresh or mark.printed not in "-–—*o":
                return True
            return before.mark is not None and before.mark.style == mark.style
        if mark.kind == Kind.RECOMMENDATION:
            return is_fresh
        if mark.kind in (Kind.LETTER, Kind.ROMAN):
            is_deeper = before is not None and line.left > before.lines[-1].left + 1
            follows = self._runs.follows_list(mark)
            return is_fresh or follows or (is_deeper and mark.value == (1,))
        return self._is_likely_number(mark, line, is_fresh)

    def _is_likely_number(self, mark: Mark, line: Line, is_fresh: bool) -> bool:
        before, follows = self._last, self._runs.goes_on_with(mark)
        if mark.is_loose:
            has_tab = "\t" in line.text[: len(mark.printed) + 2]
            starts = mark.value == (1,) and (has_tab or self._runs.is_empty)
            return is_fresh and (follows or starts) and (has_tab or not starts_small(line.text))
        if follows:
            return is_fresh or self._runs.stands_as_last(mark, line)
        if mark.value[-1] <= 1 or self._runs.is_empty or len(mark.value) > 1:
            return is_fresh
        if not is_fresh or not self._source.is_wrapped or line.has_gap is True or before is None:
            return is_fresh
        # Out of its turn: the number of a paper that leaves some out, or counts headings alike.
        return self._continuing.is_apart(line, before) or self._continuing.ends_short(before, line)

    def _is_fresh(self, line: Line) -> bool:
        """Whether something new may begin here, by what stands before it."""
        before = self._last
        return (
            before is None
            or line.has_gap is True
            or line.is_whole
            or not self._source.is_wrapped
            or bool(before.rows)
            or not is_unfinished(before.text)
            or self._continuing.is_apart(line, before)
            or (is_capitals(before.text) and not is_capitals(line.text))
            or self._continuing.ends_short(before, line)
        )
