"""A block of a paper: a paragraph, a bullet, a heading, the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reports.past_papers.marks import Kind, Mark
from reports.past_papers.source import Line, Place
from reports.past_papers.words import is_capitals


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
