"""Ruled tables on a page of a PDF: which lines make one, and which words stand in its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.past_papers.pdf_lines import Printed, printed_lines
from reports.past_papers.pdf_rules import ruled_rows
from reports.past_papers.words import tidy

MOST_EDGES = 3_000  # on a page; drawings have more, and take for ever
MOST_LINES_ACROSS = 2  # of a cell as wide as its table; more are the text between two tables
WHITE = 0.99

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Row:
    top: float
    cells: tuple[str, ...]
    is_bold: bool


def tables_in(page, signs: list[dict]) -> tuple[list[list[Row]], list[dict]]:
    """The tables of two columns or more, and the signs that stand in none of them."""
    found: list[list[Row]] = []
    rest = signs
    for ruled in _grids(page):
        cells = _with_open_sides(ruled, rest)
        inside, outside = _parted(rest, _around(cells))
        table, left = _filled(cells, inside)
        if any(sum(map(bool, row.cells)) > 1 for row in table):
            found.append(table)
            rest = [*outside, *left]
    return found, rest


def _grids(page) -> Iterator[list[list[Box]]]:
    """Rows of cells as they are ruled, of each table of the page."""
    seen = page.filter(_is_seen)
    if len(seen.edges) > MOST_EDGES:
        return
    signs = [sign for sign in page.chars if sign["upright"]]
    found: list[list[list[Box]]] = []
    for table in seen.find_tables():
        rows = [[cell for cell in row.cells if cell] for row in table.rows]
        if max((len(row) for row in rows), default=0) >= 2:
            found += _without_prose(rows, signs)
    open_rows = list(ruled_rows(seen, signs))
    for rows in open_rows:
        if all(len(other) < len(rows) for other in found if _overlap(other, rows)):
            found = [other for other in found if not _overlap(other, rows)]
            found.append(rows)
    yield from found


def _overlap(one: list[list[Box]], other: list[list[Box]]) -> bool:
    first, second = _around(one), _around(other)
    return first[1] < second[3] - 1 and second[1] < first[3] - 1 and first[0] < second[2]


def _is_seen(drawn: dict) -> bool:
    """Whether somebody sees it: the white ground of a page rules nothing."""
    if drawn["object_type"] != "rect" or drawn.get("stroke"):
        return True
    return bool(drawn.get("fill")) and not _is_white(drawn.get("non_stroking_color"))


def _is_white(colour) -> bool:
    shades = colour if isinstance(colour, (tuple, list)) else (colour,)
    if len(shades) == 4:  # inks: none of them is white
        return not any(shades)
    return bool(shades) and all(
        isinstance(shade, (int, float)) and shade >= WHITE for shade in shades
    )


def _without_prose(rows: list[list[Box]], signs: list[dict]) -> Iterator[list[list[Box]]]:
    """The rows between such as are no more than a frame around the text of the page."""
    run: list[list[Box]] = []
    for row in rows:
        inside = _parted(signs, row[0])[0] if len(row) == 1 else []
        if len(printed_lines(inside)) > MOST_LINES_ACROSS:
            yield from [run] if run else []
            run = []
        else:
            run.append(row)
    if run:
        yield run


def _with_open_sides(grid: list[list[Box]], signs: list[dict]) -> list[list[Box]]:
    """The rows with the words beside them, where no rule stands at the table's side."""
    left, top, right, bottom = _around(grid)
    level = [sign for sign in signs if top < (sign["top"] + sign["bottom"]) / 2 < bottom]
    ends = [(sign["x0"], sign["x1"]) for sign in level if sign["text"].strip()]
    first, last = min((x for x, _ in ends), default=left), max((x for _, x in ends), default=right)
    before = [(first, row[0][1], left, row[0][3]) for row in grid]
    after = [(right, row[0][1], last, row[0][3]) for row in grid]
    if first < left and _is_column(before, level):
        grid = [[box, *row] for box, row in zip(before, grid, strict=True)]
    if last > right and _is_column(after, level):
        grid = [[*row, box] for row, box in zip(grid, after, strict=True)]
    return grid


def _is_column(boxes: list[Box], signs: list[dict]) -> bool:
    """Whether most rows have words there: a number in the margin stands beside one only."""
    filled = sum(any(s["text"].strip() for s in _parted(signs, box)[0]) for box in boxes)
    return filled >= max(2, 0.6 * len(boxes))


def _filled(grid: list[list[Box]], signs: list[dict]) -> tuple[list[Row], list[dict]]:
    """The rows with their words; signs between the cells' boxes make rows of their own."""
    left, found = signs, []
    for boxes in grid:
        cells: list[str] = []
        lines: list[Printed] = []
        for box in boxes:
            inside, left = _parted(left, box)
            printed = printed_lines(inside)
            cells.append(tidy(" ".join(line.text for line in printed).replace("\t", " ")))
            lines += printed
        if any(cells):
            words = [line for line in lines if any(sign.isalpha() for sign in line.text)]
            is_bold = bool(words) and all(line.is_bold for line in words)
            found.append(Row(boxes[0][1], tuple(cells), is_bold))
    return found, left


def _around(grid: list[list[Box]]) -> Box:
    boxes = [box for row in grid for box in row]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _parted(signs: list[dict], box: Box) -> tuple[list[dict], list[dict]]:
    """Signs in a box, and the others."""
    inside: list[dict] = []
    outside: list[dict] = []
    for sign in signs:
        x, y = (sign["x0"] + sign["x1"]) / 2, (sign["top"] + sign["bottom"]) / 2
        is_in = box[0] <= x <= box[2] and box[1] <= y <= box[3]
        (inside if is_in else outside).append(sign)
    return inside, outside
