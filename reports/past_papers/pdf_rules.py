"""Tables that have rules between their rows, and none between their columns."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

Box = tuple[float, float, float, float]
Rule = tuple[float, float, float]  # from left to right, at which height

SAME = 3.0  # points
WIDEST_BREAK = 4.0  # points between the parts of one rule
SHORTEST = 0.4  # of the page's width
FEWEST_ROWS = 2
FEWEST_COLUMNS = 3  # numbers before their paragraphs stand in two
CLOSE = 4.0  # points from a rule or from one line of a row to the next
HIGHEST_ROW = 60.0  # points, of a row outside of the rules
COLUMN_GAP = 5.0  # points without a letter, from the first row to the last
MOST_OF_HEIGHT = 0.35  # of the page, in one row: more is the text between two rules


def ruled_rows(page, signs: list[dict]) -> Iterator[list[list[Box]]]:
    """Rows of cells between rules of one width that stand one below the other."""
    letters = [sign for sign in signs if sign["text"].strip()]
    for run in _runs(_rules(page), MOST_OF_HEIGHT * float(page.height)):
        left, right = run[0][0], run[0][1]
        bands = [(upper[2], lower[2]) for upper, lower in itertools.pairwise(run)]
        bands = [band for band in bands if _within(letters, left, right, *band)]
        inside = _within(letters, left, right, run[0][2], run[-1][2])
        columns = _columns(inside, left, right)
        beside = _within(letters, left, right, 0, float(page.height))
        bands = [
            *_outer_row(beside, columns, run[0][2], is_above=True),
            *bands,
            *_outer_row(beside, columns, run[-1][2], is_above=False),
        ]
        if len(bands) >= FEWEST_ROWS and len(columns) >= FEWEST_COLUMNS:
            yield [[(x0, top, x1, bottom) for x0, x1 in columns] for top, bottom in bands]


def _rules(page) -> list[Rule]:
    """Level lines of the page from the top, each put together of its parts."""
    parts: dict[int, list[tuple[float, float]]] = {}
    for edge in page.edges:
        if edge["orientation"] == "h":
            parts.setdefault(round(edge["top"]), []).append((edge["x0"], edge["x1"]))
    found: list[Rule] = []
    for height, ends in sorted(parts.items()):
        if found and height - found[-1][2] < 2:
            continue  # the lower side of the same line
        left, right = _joined(sorted(ends))
        if right - left >= SHORTEST * float(page.width):
            found.append((left, right, float(height)))
    return found


def _joined(ends: list[tuple[float, float]]) -> tuple[float, float]:
    """The longest of the lines that the parts make where they meet."""
    lines = [ends[0]]
    for left, right in ends[1:]:
        if left - lines[-1][1] <= WIDEST_BREAK:
            lines[-1] = (lines[-1][0], max(lines[-1][1], right))
        else:
            lines.append((left, right))
    return max(lines, key=lambda line: line[1] - line[0])


def _runs(rules: list[Rule], farthest: float) -> Iterator[list[Rule]]:
    run: list[Rule] = []
    for rule in rules:
        is_alike = run and abs(run[-1][0] - rule[0]) < SAME and abs(run[-1][1] - rule[1]) < SAME
        if run and not (is_alike and rule[2] - run[-1][2] < farthest):
            yield run
            run = []
        run.append(rule)
    if run:
        yield run


def _outer_row(
    letters: list[dict], columns: list[tuple[float, float]], rule: float, *, is_above: bool
) -> Iterator[tuple[float, float]]:
    """The row above the first rule or below the last one, where its words keep to the columns."""
    if is_above:
        rows = sorted({(rule - sign["bottom"], rule - sign["top"]) for sign in letters})
    else:
        rows = sorted({(sign["top"] - rule, sign["bottom"] - rule) for sign in letters})
    reach = 0.0
    for near, far in rows:
        if near > -SAME and near - reach <= CLOSE:
            reach = max(reach, far)
    top, bottom = (rule - reach, rule) if is_above else (rule, rule + reach)
    row = [sign for sign in letters if top - 1 < sign["top"] and sign["bottom"] < bottom + 1]
    filled = [any(x0 <= sign["x0"] and sign["x1"] <= x1 for sign in row) for x0, x1 in columns]
    crosses = any(sign["x0"] < x1 < sign["x1"] for sign in row for _, x1 in columns[:-1])
    is_row = 0 < reach < HIGHEST_ROW and sum(filled) >= FEWEST_COLUMNS
    if is_row and not crosses and not _spans(row, columns):
        yield top - 1, bottom + 1


def _spans(row: list[dict], columns: list[tuple[float, float]]) -> bool:
    """Whether words run from one column into the next, as those of a sentence do."""
    for _, cut in columns[:-1]:
        left = max((sign["x1"] for sign in row if sign["x1"] <= cut), default=0.0)
        right = min((sign["x0"] for sign in row if sign["x0"] >= cut), default=cut + COLUMN_GAP)
        if right - left < COLUMN_GAP:
            return True
    return False


def _within(
    letters: list[dict], left: float, right: float, top: float, bottom: float
) -> list[dict]:
    return [
        sign
        for sign in letters
        if top < (sign["top"] + sign["bottom"]) / 2 < bottom
        and left - SAME <= sign["x0"] and sign["x1"] <= right + SAME
    ]  # fmt: skip


def _columns(letters: list[dict], left: float, right: float) -> list[tuple[float, float]]:
    """From where to where each column goes: they are parted by white from top to bottom."""
    cuts: list[float] = []
    reached = left
    for sign in sorted(letters, key=lambda one: one["x0"]):
        if sign["x0"] - reached > COLUMN_GAP and reached > left:
            cuts.append((sign["x0"] + reached) / 2)
        reached = max(reached, sign["x1"])
    return list(itertools.pairwise([left, *cuts, right]))
