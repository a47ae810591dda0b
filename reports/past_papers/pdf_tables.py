"""Ruled tables on a page of a PDF: which lines make one, and which words stand in its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.past_papers.pdf_lines import Printed, printed_lines
from reports.past_papers.words import tidy

MOST_EDGES = 3_000  # on a page; drawings have more, and take for ever
MOST_LINES_ACROSS = 2  # of a cell as wide as its table; more are the text between two tables
FEWEST_ROWS = 3  # of a chart: fewer may be tables by themselves
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
    for cells in _with_labels(list(_grids(page)), signs):
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
    for table in seen.find_tables():
        rows = [[cell for cell in row.cells if cell] for row in table.rows]
        if max((len(row) for row in rows), default=0) >= 2:
            yield from _without_prose(rows, signs)


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


def _with_labels(grids: list[list[list[Box]]], signs: list[dict]) -> list[list[list[Box]]]:
    """Rows ruled each by itself, as charts are drawn, made one table with the words before them."""
    found: list[list[list[Box]]] = []
    for run in _alike(grids):
        if len(run) < FEWEST_ROWS:
            found += run
            continue
        rows = [grid[0] for grid in run]
        left = min((sign["x0"] for sign in signs), default=0.0)
        found.append([[(left, row[0][1], row[0][0], row[0][3]), *row] for row in rows])
    return found


def _alike(grids: list[list[list[Box]]]) -> Iterator[list[list[list[Box]]]]:
    """Grids in runs; those of a run have one row each, and the same columns."""
    run: list[list[list[Box]]] = []
    for grid in sorted(grids, key=lambda one: one[0][0][1]):
        if run and not (len(grid) == 1 == len(run[-1]) and _columns(grid) == _columns(run[-1])):
            yield run
            run = []
        run.append(grid)
    if run:
        yield run


def _columns(grid: list[list[Box]]) -> list[int]:
    return [round(box[0]) for box in grid[0]]


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
            found.append(Row(boxes[0][1], tuple(cells), all(line.is_bold for line in lines)))
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
