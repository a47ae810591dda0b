"""The ratings: threats by C."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from assessments.year_selectors import Rated
from reports.document import FigureContent, TableCell
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
from reports.snapshot import Snapshot

NOT_ASKED = "Not asked"
NOT_ANSWERED = "Not answered"
NOT_APPROVED = "Not approved"


def make(snapshot: Snapshot) -> Made:
    columns = criteria(snapshot.figures.answers)
    ratings = rated_answers(snapshot)
    threats = approved(snapshot)
    rows = tuple(
        GridRow(
            assessment.label,
            tuple(
                _cell(ratings.get((code, part))) if code in threats else GridCell(NOT_APPROVED, "")
                for part in columns
            ),
        )
        for code, assessment in snapshot.assessments.items()
    )
    content = FigureContent(
        description=_description(rows),
        chart=GridChart(tuple(columns.values()), rows) if columns else None,
        header=("Threat", *columns.values()),
        rows=tuple(grid_row(row) for row in rows if columns),
        notes=(*_on_the_scale(snapshot), *_when_empty(columns), *waiting(snapshot)),
    )
    return Made(f"Ratings by threat, {year_of(snapshot)}", content)


def criteria(answers: Iterable[AnswerRead]) -> dict[str, str]:
    """The parts that ask about one of the Cs: their code to its label, in order."""
    return {
        answer.part: answer.criterion for answer in answers if answer.criterion and answer.is_rating
    }


def rated_answers(snapshot: Snapshot) -> dict[tuple[str, str], AnswerRead]:
    """The answer that rates a threat in a part, by both codes; of approved assessments."""
    threats = approved(snapshot)
    return {
        (answer.threat_code, answer.part): answer
        for answer in snapshot.figures.answers
        if answer.is_rating and answer.criterion and answer.threat_code in threats
    }


def grid_row(row: GridRow) -> tuple[TableCell, ...]:
    """A row of a chart as the row of its table."""
    return cells(row.label, *(cell.word for cell in row.cells))


def shown(rated: Rated) -> GridCell:
    return GridCell(rated.label, rated.tone, rated.symbol)


def _cell(answer: AnswerRead | None) -> GridCell:
    if answer is None:
        return GridCell(NOT_ASKED, "")
    return shown(answer.now) if answer.now else GridCell(NOT_ANSWERED, "")


def _description(rows: Iterable[GridRow]) -> str:
    words = Counter(cell.word for row in rows for cell in row.cells)
    said = listed(f"{number} {word}" for word, number in words.most_common())
    many = counted(sum(words.values()), "cell", "cells")
    return f"A grid of {many}: {said}. The table beneath it says which."


def _on_the_scale(snapshot: Snapshot) -> tuple[str, ...]:
    points = [point.label for point in snapshot.figures.scale if not point.is_not_rated]
    if not points:
        return ()
    unrated = [point.label for point in snapshot.figures.scale if point.is_not_rated]
    said = f"The scale, from best to worst: {', '.join(points)}."
    if unrated:
        said += f" “{unrated[0]}” is no judgement."
    return (said,)


def _when_empty(columns: dict) -> tuple[str, ...]:
    return () if columns else ("No rating stands in an approved assessment.",)
