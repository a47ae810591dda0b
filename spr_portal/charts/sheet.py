"""Drawings of numbers, as plain shapes: what `templates/charts/drawing.svg.html` writes down.

Nothing here knows a page, a style sheet or a paper, so that the same drawing
serves a page, a PDF and a picture in Word. A drawing on a page is as wide as a
small phone shows it, so that its words are never smaller than they say; one in
a paper is as wide as the paper's text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

WIDTH = 340  # units of the drawing; pixels on a screen of 375
WIDE = 588  # the text of an A4 page, in pixels: words are as large as those around them
SMALL, PLAIN, LARGE = 12, 14, 22  # sizes of words
INK, QUIET, RULE, ALARM = "#0b0c0c", "#484949", "#b1b4b6", "#942514"
HELD, PAPER = "#1a65a6", "#ffffff"
PATTERNS = ("hatched", "missing")  # drawn in the template

# Fill, edge and ink of the tones of ratings. Grey is for what is not rated, and never green.
TONES = {
    "green": ("#cfe4dc", "#0f7a52", "#083d29"),
    "yellow": ("#fff8cc", "#8a7800", "#403800"),
    "orange": ("#fde4d7", "#b7592a", "#6b3215"),
    "red": ("#f4d7d7", "#ca3535", "#651b1b"),
    "grey": ("#f3f3f3", "#858686", "#383a3a"),
    "blue": ("#d2e2f1", "#1a65a6", "#0f385c"),  # no rating has it: what became better
    "": (PAPER, RULE, QUIET),
}


@dataclass(frozen=True)
class Shape:
    """Rectangles and lines of one look, as one path. `fill` may be the name of a pattern."""

    path: str
    fill: str = "none"
    edge: str = "none"
    is_dashed: bool = False

    @property
    def is_pattern(self) -> bool:
        return self.fill in PATTERNS


class Words(NamedTuple):
    """Where they stand, written down already: a template is slow at writing numbers."""

    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Lettering:
    """Words of one look. `anchor` is start, middle or end."""

    words: tuple[Words, ...]
    size: int = PLAIN
    ink: str = INK
    anchor: str = "start"
    is_bold: bool = False


@dataclass(frozen=True)
class Drawing:
    """`identity` is unique on its page: what the drawing is named and described by hangs on it."""

    identity: str
    title: str
    description: str
    height: int
    shapes: tuple[Shape, ...]
    lettering: tuple[Lettering, ...]
    width: int = WIDTH


@dataclass
class Sheet:
    """What is being drawn: shapes and words are gathered by their look."""

    width: int = WIDTH
    _paths: dict[tuple, list[str]] = field(default_factory=dict)
    _words: dict[tuple, list[Words]] = field(default_factory=dict)

    def box(self, x, y, width, height, *, fill="none", edge="none", is_dashed=False) -> None:
        x, y, width, height = round(x), round(y), round(width), round(height)
        path = f"M{x} {y}h{width}v{height}h-{width}z"
        self._paths.setdefault((fill, edge, is_dashed), []).append(path)

    def line(self, x, y, *, right=0, down=0, edge=RULE) -> None:
        path = f"M{round(x)} {round(y)}h{round(right)}v{round(down)}"
        self._paths.setdefault(("none", edge, False), []).append(path)

    def write(self, x, y, text, *, size=PLAIN, ink=INK, anchor="start", is_bold=False) -> None:
        look = (size, ink, anchor, is_bold)
        self._words.setdefault(look, []).append(Words(str(round(x)), str(round(y)), text))

    def drawing(self, *, identity: str, title: str, description: str, height) -> Drawing:
        return Drawing(
            identity=identity,
            title=title,
            description=description,
            height=round(height),
            width=self.width,
            shapes=tuple(Shape(" ".join(paths), *look) for look, paths in self._paths.items()),
            lettering=tuple(Lettering(tuple(words), *look) for look, words in self._words.items()),
        )


# How wide letters are, in parts of their size: as in DejaVu Sans, which is wider than Arial.
_WIDTHS = (
    dict.fromkeys("ijltfrI.,:;'’|!()[]/- ", 0.4)
    | dict.fromkeys("wOQGCDHNUAKRBVXY–", 0.85)
    | dict.fromkeys("mMW%@—", 1.02)
)


def width_of(text: str, size: int = PLAIN, *, is_bold: bool = False) -> float:
    """About how wide the words are, rather too wide than too narrow."""
    parts = (_WIDTHS.get(letter, 0.63 if letter < "⺀" else 1.02) for letter in text)
    return size * sum(parts) * (1.08 if is_bold else 1)


def wrapped(
    text: str, room: float, *, size: int = PLAIN, is_bold: bool = False, lines: int = 3
) -> list[str]:
    """The words in lines no wider than `room`; what does not fit ends in an ellipsis."""
    done: list[str] = []
    room = room / 1.08 if is_bold else room
    for word in text.split():
        joined = f"{done[-1]} {word}" if done else word
        if done and width_of(joined, size) <= room:
            done[-1] = joined
        else:
            done += _pieces(word, room, size)
        if len(done) > lines:
            break
    if len(done) > lines:
        done = [*done[: lines - 1], _cut(done[lines - 1] + " " + done[lines], room, size)]
    return done


def _pieces(word: str, room: float, size: int) -> list[str]:
    """A word too long for a line, in parts."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(text: str, room: float, size: int) -> str:
    while text and width_of(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def length(value: int, most: int, room: int) -> int:
    """How long a bar is: in proportion, and seen when there is anything at all."""
    if most <= 0 or value <= 0:
        return 0
    return max(1, round(value / most * room))


def number(value: int | None, otherwise: str = "not given") -> str:
    return otherwise if value is None else f"{value:,}"
