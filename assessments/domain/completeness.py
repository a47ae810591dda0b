"""What an assessment still lacks before it can be submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.enums import ItemKind
from assessments.models import Assessment, Response
from assessments.progress_selectors import Progress, progress_of, waiting_items_of
from threats.selectors import AskedPart, AskedQuestion, parts_for


@dataclass(frozen=True)
class Missing:
    """One thing to do. `part` is a part's code or an ItemKind, `place` the field on that page."""

    part: str
    place: str
    sentence: str


def missing_from(
    assessment: Assessment,
    *,
    answers: Mapping[str, Progress | Response] | None = None,
    has_summary: bool | None = None,
    draft_items: Mapping[ItemKind, int] | None = None,
    unreviewed: Mapping[ItemKind, int] | None = None,
) -> list[Missing]:
    """What is missing, in the order of the task list; empty when it can be submitted.

    Drafts that no lead has accepted are missing too, and a look at what came
    over from last year. Who has read the answers (by the codes of their
    questions), knows of the summary or how many items of each list wait can
    say so.
    """
    if answers is None:
        answers = progress_of(assessment)
    parts = parts_for(assessment.cycle.edition, assessment.threat.code)
    asked = ((part, question) for part in parts for question in part.questions)
    missing = [
        thing
        for part, question in asked
        if question.code in answers
        and (thing := _missing_at(part, question, answers[question.code]))
    ]
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


def _missing_at(
    part: AskedPart, question: AskedQuestion, answer: Progress | Response
) -> Missing | None:
    sentence = f"{part.label}: {question.prompt}"
    if question.is_required and not answer.is_answered:
        return Missing(part.code, question.code, sentence)
    if answer.is_draft:
        draft = f"{sentence} – a draft waits to be accepted"
        return Missing(part.code, question.code, draft)
    return None


def _waiting(kind: ItemKind, number: int) -> str:
    drafts = "1 draft waits" if number == 1 else f"{number} drafts wait"
    return f"{kind.label}: {drafts} to be accepted"


def _not_looked_at(kind: ItemKind, number: int) -> str:
    came = "1 from last year is" if number == 1 else f"{number} from last year are"
    return f"{kind.label}: {came} not yet reviewed"
