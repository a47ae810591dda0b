"""What reviewers and leads say to one another in the random year, and what they decide."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from assessments.domain.assessments import (
    approve_assessment,
    reopen_assessment,
    return_assessment,
    submit_assessment,
)
from assessments.domain.comments import add_comment, reopen_thread, reply, resolve_thread
from assessments.domain.completeness import missing_from
from assessments.domain.content import content_of, hash_of
from assessments.domain.moderation import agree_rating, propose_rating, withdraw_proposal
from assessments.enums import AssessmentStatus as Status
from assessments.enums import Outcome
from spr_portal.identity.enums import Role
from tests.guards.year.world import (
    OPEN,
    QUESTIONS,
    RATING,
    REVIEWERS,
    World,
    coins,
    people,
    questions,
    threats,
)


class Talking(World):
    @rule(who=people, threat=threats, question=questions)
    def comment(self, who, threat, question):
        words = self.new_words()
        done = self.take(
            lambda by: add_comment(
                assessment=self.assessment(threat), place=question, text=words, by=by
            ),
            who,
        )
        assert bool(done) == self.talks(who, threat, question)
        if done:
            self.answers.add(words)

    @rule(who=people, threat=threats)
    def answer(self, who, threat):
        thread, words = self.thread(threat), self.new_words()
        if thread is None:
            return
        done = self.take(lambda by: reply(thread=thread, text=words, by=by), who)
        assert bool(done) == self.talks(who, threat, thread.place)
        if done:
            self.answers.add(words)
            thread.refresh_from_db()
            assert thread.is_open or thread.outcome

    @rule(who=people, threat=threats, resolves=coins)
    def resolve(self, who, threat, resolves):
        thread = self.thread(threat)
        if thread is None:
            return
        step = resolve_thread if resolves else reopen_thread
        done = self.take(
            lambda by: step(thread=thread, by=by),
            who,
            rows=lambda done: int(thread.is_open == resolves),
        )
        may = self.talks(who, threat, thread.place) and not thread.proposed_rating_id
        if resolves:
            is_theirs = thread.by_id == self.persons[who].pk
            may = may and (is_theirs or self.holds(who, *REVIEWERS))
        assert bool(done) == may
        if done:
            assert done.is_open != resolves

    @rule(who=people, threat=threats, rating=st.integers(0, 2))
    def propose(self, who, threat, rating):
        response, words = self.response(threat, RATING), self.new_words()
        point = self.cycle.rating_scale.points.order_by("order")[rating]
        waiting = self.proposal(threat)
        done = self.take(
            lambda by: propose_rating(response=response, rating=point, reason=words, by=by),
            who,
            rows=lambda done: int(waiting is None),
        )
        assessment, me = self.assessment(threat), self.persons[who].pk
        may = (
            self.holds(who, Role.ACC_SECURITY)
            and assessment.status == Status.SUBMITTED
            and assessment.submitted_by_id != me
        )
        if waiting:  # the same proposal once more is no second one
            may = may and (waiting.by_id, waiting.proposed_rating_id) == (me, point.pk)
            assert not done or done == waiting
        else:
            may = may and response.rating_id != point.pk
        assert bool(done) == may
        if done and not waiting:
            self.answers.add(words)

    @rule(who=people, threat=threats, is_old=coins)
    def agree_to_it(self, who, threat, is_old):
        proposal, assessment = self.proposal(threat), self.assessment(threat)
        if proposal is None:
            return
        version = self.response(threat, RATING).version
        submissions = assessment.submissions.count()
        done = self.take(
            lambda by: agree_rating(proposal=proposal, started_from=version - is_old, by=by), who
        )
        is_theirs = proposal.by_id == self.persons[who].pk
        may = self.leads(who, threat) and not is_theirs and not is_old
        assert bool(done) == (may and assessment.status != Status.APPROVED)
        if done:
            assert self.response(threat, RATING).rating_id == proposal.proposed_rating_id
            is_submitted = assessment.status == Status.SUBMITTED
            assert assessment.submissions.count() == submissions + is_submitted

    @rule(who=people, threat=threats)
    def withdraw_it(self, who, threat):
        proposal = self.proposal(threat)
        if proposal is None:
            return
        done = self.take(lambda by: withdraw_proposal(proposal=proposal, by=by), who)
        assert bool(done) == self.holds(who, Role.ACC_SECURITY)
        assert not done or done.outcome == Outcome.WITHDRAWN

    @rule(who=people, threat=threats)
    def submit(self, who, threat):
        assessment = self.assessment(threat)
        done = self.take(lambda by: submit_assessment(assessment=assessment, by=by), who)
        assert bool(done) == (
            self.leads(who, threat) and assessment.status in OPEN and not missing_from(assessment)
        )

    @rule(who=people, threat=threats, asks=coins)
    def give_back(self, who, threat, asks):
        places = [QUESTIONS[0]] if asks else []
        self.with_reason(return_assessment, who, threat, source=Status.SUBMITTED, places=places)

    @rule(who=people, threat=threats)
    def reopen(self, who, threat):
        self.with_reason(reopen_assessment, who, threat, source=Status.APPROVED)

    def with_reason(self, step, who, threat, *, source, **more):
        assessment, words = self.assessment(threat), self.new_words()
        done = self.take(lambda by: step(assessment=assessment, reason=words, by=by, **more), who)
        is_closed = bool(assessment.cycle.closed_at) and source == Status.APPROVED
        assert bool(done) == (
            self.holds(who, Role.ACC_SECURITY) and assessment.status == source and not is_closed
        )
        if done:
            self.answers.add(words)

    @rule(who=people, threat=threats, is_shown=coins)
    def approve(self, who, threat, is_shown):
        assessment = self.assessment(threat)
        shown = hash_of(content_of(assessment)) if is_shown else "0" * 64
        done = self.take(
            lambda by: approve_assessment(assessment=assessment, content_hash=shown, by=by), who
        )
        assert bool(done) == (
            self.holds(who, Role.ACC_SECURITY)
            and assessment.status == Status.SUBMITTED
            and assessment.submitted_by_id != self.persons[who].pk
            and self.proposal(threat) is None
            and is_shown
        )

    def talks(self, who: str, threat: str, place: str) -> bool:
        return self.drafts(who, threat, place) or self.holds(who, *REVIEWERS)

    def thread(self, threat: str):
        """The thread that was begun last."""
        return self.assessment(threat).comments.filter(thread=None).last()

    def proposal(self, threat: str):
        """The proposed rating that waits, if there is one."""
        waiting = self.assessment(threat).comments.filter(proposed_rating__isnull=False)
        return waiting.filter(outcome="").first()
