"""What changed since last year: ratings, threat by C, and which answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from assessments.domain.year_on_year import Direction, direction_of
from assessments.enums import Standing
from assessments.presenters.year_on_year import DIRECTION_WORDS
from reports.document import FigureContent
from reports.figure_data import GridCell, GridChart, GridRow
from reports.figure_selectors import AnswerRead
from reports.figures.parts import (
    Made,
    approved,
    cells,
    counted,
    listed,
    waiting,
    year_of,
)
from reports.figures.ratings import NOT_APPROVED, NOT_ASKED, criteria, rated_answers
from reports.snapshot import Snapshot

# No tone is a rating's own: better is not green, nor worse red.
_TONES = {Direction.BETTER: "blue", Direction.WORSE: "orange", Direction.NOT_COMPARABLE: "grey"}
_STANDINGS = {
    Standing.CHANGED: "changed",
    Standing.NEW: "new",
    Standing.UNCHANGED: "unchanged and confirmed",
}


def make(snapshot: Snapshot) -> Made:
    columns = criteria(snapshot.figures.answers)
    ratings = rated_answers(snapshot)
    threats = approved(snapshot)
    rows, table = [], []
    for code, assessment in snapshot.assessments.items():
        answers = [ratings.get((code, part)) for part in columns]
        is_approved = code in threats
        rows.append(
            GridRow(assessment.label, tuple(_cell(a, snapshot, is_approved) for a in answers))
        )
        words = [_words(answer, snapshot, is_approved) for answer in answers]
        table.append(cells(assessment.label, *words))
    content = FigureContent(
        description=_description(rows),
        chart=GridChart(tuple(columns.values()), tuple(rows)) if columns else None,
        header=("Threat", *columns.values()),
        rows=tuple(table) if columns else (),
        notes=(*_answers(snapshot, threats), *_when_empty(snapshot), *waiting(snapshot)),
    )
    return Made(_title(snapshot), content)


def _title(snapshot: Snapshot) -> str:
    years = {answer.year_before for answer in snapshot.figures.answers if answer.year_before}
    if not years:
        return f"What changed in {year_of(snapshot)}"
    return f"What changed from {max(years).replace('-', '/')} to {year_of(snapshot)}"


def _direction(answer: AnswerRead, snapshot: Snapshot) -> Direction:
    return direction_of(answer.now, answer.before, snapshot.figures.scale)


def _cell(answer: AnswerRead | None, snapshot: Snapshot, is_approved: bool) -> GridCell:
    if not is_approved or answer is None:
        return GridCell(NOT_ASKED if is_approved else NOT_APPROVED, "")
    direction = _direction(answer, snapshot)
    word, sign = DIRECTION_WORDS[direction]
    before = answer.before.symbol if answer.before and answer.now else ""
    beneath = f"{before} → {answer.now.symbol}" if before and answer.now.symbol else ""
    return GridCell(
        word=f"{sign} {word}".strip(),
        tone=_TONES.get(direction, ""),
        symbol=sign,
        beneath=beneath if direction in (Direction.BETTER, Direction.WORSE) else "",
    )


def _words(answer: AnswerRead | None, snapshot: Snapshot, is_approved: bool) -> str:
    """The change in words that read well aloud: "Better: Amber, was Red"."""
    if not is_approved or answer is None:
        return NOT_ASKED if is_approved else NOT_APPROVED
    direction = _direction(answer, snapshot)
    word = DIRECTION_WORDS[direction][0]
    if answer.now is None:
        return word
    if answer.before is None or direction is Direction.SAME:
        return f"{word}: {answer.now.label}"
    return f"{word}: {answer.now.label}, was {answer.before.label}"


def _answers(snapshot: Snapshot, threats: dict[str, str]) -> tuple[str, ...]:
    """A sentence a threat: how many answers changed, and in which parts."""
    return tuple(
        f"{label}: {_counts([a for a in snapshot.figures.answers if a.threat_code == code])}."
        for code, label in threats.items()
    )


def _counts(answers: list[AnswerRead]) -> str:
    counts = Counter(answer.standing for answer in answers)
    said = []
    for standing, word in _STANDINGS.items():
        if counts[standing]:
            changed = [a.part_label for a in answers if a.standing == standing]
            parts = f" ({listed(dict.fromkeys(changed))})" if standing == Standing.CHANGED else ""
            said.append(f"{counted(counts[standing], 'answer', 'answers')} {word}{parts}")
    return ", ".join(said) or "no answer"


def _description(rows: Iterable[GridRow]) -> str:
    words = Counter(cell.word.lstrip("▲▼=+≠ ") for row in rows for cell in row.cells)
    said = listed(f"{number} {word.lower()}" for word, number in words.most_common())
    many = counted(sum(words.values()), "cell", "cells")
    return f"A grid of {many}, each a rating beside last year’s: {said}. The table says which."


def _when_empty(snapshot: Snapshot) -> tuple[str, ...]:
    answers = snapshot.figures.answers
    if not answers:
        return ("No answer stands in an approved assessment.",)
    if not any(answer.year_before for answer in answers):
        return ("Nothing of an earlier year stands in the portal to compare with.",)
    return ()
