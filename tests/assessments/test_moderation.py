"""Another rating that ACC Security proposes, and what the lead makes of it."""

import pytest

from assessments.domain.assessments import (
    approve_assessment,
    return_assessment,
    submit_assessment,
)
from assessments.domain.comments import reopen_thread, reply, resolve_thread
from assessments.domain.content import approval_stands, content_of, hash_of
from assessments.domain.moderation import agree_rating, propose_rating, withdraw_proposal
from assessments.domain.responses import save_response
from assessments.enums import AssessmentStatus, Outcome
from assessments.exceptions import ContentChanged, ProposalClosed, ProposalOpen, UnknownPlace
from assessments.models import Assessment, Comment
from assessments.year_selectors import ratings_of_year
from reports.domain.compose import compose_paper
from reports.domain.documents import problems_in
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from spr_portal.identity.models import User
from tests.assessments.proposals import (
    PLACE,
    acc,
    answer,
    lead,
    other,
    points_of,
    proposal,
    submitted,
)
from tests.factories import (
    approve_at_once,
    make_appointment,
    make_person,
    shipped_template,
)

__all__ = ["acc", "lead", "other", "proposal", "submitted"]

pytestmark = pytest.mark.django_db


def fresh(assessment):
    return Assessment.objects.select_related("cycle__force", "threat").get(pk=assessment.pk)


def approve(assessment, acc):
    shown = hash_of(content_of(assessment))
    return approve_assessment(assessment=assessment, content_hash=shown, by=acc)


def test_agreeing_saves_the_rating_and_keeps_a_new_submission(submitted, lead, proposal, other):
    before = answer(submitted)

    agree_rating(proposal=proposal, started_from=before.version, by=lead)

    now, after = answer(submitted), fresh(submitted)
    proposal.refresh_from_db()
    assert (now.rating, now.version, now.updated_by) == (other, before.version + 1, lead)
    assert now.accepted_version == now.version
    assert [one.rating for one in now.versions.all()] == [before.rating, other]
    assert (proposal.outcome, proposal.resolved_by) == (Outcome.AGREED, lead)
    assert (after.status, after.submitted_by) == (AssessmentStatus.SUBMITTED, lead)
    first, second = submitted.submissions.all()
    assert second.declaration == first.declaration
    assert second.content_hash == hash_of(content_of(after)) != first.content_hash
    assert AuditEvent.objects.last().action == "rating.agreed"


def test_the_approval_binds_to_what_was_agreed(submitted, lead, acc, proposal, other):
    agree_rating(proposal=proposal, started_from=answer(submitted).version, by=lead)

    approved = approve(submitted, acc)

    assert approval_stands(approved)
    assert content_of(approved)["responses"][PLACE]["rating"] == other.code


def test_what_was_shown_before_the_agreement_is_not_approved(submitted, lead, acc, proposal):
    shown = hash_of(content_of(submitted))
    agree_rating(proposal=proposal, started_from=answer(submitted).version, by=lead)

    with pytest.raises(ContentChanged):
        approve_assessment(assessment=submitted, content_hash=shown, by=acc)


def test_the_grid_and_the_board_paper_use_what_was_agreed(submitted, lead, acc, proposal, other):
    agree_rating(proposal=proposal, started_from=answer(submitted).version, by=lead)
    approve(submitted, acc)
    for assessment in submitted.cycle.assessments.select_related("threat", "cycle__force"):
        if assessment.pk != submitted.pk:
            approve_at_once(assessment)
    paper = compose_paper(cycle=submitted.cycle, template=shipped_template(), by=acc)

    rated = {one.part: one.now.code for one in ratings_of_year([submitted])}

    assert problems_in(paper) == []
    assert rated["capacity"] == other.code


def test_nothing_is_approved_while_a_proposal_waits(submitted, acc, proposal):
    with pytest.raises(ProposalOpen, match="Wait until they agree, or withdraw it"):
        approve(submitted, acc)

    assert fresh(submitted).status == AssessmentStatus.SUBMITTED


def test_what_is_withdrawn_holds_up_nothing_and_stays_in_the_history(submitted, acc, proposal):
    given = answer(submitted).rating

    withdraw_proposal(proposal=proposal, by=acc)

    approve(submitted, acc)
    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.resolved_by) == (Outcome.WITHDRAWN, acc)
    assert answer(submitted).rating == given
    assert submitted.submissions.count() == 1


def test_an_answer_in_words_leaves_the_proposal_open(submitted, lead, acc, proposal):
    reply(thread=proposal, text="The gaps were closed in June.", by=lead)

    with pytest.raises(ProposalOpen):
        approve(submitted, acc)


def test_a_proposal_is_closed_by_agreeing_or_withdrawing_alone(submitted, lead, acc, proposal):
    with pytest.raises(PolicyDenied):
        resolve_thread(thread=proposal, by=acc)
    withdraw_proposal(proposal=proposal, by=acc)
    with pytest.raises(PolicyDenied):
        reopen_thread(thread=proposal, by=acc)

    reply(thread=proposal, text="Thank you.", by=lead)

    proposal.refresh_from_db()
    assert proposal.outcome == Outcome.WITHDRAWN
    assert proposal.resolved_at


def test_pressing_agree_twice_agrees_once(submitted, lead, proposal):
    version = answer(submitted).version
    agree_rating(proposal=proposal, started_from=version, by=lead)
    events = AuditEvent.objects.count()

    agree_rating(proposal=proposal, started_from=version, by=lead)

    assert answer(submitted).version == version + 1
    assert submitted.submissions.count() == 2
    assert AuditEvent.objects.count() == events


