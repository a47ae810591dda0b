"""The steps of an assessment: submit, return, approve, reopen."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from assessments.domain.carry_over import carry_again
from assessments.domain.completeness import missing_from
from assessments.domain.content import content_of, hash_of
from assessments.domain.moderation import agree_what_was_taken_up
from assessments.domain.submissions import keep_submission
from assessments.domain.workflow import WORKFLOW
from assessments.emails import (
    tell_of_approval,
    tell_of_reopening,
    tell_of_return,
    tell_of_submission,
)
from assessments.enums import Action, ItemKind
from assessments.exceptions import (
    ContentChanged,
    IncompleteAssessment,
    ProposalOpen,
    UnknownPlace,
)
from assessments.models import Assessment
from assessments.policies import all_proposals_settled
from assessments.selectors import post_held
from assessments.talk_selectors import open_proposals
from spr_portal.identity.models import User

DECLARATION = (
    "I declare that this self-assessment is complete and, to the best of my knowledge, "
    "a true account of the force’s position at the as-at date."
)


def submit_assessment(
    *, assessment: Assessment, by: User, content_hash: str | None = None
) -> Assessment:
    """Hand the assessment to ACC Security under the declaration, and lock its answers.

    What was submitted is kept word for word; a proposed rating that the lead
    has given by now is agreed. `content_hash` is that of the
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
        submission = keep_submission(locked, content, declaration=DECLARATION, post=post, by=by)
        _clear_approval(locked)
        details = {"submission": submission.number, "content": submission.content_hash}
        agreed = agree_what_was_taken_up(locked, by=by)
        return details | {"agreed": agreed} if agreed else details

    with transaction.atomic():
        submitted = WORKFLOW.move(assessment, Action.SUBMIT, by=by, post=post, before_saving=keep)
        tell_of_submission(submitted, by=by)
    return submitted


def return_assessment(
    *, assessment: Assessment, reason: str, by: User, places: Iterable[str] = ()
) -> Assessment:
    """Give the assessment back to its leads, with the reason they will read.

    `places` are what they are asked to change: codes of questions and
    ItemKinds, kept in the order of the page. Raises UnknownPlace for others.
    """
    asked = _in_order(assessment, set(places))
    with transaction.atomic():
        returned = WORKFLOW.move(
            assessment, Action.RETURN, by=by, reason=reason, also_kept={"places": asked}
        )
        tell_of_return(returned, by=by)
    return returned


def approve_assessment(*, assessment: Assessment, content_hash: str, by: User) -> Assessment:
    """Accept the self-assessment on behalf of ACC Security.

    `content_hash` is that of the content the approver was shown: approval is
    bound to it. Raises ContentChanged when the content is another by now, and
    ProposalOpen while a proposed rating waits for the lead.
    """

    def bind(locked: Assessment) -> dict:
        settled = all_proposals_settled(open_proposals(locked).count())
        if not settled:
            raise ProposalOpen(f"{settled.reason} Nothing was approved.")
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
        carry_again(approved)
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


def _in_order(assessment: Assessment, places: set[str]) -> list[str]:
    codes = assessment.responses.values_list("question__code", flat=True).order_by(
        "question__part__order", "question__order"
    )
    known = [place for place in (*codes, *ItemKind.values) if place in places]
    if len(known) < len(places):
        raise UnknownPlace("There is no such answer in this assessment. Nothing was returned.")
    return known


def _clear_approval(assessment: Assessment) -> None:
    assessment.approved_by = assessment.approved_at = None
    assessment.approved_by_name = assessment.approved_by_post = assessment.approved_hash = ""
