"""A paper as it was read from its file: lines in their order, and how each looks."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

MOST_LINES = 20_000
MOST_CHARACTERS = 2_000_000


class Unreadable(Exception):
    """The file cannot be read as a paper; the sentence says why and what to do."""


TOO_LONG = (
    "The file holds far more text than a board paper. Keep the paper itself and leave its "
    "annexes out, then try again."
)


class Place(StrEnum):
    """Where the file itself says that a line stands."""

    BODY = ""
    HEAD = "running head or foot"
    NOTE = "footnote"
    COMMENT = "comment in the margin"
    BOX = "text box"
    TURNED = "text that is turned"


@dataclass(frozen=True)
class Line:
    """One line of the file: as printed in a PDF, as typed in a text, a paragraph in Word.

    `mark` is a number or bullet that Word draws and does not write. `cells` are
    those of a table's row, and `text` is empty then. Lengths are in points, 0
    where the file has none.
    """

    text: str
    page: int = 0  # counted from 1; 0 where the file has no pages
    number: int = 0  # of the line, on its page or in the file
    mark: str = ""
    level: int = 0  # of a heading style: 1 to 9; 0 for none, -1 for the style of titles
    is_bold: bool = False
    size: float = 0.0
    left: float = 0.0
    right: float = 0.0
    # Whether white space stands above; None at the top of a page, where nobody can tell.
    has_gap: bool | None = False
    is_edge: bool = False  # among the first or last lines of a page
    is_whole: bool = False  # a paragraph of its own, by what the file says
    place: Place = Place.BODY
    table: int = 0  # counted from 1; 0 for none
    cells: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Everything a reader sees of it."""
        return " ".join(part for part in (self.mark, self.text, *self.cells) if part)


@dataclass(frozen=True)
class Source:
    """The lines of one file. `is_wrapped`: a paragraph goes on over several of them."""

    lines: tuple[Line, ...]
    is_wrapped: bool
    pages: int = 0

    def __post_init__(self):
        characters = sum(len(line.words) for line in self.lines)
        if len(self.lines) > MOST_LINES or characters > MOST_CHARACTERS:
            raise Unreadable(TOO_LONG)

    @property
    def body_size(self) -> float:
        """The size in which most of it is printed."""
        letters: dict[float, int] = {}
        for line in self.lines:
            letters[line.size] = letters.get(line.size, 0) + len(line.text)
        return max(letters, key=letters.get, default=0.0)

    @property
    def right_edge(self) -> float:
        """Where full lines end."""
        ends = sorted(line.right for line in self.lines if line.right and len(line.text) > 20)
        return ends[int(len(ends) * 0.9)] if ends else 0.0

    @property
    def left_edge(self) -> float:
        """Where full lines begin."""
        starts = sorted(line.left for line in self.lines if line.right and len(line.text) > 20)
        return starts[int(len(starts) * 0.1)] if starts else 0.0


def numbered(lines: list[Line]) -> tuple[Line, ...]:
    """Lines with words only, each with its number: on its page, where there are pages."""
    found: list[Line] = []
    page = number = 0
    for line in lines:
        if not line.words.strip():
            continue
        number = number + 1 if line.page == page else 1
        page = line.page
        found.append(dataclasses.replace(line, number=number))
    return tuple(found)
