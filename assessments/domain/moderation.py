"""Another rating that ACC Security proposes, and what becomes of it.

A proposal begins a thread on the answer: its text is the reason, replies
answer it. It waits until a lead agrees or ACC Security withdraws it.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from assessments.domain.comments import close_thread, lock_for_talking, record_remark
from assessments.domain.content import content_of
from assessments.domain.submissions import keep_submission
from assessments.emails import tell_of_agreement, tell_of_proposal
from assessments.enums import AssessmentStatus, Outcome
from assessments.exceptions import ContentChanged, ProposalClosed, ProposalOpen, UnknownPlace
from assessments.models import Assessment, Comment, Response, ResponseVersion
from assessments.policies import can_agree, can_moderate, can_propose
from assessments.selectors import post_held
from assessments.talk_selectors import open_proposals
from spr_portal.identity.models import User
from threats.models import AnswerKind, RatingPoint


def propose_rating(*, response: Response, rating: RatingPoint, reason: str, by: User) -> Comment:
    """Propose another rating of a submitted assessment, with the reason for it.

    Raises PolicyDenied; UnknownPlace when the answer is no rating or the rating
    of another scale; ContentChanged when it is the rating already; ProposalOpen
    when another proposal waits there.
    """
    with transaction.atomic():
        locked = lock_for_talking(response.assessment)
        can_propose(by, locked).require()
        response = locked.responses.select_related("question").get(pk=response.pk)
        place = response.question.code
        is_rating = response.question.kind == AnswerKind.RATING
        if not is_rating or rating.scale_id != locked.cycle.rating_scale_id:
            raise UnknownPlace("There is no such rating to propose. Nothing was saved.")
        waiting = open_proposals(locked).filter(place=place).first()
        if waiting:
            if (waiting.by_id, waiting.proposed_rating_id) == (by.pk, rating.pk):
                return waiting
            raise ProposalOpen(
                f"A rating proposed by {waiting.by_name} waits here already. "
                "Withdraw it before you propose another one."
            )
        if response.rating_id == rating.pk:
            raise ContentChanged(f"The rating is “{rating.label}” already. Nothing was proposed.")
        proposal = Comment.objects.create(
            assessment=locked,
            place=place,
            text=reason,
            proposed_rating=rating,
            by=by,
            by_name=by.name,
            at=timezone.now(),
        )
        record_remark("rating.proposed", proposal, by=by, rating=rating.code)
        tell_of_proposal(proposal, by=by)
    return proposal


def agree_rating(*, proposal: Comment, started_from: int, by: User) -> Comment:
    """Take a proposed rating as the assessment's own.

    `started_from` is the version of the answer that the lead was shown. The
    rating is saved as the lead's. While the assessment is submitted, what is
    submitted is kept anew under the same declaration, so that the approval
    binds to what was agreed. Raises PolicyDenied, ProposalClosed when it was
    withdrawn, ContentChanged when the answer is another by now.
    """
    with transaction.atomic():
        locked = lock_for_talking(proposal.assessment)
        proposal = _read(locked, proposal)
        can_agree(by, locked, proposal).require()
        if proposal.outcome == Outcome.AGREED:
            return proposal
        _require_open(proposal)
        response = locked.responses.select_related("question").get(question__code=proposal.place)
        if response.version != started_from:
            raise ContentChanged(
                "Somebody saved this rating after you opened the page. Nothing was agreed: "
                "look at the rating again, then agree or answer."
            )
        now = timezone.now()
        _save_rating(response, proposal.proposed_rating, by=by, at=now)
        details = {"rating": proposal.proposed_rating.code, "version": response.version}
        if locked.status == AssessmentStatus.SUBMITTED:
            declared = locked.submissions.order_by("-number").values_list("declaration", flat=True)
            content = content_of(locked)
            post = post_held(by, locked)
            kept = keep_submission(locked, content, declaration=declared[0], post=post, by=by)
            locked.save(update_fields=["submitted_by", "submitted_at"])
            details |= {"submission": kept.number, "content": kept.content_hash}
        _close(proposal, Outcome.AGREED, at=now, by=by)
        record_remark("rating.agreed", proposal, by=by, **details)
        tell_of_agreement(proposal, by=by)
    return proposal


def withdraw_proposal(*, proposal: Comment, by: User) -> Comment:
    """Let the lead's rating stand. Nothing happens where it is withdrawn already.

    Raises PolicyDenied, or ProposalClosed when a lead agreed meanwhile.
    """
    with transaction.atomic():
        locked = lock_for_talking(proposal.assessment)
        can_moderate(by, locked).require()
        proposal = _read(locked, proposal)
        if proposal.outcome == Outcome.WITHDRAWN:
            return proposal
        _require_open(proposal)
        _close(proposal, Outcome.WITHDRAWN, at=timezone.now(), by=by)
        record_remark("rating.withdrawn", proposal, by=by)
    return proposal


def agree_what_was_taken_up(assessment: Assessment, *, by: User) -> list[str]:
    """Close the proposals whose rating a lead has given by themself; their places.

    For a submission, in its transaction. Nobody agrees with themself.
    """
    given = Response.objects.filter(
        assessment=assessment, question__code=OuterRef("place"), rating=OuterRef("proposed_rating")
    )
    taken_up: QuerySet[Comment] = open_proposals(assessment).exclude(by=by).filter(Exists(given))
    now, places = timezone.now(), []
    for proposal in taken_up:
        _close(proposal, Outcome.AGREED, at=now, by=by)
        places.append(proposal.place)
    return places


def _read(assessment: Assessment, proposal: Comment) -> Comment:
    proposals = assessment.comments.select_related("proposed_rating")
    found = proposals.filter(pk=proposal.pk, proposed_rating__isnull=False).first()
    if found is None:
        raise UnknownPlace("There is no such proposal. Nothing was changed.")
    found.assessment = assessment
    return found


def _require_open(proposal: Comment) -> None:
    if proposal.outcome or proposal.resolved_at:
        done = proposal.get_outcome_display().lower() or "closed"
        raise ProposalClosed(
            f"This proposal was {done} by {proposal.resolved_by_name}. Nothing was changed."
        )


def _close(proposal: Comment, outcome: Outcome, *, at: datetime.datetime, by: User) -> None:
    proposal.outcome = outcome
    close_thread(proposal, at=at, by=by)


def _save_rating(response: Response, rating: RatingPoint, *, by: User, at) -> None:
    """A version of the answer with this rating; none where it is the rating already."""
    if response.rating_id == rating.pk:
        return
    version = response.version + 1
    changed = Response.objects.filter(pk=response.pk, version=response.version).update(
        rating=rating,
        version=version,
        accepted_version=version,
        updated_by=by,
        updated_at=at,
        typed_on="",  # no open page goes on from here without having seen it
    )
    if not changed:
        raise RuntimeError("A response changed while its assessment was locked.")
    ResponseVersion.objects.create(
        response=response, version=version, text=response.text, rating=rating, by=by, at=at
    )
    response.version, response.rating = version, rating
