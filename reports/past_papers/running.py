"""What stands on every page and belongs to none: running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections import defaultdict

from reports.past_papers.source import Line, Place, Source
from reports.past_papers.words import flat

RUNNING = "running head or foot"
PAGE_NUMBER = "page number"
EDGE = 3  # lines at the beginning and the end of a text without pages
OF_PAGES = re.compile(
    r"[-–— ]*(?:(?:page|p\.?)[\s|]*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?"
    r"|\d{1,3}\s*(?:of|/)\s*\d{1,3}|\d{1,3}\s*\|\s*p\s?a\s?g\s?e)[-–— .]*$",
    re.IGNORECASE,
)
FULL = 0.9  # of the way to the right edge
MOST_BESIDE = 8  # words beside a page's number at the head or foot of the page
ALONE = re.compile(r"[-–—|\[( ]*\d{1,3}[-–—|\]) ]*$")
MARKED_PAGE = re.compile(r"(?P<marking>[A-Za-z :–—-]+?) (?P<page>(?:page|p\.?) ?\d.*)$", re.I)
# "Protect" alone is a heading of the 4Ps.
MARKING = re.compile(
    r"(?:NOT PROTECTIVELY MARKED|Not protectively marked|RESTRICTED|CONFIDENTIAL"
    r"|(?:OFFICIAL|Official)(?:\s*[-–—:]\s*(?:SENSITIVE|Sensitive))?)(?:\s*[-–—:(\[].{0,60})?$"
)


def running_lines(source: Source) -> dict[int, str]:
    """The places of such lines among the source's, each with what it is."""
    found = {index: RUNNING for index, line in enumerate(source.lines) if line.place == Place.HEAD}
    for index, line in enumerate(source.lines):
        if index not in found and _is_page_number(line, source):
            found[index] = PAGE_NUMBER
    found |= _repeated_at_edges(source, found)
    return found | _markings(source, found)


def _is_page_number(line: Line, source: Source) -> bool:
    words = flat(line.words)
    if line.table or line.place != Place.BODY:
        return False
    if OF_PAGES.match(words) or _has_page_number(line.text.split("\t")):
        return True
    return bool(source.pages > 1 and line.is_edge and ALONE.match(words))


def _has_page_number(columns: list[str]) -> bool:
    """Whether a line in columns is "OFFICIAL … Page 2 of 3", whatever else stands beside it."""
    if len(columns) == 1:
        found = MARKED_PAGE.match(flat(columns[0]))
        return bool(found and MARKING.match(found["marking"]) and OF_PAGES.match(found["page"]))
    is_short = all(len(column.split()) <= MOST_BESIDE for column in columns)
    return is_short and any(OF_PAGES.match(flat(column)) for column in columns)


def _repeated_at_edges(source: Source, known: dict[int, str]) -> dict[int, str]:
    """Lines at the head or foot that stand there on more than half of the pages."""
    by_words: dict[tuple, list[int]] = defaultdict(list)
    edge = source.right_edge
    for index, line in enumerate(source.lines):
        if line.is_edge and index not in known and not line.table and not _is_prose(line, edge):
            by_words[_likeness(line)].append(index)
    wanted = max(2, source.pages // 2)
    found = {}
    for places in by_words.values():
        pages = {source.lines[index].page for index in places}
        if len(pages) >= wanted and source.pages > 1:
            found |= dict.fromkeys(places, RUNNING)
    return found


def _is_prose(line: Line, edge: float) -> bool:
    """Whether a line is full from side to side, as those of a paragraph are."""
    is_full = bool(edge) and line.right >= FULL * edge
    return is_full and max(len(part.split()) for part in line.text.split("\t")) > MOST_BESIDE


def _likeness(line: Line) -> tuple:
    """The words with every number alike, and the size: a title may say what the head says."""
    words = re.sub(r"\d+", "#", line.text.casefold())
    return flat(re.sub(r"\t#$|^#\t", "", words)), line.size


def _markings(source: Source, known: dict[int, str]) -> dict[int, str]:
    """Protective markings by themselves: at the head or foot, or twice or more anywhere."""
    places = [
        index
        for index, line in enumerate(source.lines)
        if index not in known and not line.table and MARKING.match(flat(line.words))
    ]
    last = len(source.lines) - 1
    return {
        index: RUNNING
        for index in places
        if len(places) > 1 or source.lines[index].is_edge or index < EDGE or index > last - EDGE
    }
