"""Two people at one moment: one of two steps is taken, and nothing is said twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assessments.domain.assessments import approve_assessment
from assessments.domain.comments import add_comment, reply
from assessments.domain.content import content_of, hash_of
from assessments.domain.moderation import agree_rating, propose_rating, withdraw_proposal
from assessments.enums import AssessmentStatus, Outcome
from assessments.models import Assessment, Comment, Response
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import DomainError
from spr_portal.identity.models import User
from tests.factories import make_person, make_submitted

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = "capacity-rating"
ROUNDS = 3


@pytest.fixture(autouse=True)
def _needs_threads():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's transactions take turns; its tests' database has one thread.")


def at_once(*steps):
    """Take the steps together, each a function and whose it is; what became of each."""
    together = Barrier(len(steps))

    def take(step, person):
        try:
            by = User.objects.select_related("force").get(pk=person.pk)
            together.wait(timeout=10)
            step(by)
        except DomainError:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(steps)) as threads:
        return [one.result() for one in [threads.submit(take, *step) for step in steps]]


class Case:
    """A submitted assessment with the people around it."""

    def __init__(self):
        self.assessment = make_submitted()
        force = self.assessment.force
        self.lead = self.assessment.submitted_by
        self.other_lead = make_person(force=force, role=Role.FORCE_LEAD)
        self.acc = make_person(force=force, role=Role.ACC_SECURITY)
        self.other_acc = make_person(force=force, role=Role.ACC_SECURITY)

    def answer(self):
        return Response.objects.get(assessment=self.assessment, question__code=PLACE)

    def fresh(self):
        return Assessment.objects.select_related("cycle__force", "threat").get(
            pk=self.assessment.pk
        )

    def propose(self, by, rating=1, reason="It showed gaps."):
        point = self.assessment.cycle.rating_scale.points.order_by("order")[rating]
        return propose_rating(response=self.answer(), rating=point, reason=reason, by=by)

    def agree(self, proposal):
        version = self.answer().version
        return lambda by: agree_rating(proposal=proposal, started_from=version, by=by)


def test_of_an_agreement_and_a_withdrawal_one_is_taken():
    for _ in range(ROUNDS):
        case = Case()
        proposal = case.propose(case.acc)

        became = at_once(
            (case.agree(proposal), case.lead),
            (lambda by, it=proposal: withdraw_proposal(proposal=it, by=by), case.acc),
        )

        proposal.refresh_from_db()
        assert sorted(became) == ["done", "refused"]
        is_agreed = proposal.outcome == Outcome.AGREED
        assert is_agreed == (became[0] == "done")
        assert (case.answer().rating_id == proposal.proposed_rating_id) == is_agreed


def test_two_leads_who_agree_at_once_agree_once():
    for _ in range(ROUNDS):
        case = Case()
        proposal = case.propose(case.acc)
        step = case.agree(proposal)

        became = at_once((step, case.lead), (step, case.other_lead))

        assert became == ["done", "done"]
        assert case.answer().version == 2
        assert case.assessment.submissions.count() == 2


def test_what_is_approved_while_a_proposal_comes_is_not_approved_with_it_open():
    for _ in range(ROUNDS):
        case = Case()
        shown = hash_of(content_of(case.assessment))

        at_once(
            (case.propose, case.acc),
            (
                lambda by, case=case, shown=shown: approve_assessment(
                    assessment=case.assessment, content_hash=shown, by=by
                ),
                case.other_acc,
            ),
        )

        is_approved = case.fresh().status == AssessmentStatus.APPROVED
        assert Comment.objects.filter(assessment=case.assessment).exists() != is_approved


def test_of_two_ratings_proposed_at_once_one_stands():
    for _ in range(ROUNDS):
        case = Case()

        became = at_once(
            (lambda by, case=case: case.propose(by, rating=1), case.acc),
            (lambda by, case=case: case.propose(by, rating=2), case.other_acc),
        )

        assert sorted(became) == ["done", "refused"]
        assert Comment.objects.filter(assessment=case.assessment).count() == 1


def test_a_reply_sent_twice_at_once_is_said_once():
    for _ in range(ROUNDS):
        case = Case()
        thread = add_comment(assessment=case.assessment, place="", text="How many?", by=case.acc)
        before = AuditEvent.objects.count()

        def step(by, thread=thread):
            reply(thread=thread, text="Sixty-two.", by=by)

        at_once((step, case.lead), (step, case.lead))

        assert thread.replies.count() == 1
        assert AuditEvent.objects.count() == before + 1
