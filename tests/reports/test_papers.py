"""The steps of a board paper: who, from which status, and what stands fast afterwards."""

import datetime
import hashlib
import itertools

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from assessments.domain.assessments import reopen_assessment
from assessments.domain.cycles import CycleDates, change_cycle
from assessments.enums import FoiExemption
from assessments.models import Assessment, Cycle
from reports.document import Audience, from_json, plain
from reports.domain.compose import compose_paper
from reports.domain.corrections import begin_correction, give_up_correction
from reports.domain.documents import document_hash, document_of, final_documents, problems_in
from reports.domain.papers import (
    agree_paper,
    issue_paper,
    send_paper,
    send_paper_back,
    withdraw_paper,
)
from reports.domain.recommendations import (
    add_recommendation,
    change_recommendation,
    move_recommendation,
    remove_recommendation,
    report_outcome,
)
from reports.domain.wording import add_paragraph, add_section, change_paragraph, remove_section
from reports.domain.workflow import TRANSITIONS
from reports.enums import PaperAction, PaperStatus, RenditionStatus
from reports.exceptions import FilesNotMade, PaperExists, PaperNotReady, StalePaperEdit
from reports.models import (
    BoardPaper,
    IssuedFile,
    IssuedPaper,
    PaperParagraph,
    Recommendation,
    Rendition,
)
from reports.presenters.paper import trace_links
from reports.renderers.wording import anchors
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from spr_portal.workflow import InvalidTransition
from tests.factories import make_approved, make_cycle, make_force, make_person, shipped_template

pytestmark = pytest.mark.django_db

MAY = {
    PaperAction.SEND: {Role.ACC_SECURITY, Role.STAFF_OFFICER},
    PaperAction.SEND_BACK: {Role.EXECUTIVE},
    PaperAction.AGREE: {Role.EXECUTIVE},
    PaperAction.WITHDRAW: {Role.ACC_SECURITY, Role.STAFF_OFFICER},
    PaperAction.ISSUE: {Role.ACC_SECURITY},
    PaperAction.CORRECT: {Role.ACC_SECURITY},
    PaperAction.GIVE_UP: {Role.ACC_SECURITY},
}
FROM = {
    PaperAction.SEND: {PaperStatus.DRAFT},
    PaperAction.SEND_BACK: {PaperStatus.WITH_EXECUTIVE},
    PaperAction.AGREE: {PaperStatus.WITH_EXECUTIVE},
    PaperAction.WITHDRAW: {PaperStatus.WITH_EXECUTIVE, PaperStatus.AGREED},
    PaperAction.ISSUE: {PaperStatus.AGREED},
    PaperAction.CORRECT: {PaperStatus.ISSUED},
    PaperAction.GIVE_UP: {PaperStatus.DRAFT},
}


@pytest.fixture
def acc():
    return make_person(role=Role.ACC_SECURITY, name="Ann Approver", post="ACC Security")


@pytest.fixture
def chief(acc):
    return make_person(force=acc.force, role=Role.EXECUTIVE, name="Chris Chief", post="CC")


@pytest.fixture
def cycle(acc):
    return make_cycle(by=acc)


@pytest.fixture
def draft(cycle, acc):
    """A paper that lacks nothing: every assessment of the cycle is approved."""
    for threat in cycle.edition.threats.all():
        make_approved(cycle=cycle, threat=threat.code, by=acc)
    return composed(cycle, acc)


def composed(cycle, by):
    return compose_paper(cycle=cycle, template=shipped_template(), by=by)


def full_hash(paper):
    return document_hash(final_documents(paper)[Audience.FULL])


def make_files(paper):
    """Give each file its bytes, as the worker does."""
    for rendition in Rendition.objects.filter(paper=paper):
        content = f"{rendition.audience} {rendition.format}".encode()
        rendition.content, rendition.sha256 = content, hashlib.sha256(content).hexdigest()
        rendition.status, rendition.made_at = RenditionStatus.MADE, timezone.now()
        rendition.save()


def agreed(paper, acc, chief):
    send_paper(paper=paper, by=acc)
    return agree_paper(paper=paper, document=full_hash(paper), by=chief)


def issued(paper, acc, chief):
    agreed(paper, acc, chief)
    make_files(paper)
    return issue_paper(paper=paper, by=acc)


