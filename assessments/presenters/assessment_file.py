"""One assessment as a table: an answer, or a field of an item, in each row."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from assessments.domain.content import ITEM_FIELDS
from assessments.enums import ItemKind
from assessments.models import Assessment, Response
from assessments.presenters.figures import day_of
from assessments.presenters.items import DATES, heading_of, words_of
from assessments.wording import FIELD_LABELS
from spr_portal.components import SummaryRow
from spr_portal.exports import Cell, Export
from threats.models import AnswerKind
from threats.selectors import AskedPart

HEADINGS = ("Part", "Question or item", "What", "Answer")


def facts_of(assessment: Assessment) -> list[SummaryRow]:
    """What the assessment is, and how far it is."""
    cycle = assessment.cycle
    facts = [
        ("Force", cycle.force.name),
        ("Threat", assessment.threat.label),
        ("Year", cycle.year_in_words),
        ("Edition", cycle.edition.title),
        ("As at", day_of(cycle.as_at)),
        ("Status", assessment.get_status_display()),
        ("Marking", assessment.marking_in_words),
        ("Approved by", _approved_by(assessment)),
    ]
    return [SummaryRow(name, words) for name, words in facts if words]


def assessment_export(
    *,
    assessment: Assessment,
    parts: Iterable[AskedPart],
    responses: Iterable[Response],
    lists: Mapping[str, list[dict]],
    labels: dict[str, dict[str, str]],
) -> Export:
    """Everything in the order of the task list. `lists` is what `items_as_data` gives."""
    rows: list[list[Cell]] = [
        ["The assessment", fact.key, "", fact.value] for fact in facts_of(assessment)
    ]
    by_code = {response.question.code: response for response in responses}
    for part in parts:
        for question in part.questions:
            if question.code in by_code:
                rows.append([part.label, question.prompt, *_answer(by_code[question.code])])
    for kind in ItemKind:
        for number, values in enumerate(lists[kind], start=1):
            heading = heading_of(kind, values, number)
            rows += [[kind.label, heading, *cells] for cells in _fields(kind, values, labels)]
    return Export(
        title=str(assessment),
        name=assessment.reference,
        headings=HEADINGS,
        rows=rows,
        action="assessment.exported",
        subject=f"assessment {assessment.reference}",
        marking=assessment.marking_in_words,
    )


def _answer(response: Response) -> tuple[str, str]:
    is_rating = response.question.kind == AnswerKind.RATING
    what = "Rating" if is_rating else "Answer"
    if response.is_draft:
        what += f", draft by {response.updated_by.name}" if response.updated_by else ", draft"
    if is_rating:
        return what, response.rating.label if response.rating else ""
    return what, response.text


def _fields(
    kind: ItemKind, values: dict, labels: dict[str, dict[str, str]]
) -> Iterable[tuple[str, Cell]]:
    for name in ITEM_FIELDS[kind]:
        value = values.get(name)
        if value not in (None, "", []):
            yield FIELD_LABELS[name], _cell(name, value, labels)


def _cell(name: str, value, labels: dict[str, dict[str, str]]) -> Cell:
    """Numbers and dates stay what they are; the rest are words."""
    if name in DATES:
        return datetime.date.fromisoformat(value)
    if isinstance(value, int):
        return value
    return words_of(name, value, labels)


def _approved_by(assessment: Assessment) -> str:
    named = [assessment.approved_by_name, assessment.approved_by_post]
    return ", ".join(words for words in named if words)
