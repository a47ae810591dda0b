"""Footnotes as a PDF prints them: small lines below the text of their page."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Container, Iterator

from reports.past_papers.source import Line, Place, Source

SMALLER = 1.4  # points below the size of the text
NUMBERED = re.compile(r"(?:\d{1,2}|[*†‡§])[.)]?\s*[^\d\s.,]")


def with_notes(source: Source, without: Container[int]) -> Source:
    """The source, its footnotes told as such; the lines at the places `without` run on."""
    if not source.body_size:
        return source
    lines = list(source.lines)
    places = [place for place in range(len(lines)) if place not in without]
    for _, of_page in itertools.groupby(places, key=lambda place: lines[place].page):
        for place in _notes(lines, list(of_page), source.body_size - SMALLER):
            lines[place] = dataclasses.replace(lines[place], place=Place.NOTE)
    return dataclasses.replace(source, lines=tuple(lines))


def _notes(lines: list[Line], places: list[int], largest: float) -> Iterator[int]:
    """The last lines of a page, where they are small and the first of them has a number."""
    small = list(
        itertools.takewhile(lambda place: _is_small(lines[place], largest), reversed(places))
    )
    if len(small) == len(places):
        return  # all of the page is small: an annex
    numbered = [place for place in small if NUMBERED.match(lines[place].text)]
    yield from (place for place in small if numbered and place >= numbered[-1])


def _is_small(line: Line, largest: float) -> bool:
    return line.place == Place.BODY and not line.cells and 0 < line.size <= largest
