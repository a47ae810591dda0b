"""A year whose papers hold everything that can surround a paper."""

from __future__ import annotations

import datetime
import hashlib

from assessments.models import Assessment, Cycle
from reports.domain.kept_words import words_of
from reports.enums import Origin, PaperKind, PaperStatus, SectionKind
from reports.models import (
    BoardDecision,
    BoardPaper,
    Brand,
    CheckWaiver,
    FollowUp,
    IssuedFile,
    IssuedPaper,
    KeptWords,
    PaperComment,
    PaperParagraph,
    PaperSection,
    PaperStatusChange,
    PaperTemplate,
    ParagraphOverride,
    PastPaperDraft,
    PastPaperPiece,
    PublicLink,
    Recommendation,
    RecommendationChange,
)
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Force, User
from tests.factories import make_cycle, make_force, make_person
from threats.models import Edition

AT = datetime.datetime(2017, 1, 17, 9, 30, tzinfo=datetime.UTC)
PNG = b"\x89PNG\r\n\x1a\n and the rest"
MARKED = {"marking": "OFFICIAL-SENSITIVE", "handling": "Executive Team: only"}
WITHHELD = MARKED | {"is_public": False, "withheld_under": "section 31"}


def papers_with_everything() -> Cycle:
    """A corrected paper, a statement, a paper of before, and one that is still being read."""
    force = make_force("wmp")
    by = make_person(force=force, role=Role.ACC_SECURITY)
    other = make_person(force=force, role=Role.EXECUTIVE)
    cycle = make_cycle(force=force, by=by)
    Cycle.objects.filter(pk=cycle.pk).update(closed_at=AT)
    Brand.objects.create(
        force=force, logo=PNG, logo_description="Arms", colour="#102030", head_words="yes",
        foot_words="- one\n- two", version=3,
    )  # fmt: skip
    _items(cycle.assessments.get(threat__code="terrorism"))
    _recommendations(force, cycle, by, other)
    paper = _corrected(cycle, by, other)
    _surroundings(paper, by, other)
    _statement(cycle)
    _past_papers(force, by)
    return Cycle.objects.get(pk=cycle.pk)


def _items(assessment: Assessment) -> None:
    Assessment.objects.filter(pk=assessment.pk).update(**MARKED, status="in_progress")
    by = assessment.cycle.opened_by
    assessment.status_changes.create(
        action="start", from_status="not_started", to_status="in_progress", by=by,
        by_name=by.name, by_post=by.post, at=AT,
    )  # fmt: skip
    assessment.figures.create(order=1, unit="Officers", level="local", **WITHHELD)
    assessment.vulnerabilities.create(
        order=1, statement="Few", likelihood="low", impact="low", first_raised="2016-17", **MARKED
    )
    assessment.findings.create(
        order=1, body="HMIC", report="PEEL", finding_kind="other", text="Do it.",
        first_raised="2016-17", **MARKED,
    )  # fmt: skip
    assessment.evidence.create(order=1, kind="stra", title="Withheld", **WITHHELD)
    assessment.evidence.create(order=2, kind="stra", title="Public", is_public=True)
    assessment.recommendations.create(order=1, addressee="Chief", text="to act", **WITHHELD)
    assessment.summary.create(order=1, identity="first", text="As approved.", **WITHHELD)
    entry = {"force": assessment.force, "kind": "stra", "added_by": assessment.cycle.opened_by}
    for row in assessment.evidence.all():
        row.evidence = row._meta.get_field("evidence").related_model.objects.create(
            identity=row.identity, title=row.title, added_at=AT, **entry
        )
        row.save()


def _recommendations(force: Force, cycle: Cycle, by: User, other: User) -> None:
    common = {"force": force, "addressee": "Chief", "text": "to note: this", "is_public": True}
    Recommendation.objects.create(year="2013-14", order=1, identity="oldest", **common)
    Recommendation.objects.create(year="2014-15", order=1, verb="look", **common)
    was = Recommendation.objects.create(
        year="2015-16", order=1, identity="again", carried_to=cycle.year, status="in_progress",
        owner=other, owner_name="As it was then", due_on=datetime.date(2016, 9, 1), version=4,
        outcome="Begun.", outcome_evidence="Minutes of May", verb="note", **common,
    )  # fmt: skip
    for step, before, after in (
        ("accept", "open", "accepted"), ("outcome", "accepted", "in_progress"),
        ("carry", "in_progress", "in_progress"),
    ):  # fmt: skip
        RecommendationChange.objects.create(
            subject=was, action=step, from_status=before, to_status=after, by=other,
            by_name=other.name, by_post="Post of then", at=AT, reason="- because",
        )  # fmt: skip
    common |= WITHHELD
    Recommendation.objects.create(
        year=cycle.year, order=1, identity="again", first_made_in="2015-16", owner=by,
        owner_name=by.name, is_cross_cutting=True, threat_codes=["cyber", "terrorism"], **common,
    )  # fmt: skip


