"""Random people do random things to one cycle; what must always hold is checked after each.

Two threats are worked on, the other four are approved, so that the paper comes
within reach. Every word given is another one, so that each can be looked for.
What they do to the assessments stands in `tests/guards/year/`, what they do to
the paper and what always holds stands here.
"""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from assessments.domain.acceptance import accept_drafts, accept_item
from assessments.domain.content import content_of, hash_of
from assessments.enums import AssessmentStatus as Status
from assessments.enums import ItemKind
from reports.document import Audience
from reports.domain.compose import compose_paper
from reports.domain.corrections import begin_correction, give_up_correction
from reports.domain.documents import (
    document_hash,
    document_of,
    final_documents,
    problems_in,
)
from reports.domain.papers import (
    agree_paper,
    issue_paper,
    send_paper,
    send_paper_back,
    withdraw_paper,
)
from reports.domain.recommendations import take_up_proposals
from reports.domain.wording import add_paragraph, change_paragraph, remove_paragraph
from reports.enums import PaperStatus
from reports.models import BoardPaper, IssuedPaper
from spr_portal.audit.verifying import verify
from spr_portal.identity.enums import Role
from tests.factories import make_files_up, shipped_template
from tests.guards.year.talking import Talking
from tests.guards.year.world import OPEN, REVIEWERS, THREATS, build_world, coins, people
from tests.guards.year.writing import Writing

EXAMPLES, STEPS = 15, 40


