"""A paper kept as plain text."""

from __future__ import annotations

import re
from pathlib import Path

from reports.past_papers.source import MOST_CHARACTERS, TOO_LONG, Line, Source, Unreadable, numbered
from reports.past_papers.words import tidy

WIDEST_WRAPPED = 110  # characters; a text whose lines are longer was not broken by hand
COLUMN = re.compile(r" {3,}")
EDGE = 3  # lines at the head and foot of a page that may be running
NOT_UTF8 = "The text must be saved as UTF-8. Open it, save it as UTF-8, then try again."
EMPTY = "There are no words in the file."


def read_text(path: Path) -> Source:
    """The lines of a text. A form feed begins a page."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(NOT_UTF8) from None
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(TOO_LONG)
    if not text.strip():
        raise Unreadable(EMPTY)
    pages = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\f\n ").split("\f")
    lines: list[Line] = []
    for page, printed in enumerate(pages, start=1):
        lines += _lines_of(printed, page if len(pages) > 1 else 0)
    return Source(
        lines=numbered(lines),
        is_wrapped=_is_wrapped([line.text for line in lines]),
        pages=len(pages) if len(pages) > 1 else 0,
    )


def _lines_of(printed: str, page: int) -> list[Line]:
    found: list[Line] = []
    has_gap: bool | None = None if page > 1 else True
    written = re.split(r"[\n\v\x85\u2028\u2029]", printed)
    full = [index for index, row in enumerate(written) if row.strip()]
    edges = {*full[:EDGE], *full[-EDGE:]} if page else set()
    for index, row in enumerate(written):
        if not row.strip():
            has_gap = has_gap if has_gap is None else True
            continue
        spaces = len(row.expandtabs(4)) - len(row.expandtabs(4).lstrip())
        found.append(
            Line(
                tidy(COLUMN.sub("\t", row.strip())),
                page=page,
                left=float(spaces),
                right=float(len(row.rstrip())),
                has_gap=has_gap,
                is_edge=index in edges,
            )
        )
        has_gap = False
    return found


def _is_wrapped(rows: list[str]) -> bool:
    """Whether paragraphs were broken into lines of about the same length."""
    long = [len(row) for row in rows if len(row) > 40]
    if not long or max(long) > WIDEST_WRAPPED:
        return sum(length > WIDEST_WRAPPED for length in long) * 20 < len(long) and bool(long)
    return True
