"""What a page is told about an answer that it saved by itself."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone

from assessments.domain.given import SavedPage
from assessments.enums import EDITABLE
from assessments.forms.answers import TypedAnswer
from assessments.models import Assessment, Response
from assessments.policies import can_edit
from assessments.presenters.conflicts import conflict_of
from spr_portal.identity.models import User
from spr_portal.templatetags.portal import moment
from threats.selectors import AskedQuestion, RatingChoice

SAVED, UNCHANGED, OVERTAKEN = "saved", "unchanged", "overtaken"
STALE, LOCKED, WRONG = "stale", "locked", "wrong"
STATUS = {SAVED: 200, UNCHANGED: 200, OVERTAKEN: 200, STALE: 409, LOCKED: 409, WRONG: 422}


def outcome_of(
    question: AskedQuestion,
    typed: TypedAnswer,
    page: SavedPage,
    *,
    choices: tuple[RatingChoice, ...],
    reader: User,
) -> dict:
    """The answer of the server: `state`, and what belongs to it."""
    code = question.code
    if typed.error:
        return {"state": WRONG, "reason": typed.error}
    standing = page.standing[code]
    stands = {"version": standing.version, "at": _clock(standing)}
    if code in page.saved:
        return {"state": SAVED, **stands}
    if code not in page.stale and _is(standing, typed):
        return {"state": UNCHANGED, **stands}
    rating = standing.rating.code if standing.rating else ""
    stands |= {"text": standing.text, "rating": rating}
    if code in page.overtaken:
        return {"state": OVERTAKEN, **stands}
    conflict = conflict_of(
        question,
        standing,
        text=typed.text,
        rating=typed.rating,
        labels={choice.code: choice.label for choice in choices},
        reader=reader,
    )
    return {
        "state": STALE,
        **stands,
        "reason": conflict.sentence,
        "is_kept": code in page.stale,
        "html": render_to_string("assessments/answer_conflict.html", {"conflict": conflict}),
    }


def locked(assessment: Assessment, reason: str, *, reader: User) -> dict:
    """Why nothing more is saved: who submitted the assessment and when, if that is the reason."""
    person = assessment.submitted_by
    if assessment.status not in EDITABLE and person and not can_edit(reader, assessment):
        who = "you" if person.pk == reader.pk else person.name
        when = moment(assessment.submitted_at)
        reason = f"This assessment was submitted by {who} on {when}. {reason}"
    return {"state": LOCKED, "reason": reason}


def _clock(response: Response) -> str:
    """The time of day: 14:02."""
    return f"{timezone.localtime(response.updated_at):%H:%M}" if response.updated_at else ""


def _is(response: Response, typed: TypedAnswer) -> bool:
    rating = response.rating.code if response.rating else ""
    return rating == typed.rating if typed.text is None else response.text == typed.text
