"""How the headings and paragraphs of a paper are counted.

In a run every paragraph takes the next number, over all headings, and a
heading that is numbered takes one as well. By section a numbered heading
counts 1, 2, 3, and what stands under it 1.1, 1.2; a numbered heading within it
takes the next of those, and its paragraphs 1.3.1, 1.3.2. Annexes have letters,
and their paragraphs A1, A2, in either way.
"""

from __future__ import annotations

import string

from reports.enums import Numbering, SectionKind

ANNEX = "Annex"
SECTION_LEVEL = 2


class Counter:
    """Counts through one paper, from its first heading to its last paragraph."""

    def __init__(self, numbering: str):
        self._is_run = numbering == Numbering.RUN
        self._run = _Place("")
        self._top = _Place("")
        # The numbered headings that the next paragraph stands under, outermost first.
        self._open: list[_Place] = []
        self._annexes = 0

    def heading(self, *, kind: str, level: int, is_numbered: bool) -> str:
        """The number of the next heading; empty for one that takes none."""
        is_top = level <= SECTION_LEVEL
        self._open = [] if is_top else self._open[:1]
        if kind == SectionKind.ANNEX:
            letter = _letter(self._annexes)
            self._annexes += 1
            self._open = [_Place(letter)]
            return f"{ANNEX} {letter}"
        if not is_numbered:
            return ""
        if self._is_run and not self._open:
            return self._run.next()
        number = (self._open[-1] if self._open else self._top).next()
        self._open.append(_Place(number))
        return number

    def paragraph(self) -> int | str | None:
        """The number of the next paragraph; None where it stands under no numbered heading."""
        if self._open:
            return self._open[-1].next()
        return int(self._run.next()) if self._is_run else None


class _Place:
    """Something whose parts are counted: the paper, a numbered heading, an annex."""

    def __init__(self, number: str):
        # "3" is followed by "3.1", an annex's "A" by "A1", nothing by "1".
        self._prefix = f"{number}." if number[-1:].isdigit() else number
        self._count = 0

    def next(self) -> str:
        self._count += 1
        return f"{self._prefix}{self._count}"


def _letter(place: int) -> str:
    """A to Z, then AA to AZ and so on."""
    more, last = divmod(place, len(string.ascii_uppercase))
    return (_letter(more - 1) if more else "") + string.ascii_uppercase[last]
