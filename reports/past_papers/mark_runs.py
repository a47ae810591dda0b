"""The runs of numbers and letters that a paper has counted so far."""

from __future__ import annotations

from reports.past_papers.marks import Kind, Mark
from reports.past_papers.source import Line

SAME_PLACE = 3.0  # points to the left or right
MOST_SKIPPED = 3  # numbers that a paper may leave out between two paragraphs
MOST_RUNS = 8


class MarkRuns:
    """The last number of each run, and the last letter of each list, by their style."""

    def __init__(self):
        self._runs: list[tuple[str, tuple[int, ...], float]] = []  # style, last number, left
        self._lettered: dict[str, set[int]] = {}  # the last place of each list

    def note(self, mark: Mark, line: Line) -> None:
        if mark.kind in (Kind.LETTER, Kind.ROMAN):
            self._lettered[mark.style] = {mark.value[-1], _place_in_alphabet(mark)}
        elif mark.kind == Kind.DECIMAL:
            self._runs = [run for run in self._runs if run[0] != mark.style][-MOST_RUNS:]
            self._runs.append((mark.style, mark.value, line.left))

    @property
    def is_empty(self) -> bool:
        return not self._runs

    def goes_on_with(self, mark: Mark) -> bool:
        """Whether a number comes next in a run: 1.3 after 1.2."""
        return any(
            style == mark.style and _follows(mark.value, last) for style, last, _ in self._runs
        )

    def follows_list(self, mark: Mark) -> bool:
        """Whether a letter comes next in a list: "(c)" after "(b)", whatever stood between."""
        places = {mark.value[-1], _place_in_alphabet(mark)}
        return bool(places & {last + 1 for last in self._lettered.get(mark.style, ())})

    def stands_as_last(self, mark: Mark, line: Line) -> bool:
        return any(
            style == mark.style and abs(left - line.left) < SAME_PLACE and line.left > 0
            for style, _, left in self._runs
        )


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
