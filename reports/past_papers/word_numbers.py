"""The numbers and bullets that Word draws before paragraphs and does not write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.oxml.ns import qn

DRAWN_BULLET = "•"
DEEPEST = 9


@dataclass
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass
class Numbering:
    """Counts the lists of one document; call `mark` once for each paragraph, in their order."""

    lists: dict[str, str] = field(default_factory=dict)  # the description of each list
    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)  # by list and level
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root) -> Numbering:
        """What the part that describes lists says; None for a document without one."""
        found = cls()
        if root is None:
            return found
        for described in root.iter(qn("w:abstractNum")):
            key = described.get(qn("w:abstractNumId"), "")
            for number, level in _levels(described):
                found.levels[key, number] = level
        for one in root.iter(qn("w:num")):
            key = one.get(qn("w:numId"), "")
            found.lists[key] = _value(one, "w:abstractNumId")
            for override in one.iter(qn("w:lvlOverride")):
                level = _whole(override.get(qn("w:ilvl")))
                if start := _value(override, "w:startOverride"):
                    found.restarts[key, level] = _whole(start)
        return found

    def mark(self, key: str, level: int) -> str:
        """What is drawn before a paragraph of this list, at this level."""
        described = self.lists.get(key)
        if described is None or not 0 <= level < DEEPEST:
            return ""
        here = self.levels.get((described, level), _Level(form="none"))
        if here.form == "bullet":
            return DRAWN_BULLET
        if here.form == "none":
            return ""
        self._count(key, described, level)
        return re.sub(
            r"%([1-9])", lambda sign: self._printed(described, int(sign[1]) - 1), here.text
        ).strip()

    def _count(self, key: str, described: str, level: int) -> None:
        place = (described, level)
        start = self.levels[place].start
        if (key, level) in self.restarts and (key, level) not in self.begun:
            self.counts[place] = self.restarts[key, level]
        else:
            self.counts[place] = self.counts.get(place, start - 1) + 1
        self.begun.add((key, level))
        for deeper in range(level + 1, DEEPEST):
            self.counts.pop((described, deeper), None)

    def _printed(self, described: str, level: int) -> str:
        one = self.levels.get((described, level), _Level())
        count = self.counts.get((described, level), one.start)
        return FORMS.get(one.form, str)(count)


def _levels(described) -> Iterator[tuple[int, _Level]]:
    for element in described.iter(qn("w:lvl")):
        number = _whole(element.get(qn("w:ilvl")))
        yield (
            number,
            _Level(
                start=_whole(_value(element, "w:start") or "1"),
                form=_value(element, "w:numFmt") or "decimal",
                text=_value(element, "w:lvlText"),
            ),
        )


def _letters(count: int) -> str:
    if count < 1:
        return str(count)
    return chr(97 + (count - 1) % 26) * min((count - 1) // 26 + 1, 10)


def _roman(count: int) -> str:
    if not 0 < count < 400:
        return str(count)
    written = ""
    for value, letters in (
        (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
        (1, "i"),
    ):  # fmt: skip
        times, count = divmod(count, value)
        written += letters * times
    return written


FORMS = {
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}


def _value(element, name: str) -> str:
    child = element.find(qn(name))
    return "" if child is None else child.get(qn("w:val"), "")


def _whole(words: str | None) -> int:
    return int(words) if words and words.isascii() and words.isdecimal() and len(words) < 6 else 0