def _corrected(cycle: Cycle, by: User, other: User) -> BoardPaper:
    template = PaperTemplate.objects.get(code="spr-board-paper", version=1)
    paper = BoardPaper.objects.create(
        cycle=cycle, template=template, title="SPR", numbering="section", item_type="decision",
        meeting_part="private", foi_class="closed", version=7,
    )  # fmt: skip
    threat = PaperSection.objects.create(
        paper=paper, kind=SectionKind.THREAT, threat_code="terrorism", heading="Terrorism", order=1,
        is_heading_numbered=True, shows_recommendations=True, words_when_none="None: none.",
        **WITHHELD,
    )  # fmt: skip
    annex = PaperSection.objects.create(
        paper=paper, kind=SectionKind.ANNEX, heading="Yes", order=2, is_heading_numbered=True
    )
    PaperParagraph.objects.create(
        section=annex, order=1, text=f"See [[section:{threat.identity}]].", **WITHHELD
    )
    PaperParagraph.objects.create(
        section=annex, order=2, text="All:", figure_source="capacity", is_public=True
    )
    ParagraphOverride.objects.create(
        paper=paper, threat_code="terrorism", source="first", source_text="As it was.",
        text="Otherwise.", clears_withheld=True, is_public=True, reason="Why: 'so'", by=by,
        by_name="As then", at=AT, version=2,
    )  # fmt: skip
    ParagraphOverride.objects.create(
        paper=paper, threat_code="cyber", source="gone", source_text="~", is_left_out=True, by=by,
        by_name=by.name, at=AT, **WITHHELD,
    )  # fmt: skip
    first = _issue(paper, by, number=1)
    _issue(paper, other, number=2, supersedes=first, correction="A date.")
    _decisions(paper, by, other)
    paper.status, paper.correction = PaperStatus.DRAFT, "Another date."
    paper.save()
    KeptWords.objects.create(paper=paper, words=words_of(paper), kept_at=AT)
    return paper


def _issue(paper: BoardPaper | None, by: User, **about) -> IssuedPaper:
    document = _document()
    content = b"%PDF \x00 bytes"
    sum_of_file = hashlib.sha256(content).hexdigest()
    about = {
        "force": by.force, "year": "2016-17", "edition_code": "2015-03",
        "template_code": "spr-board-paper", "template_version": 1,
        "manifest": '{"files": {"a.pdf": "' + sum_of_file + '"}}',
        "approvals": {"paper": {"name": "null"}}, "libraries": {"Django": "5"},
    } | about  # fmt: skip
    issued = IssuedPaper.objects.create(
        paper=paper, title="SPR", board_name="The board", board_on=datetime.date(2017, 2, 7),
        document=document, document_hash=hashlib.sha256(document.encode()).hexdigest(),
        issued_by=by, issued_by_name="Then", issued_by_post="Post", issued_at=AT, **about,
    )  # fmt: skip
    for audience, form in (("public", "pdf"), ("full", "json"), ("full", "txt")):
        IssuedFile.objects.create(
            issued=issued, audience=audience, format=form, name="a.pdf", content=content,
            size=len(content), sha256=sum_of_file,
        )  # fmt: skip
    return issued


def _document() -> str:
    from tests.cycle_file.generated_years import _DOCUMENT  # a strategy module: slow to import

    return _DOCUMENT