def test_proposing_twice_proposes_once(submitted, acc, other, proposal):
    again = propose_rating(
        response=answer(submitted), rating=other, reason="The exercise showed gaps.", by=acc
    )

    assert again == proposal
    assert Comment.objects.count() == 1


def test_a_second_proposal_waits_for_the_first(submitted, acc, proposal):
    third = points_of(submitted)[2]

    with pytest.raises(ProposalOpen, match="Alex Acc"):
        propose_rating(response=answer(submitted), rating=third, reason="Worse.", by=acc)


def test_what_was_withdrawn_meanwhile_cannot_be_agreed(submitted, lead, acc, proposal):
    withdraw_proposal(proposal=proposal, by=acc)

    with pytest.raises(ProposalClosed, match="withdrawn by Alex Acc"):
        agree_rating(proposal=proposal, started_from=answer(submitted).version, by=lead)


def test_what_was_agreed_meanwhile_cannot_be_withdrawn(submitted, lead, acc, proposal):
    agree_rating(proposal=proposal, started_from=answer(submitted).version, by=lead)

    with pytest.raises(ProposalClosed, match="agreed"):
        withdraw_proposal(proposal=proposal, by=acc)


def test_a_rating_that_was_changed_meanwhile_is_looked_at_again(submitted, lead, acc, proposal):
    shown = answer(submitted).version
    returned = return_assessment(assessment=submitted, reason="See there.", by=acc)
    save_response(
        response=answer(returned),
        text="",
        rating=points_of(submitted)[2],
        started_from=shown,
        by=lead,
    )

    with pytest.raises(ContentChanged, match="look at the rating again"):
        agree_rating(proposal=proposal, started_from=shown, by=lead)

    proposal.refresh_from_db()
    assert proposal.outcome == ""


def test_agreeing_after_a_return_saves_the_answer_and_submits_nothing(
    submitted, lead, acc, proposal, other
):
    return_assessment(assessment=submitted, reason="See there.", by=acc)

    agree_rating(proposal=proposal, started_from=answer(submitted).version, by=lead)

    assert answer(submitted).rating == other
    assert submitted.submissions.count() == 1
    assert fresh(submitted).status == AssessmentStatus.RETURNED


def test_a_lead_who_gives_the_rating_and_submits_has_agreed(submitted, lead, acc, proposal, other):
    returned = return_assessment(assessment=submitted, reason="See there.", by=acc)
    now = answer(returned)
    save_response(response=now, text="", rating=other, started_from=now.version, by=lead)

    resubmitted = submit_assessment(assessment=returned, by=lead)

    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.resolved_by) == (Outcome.AGREED, lead)
    assert approve(resubmitted, acc).status == AssessmentStatus.APPROVED


def test_a_proposal_that_was_not_followed_still_waits_after_a_resubmission(
    submitted, lead, acc, proposal
):
    returned = return_assessment(assessment=submitted, reason="See there.", by=acc)
    resubmitted = submit_assessment(assessment=returned, by=lead)

    with pytest.raises(ProposalOpen):
        approve(resubmitted, acc)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ACC_SECURITY])
def test_only_acc_security_proposes_and_withdraws(submitted, other, proposal, role):
    person = make_person(force=submitted.force, role=role)
    for step in (
        lambda: propose_rating(response=answer(submitted), rating=other, reason="So.", by=person),
        lambda: withdraw_proposal(proposal=proposal, by=person),
    ):
        with pytest.raises(PolicyDenied):
            step()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.FORCE_LEAD])
def test_only_a_lead_agrees(submitted, proposal, role):
    person = make_person(force=submitted.force, role=role)

    with pytest.raises(PolicyDenied):
        agree_rating(proposal=proposal, started_from=answer(submitted).version, by=person)


def test_nobody_agrees_to_their_own_proposal(submitted, acc, proposal):
    make_appointment(person=acc, role=Role.FORCE_LEAD, threat="terrorism")

    with pytest.raises(PolicyDenied, match="another lead"):
        agree_rating(
            proposal=proposal,
            started_from=answer(submitted).version,
            by=User.objects.get(pk=acc.pk),
        )


def test_who_agreed_cannot_approve(submitted, acc, other):
    both = make_person(force=submitted.force, role=Role.ACC_SECURITY)
    make_appointment(person=both, role=Role.FORCE_LEAD, threat="terrorism")
    proposal = propose_rating(response=answer(submitted), rating=other, reason="So.", by=acc)
    agree_rating(proposal=proposal, started_from=answer(submitted).version, by=both)

    with pytest.raises(PolicyDenied):
        approve(fresh(submitted), both)


def test_another_forces_acc_proposes_nothing(submitted, other):
    with pytest.raises(PolicyDenied):
        propose_rating(
            response=answer(submitted),
            rating=other,
            reason="So.",
            by=make_person(role=Role.ACC_SECURITY),
        )


def test_only_a_rating_of_the_years_scale_is_proposed_and_another_one(submitted, acc, other):
    given = answer(submitted)
    another_scale = submitted.cycle.edition.rating_scales.exclude(
        pk=submitted.cycle.rating_scale_id
    ).first()
    words = submitted.responses.get(question__code="capacity-local")

    for response, rating, refusal in (
        (given, another_scale.points.first(), UnknownPlace),
        (words, other, UnknownPlace),
        (given, given.rating, ContentChanged),
    ):
        with pytest.raises(refusal):
            propose_rating(response=response, rating=rating, reason="So.", by=acc)


def test_nothing_is_proposed_once_it_is_returned(submitted, acc, other):
    returned = return_assessment(assessment=submitted, reason="See there.", by=acc)

    with pytest.raises(PolicyDenied, match="this one is returned"):
        propose_rating(response=answer(returned), rating=other, reason="So.", by=acc)
