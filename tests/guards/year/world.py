"""The people, the cycle and the means of the random year."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from assessments.domain.content import ITEM_MODELS
from assessments.domain.items import add_item
from assessments.domain.responses import save_response
from assessments.enums import AssessmentStatus as Status
from assessments.enums import ItemKind
from assessments.exceptions import StaleEdit
from assessments.models import (
    Comment,
    Contributor,
    Evidence,
    Response,
    ResponseVersion,
    SetAside,
    StatusChange,
)
from reports.enums import PaperStatus
from reports.models import BoardPaper, PaperParagraph
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import DomainError
from spr_portal.identity.models import User
from tests.factories import (
    approve_at_once,
    fill_in,
    make_appointment,
    make_cycle,
    make_force,
    make_person,
    shipped_template,
)

THREATS = ("terrorism", "cyber")
QUESTIONS = ("capacity-local", "threat-picture")
RATING = "capacity-rating"
KINDS = (ItemKind.SUMMARY, ItemKind.VULNERABILITY, ItemKind.RECOMMENDATION)
REVIEWERS = (Role.ACC_SECURITY, Role.STAFF_OFFICER)
OPEN = (Status.IN_PROGRESS, Status.RETURNED)
# Roles by person: a role, or a role and its threat. The clerk drafts what leads name them for.
PEOPLE = {
    "lead": [(Role.FORCE_LEAD, "terrorism")],
    "lead of both": [(Role.FORCE_LEAD, "terrorism"), (Role.FORCE_LEAD, "cyber")],
    "contributor": [(Role.CONTRIBUTOR, "terrorism")],
    "clerk": [],
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
AT_MOST_ONE = range(2)  # what somebody types without a pause is one act in the audit


def build_world() -> dict[str, User]:
    force = make_force("wmp")
    persons = {}
    for name, held in PEOPLE.items():
        persons[name] = make_person(force=force, name=name)
        for role, threat in held:
            make_appointment(person=persons[name], role=role, threat=threat)
    persons["another force's acc"] = make_person(role=Role.ACC_SECURITY)
    write_last_year(persons)
    cycle = make_cycle(by=persons["acc"])
    for assessment in cycle.assessments.select_related("threat", "cycle__force"):
        if assessment.threat.code in THREATS:
            fill_in(assessment, by=persons["lead of both"])
        else:
            approve_at_once(assessment)
    shipped_template()
    return persons


def write_last_year(persons: dict[str, User]) -> None:
    """An answer and an open vulnerability that come over from the year before."""
    lead, before = persons["lead of both"], make_cycle(by=persons["acc"], year="2015-16")
    for assessment in before.assessments.filter(threat__code__in=THREATS):
        save_response(
            response=assessment.responses.get(question__code=QUESTIONS[0]),
            text=f"Last year's words on {assessment.threat}.",
            rating=None,
            started_from=0,
            by=lead,
        )
        vulnerability = values(ItemKind.VULNERABILITY, f"Open on {assessment.threat}.")
        add_item(assessment=assessment, kind=ItemKind.VULNERABILITY, values=vulnerability, by=lead)


def values(kind: ItemKind, words: str) -> dict:
    if kind == ItemKind.VULNERABILITY:
        return {"statement": words, "likelihood": "low", "impact": "low"}
    if kind == ItemKind.RECOMMENDATION:
        return {"addressee": "The Commissioner", "text": words}
    return {"text": words, "is_public": True}


class World(RuleBasedStateMachine):
    """What every rule uses: who may, what is there, and how a step is taken."""

    persons: dict[str, User]  # set by the test

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.force = self.persons["acc"].force
        self.cycle = self.force.cycles.get(year="2016-17")
        self.numbers = itertools.count(1)
        self.answers: set[str] = set()  # every word ever given as an answer or in a reason
        self.standing: dict[str, str] = {}  # the words of each item, by its identity
        self.aside: dict[int, str] = {}  # words set aside from a page that types on, by their key
        self.issued = ""

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def take(self, step: Callable, who: str, *, rows: Callable = lambda done: 1):
        """Take a step; what it gave, or None if it was refused, with `refusal` saying why.

        `rows` says how many events a step that was taken leaves in the audit:
        a number, a range, or None where the step itself is several. A refusal
        leaves none, but for words that were set aside.
        """
        before = AuditEvent.objects.count()
        self.refusal = self.stale = None
        try:
            # As on a new request: rights are read once for each user object.
            done = step(User.objects.select_related("force").get(pk=self.persons[who].pk))
        except DomainError as refusal:
            self.refusal, done = refusal, None
            if isinstance(refusal, StaleEdit) and refusal.kept:
                self.stale = refusal
            assert AuditEvent.objects.count() == before + (1 if self.stale else 0)
        else:
            expected = rows(done)
            added = AuditEvent.objects.count() - before
            if expected is None:
                expected = range(3)
            assert added in (expected if isinstance(expected, range) else [expected])
        return done

    def new_words(self) -> str:
        return f"word {next(self.numbers)} of many."

    def holds(self, who: str, *roles: Role) -> bool:
        return any(role in roles for role, _ in PEOPLE.get(who, []))

    def leads(self, who: str, threat: str) -> bool:
        return (Role.FORCE_LEAD, threat) in PEOPLE.get(who, [])

    def named(self, threat: str) -> Contributor | None:
        """The clerk, where a lead has named them."""
        return Contributor.objects.filter(
            assessment=self.assessment(threat), ended_at__isnull=True
        ).first()

    def drafts(self, who: str, threat: str, place: str = "") -> bool:
        """Whether the person writes here: at a place, or anywhere if none is given."""
        if self.leads(who, threat) or (Role.CONTRIBUTOR, threat) in PEOPLE.get(who, []):
            return True
        named = self.named(threat) if who == "clerk" else None
        return bool(named) and (not place or place in (named.question_codes or [place]))

    def is_open(self, threat: str) -> bool:
        return self.assessment(threat).status in OPEN

    def may_word(self, who: str, paper: BoardPaper) -> bool:
        return self.holds(who, *REVIEWERS) and paper.status == PaperStatus.DRAFT

    def worked_on(self):
        return self.cycle.assessments.select_related(
            "threat", "cycle__force", "cycle__edition", "cycle__rating_scale"
        ).filter(threat__code__in=THREATS)

    def assessment(self, threat: str):
        return self.worked_on().get(threat__code=threat)

    def response(self, threat: str, question: str) -> Response:
        return self.assessment(threat).responses.get(question__code=question)

    def item(self, threat: str, kind: ItemKind):
        return getattr(self.assessment(threat), kind.value).last()

    def waits_for(self, who: str, threat: str, place: str) -> bool:
        """Whether words of the person are set aside there."""
        waiting = self.assessment(threat).set_aside.filter(place=place, settled_at__isnull=True)
        return waiting.filter(by=self.persons[who]).exists()

    def paper(self) -> BoardPaper | None:
        papers = BoardPaper.objects.select_related("cycle__force", "cycle__edition", "template")
        return papers.filter(cycle=self.cycle).first()

    def everything_kept(self) -> set[str]:
        kept = {""}
        for model, name in (
            (Response, "text"),
            (ResponseVersion, "text"),
            (Comment, "text"),
            (Evidence, "title"),
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
