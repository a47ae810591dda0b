"""What may happen to an assessment, by whom, from which status."""

import itertools

import pytest

from assessments.domain.assessments import (
    approve_assessment,
    reopen_assessment,
    return_assessment,
    submit_assessment,
)
from assessments.domain.content import content_of, hash_of
from assessments.domain.workflow import TRANSITIONS
from assessments.enums import Action, AssessmentStatus
from assessments.exceptions import ContentChanged, IncompleteAssessment
from assessments.models import Assessment, SummaryParagraph
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from spr_portal.workflow import InvalidTransition, ReasonMissing
from tests.factories import (
    fill_in,
    make_appointment,
    make_approved,
    make_cycle,
    make_force,
    make_person,
    make_submitted,
)

pytestmark = pytest.mark.django_db

# Who may take each step, written down a second time on purpose.
MAY = {
    Action.SUBMIT: {Role.FORCE_LEAD},
    Action.RETURN: {Role.ACC_SECURITY},
    Action.APPROVE: {Role.ACC_SECURITY},
    Action.REOPEN: {Role.ACC_SECURITY},
}
FROM = {
    Action.SUBMIT: {AssessmentStatus.IN_PROGRESS, AssessmentStatus.RETURNED},
    Action.RETURN: {AssessmentStatus.SUBMITTED},
    Action.APPROVE: {AssessmentStatus.SUBMITTED},
    Action.REOPEN: {AssessmentStatus.APPROVED},
}


def take(action, assessment, by):
    if action == Action.SUBMIT:
        return submit_assessment(assessment=assessment, by=by)
    if action == Action.RETURN:
        return return_assessment(assessment=assessment, reason="Say more.", by=by)
    if action == Action.REOPEN:
        return reopen_assessment(assessment=assessment, reason="New facts.", by=by)
    return approve_assessment(
        assessment=assessment, content_hash=hash_of(content_of(assessment)), by=by
    )


def assessment_in(status):
    """An assessment with every answer given, brought to a status the way people do."""
    if status == AssessmentStatus.APPROVED:
        return make_approved()
    assessment = make_submitted()
    if status == AssessmentStatus.RETURNED:
        acc = make_person(force=assessment.force, role=Role.ACC_SECURITY)
        return return_assessment(assessment=assessment, reason="Say more.", by=acc)
    if status != AssessmentStatus.SUBMITTED:
        Assessment.objects.filter(pk=assessment.pk).update(status=status)
        assessment.refresh_from_db()
    return assessment


def test_every_action_is_in_the_table():
    assert set(TRANSITIONS) == set(Action)


@pytest.mark.parametrize(
    ("status", "action", "role"),
    [
        (status, action, role)
        for status, action, role in itertools.product(AssessmentStatus, MAY, Role)
    ],
)
def test_a_step_is_taken_only_by_its_role_from_its_status(status, action, role):
    assessment = assessment_in(status)
    threat = assessment.threat.code if role in (Role.FORCE_LEAD, Role.CONTRIBUTOR) else ""
    person = make_person(force=assessment.force, role=role, threat=threat)
    events = AuditEvent.objects.count()

    if role in MAY[action] and status in FROM[action]:
        moved = take(action, assessment, person)
        assert moved.status == TRANSITIONS[action].target
        event = AuditEvent.objects.get(sequence=events + 1)
        assert (event.action, event.actor) == (f"assessment.{action}", person)
        assert AuditEvent.objects.count() == events + 1
        assert moved.status_changes.last().by == person
    else:
        with pytest.raises((PolicyDenied, InvalidTransition)):
            take(action, assessment, person)
        assessment.refresh_from_db()
        assert assessment.status == status
        assert AuditEvent.objects.count() == events


@pytest.mark.parametrize("action", MAY)
def test_no_step_is_taken_from_another_force(action):
    assessment = assessment_in(next(iter(FROM[action])))
    stranger = make_person(force=make_force())
    for role in Role:
        make_appointment(
            person=stranger,
            role=role,
            threat="terrorism" if role in (Role.FORCE_LEAD, Role.CONTRIBUTOR) else "",
        )

    with pytest.raises(PolicyDenied):
        take(action, assessment, stranger)


def test_a_step_is_taken_once():
    assessment = make_submitted()
    acc = make_person(force=assessment.force, role=Role.ACC_SECURITY)
    take(Action.APPROVE, assessment, acc)

    with pytest.raises(InvalidTransition):
        take(Action.APPROVE, assessment, acc)


def test_nobody_approves_what_they_submitted():
    cycle = make_cycle()
    person = make_person(force=cycle.force, role=Role.ACC_SECURITY)
    make_appointment(person=person, role=Role.FORCE_LEAD, threat="terrorism")
    assessment = make_submitted(cycle=cycle, by=person)

    with pytest.raises(PolicyDenied, match="You submitted this assessment"):
        take(Action.APPROVE, assessment, person)


def test_an_incomplete_assessment_is_not_submitted_and_says_what_is_missing():
    cycle = make_cycle()
    lead = make_person(force=cycle.force, role=Role.FORCE_LEAD, threat="terrorism")
    assessment = cycle.assessments.get(threat__code="terrorism")
    fill_in(assessment, by=lead)
    SummaryParagraph.objects.filter(assessment=assessment).delete()

    with pytest.raises(IncompleteAssessment) as caught:
        submit_assessment(assessment=assessment, by=lead)

    assert [missing.part for missing in caught.value.missing] == ["summary"]
    assessment.refresh_from_db()
    assert assessment.status == AssessmentStatus.IN_PROGRESS


def test_a_return_needs_a_reason():
    assessment = make_submitted()
    acc = make_person(force=assessment.force, role=Role.ACC_SECURITY)

    with pytest.raises(ReasonMissing):
        return_assessment(assessment=assessment, reason="  ", by=acc)


def test_approval_is_refused_when_the_content_is_not_what_was_shown():
    assessment = make_submitted()
    acc = make_person(force=assessment.force, role=Role.ACC_SECURITY)

    with pytest.raises(ContentChanged):
        approve_assessment(assessment=assessment, content_hash="0" * 64, by=acc)


def test_reopening_voids_the_approval():
    assessment = make_approved()
    acc = make_person(force=assessment.force, role=Role.ACC_SECURITY)

    reopened = reopen_assessment(assessment=assessment, reason="New facts.", by=acc)

    assert (reopened.approved_hash, reopened.approved_by) == ("", None)