class Year(Writing, Talking):
    @rule(who=people)
    def compose(self, who):
        had_paper = self.paper() is not None
        done = self.take(
            lambda by: compose_paper(cycle=self.cycle, template=shipped_template(), by=by),
            who,
            rows=lambda done: None,
        )
        assert bool(done) == (self.holds(who, *REVIEWERS) and not had_paper)

    @precondition(lambda self: self.paper())
    @rule(who=people)
    def take_up(self, who):
        paper = self.paper()
        approved = list(self.cycle.assessments.filter(status=Status.APPROVED))
        done = self.take(
            lambda by: take_up_proposals(paper=paper, assessments=approved, by=by) or True,
            who,
            rows=lambda done: int(done is not True),
        )
        assert bool(done) == self.may_word(who, paper)

    @precondition(lambda self: self.paper())
    @rule(who=people, what=st.sampled_from(["add", "change", "stale", "remove"]))
    def word(self, who, what):
        paper = self.paper()
        section = paper.sections.get(identity="introduction")
        given = {"text": self.new_words(), "is_public": True, "withheld_under": ""}
        row = section.paragraphs.filter(text__startswith="word ").first()
        if what == "add" or row is None:
            done = self.take(lambda by: add_paragraph(section=section, values=given, by=by), who)
            if done:
                self.standing[done.identity] = given["text"]
        elif what == "remove":
            self.take(
                lambda by: remove_paragraph(section=section, identity=row.identity, by=by), who
            )
            if self.refusal is None:
                self.answers.add(self.standing.pop(row.identity))  # kept in the audit
        else:
            done = self.take(
                lambda by: change_paragraph(
                    section=section,
                    identity=row.identity,
                    values=given,
                    started_from=row.version - (what == "stale"),
                    by=by,
                ),
                who,
            )
            assert bool(done) == (self.may_word(who, paper) and what == "change")
            if done:
                self.standing[row.identity] = given["text"]

    @precondition(lambda self: self.paper())
    @rule(who=people)
    def send(self, who):
        paper = self.paper()
        done = self.take(lambda by: send_paper(paper=paper, by=by), who)
        assert bool(done) == (
            self.holds(who, *REVIEWERS)
            and paper.status == PaperStatus.DRAFT
            and not problems_in(paper)
        )

    @precondition(lambda self: self.paper())
    @rule(who=people, is_shown=coins)
    def agree(self, who, is_shown):
        paper = self.paper()
        shown = self.full_hash(paper) if is_shown else "0" * 64
        done = self.take(
            lambda by: agree_paper(paper=paper, document=shown, by=by),
            who,
            rows=lambda done: None,
        )
        assert bool(done) == (
            self.holds(who, Role.EXECUTIVE)
            and paper.status == PaperStatus.WITH_EXECUTIVE
            and paper.sent_by_id != self.persons[who].pk
            and is_shown
            and not problems_in(paper)
        )
        if done:
            make_files_up(done)

    @precondition(lambda self: self.paper())
    @rule(who=people)
    def send_back(self, who):
        paper, words = self.paper(), self.new_words()
        done = self.take(lambda by: send_paper_back(paper=paper, reason=words, by=by), who)
        assert bool(done) == (
            self.holds(who, Role.EXECUTIVE) and paper.status == PaperStatus.WITH_EXECUTIVE
        )

    @precondition(lambda self: self.paper())
    @rule(who=people)
    def withdraw(self, who):
        paper, words = self.paper(), self.new_words()
        done = self.take(lambda by: withdraw_paper(paper=paper, reason=words, by=by), who)
        assert bool(done) == (
            self.holds(who, *REVIEWERS)
            and paper.status in (PaperStatus.WITH_EXECUTIVE, PaperStatus.AGREED)
        )

    @precondition(lambda self: self.paper())
    @rule(who=people)
    def issue(self, who):
        paper = self.paper()
        done = self.take(lambda by: issue_paper(paper=paper, by=by), who)
        assert bool(done) == (
            self.holds(who, Role.ACC_SECURITY)
            and paper.status == PaperStatus.AGREED
            and paper.agreed_hash == self.full_hash(paper)
            and not problems_in(paper)
        )
        if done:
            self.issued += self.fingerprint(done)

    @precondition(lambda self: self.paper())
    @rule(who=people)
    def correct(self, who):
        paper, words = self.paper(), self.new_words()
        done = self.take(lambda by: begin_correction(paper=paper, reason=words, by=by), who)
        assert bool(done) == (
            self.holds(who, Role.ACC_SECURITY) and paper.status == PaperStatus.ISSUED
        )

    @precondition(lambda self: self.paper() and self.paper().is_correction)
    @rule(who=people)
    def give_up(self, who):
        paper, words = self.paper(), self.new_words()
        done = self.take(lambda by: give_up_correction(paper=paper, reason=words, by=by), who)
        assert bool(done) == (
            self.holds(who, Role.ACC_SECURITY) and paper.status == PaperStatus.DRAFT
        )
        if done:
            self.answers |= set(self.standing.values())  # kept in the audit, or given back
            assert document_hash(document_of(self.paper(), Audience.FULL)) == (
                self.paper().issued.document_hash
            )

    @rule()
    def go_on(self):
        """The step that leads on, so that a random year gets far."""
        for assessment in self.worked_on():
            threat = assessment.threat.code
            if assessment.status in OPEN:
                self.decide_on_everything(assessment)
                return self.submit("lead of both", threat)
            if assessment.status == Status.SUBMITTED:
                if self.proposal(threat):
                    return self.withdraw_it("acc", threat)
                return self.approve("acc", threat, is_shown=True)
        paper = self.paper()
        if paper is None:
            return self.compose("acc")
        if paper.status == PaperStatus.DRAFT:
            return self.send("acc")
        if paper.status == PaperStatus.WITH_EXECUTIVE:
            return self.agree("executive", is_shown=True)
        return self.issue("acc")

    def decide_on_everything(self, assessment):
        """Accept what waits for a lead, so that the assessment can be submitted."""
        lead = self.persons["lead of both"]
        waiting = {row.question.code: row.version for row in assessment.responses.all()}
        accept_drafts(assessment=assessment, versions=waiting, by=lead)
        for kind in ItemKind:
            for item in getattr(assessment, kind.value).filter(is_draft=True):
                accept_item(
                    assessment=assessment,
                    kind=kind,
                    identity=item.identity,
                    version=item.version,
                    by=lead,
                )
        self.keep("lead of both", assessment.threat.code, 0)

    # --- what always holds

    @invariant()
    def no_word_is_lost(self):
        kept = self.everything_kept()
        given = (*self.answers, *self.standing.values(), *self.aside.values())
        lost = [words for words in given if words not in kept]
        assert not lost

    @invariant()
    def statuses_are_those_of_the_history(self):
        for subject in filter(None, [*self.worked_on(), self.paper()]):
            last = subject.status_changes.last()
            assert subject.status == (last.to_status if last else PaperStatus.DRAFT)

    @invariant()
    def approval_stands_for_exactly_what_was_approved(self):
        for assessment in self.worked_on():
            if assessment.status == Status.APPROVED:
                assert assessment.approved_hash == hash_of(content_of(assessment))
                assert assessment.approved_by_id != assessment.submitted_by_id
            else:
                assert (assessment.approved_hash, assessment.approved_by_id) == ("", None)

    @invariant()
    def agreement_is_another_persons_and_void_with_the_draft(self):
        paper = self.paper()
        if paper is None:
            return
        is_agreed = paper.status in (PaperStatus.AGREED, PaperStatus.ISSUED)
        assert bool(paper.agreed_hash) == is_agreed
        assert not is_agreed or paper.agreed_by_id != paper.sent_by_id

    @invariant()
    def what_is_submitted_is_what_is_there(self):
        for assessment in self.worked_on():
            if assessment.status == Status.SUBMITTED:
                newest = assessment.submissions.last()
                assert newest.content_hash == hash_of(content_of(assessment))
                assert newest.by_id == assessment.submitted_by_id

    @invariant()
    def what_is_issued_stays(self):
        assert self.fingerprints() == self.issued

    @invariant()
    def the_audit_is_whole(self):
        verify()

    # --- helpers

    def full_hash(self, paper: BoardPaper) -> str:
        return document_hash(final_documents(paper)[Audience.FULL])

    def fingerprints(self) -> str:
        """Everything that is issued, a sum for each issue in its order."""
        issues = IssuedPaper.objects.order_by("number")
        return "".join(self.fingerprint(issued) for issued in issues)

    def fingerprint(self, issued: IssuedPaper) -> str:
        whole = f"{issued.document}{issued.manifest}".encode() + b"".join(
            bytes(file.content) for file in issued.files.order_by("name")
        )
        return hashlib.sha256(whole).hexdigest()


@pytest.fixture
def persons(db):
    return build_world()


def test_whatever_people_do_nothing_is_lost_and_every_rule_holds(persons):
    Year.persons = persons

    Year.TestCase.settings = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        # A year takes too long to be lived again until it is the shortest.
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    Year.TestCase().runTest()


def test_the_random_year_reaches_its_end(persons):
    """The steps that lead on do lead to an issued paper: what is checked there is checked."""
    Year.persons = persons
    year = Year()
    try:
        for _ in range(len(THREATS) * 2 + 4):
            year.go_on()
        year.no_word_is_lost()
        year.the_audit_is_whole()
        year.what_is_issued_stays()

        assert year.paper().status == PaperStatus.ISSUED
        assert year.issued
    finally:
        year.teardown()