def _decisions(paper: BoardPaper, by: User, other: User) -> None:
    first, second = paper.issues.order_by("number")
    recorded = {"recorded_by": by, "recorded_by_name": "Then", "recorded_at": AT}
    wrong = BoardDecision.objects.create(
        issued=first, outcome="noted", decided_on=datetime.date(2017, 2, 7), **recorded
    )
    BoardDecision.objects.create(
        issued=first, outcome="partly_assured", decided_on=datetime.date(2017, 2, 7),
        replaces=wrong, wording="Noted: in part", conditions="- a\n- b", minute_reference="12/17",
        follow_up_on=datetime.date(2017, 6, 1), **recorded,
    )  # fmt: skip
    asked = BoardDecision.objects.create(
        issued=second, outcome="agreed", decided_on=datetime.date(2017, 3, 7), **recorded
    )
    for threat in ("", "cyber"):
        FollowUp.objects.create(
            decision=asked, threat_code=threat, text="1e3", by=other, by_name="As then", at=AT,
            version=2,
        )  # fmt: skip
    PublicLink.objects.create(
        force=by.force,
        year="2016-17",
        is_on=True,
        may_be_indexed=True,
        changed_by_name="Someone",
        changed_at=AT,
    )


def _surroundings(paper: BoardPaper, by: User, other: User) -> None:
    waiver = {
        "paper": paper, "check_code": "empty-section", "subject": "s", "finding": "Empty: yes",
        "reason": "No.", "by": by, "by_name": "Then", "by_post": "", "at": AT,
    }  # fmt: skip
    CheckWaiver.objects.create(**waiver, ended_at=AT, ended_by_name="Later")
    CheckWaiver.objects.create(**waiver)
    thread = PaperComment.objects.create(
        paper=paper, block="terrorism/first", label="Paragraph 1", quoted="As\nit was", text="~",
        by=other, by_name="Then", at=AT, resolved_at=AT, resolved_by_name="Later",
    )  # fmt: skip
    PaperComment.objects.create(
        paper=paper, thread=thread, block=thread.block, label=thread.label, text="yes", by=by,
        by_name=by.name, by_post=by.post, at=AT,
    )  # fmt: skip
    steps = (
        ("send", "draft", "with_executive"), ("agree", "with_executive", "agreed"),
        ("issue", "agreed", "issued"), ("correct", "issued", "draft"),
        ("send", "draft", "with_executive"), ("agree", "with_executive", "agreed"),
        ("issue", "agreed", "issued"), ("correct", "issued", "draft"),
    )  # fmt: skip
    for action, before, after in steps:
        PaperStatusChange.objects.create(
            subject=paper, action=action, from_status=before, to_status=after, by=by,
            by_name=by.name, by_post=by.post, at=AT, reason="Why" if action == "correct" else "",
        )  # fmt: skip


def _statement(cycle: Cycle) -> None:
    statement = BoardPaper.objects.create(
        cycle=cycle, kind=PaperKind.STATEMENT, title="Statement",
        template=PaperTemplate.objects.filter(kind=PaperKind.STATEMENT).latest("version"),
    )  # fmt: skip
    section = PaperSection.objects.create(
        paper=statement, kind=SectionKind.WORDING, heading="How", order=1
    )
    PaperParagraph.objects.create(
        section=section, order=1, text="So:", list_source="decision", is_public=True
    )


def _past_papers(force: Force, by: User) -> None:
    edition = Edition.objects.get(code="2012-07")
    issued = _issue(
        None, by, year="2015-16", origin=Origin.IMPORTED, edition_code=edition.code,
        template_code="", template_version=0, manifest="", approvals={}, libraries={},
    )  # fmt: skip
    reading = {
        "force": force, "edition": edition, "file_name": "a: b.pdf", "file_format": "pdf",
        "read_by": by, "read_by_name": "As then", "read_at": AT,
    }  # fmt: skip
    taken = PastPaperDraft.objects.create(
        year="2015-16", title="SPR", board_name="B", meeting_on=datetime.date(2016, 2, 9), size=12,
        sha256=issued.files.first().sha256, issued=issued, version=3, **WITHHELD, **reading,
    )  # fmt: skip
    PastPaperPiece.objects.create(
        draft=taken, order=1, kind="recommendation", identity="r", text="to do: it", number="1",
        addressee="Chief", verb="do", threat_codes=["cyber"], heading="~", version=2,
        origin=[[1, 2, "1. Chief to do: it"], [1, 3, ""]],
    )  # fmt: skip
    PastPaperPiece.objects.create(
        draft=taken, order=2, kind="table", rows=[["a", "b: c"], ["", "null"]], level=2, mark="-",
        label="yes", repeats="r", reason="because", origin=[],
    )  # fmt: skip
    content = b"plain\r\nwords"
    PastPaperDraft.objects.create(
        year="2014-15", meeting_month="2015-02", is_public=True, content=content,
        size=len(content), sha256=hashlib.sha256(content).hexdigest(),
        **reading | {"file_format": "txt"},
    )  # fmt: skip
