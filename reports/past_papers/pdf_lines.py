"""Signs on a page put together to lines, as somebody reads them."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass

BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
BOLD_SHARE = 0.9
WORD_GAP = 0.18  # of the size: a wider gap parts words where no space is printed
COLUMN_GAP = 1.6  # of the size: a wider one is a tab
SMALL = 0.8  # of the line's size: a smaller sign may be raised, as in 7th


@dataclass(frozen=True)
class Printed:
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    is_bold: bool


def printed_lines(signs: list[dict]) -> list[Printed]:
    """The lines of a page, from the top; signs of pdfplumber come in."""
    rows: list[list[dict]] = []
    for sign in sorted(signs, key=lambda one: (-_height(one) // 1, one["bottom"], one["x0"])):
        row = _row_of(sign, rows)
        if row is None:
            rows.append([sign])
        else:
            row.append(sign)
    lines = [_line(sorted(row, key=lambda one: one["x0"])) for row in rows]
    return sorted((line for line in lines if line.text.strip()), key=lambda line: line.top)


def _row_of(sign: dict, rows: list[list[dict]]) -> list[dict] | None:
    """The line a sign stands in: the same foot, or raised within it and smaller."""
    best, closest = None, 0.0
    for row in reversed(rows[-400:]):
        first = row[0]
        height = min(_height(sign), _height(first)) or 1.0
        shared = min(sign["bottom"], first["bottom"]) - max(sign["top"], first["top"])
        if shared < 0.55 * height:
            continue
        if _height(sign) < SMALL * _height(first) and not _is_beside(sign, row):
            continue
        if shared / height > closest:
            best, closest = row, shared / height
    return best


def _is_beside(sign: dict, row: list[dict]) -> bool:
    """A small sign belongs to a line only next to one of its signs."""
    reach = 1.5 * _height(row[0])
    return any(one["x0"] - reach < sign["x0"] < one["x1"] + reach for one in row)


def _line(signs: list[dict]) -> Printed:
    text, letters, bold = "", 0, 0
    before = None
    sizes: list[float] = []
    for sign in signs:
        words = sign["text"]
        if before is not None:
            gap, size = sign["x0"] - before["x1"], max(_height(sign), _height(before)) or 1.0
            if gap > COLUMN_GAP * size:
                text = f"{text.rstrip()}\t"
            elif gap > WORD_GAP * size and not text.endswith((" ", "\t")) and words != " ":
                text += " "
        if not (words.isspace() and text.endswith((" ", "\t"))):
            text += words
        if words.strip():
            letters += 1
            bold += bool(BOLD.search(sign.get("fontname") or ""))
            sizes.append(sign["size"])
            before = sign
    full = [sign for sign in signs if sign["text"].strip()] or signs
    return Printed(
        text=text,
        left=full[0]["x0"],
        right=full[-1]["x1"],
        top=min(sign["top"] for sign in full),
        bottom=statistics.median(sign["bottom"] for sign in full),
        size=statistics.median(sizes) if sizes else 0.0,
        is_bold=letters > 0 and bold >= BOLD_SHARE * letters,
    )


def _height(sign: dict) -> float:
    return sign["bottom"] - sign["top"]
