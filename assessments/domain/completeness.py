"""What an assessment still lacks before it can be submitted."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.enums import ItemKind
from assessments.models import Assessment, Response
from assessments.selectors import responses_of


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
) -> list[Missing]:
    """What is missing, in the order of the task list; empty when it can be submitted.

    Who has read the responses or knows of the summary already can say so.
    """
    if responses is None:
        responses = list(responses_of(assessment))
    missing = [
        Missing(
            part=response.question.part.code,
            place=response.question.code,
            sentence=f"{response.question.part.label}: {response.question.prompt}",
        )
        for response in responses
        if response.question.is_required and not response.is_answered
    ]
    if has_summary is None:
        has_summary = assessment.summary.exists()
    if not has_summary:
        missing.append(
            Missing(
                part=ItemKind.SUMMARY,
                place="",
                sentence="Summary for the board: write at least one paragraph for the board paper",
            )
        )
    return missing