def take(action, paper, by):
    if action == PaperAction.SEND:
        return send_paper(paper=paper, by=by)
    if action == PaperAction.SEND_BACK:
        return send_paper_back(paper=paper, reason="Shorter.", by=by)
    if action == PaperAction.AGREE:
        return agree_paper(paper=paper, document=full_hash(paper), by=by)
    if action == PaperAction.WITHDRAW:
        return withdraw_paper(paper=paper, reason="A mistake.", by=by)
    if action == PaperAction.CORRECT:
        return begin_correction(paper=paper, reason="A figure was wrong.", by=by)
    if action == PaperAction.GIVE_UP:
        return give_up_correction(paper=paper, reason="It was right.", by=by)
    return issue_paper(paper=paper, by=by)


def test_every_action_is_in_the_table():
    assert set(TRANSITIONS) == set(PaperAction)


def test_a_step_is_taken_only_by_its_role_from_its_status(draft, acc, chief):
    issued(draft, acc, chief)
    agreed(begin_correction(paper=draft, reason="A figure was wrong.", by=acc), acc, chief)
    make_files(draft)
    people = {
        role: make_person(
            force=acc.force,
            role=role,
            threat="terrorism" if role in (Role.FORCE_LEAD, Role.CONTRIBUTOR) else "",
        )
        for role in Role
    }

    for status, action, role in itertools.product(PaperStatus, PaperAction, Role):
        with transaction.atomic():
            BoardPaper.objects.filter(pk=draft.pk).update(status=status)
            paper = BoardPaper.objects.select_related("cycle__force").get(pk=draft.pk)
            before = AuditEvent.objects.count()
            if role in MAY[action] and status in FROM[action]:
                take(action, paper, people[role])
                paper.refresh_from_db()
                steps = AuditEvent.objects.filter(sequence__gt=before, action=f"paper.{action}")
                assert (paper.status, steps.count()) == (TRANSITIONS[action].target, 1)
            else:
                with pytest.raises((PolicyDenied, InvalidTransition)):
                    take(action, paper, people[role])
                paper.refresh_from_db()
                assert (paper.status, AuditEvent.objects.count()) == (status, before)
            transaction.set_rollback(True)


def test_nobody_of_another_force_composes_or_decides(draft):
    stranger = make_person(force=make_force(), role=Role.ACC_SECURITY)

    for action in (PaperAction.SEND, PaperAction.WITHDRAW, PaperAction.ISSUE):
        with pytest.raises(PolicyDenied):
            take(action, draft, stranger)
    with pytest.raises(PolicyDenied):
        composed(draft.cycle, stranger)


def test_a_cycle_has_one_paper(draft, acc):
    with pytest.raises(PaperExists):
        composed(draft.cycle, acc)


def test_who_sent_the_paper_does_not_agree_it(draft, acc):
    both = make_person(force=acc.force, role=Role.ACC_SECURITY)
    both.appointments.create(role=Role.EXECUTIVE, starts_on="2016-01-01")
    send_paper(paper=draft, by=both)

    with pytest.raises(PolicyDenied, match="You sent this paper"):
        take(PaperAction.AGREE, draft, both)


def test_the_template_gives_a_section_a_threat_in_the_editions_order(draft):
    headings = [s.heading for s in document_of(draft, Audience.FULL).sections]

    assert headings[:3] == [
        "Purpose of report",
        "Introduction",
        "Summary of self-assessments, August 2016",
    ]
    assert len(headings) == 3 + 6 + 4
    assert headings[-1] == "Recommendations"


def test_an_unapproved_assessment_keeps_the_paper_from_being_sent(cycle, acc):
    paper = composed(cycle, acc)

    with pytest.raises(PaperNotReady) as caught:
        send_paper(paper=paper, by=acc)

    assert len(caught.value.problems) == 6


def test_reopening_an_assessment_voids_the_agreement(draft, acc, chief):
    agreed(draft, acc, chief)
    make_files(draft)
    assessment = draft.cycle.assessments.first()
    reopen_assessment(assessment=assessment, reason="New facts.", by=acc)

    with pytest.raises(PaperNotReady, match="is not approved"):
        issue_paper(paper=draft, by=acc)

    assert not IssuedPaper.objects.exists()


def test_agreement_binds_to_the_paper_that_was_shown(draft, acc, chief):
    send_paper(paper=draft, by=acc)

    with pytest.raises(PaperNotReady, match="not the paper you were shown"):
        agree_paper(paper=draft, document="0" * 64, by=chief)


