"""Dates that contradict one another. Nothing is guessed: a year that is merely far off may stand.

The days of the cycle have an order. A day that is written out must exist, fall
on the weekday beside it, and be the board's when the sentence is about the board.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.checks.printed import Printed, printed
from reports.document import Paper
from reports.references import long_date
from reports.snapshot import Snapshot

CODE = "dates"

# Earlier, later, and what is wrong when they are not.
_ORDER = (
    ("tasked_on", "due_on", "The leads were tasked on {0}, after {1}, when it was due."),
    ("due_on", "executive_on", "The assessments are due on {0}, after the Executive Team on {1}."),
    ("executive_on", "board_on", "The Executive Team meets on {0}, after the board on {1}."),
    ("as_at", "board_on", "The answers describe {0}, which is after the board’s day, {1}."),
    ("as_at", "executive_on", "The answers describe {0}, after the Executive Team on {1}."),
)
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_WEEKDAYS = list(calendar.day_name)
_DATE = re.compile(
    rf"(?:\b({'|'.join(_WEEKDAYS)}),? )?"
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({'|'.join(_MONTHS)}) (\d{{4}})\b"
)
_ABOUT_THE_BOARD = re.compile(r"\bboard\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n")


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    yield from _out_of_order(snapshot)
    seen = set()
    for part in printed(document):
        for sentence in _SENTENCE.split(part.text):
            for match in _DATE.finditer(sentence):
                wrong = _wrong(match, sentence, snapshot)
                if wrong and (wrong, part.reference) not in seen:
                    seen.add((wrong, part.reference))
                    yield _finding(wrong, part)


def _out_of_order(snapshot: Snapshot) -> Iterator[Finding]:
    told = set()
    for earlier, later, words in _ORDER:
        first, second = getattr(snapshot, earlier), getattr(snapshot, later)
        if first > second and earlier not in told:
            told.add(earlier)
            sentence = words.format(long_date(first), long_date(second))
            yield Finding(sentence, Part.DATES, can_be_waived=True, about=f"{earlier}-{later}")


def _wrong(match: re.Match, sentence: str, snapshot: Snapshot) -> str:
    weekday, day, month, year = match.groups()
    try:
        date = datetime.date(int(year), _MONTHS[month], int(day))
    except ValueError:
        return f"There is no {day} {month} {year}."
    if weekday and date.weekday() != _WEEKDAYS.index(weekday):
        return f"{long_date(date)} is a {_WEEKDAYS[date.weekday()]}, not a {weekday}."
    board_on = snapshot.board_on
    is_near = (date.year, date.month) == (board_on.year, board_on.month) and date != board_on
    if is_near and _ABOUT_THE_BOARD.search(sentence):
        return (
            f"{long_date(date)} stands in a sentence about the board, which meets on "
            f"{long_date(board_on)}."
        )
    return ""


def _finding(wrong: str, part: Printed) -> Finding:
    return Finding(wrong, is_blocking=False, can_be_waived=True, about=wrong[:60], **part.where)
