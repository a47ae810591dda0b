"""The steps of an assessment: submit, return, approve, reopen; and comments on the way."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from assessments.domain.completeness import missing_from
from assessments.domain.content import content_of, hash_of
from assessments.domain.workflow import WORKFLOW
from assessments.emails import (
    tell_of_approval,
    tell_of_reopening,
    tell_of_return,
    tell_of_submission,
)
from assessments.enums import Action
from assessments.exceptions import ContentChanged, IncompleteAssessment
from assessments.models import Assessment, Submission
from assessments.selectors import post_held
from spr_portal.identity.models import User

DECLARATION = (
    "I declare that this self-assessment is complete and, to the best of my knowledge, "
    "a true account of the force's position at the as-at date."
)


def submit_assessment(
    *, assessment: Assessment, by: User, content_hash: str | None = None
) -> Assessment:
    """Hand the assessment to ACC Security under the declaration, and lock its answers.

    What was submitted is kept word for word. `content_hash` is that of the
    content the lead was shown, if they were shown it: nobody declares words
    they have not read. Raises ContentChanged when the content is another by
    now, and IncompleteAssessment when something required is missing.
    """

    post = post_held(by, assessment)

    def keep(locked: Assessment) -> dict:
        missing = missing_from(locked)
        if missing:
            raise IncompleteAssessment(missing)
        content = content_of(locked)
        if content_hash not in (None, hash_of(content)):
            raise ContentChanged(
                "Somebody changed the assessment after you opened this page. Nothing was "
                "submitted: read the answers again, then submit."
            )
        number = locked.submissions.count() + 1
        submission = Submission.objects.create(
            assessment=locked,
            number=number,
            content=content,
            content_hash=hash_of(content),
            declaration=DECLARATION,
            by=by,
            by_name=by.name,
            by_post=post,
            at=timezone.now(),
        )
        locked.submitted_by, locked.submitted_at = by, submission.at
        _clear_approval(locked)
        return {"submission": number, "content": submission.content_hash}

    with transaction.atomic():
        submitted = WORKFLOW.move(assessment, Action.SUBMIT, by=by, post=post, before_saving=keep)
        tell_of_submission(submitted, by=by)
    return submitted


def return_assessment(*, assessment: Assessment, reason: str, by: User) -> Assessment:
    """Give the assessment back to its leads, with the reason they will read."""
    with transaction.atomic():
        returned = WORKFLOW.move(assessment, Action.RETURN, by=by, reason=reason)
        tell_of_return(returned, by=by)
    return returned


def approve_assessment(*, assessment: Assessment, content_hash: str, by: User) -> Assessment:
    """Accept the self-assessment on behalf of ACC Security.

    `content_hash` is that of the content the approver was shown: approval is
    bound to it. Raises ContentChanged when the content is another by now.
    """

    def bind(locked: Assessment) -> dict:
        now_hash = hash_of(content_of(locked))
        submitted = locked.submissions.order_by("-number").first()
        if not (content_hash == now_hash == submitted.content_hash):
            raise ContentChanged(
                "The assessment is not the one you were shown. Nothing was approved: "
                "read it again before you approve it."
            )
        locked.approved_by, locked.approved_at = by, timezone.now()
        locked.approved_by_name, locked.approved_by_post = by.name, by.post
        locked.approved_hash = now_hash
        return {"content": now_hash}

    with transaction.atomic():
        approved = WORKFLOW.move(assessment, Action.APPROVE, by=by, before_saving=bind)
        tell_of_approval(approved, by=by)
    return approved


def reopen_assessment(*, assessment: Assessment, reason: str, by: User) -> Assessment:
    """Take an approval back and return the assessment to its leads."""

    def unbind(locked: Assessment) -> dict:
        voided = locked.approved_hash
        _clear_approval(locked)
        return {"voided": voided}

    with transaction.atomic():
        reopened = WORKFLOW.move(
            assessment, Action.REOPEN, by=by, reason=reason, before_saving=unbind
        )
        tell_of_reopening(reopened, by=by)
    return reopened


def _clear_approval(assessment: Assessment) -> None:
    assessment.approved_by = assessment.approved_at = None
    assessment.approved_by_name = assessment.approved_by_post = assessment.approved_hash = ""