def test_a_paper_whose_words_changed_after_agreement_is_not_issued(draft, acc, chief):
    agreed(draft, acc, chief)
    make_files(draft)
    Recommendation.objects.filter(year="2016-17").update(text="to do something else.")

    with pytest.raises(PaperNotReady, match="changed since"):
        issue_paper(paper=draft, by=acc)


def test_words_changed_after_the_agreement_are_a_draft_again(draft, acc, chief):
    agreed_paper = agreed(draft, acc, chief)
    was_draft = document_of(agreed_paper, Audience.PUBLIC).is_draft
    Cycle.objects.filter(pk=draft.cycle_id).update(board_on=datetime.date(2017, 2, 8))

    is_draft = document_of(BoardPaper.objects.get(pk=draft.pk), Audience.PUBLIC).is_draft

    assert (was_draft, is_draft) == (False, True)


def test_nothing_is_issued_while_a_file_is_missing(draft, acc, chief):
    agreed(draft, acc, chief)
    make_files(draft)
    last = Rendition.objects.last()
    Rendition.objects.filter(pk=last.pk).update(status=RenditionStatus.FAILED)

    with pytest.raises(FilesNotMade, match="1 of the paper’s files is not made yet"):
        issue_paper(paper=draft, by=acc)

    draft.refresh_from_db()
    assert draft.status == PaperStatus.AGREED
    assert not IssuedFile.objects.exists()


def test_what_is_issued_holds_everything_by_value(draft, acc, chief):
    paper = issued(draft, acc, chief)

    assert paper.files.count() == 8  # three formats of both editions, and their documents
    assert from_json(paper.document).audience == Audience.FULL
    assert hashlib.sha256(paper.document.encode()).hexdigest() == paper.document_hash
    assert paper.approvals["paper"]["name"] == "Chris Chief"
    assert {a["name"] for a in paper.approvals["assessments"]} == {"Ann Approver"}
    assert paper.libraries["weasyprint"]
    for file in paper.files.all():
        assert hashlib.sha256(bytes(file.content)).hexdigest() == file.sha256


