"""Saving one answer."""

from __future__ import annotations

from django.db import transaction

from assessments.domain.answers import save_answers
from assessments.domain.given import GivenAnswer
from assessments.domain.turns import lock_for_writing, start_if_new
from assessments.exceptions import StaleEdit
from assessments.models import Response
from assessments.policies import can_write_place
from spr_portal.identity.models import User
from threats.models import RatingPoint

__all__ = ["lock_for_writing", "save_response", "start_if_new"]


def save_response(
    *, response: Response, text: str, rating: RatingPoint | None, started_from: int, by: User
) -> Response:
    """Save an answer that was written on top of version `started_from`; see `save_answers`.

    Raises StaleEdit when the words given were set aside, and PolicyDenied when
    the answer is not one the person may change now.

    Must not be called inside a transaction that may be rolled back: the words
    set aside would go with it.
    """
    code = response.question.code
    with transaction.atomic():
        assessment = lock_for_writing(response.assessment, by=by)
        can_write_place(by, assessment, code).require()
        given = GivenAnswer(
            code=code,
            text=text,
            rating=rating.code if rating else "",
            started_from=started_from,
            is_settled=True,
        )
        page = save_answers(assessment=assessment, given=[given], by=by)
    if code in page.stale:
        raise StaleEdit(newer=page.stale[code], kept=page.kept[code])
    return page.standing[code]
