"""A force in the middle of its work, with something for every address to show.

The year 2012-13 is issued and being corrected, 2013-14 has no paper yet, 2014-15
has issued its paper, in 2015-16 the paper is agreed with its files made, in
2016-17 it is a draft, somebody has commented on a part of it and the assessments
are in every status, and in 2017-18 it is with the Executive Team.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.test import Client

from assessments.domain.assessments import (
    approve_assessment,
    return_assessment,
    submit_assessment,
)
from assessments.domain.citing import add_and_cite
from assessments.domain.comments import add_comment, reply, resolve_thread
from assessments.domain.content import content_of, hash_of
from assessments.domain.contributors import name_contributor
from assessments.domain.evidence import add_evidence
from assessments.domain.evidence_files import add_file
from assessments.domain.items import add_item
from assessments.enums import ItemKind
from assessments.models import Cycle
from reports.builder import build_paper
from reports.checks import Finding, findings_of
from reports.document import Audience
from reports.domain.agenda import make_agenda
from reports.domain.board_decisions import record_decision
from reports.domain.compose import compose_paper
from reports.domain.corrections import begin_correction
from reports.domain.documents import document_hash, final_documents
from reports.domain.overrides import mark_of, override_paragraph
from reports.domain.packs import make_pack
from reports.domain.paper_comments import add_paper_comment
from reports.domain.papers import agree_paper, issue_paper, send_paper
from reports.domain.public_links import switch_public_link
from reports.domain.waivers import waive_finding
from reports.domain.wording import add_paragraph
from reports.enums import DecisionOutcome, FigureSource, RecommendationStatus
from reports.models import (
    BoardAction,
    BoardDecision,
    BoardPaper,
    Brand,
    Meeting,
    PaperParagraph,
    Recommendation,
)
from reports.snapshot import take_snapshot
from spr_portal.identity.enums import THREAT_ROLES, Role
from spr_portal.identity.models import Force, User
from tests.evidence.uploads import a_picture
from tests.factories import (
    approve_at_once,
    fill_in,
    make_action,
    make_appointment,
    make_cycle,
    make_files_up,
    make_force,
    make_meeting,
    make_person,
    shipped_template,
)
from tests.past_papers.drafts import NOT_PLACED, make_draft

WITHOUT_PAPER, ISSUED, AGREED, DRAFT, SENT = "2013-14", "2014-15", "2015-16", "2016-17", "2017-18"
CORRECTING = "2012-13"
PAST = "2011-12"  # a paper of before the portal, being corrected
# Each threat of the draft's year stands at another point of the work.
IN_PROGRESS, SUBMITTED, RETURNED, APPROVED = (
    "terrorism", "cyber", "public-order", "civil-emergencies"
)  # fmt: skip
DRAFTED = "capacity-local"  # the one answer that a colleague is named to draft
OF_OTHERS = "child-sexual-abuse"  # a threat the scene's own lead has no part in
BACKEND = "spr_portal.identity.backends.AccountBackend"

ITEMS = {
    ItemKind.FIGURE: {"unit": "Support units", "level": "local", "held": 62, "is_public": True},
    ItemKind.VULNERABILITY: {"statement": "Few trained.", "likelihood": "low", "impact": "high"},
    ItemKind.FINDING: {
        "body": "HMICFRS",
        "report": "Public order",
        "finding_kind": "recommendation",
        "text": "Too few are trained.",
    },
    ItemKind.RECOMMENDATION: {"addressee": "The Commissioner", "text": "to support the plan."},
    ItemKind.SUMMARY: {"text": "What the board reads.", "is_public": True},
}


EVIDENCE = {"kind": "exercise", "title": "Exercise report"}


@dataclass
class Scene:
    force: Force
    people: dict[str, User] = field(default_factory=dict)  # by role, or what they are not
    cycles: dict[str, Cycle] = field(default_factory=dict)
    papers: dict[str, BoardPaper] = field(default_factory=dict)
    followed: Recommendation | None = None  # of a paper before the portal, the lead's
    ended: Recommendation | None = None  # one beside it that is completed
    decision: BoardDecision | None = None  # on the issued paper, with a follow-up
    meeting: Meeting | None = None  # planned, for the lead, with an agenda, an action and a pack
    action: BoardAction | None = None  # of that meeting, the lead's
    figure: PaperParagraph | None = None  # one of the draft's
    clients: dict[str, Client] = field(default_factory=dict)

    def client_of(self, person: str) -> Client:
        """A browser in which the person is signed in, the same one each time."""
        if person not in self.clients:
            self.clients[person] = self.new_client_of(person)
        return self.clients[person]

    def new_client_of(self, person: str, **options) -> Client:
        client = Client(**options)
        client.force_login(self.people[person], backend=BACKEND)
        return client

    def assessment(self, threat: str, year: str = DRAFT):
        return self.cycles[year].assessments.get(threat__code=threat)

    def item(self, kind: ItemKind):
        return getattr(self.assessment(IN_PROGRESS), kind.value).last()


def build_scene(*, before_papers_go_on: Callable[[], None] | None = None) -> Scene:
    """Build it through the domain; needs the database.

    `before_papers_go_on` may change what was written so far.
    """
    scene = Scene(force=make_force("wmp", name="West Midlands Police", short_name="WMP"))
    _appoint_people(scene)
    acc = scene.people[Role.ACC_SECURITY]
    _brand(scene.force)
    for year in (CORRECTING, WITHOUT_PAPER, ISSUED, AGREED, DRAFT, SENT):
        scene.cycles[year] = make_cycle(by=acc, year=year, dates=dates_of(year))
    _work_on_assessments(scene)
    for year in (CORRECTING, ISSUED, AGREED, SENT):
        for assessment in scene.cycles[year].assessments.select_related("threat", "cycle__force"):
            approve_at_once(assessment)
    for year in (CORRECTING, ISSUED, AGREED, DRAFT, SENT):
        scene.papers[year] = compose_paper(
            cycle=scene.cycles[year], template=shipped_template(), by=acc
        )
        _say_outcomes(scene.force, year)
    _put_figures(scene)
    _plan_a_meeting(scene)
    if before_papers_go_on:
        before_papers_go_on()
    _take_papers_on(scene)
    _let_the_board_decide(scene)
    scene.followed = _recommend(scene, "followed", order=1)
    scene.ended = _recommend(scene, "ended", order=2, status=RecommendationStatus.COMPLETED)
    make_draft(by=acc, year=PAST, extra=NOT_PLACED)
    for person in scene.people:
        scene.client_of(person)
    return scene


def _recommend(scene: Scene, identity: str, **fields) -> Recommendation:
    """One of a paper of before the portal, which the lead sees to."""
    return Recommendation.objects.create(
        force=scene.force,
        year=PAST,
        identity=identity,
        addressee="The Executive Team",
        text="to note what stood in an earlier paper.",
        is_public=True,
        owner=scene.people[Role.FORCE_LEAD],
        owner_name=scene.people[Role.FORCE_LEAD].name,
        **fields,
    )


def _put_figures(scene: Scene) -> None:
    """Every figure there is, in the draft."""
    section = scene.papers[DRAFT].sections.get(identity="introduction")
    for source in FigureSource:
        scene.figure = add_paragraph(
            section=section,
            values={"text": "", "figure_source": source, "is_public": True},
            by=scene.people[Role.ACC_SECURITY],
        )


def _brand(force: Force) -> None:
    Brand.objects.create(
        force=force,
        logo=a_picture("PNG"),
        logo_description="Crest",
        colour="#1d3a5f",
        head_words="Words at the head",
        foot_words="Words at the foot",
        version=2,
    )


def _appoint_people(scene: Scene) -> None:
    for role in Role:
        person = make_person(force=scene.force, name=f"{role.label} of WMP")
        if role not in THREAT_ROLES:
            make_appointment(person=person, role=role)
        else:
            for threat in (IN_PROGRESS, SUBMITTED, RETURNED, APPROVED):
                make_appointment(person=person, role=role, threat=threat)
        scene.people[role] = person
    scene.people["lead of another threat"] = make_person(
        force=scene.force, role=Role.FORCE_LEAD, threat=OF_OTHERS
    )
    scene.people["nobody"] = make_person(force=scene.force)
    scene.people["named for one answer"] = make_person(force=scene.force)
    former = make_person(force=scene.force)
    for role in Role:
        make_appointment(
            person=former,
            role=role,
            threat=IN_PROGRESS if role in THREAT_ROLES else "",
            ends_on=datetime.date(2016, 3, 1),
        )
    scene.people["formerly everything"] = former
    other = make_person(force=make_force("gmp", name="Greater Manchester Police"))
    for role in Role:
        make_appointment(
            person=other, role=role, threat=IN_PROGRESS if role in THREAT_ROLES else ""
        )
    scene.people["everything in another force"] = other


def dates_of(year: str) -> dict[str, datetime.date]:
    first = int(year[:4])
    return {
        "as_at": datetime.date(first, 8, 31),
        "tasked_on": datetime.date(first, 2, 15),
        "due_on": datetime.date(first, 8, 31),
        "executive_on": datetime.date(first + 1, 1, 16),
        "board_on": datetime.date(first + 1, 2, 7),
    }


def _work_on_assessments(scene: Scene) -> None:
    lead, acc = scene.people[Role.FORCE_LEAD], scene.people[Role.ACC_SECURITY]
    for threat in (IN_PROGRESS, SUBMITTED, RETURNED, APPROVED):
        fill_in(scene.assessment(threat), by=lead)
        name_contributor(
            assessment=scene.assessment(threat),
            person=scene.people["named for one answer"],
            question_codes=[DRAFTED],
            by=lead,
        )
    for kind, values in ITEMS.items():
        add_item(assessment=scene.assessment(IN_PROGRESS), kind=kind, values=values, by=lead)
    add_and_cite(
        assessment=scene.assessment(IN_PROGRESS), values=EVIDENCE, backs=["capacity-local"], by=lead
    )
    cited = scene.item(ItemKind.EVIDENCE).evidence
    with tempfile.NamedTemporaryFile(suffix=".txt") as upload:
        upload.write(b"What the exercise showed.")
        upload.flush()
        add_file(evidence=cited, upload=Path(upload.name), name="exercise.txt", by=lead)
    add_evidence(values=EVIDENCE | {"is_shared": True}, by=acc)
    for threat in (SUBMITTED, RETURNED, APPROVED):
        submit_assessment(assessment=scene.assessment(threat), by=lead)
    for threat in (IN_PROGRESS, SUBMITTED, RETURNED):
        _talk(scene.assessment(threat), acc=acc, lead=lead)
    return_assessment(
        assessment=scene.assessment(RETURNED),
        reason="Say more.",
        places=["capacity-local", ItemKind.VULNERABILITY],
        by=acc,
    )
    approved = scene.assessment(APPROVED)
    approve_assessment(assessment=approved, content_hash=hash_of(content_of(approved)), by=acc)


def _talk(assessment, *, acc: User, lead: User) -> None:
    """An open thread beside an answer, and one on a list that is resolved."""
    reply(
        thread=add_comment(
            assessment=assessment, place="capacity-local", text="How many units?", by=acc
        ),
        text="I am asking the units.",
        by=lead,
    )
    asked = add_comment(assessment=assessment, place=ItemKind.VULNERABILITY, text="None?", by=acc)
    resolve_thread(thread=asked, by=acc)


def _say_outcomes(force: Force, year: str) -> None:
    """Every recommendation made so far is completed, so that no later paper waits for it."""
    Recommendation.objects.filter(force=force, year=year).update(
        status=RecommendationStatus.COMPLETED, outcome=f"What was recommended in {year} was done."
    )


def _take_papers_on(scene: Scene) -> None:
    scene.papers = {year: BoardPaper.objects.get(pk=row.pk) for year, row in scene.papers.items()}
    acc, executive = scene.people[Role.ACC_SECURITY], scene.people[Role.EXECUTIVE]
    for year in (CORRECTING, ISSUED, AGREED, SENT):
        scene.papers[year] = send_paper(paper=scene.papers[year], by=acc)
    for year in (CORRECTING, ISSUED, AGREED):
        full = final_documents(scene.papers[year])[Audience.FULL]
        scene.papers[year] = agree_paper(
            paper=scene.papers[year], document=document_hash(full), by=executive
        )
        make_files_up(scene.papers[year])
    add_paper_comment(
        paper=scene.papers[DRAFT], block="section-introduction", text="Why?", by=executive
    )
    for year in (CORRECTING, ISSUED):
        issue_paper(paper=scene.papers[year], by=acc)
    _decide_about_the_draft(scene.papers[DRAFT], by=acc)
    scene.papers[CORRECTING] = begin_correction(
        paper=BoardPaper.objects.get(pk=scene.papers[CORRECTING].pk), reason="Wrong.", by=acc
    )


def _decide_about_the_draft(paper: BoardPaper, *, by: User) -> None:
    """One paragraph of a threat is told otherwise, and one thing is let pass."""
    section = paper.sections.get(threat_code=APPROVED)
    source = paper.cycle.assessments.get(threat__code=APPROVED).summary.first()
    override_paragraph(
        section=section,
        source=source.identity,
        values={"text": "The paper’s own words.", "is_public": True, "withheld_under": ""},
        shown=mark_of(source.text),
        started_from=0,
        by=by,
    )
    waive_finding(paper=paper, key=findings_to_waive(paper)[0].key, reason="Known.", by=by)


def findings_to_waive(paper: BoardPaper) -> list[Finding]:
    """What the checks find in a paper and nobody has let pass yet."""
    snapshot = take_snapshot(paper)
    found = findings_of(snapshot, build_paper(snapshot, is_draft=True))
    return [finding for finding in found if finding.can_be_waived and not finding.waiver]


def _let_the_board_decide(scene: Scene) -> None:
    """On the issued paper, which anybody may read; it asks what is new."""
    office = scene.people[Role.OPCC]
    issued = scene.papers[ISSUED].issued
    scene.decision = record_decision(
        issued=issued,
        values={
            "outcome": DecisionOutcome.NOTED,
            "wording": "The report was noted.",
            "conditions": "",
            "minute_reference": "14/15",
            "decided_on": datetime.date(2015, 2, 7),
            "follow_up_on": datetime.date(2015, 9, 1),
        },
        started_from=0,
        by=office,
    )
    switch_public_link(issued=issued, is_on=True, may_be_indexed=False, by=office)


def _plan_a_meeting(scene: Scene) -> None:
    acc, lead = scene.people[Role.ACC_SECURITY], scene.people[Role.FORCE_LEAD]
    scene.meeting = make_meeting(by=acc, for_=[lead])
    scene.action = make_action(meeting=scene.meeting, owner=lead, by=acc)
    make_agenda(meeting=scene.meeting, today=datetime.date(2016, 9, 10), by=acc)
    pack, _ = make_pack(meeting=scene.meeting, by=acc)
    make_files_up(pack)
