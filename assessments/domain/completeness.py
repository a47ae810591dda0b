"""What an assessment still lacks before it can be submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.enums import ItemKind
from assessments.models import Assessment, Response
from assessments.selectors import responses_of, waiting_items_of


@dataclass(frozen=True)
class Missing:
    """One thing to do. `part` is a part's code or an ItemKind, `place` the field on that page."""

    part: str
    place: str
    sentence: str


def missing_from(
    assessment: Assessment,
    *,
    responses: list[Response] | None = None,
    has_summary: bool | None = None,
    draft_items: Mapping[ItemKind, int] | None = None,
    unreviewed: Mapping[ItemKind, int] | None = None,
) -> list[Missing]:
    """What is missing, in the order of the task list; empty when it can be submitted.

    Drafts that no lead has accepted are missing too, and a look at what came
    over from last year. Who has read the responses, knows of the summary or
    how many items of each list wait can say so.
    """
    if responses is None:
        responses = list(responses_of(assessment))
    missing = [thing for response in responses if (thing := _missing_at(response))]
    if has_summary is None:
        has_summary = assessment.summary.exists()
    if draft_items is None or unreviewed is None:
        draft_items, unreviewed = waiting_items_of(assessment)
    for kind in ItemKind:
        if draft_items[kind]:
            missing.append(Missing(kind, "", _waiting(kind, draft_items[kind])))
        if unreviewed[kind]:
            missing.append(Missing(kind, "", _not_looked_at(kind, unreviewed[kind])))
        if kind == ItemKind.SUMMARY and not has_summary:
            sentence = "Summary for the board: write at least one paragraph for the board paper"
            missing.append(Missing(kind, "", sentence))
    return missing


def _missing_at(response: Response) -> Missing | None:
    question = response.question
    sentence = f"{question.part.label}: {question.prompt}"
    if question.is_required and not response.is_answered:
        return Missing(question.part.code, question.code, sentence)
    if response.is_draft:
        draft = f"{sentence} – a draft waits to be accepted"
        return Missing(question.part.code, question.code, draft)
    return None


def _waiting(kind: ItemKind, number: int) -> str:
    drafts = "1 draft waits" if number == 1 else f"{number} drafts wait"
    return f"{kind.label}: {drafts} to be accepted"


def _not_looked_at(kind: ItemKind, number: int) -> str:
    came = "1 from last year is" if number == 1 else f"{number} from last year are"
    return f"{kind.label}: {came} not yet reviewed"