@pytest.mark.parametrize("model", [IssuedPaper, IssuedFile])
def test_the_database_refuses_to_change_or_delete_what_is_issued(draft, acc, chief, model):
    issued(draft, acc, chief)

    for change in (
        lambda: model.objects.all()._raw_delete("default"),
        lambda: (
            model.objects.update(issued_by_name="X")
            if model is IssuedPaper
            else model.objects.update(name="X")
        ),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_an_issued_paper_takes_no_step_and_no_words(draft, acc, chief):
    issued(draft, acc, chief)

    with pytest.raises(InvalidTransition):
        withdraw_paper(paper=draft, reason="Too late.", by=acc)
    with pytest.raises(PolicyDenied, match="never changed"):
        add_recommendation(paper=draft, values={"addressee": "A", "text": "b"}, by=acc)


def test_what_an_issued_paper_was_made_from_stays_as_it_was(draft, acc, chief):
    cycle = draft.cycle
    names = CycleDates.__dataclass_fields__
    dates = CycleDates(**{name: getattr(cycle, name) for name in names})
    issued(draft, acc, chief)
    assessment = Assessment.objects.filter(cycle=cycle).first()

    with pytest.raises(PolicyDenied, match="is issued"):
        reopen_assessment(assessment=assessment, reason="New facts.", by=acc)
    with pytest.raises(PolicyDenied, match="is issued"):
        change_cycle(cycle=Cycle.objects.get(pk=cycle.pk), dates=dates, leads={}, by=acc)


def test_a_restricted_paragraph_is_in_the_full_edition_only(draft, acc):
    section = draft.sections.get(identity="introduction")
    add_paragraph(
        section=section,
        values={
            "text": "Canary word.",
            "is_public": False,
            "withheld_under": FoiExemption.LAW_ENFORCEMENT,
        },
        by=acc,
    )

    words = {
        audience: [plain(p.inlines) for p in document_of(draft, audience).paragraphs()]
        for audience in Audience
    }
    assert "Canary word." in words[Audience.FULL]
    assert "Canary word." not in words[Audience.PUBLIC]
    assert len(words[Audience.FULL]) == len(words[Audience.PUBLIC])


def test_a_stale_change_to_a_paragraph_is_refused_and_shows_the_newer(draft, acc):
    section = draft.sections.get(identity="purpose")
    arguments = {"section": section, "identity": "purpose", "by": acc}
    values = {"text": "Hers.", "is_public": True, "withheld_under": ""}
    change_paragraph(**arguments, values=values, started_from=1)

    with pytest.raises(StalePaperEdit) as caught:
        change_paragraph(**arguments, values=values | {"text": "His."}, started_from=1)

    assert caught.value.newer.text == "Hers."


def test_an_own_section_stands_before_the_recommendations(draft, acc):
    add_section(paper=draft, heading="Wellbeing", has_numbers=True, by=acc)

    headings = list(draft.sections.values_list("heading", flat=True))
    assert headings[-2:] == ["Wellbeing", "Recommendations"]


def test_a_section_with_words_in_it_is_not_removed(draft, acc):
    with pytest.raises(PaperNotReady, match="no words are lost"):
        remove_section(section=draft.sections.get(identity="purpose"), by=acc)


def test_a_paragraph_for_a_section_that_is_gone_is_refused(draft, acc):
    section = add_section(paper=draft, heading="Wellbeing", has_numbers=True, by=acc)
    opened = draft.sections.get(pk=section.pk)
    remove_section(section=section, by=acc)

    with pytest.raises(StalePaperEdit):
        add_paragraph(section=opened, values={"text": "Words.", "is_public": True}, by=acc)


def test_the_words_of_a_removed_recommendation_are_kept_in_the_audit(draft, acc):
    values = {"addressee": "The Executive Team", "text": "to read this. " * 30, "is_public": True}
    added = add_recommendation(paper=draft, values=values, by=acc)

    remove_recommendation(paper=draft, identity=added.identity, by=acc)

    kept = AuditEvent.objects.get(action="recommendation.removed").details
    assert values.items() <= kept.items()


def test_recommendations_are_renumbered_when_one_moves(draft, acc):
    add_recommendation(
        paper=draft, values={"addressee": "A", "text": "to act.", "is_public": True}, by=acc
    )
    last = Recommendation.objects.filter(year="2016-17").last()
    move_recommendation(paper=draft, identity=last.identity, up=True, by=acc)

    numbers = {r.identity: r.number for r in document_of(draft, Audience.FULL).recommendations()}
    assert numbers[last.identity] == len(numbers) - 1
    financial = next(
        s for s in document_of(draft, Audience.FULL).sections if s.identity == "section-financial"
    )
    assert plain(financial.blocks[0].inlines) == f"See recommendation {numbers['submit']}."


def test_a_recommendation_of_another_year_is_not_changed_through_this_paper(draft, acc):
    earlier = Recommendation.objects.create(
        force=acc.force, year="2014-15", order=1, addressee="A", text="b", is_public=True
    )

    with pytest.raises(StalePaperEdit):
        change_recommendation(
            paper=draft, identity=earlier.identity, values={"text": "x"}, started_from=1, by=acc
        )


def test_words_that_bear_one_name_in_two_lists_are_told_apart(draft):
    """A file may call paragraphs of several lists, and a recommendation, by one name."""
    PaperParagraph.objects.filter(section__paper=draft, identity="objective").update(
        identity="submit"
    )
    for section in draft.sections.filter(identity__in=["conclusion", "legal"]):
        section.paragraphs.create(identity="submit", order=9, text="Said again.", is_public=True)

    document = document_of(draft, Audience.FULL)

    parts = [*document.paragraphs(), *document.recommendations()]
    identities = [part.identity for part in parts]
    assert len(set(identities)) == len(identities)
    assert anchors(document)["submit"].startswith("recommendation-")
    assert len(trace_links(draft, document)) == len([part for part in parts if part.source])


def test_last_years_outcome_is_reported_and_told(draft, acc):
    was = Recommendation.objects.create(
        force=acc.force, year="2015-16", order=1, addressee="A", text="b", is_public=True
    )
    assert problems_in(draft) == ["Recommendation 1 of 2015/16 has no outcome."]

    report_outcome(
        paper=draft,
        identity=was.identity,
        status="completed",
        outcome="The report was acknowledged.",
        outcome_on=None,
        started_from=1,
        by=acc,
    )

    assert problems_in(draft) == []
    told = [plain(b) for p in document_of(draft, Audience.FULL).paragraphs() for b in p.bullets]
    assert "The report was acknowledged." in told
