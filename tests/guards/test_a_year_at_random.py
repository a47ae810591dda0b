"""Random people do random things to one cycle; what must always hold is checked after each.

Two threats are worked on, the other four are approved, so that the paper comes
within reach. Every word given is another one, so that each can be looked for.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from assessments.domain.assessments import (
    approve_assessment,
    reopen_assessment,
    return_assessment,
    submit_assessment,
)
from assessments.domain.comments import add_comment
from assessments.domain.completeness import missing_from
from assessments.domain.content import ITEM_MODELS, content_of, hash_of
from assessments.domain.items import add_item, change_item, move_item, remove_item
from assessments.domain.responses import save_response
from assessments.domain.set_aside import settle_words
from assessments.enums import AssessmentStatus as Status
from assessments.enums import ItemKind
from assessments.exceptions import StaleEdit
from assessments.models import Comment, Response, ResponseVersion, SetAside, StatusChange
from reports.document import Audience
from reports.domain.compose import compose_paper
from reports.domain.documents import document_hash, final_documents, problems_in
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
from reports.models import BoardPaper, IssuedPaper, PaperParagraph
from spr_portal.audit.models import AuditEvent
from spr_portal.audit.verifying import verify
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import DomainError
from spr_portal.identity.models import User
from tests.factories import (
    approve_at_once,
    fill_in,
    make_appointment,
    make_cycle,
    make_files_up,
    make_force,
    make_person,
    shipped_template,
)

EXAMPLES, STEPS = 15, 40
THREATS = ("terrorism", "cyber")
QUESTIONS = ("capacity-local", "threat-picture")
KINDS = (ItemKind.SUMMARY, ItemKind.VULNERABILITY, ItemKind.RECOMMENDATION)
# Roles by person: a role, or a role and its threat.
PEOPLE = {
    "lead": [(Role.FORCE_LEAD, "terrorism")],
    "lead of both": [(Role.FORCE_LEAD, "terrorism"), (Role.FORCE_LEAD, "cyber")],
    "contributor": [(Role.CONTRIBUTOR, "terrorism")],
    "acc": [(Role.ACC_SECURITY, "")],
    "acc who leads": [(Role.ACC_SECURITY, ""), (Role.FORCE_LEAD, "cyber")],
    "officer who agrees": [(Role.STAFF_OFFICER, ""), (Role.EXECUTIVE, "")],
    "executive": [(Role.EXECUTIVE, "")],
    "opcc": [(Role.OPCC, "")],
}
people = st.sampled_from([*PEOPLE, "another force's acc"])
threats, questions, kinds = map(st.sampled_from, (THREATS, QUESTIONS, KINDS))
coins = st.booleans()
backs = st.integers(0, 3)  # how many versions ago the person opened the page


def build_world() -> dict[str, User]:
    force = make_force("wmp")
    persons = {}
    for name, held in PEOPLE.items():
        persons[name] = make_person(force=force, name=name)
        for role, threat in held:
            make_appointment(person=persons[name], role=role, threat=threat)
    persons["another force's acc"] = make_person(role=Role.ACC_SECURITY)
    cycle = make_cycle(by=persons["acc"])
    for assessment in cycle.assessments.select_related("threat", "cycle__force"):
        if assessment.threat.code in THREATS:
            fill_in(assessment, by=persons["lead of both"])
        else:
            approve_at_once(assessment)
    shipped_template()
    return persons


class Year(RuleBasedStateMachine):
    persons: dict[str, User]  # set by the test

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.force = self.persons["acc"].force
        self.cycle = self.force.cycles.get()
        self.numbers = itertools.count(1)
        self.answers: set[str] = set()  # every word ever given as an answer or in a reason
        self.standing: dict[str, str] = {}  # the words of each item, by its identity
        self.issued = ""

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # --- what people do

    @rule(who=people, threat=threats, question=questions, back=backs, clears=coins, keeps=coins)
    def save(self, who, threat, question, back, clears, keeps):
        response = self.response(threat, question)
        started_from = max(0, response.version - back)
        text = "" if clears and keeps else self.new_words()
        if keeps and not clears:  # the person changes nothing on an old page
            before = response.versions.filter(version=started_from).first()
            text = before.text if before else ""
        was, now_same = response.version, response.text == text
        done = self.take(
            lambda by: save_response(
                response=response, text=text, rating=None, started_from=started_from, by=by
            ),
            who,
            rows=lambda saved: int(saved.version > was),
        )
        may = self.drafts(who, threat) and self.is_open(threat)
        assert bool(done or self.stale) == may
        if may:
            self.answers.add(text)
            assert self.stale is None or (back > 0 and not now_same)

    @rule(who=people, threat=threats, kind=kinds)
    def add(self, who, threat, kind):
        words = self.new_words()
        done = self.take(
            lambda by: add_item(
                assessment=self.assessment(threat), kind=kind, values=values(kind, words), by=by
            ),
            who,
        )
        assert bool(done) == (self.drafts(who, threat) and self.is_open(threat))
        if done:
            self.standing[done.identity] = words

    @rule(who=people, threat=threats, kind=kinds, back=backs)
    def change(self, who, threat, kind, back):
        item = self.item(threat, kind)
        if item is None:
            return
        words, back = self.new_words(), min(back, item.version)
        done = self.take(
            lambda by: change_item(
                assessment=self.assessment(threat),
                kind=kind,
                identity=item.identity,
                values=values(kind, words),
                started_from=item.version - back,
                by=by,
            ),
            who,
        )
        may = self.drafts(who, threat) and self.is_open(threat)
        assert (bool(done), bool(self.stale)) == (may and back == 0, may and back > 0)
        if done:
            self.standing[item.identity] = words
        elif self.stale:
            self.answers.add(words)

    @rule(who=people, threat=threats, kind=kinds, back=backs)
    def remove(self, who, threat, kind, back):
        item = self.item(threat, kind)
        if item is None:
            return
        back = min(back, item.version)
        self.take(
            lambda by: remove_item(
                assessment=self.assessment(threat),
                kind=kind,
                identity=item.identity,
                started_from=item.version - back,
                by=by,
            ),
            who,
        )
        if self.refusal is None:
            assert back == 0
            self.answers.add(self.standing.pop(item.identity, ""))

    @rule(who=people, threat=threats, kind=kinds, up=coins)
    def move(self, who, threat, kind, up):
        item = self.item(threat, kind)
        if item is not None:
            self.take(
                lambda by: move_item(
                    assessment=self.assessment(threat),
                    kind=kind,
                    identity=item.identity,
                    up=up,
                    by=by,
                ),
                who,
                rows=lambda done: None,
            )

    @rule(who=people, threat=threats, question=questions)
    def settle(self, who, threat, question):
        assessment = self.assessment(threat)
        waiting = assessment.set_aside.filter(
            place=question, by=self.persons[who], settled_at__isnull=True
        ).exists()
        self.take(
            lambda by: settle_words(assessment=assessment, place=question, by=by),
            who,
            rows=lambda done: int(waiting),
        )

    @rule(who=people, threat=threats)
    def comment(self, who, threat):
        words = self.new_words()
        done = self.take(
            lambda by: add_comment(
                assessment=self.assessment(threat), place="capacity-local", text=words, by=by
            ),
            who,
        )
        assert bool(done) == (self.drafts(who, threat) or self.holds(who, *REVIEWERS))
        if done:
            self.answers.add(words)

    @rule(who=people, threat=threats)
    def submit(self, who, threat):
        assessment = self.assessment(threat)
        done = self.take(lambda by: submit_assessment(assessment=assessment, by=by), who)
        assert bool(done) == (
            (Role.FORCE_LEAD, threat) in PEOPLE.get(who, [])
            and assessment.status in (Status.IN_PROGRESS, Status.RETURNED)
            and not missing_from(assessment)
        )

    @rule(who=people, threat=threats)
    def give_back(self, who, threat):
        self.with_reason(return_assessment, who, threat, source=Status.SUBMITTED)

    @rule(who=people, threat=threats)
    def reopen(self, who, threat):
        self.with_reason(reopen_assessment, who, threat, source=Status.APPROVED)

    def with_reason(self, step, who, threat, *, source):
        assessment, words = self.assessment(threat), self.new_words()
        done = self.take(lambda by: step(assessment=assessment, reason=words, by=by), who)
        assert bool(done) == (self.holds(who, Role.ACC_SECURITY) and assessment.status == source)
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
            and is_shown
        )

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
            self.issued = self.fingerprint()

    @rule()
    def go_on(self):
        """The step that leads on, so that a random year gets far."""
        for assessment in self.worked_on():
            threat = assessment.threat.code
            if assessment.status in (Status.IN_PROGRESS, Status.RETURNED):
                return self.submit("lead of both", threat)
            if assessment.status == Status.SUBMITTED:
                return self.approve("acc", threat, is_shown=True)
        paper = self.paper()
        if paper is None:
            return self.compose("acc")
        if paper.status == PaperStatus.DRAFT:
            return self.send("acc")
        if paper.status == PaperStatus.WITH_EXECUTIVE:
            return self.agree("executive", is_shown=True)
        return self.issue("acc")

    # --- what always holds

    @invariant()
    def no_word_is_lost(self):
        kept = self.everything_kept()
        lost = [words for words in (*self.answers, *self.standing.values()) if words not in kept]
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
    def what_is_issued_stays(self):
        assert self.fingerprint() == self.issued

    @invariant()
    def the_audit_is_whole(self):
        verify()

    # --- helpers

    def take(self, step: Callable, who: str, *, rows: Callable = lambda done: 1):
        """Take a step; what it gave, or None if it was refused, with `refusal` saying why.

        `rows` says how many events a step that was taken leaves in the audit,
        or None where the step itself is several. A refusal leaves none, but
        for words that were set aside.
        """
        before = AuditEvent.objects.count()
        self.refusal = self.stale = None
        try:
            done = step(self.persons[who])
        except DomainError as refusal:
            self.refusal, done = refusal, None
            if isinstance(refusal, StaleEdit) and refusal.kept:
                self.stale = refusal
            assert AuditEvent.objects.count() == before + (1 if self.stale else 0)
        else:
            expected = rows(done)
            added = AuditEvent.objects.count() - before
            assert added == expected or (expected is None and added < 3)
        return done

    def new_words(self) -> str:
        return f"word {next(self.numbers)} of many."

    def holds(self, who: str, *roles: Role) -> bool:
        return any(role in roles for role, _ in PEOPLE.get(who, []))

    def drafts(self, who: str, threat: str) -> bool:
        return any(
            (role, threat) in PEOPLE.get(who, []) for role in (Role.FORCE_LEAD, Role.CONTRIBUTOR)
        )

    def is_open(self, threat: str) -> bool:
        return self.assessment(threat).status in (Status.IN_PROGRESS, Status.RETURNED)

    def may_word(self, who: str, paper: BoardPaper) -> bool:
        return self.holds(who, *REVIEWERS) and paper.status == PaperStatus.DRAFT

    def worked_on(self):
        return self.cycle.assessments.select_related("threat", "cycle__force").filter(
            threat__code__in=THREATS
        )

    def assessment(self, threat: str):
        return self.worked_on().get(threat__code=threat)

    def response(self, threat: str, question: str) -> Response:
        return self.assessment(threat).responses.get(question__code=question)

    def item(self, threat: str, kind: ItemKind):
        return getattr(self.assessment(threat), kind.value).last()

    def paper(self) -> BoardPaper | None:
        papers = BoardPaper.objects.select_related("cycle__force", "cycle__edition", "template")
        return papers.filter(cycle=self.cycle).first()

    def full_hash(self, paper: BoardPaper) -> str:
        return document_hash(final_documents(paper)[Audience.FULL])

    def fingerprint(self) -> str:
        """What is issued, as one sum; empty while nothing is."""
        issued = IssuedPaper.objects.first()
        if issued is None:
            return ""
        whole = issued.document.encode() + b"".join(
            bytes(file.content) for file in issued.files.order_by("name")
        )
        return hashlib.sha256(whole).hexdigest()

    def everything_kept(self) -> set[str]:
        kept = {""}
        for model, name in (
            (Response, "text"),
            (ResponseVersion, "text"),
            (Comment, "text"),
            (StatusChange, "reason"),
            (PaperParagraph, "text"),
        ):
            kept.update(model.objects.values_list(name, flat=True))
        for kind in KINDS:
            name = "statement" if kind == ItemKind.VULNERABILITY else "text"
            kept.update(ITEM_MODELS[kind].objects.values_list(name, flat=True))
        for aside in SetAside.objects.all():
            kept.update(str(value) for value in aside.values.values())
        for event in AuditEvent.objects.filter(action="paragraph.removed"):
            kept.add(event.details["text"])
        return kept


REVIEWERS = (Role.ACC_SECURITY, Role.STAFF_OFFICER)


def values(kind: ItemKind, words: str) -> dict:
    if kind == ItemKind.VULNERABILITY:
        return {"statement": words, "likelihood": "low", "impact": "low"}
    if kind == ItemKind.RECOMMENDATION:
        return {"addressee": "The Commissioner", "text": words}
    return {"text": words, "is_public": True}


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
