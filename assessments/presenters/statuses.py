"""How statuses and ratings read, everywhere they are shown."""

from __future__ import annotations

import datetime

from assessments.enums import EDITABLE, AssessmentStatus
from spr_portal.components import RatingCell
from threats.models import RatingPoint

A_YEAR = 365  # days
# Words and the colour of the GOV.UK tag.
STATUS_TAGS = {
    AssessmentStatus.NOT_STARTED: (AssessmentStatus.NOT_STARTED.label, "grey"),
    AssessmentStatus.IN_PROGRESS: (AssessmentStatus.IN_PROGRESS.label, "teal"),
    AssessmentStatus.SUBMITTED: (AssessmentStatus.SUBMITTED.label, "purple"),
    AssessmentStatus.RETURNED: (AssessmentStatus.RETURNED.label, "orange"),
    AssessmentStatus.APPROVED: (AssessmentStatus.APPROVED.label, "green"),
}


def is_late(status: str, due_on: datetime.date, *, today: datetime.date) -> bool:
    """Whether the leads still have the assessment after the day it was due."""
    return status in EDITABLE and today > due_on


def lateness(due_on: datetime.date, *, today: datetime.date) -> str:
    """ "1 day late", "84 days late"; beyond a year only "Late": the date beside it says more."""
    days = (today - due_on).days
    if days > A_YEAR:
        return "Late"
    return f"{days} {'day' if days == 1 else 'days'} late"


def rating_cell(rating: RatingPoint | None) -> RatingCell | None:
    """A rating as word, symbol and tone; None where nobody has answered."""
    if rating is None:
        return None
    return RatingCell(word=rating.label, symbol=rating.symbol, tone=rating.tone)
