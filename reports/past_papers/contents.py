"""The contents list of a paper: what stands on which page."""

from __future__ import annotations

import re

from reports.past_papers.source import Line

LIST = "contents list"
HEADING = re.compile(r"(?:table of |list of )?contents(?: page)?$", re.IGNORECASE)
LONGEST = 300  # signs, dots and all
ENTRY = re.compile(r"^.{2,120}?(?:[.…·_ ]{3,}|\t\s*)\d{1,3}$")
LEADERS = re.compile(r"(?:[.…·_] ?){4,}\t?\s*\d{1,3}$")


def contents_lines(lines: tuple[Line, ...]) -> frozenset[int]:
    """The places of the entries: below "Contents", or with dots before the page's number."""
    found: set[int] = set()
    is_open = False
    for place, line in enumerate(lines):
        words = line.text.strip()
        if HEADING.match(words) and not line.cells:
            is_open = True
        elif len(words) <= LONGEST and ENTRY.match(words) and (is_open or LEADERS.search(words)):
            found.add(place)
        elif not line.is_edge:
            is_open = False
    return frozenset(found)
