"""The files of a paper: asked for once, made once, and honest when they cannot be made."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reports.document import Audience, to_json
from reports.domain import rendering
from reports.domain.renditions import ask_again, ask_for_renditions, make_rendition
from reports.enums import Format, RenditionStatus
from reports.models import BoardPaper, PaperTemplate, Rendition
from reports.selectors import renditions_of
from spr_portal.audit.models import AuditEvent
from spr_portal.background.models import WorkerHeartbeat
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from tests.background.documents import make_document
from tests.background.working import work_off
from tests.factories import make_cycle, make_person

FIRST_BYTES = {Format.HTML: b"<!DOCTYPE html>", Format.PDF: b"%PDF-", Format.DOCX: b"PK\x03\x04"}


@pytest.fixture
def paper(transactional_db):
    template = PaperTemplate.objects.create(
        code="spr", version=1, title="Board paper", content={}, checksum="0" * 64
    )
    return BoardPaper.objects.create(cycle=make_cycle(), template=template, title="SPR")


@pytest.fixture
def officer(paper):
    return make_person(force=paper.force, role=Role.STAFF_OFFICER)


def let_the_wait_pass():
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def tasks_of(rendition):
    tasks = [task.args_kwargs["args"] for task in DBTaskResult.objects.all()]
    return tasks.count([rendition.pk])


def broken(rendition):
    """A rendition whose document no renderer can read."""
    Rendition.objects.filter(pk=rendition.pk).update(document='{"is": "Paper"}')


def only(rendition):
    """Leave only this rendition's task in the queue."""
    Rendition.objects.exclude(pk=rendition.pk).delete()
    for task in DBTaskResult.objects.all():
        if task.args_kwargs["args"] != [rendition.pk]:
            task.delete()


def test_every_format_of_every_document_is_made_outside_the_worker(
    portal, paper, officer, wait_until
):
    full = make_document()
    public = make_document(audience=Audience.PUBLIC, edition_label="Public edition")

    asked = ask_for_renditions(paper=paper, documents=[full, public], by=officer)
    worker = portal.start_worker()
    wait_until(lambda: not Rendition.objects.exclude(status=RenditionStatus.MADE).exists())
    libraries_of_worker = Path(f"/proc/{worker.pid}/maps").read_text()

    assert "libpango" not in libraries_of_worker
    made = Rendition.objects.filter(pk__in=[rendition.pk for rendition in asked])
    assert {(r.audience, r.format, r.status) for r in made} == {
        (audience.value, format.value, RenditionStatus.MADE)
        for audience in Audience
        for format in Format
    }
    for rendition in made:
        content = bytes(rendition.content)
        assert content[:20].lower().startswith(FIRST_BYTES[rendition.format].lower())
        assert hashlib.sha256(content).hexdigest() == rendition.sha256


def test_asking_twice_makes_and_records_each_file_once(paper, officer):
    first = ask_for_renditions(paper=paper, documents=[make_document()], by=officer)
    second = ask_for_renditions(paper=paper, documents=[make_document()], by=officer)
    only(first[0])
    work_off()
    third = ask_for_renditions(paper=paper, documents=[make_document()], by=officer)

    assert [r.pk for r in first] == [r.pk for r in second]
    assert third[0].pk == first[0].pk
    assert third[0].status == RenditionStatus.MADE
    assert tasks_of(first[0]) == 1
    events = AuditEvent.objects.filter(action="paper.files_asked_for")
    assert [len(event.details["files"]) for event in events] == [len(Format), len(Format) - 1]
    assert {(event.actor, event.force) for event in events} == {(officer, paper.force)}


def test_a_changed_paper_gets_files_of_its_own(paper, officer):
    [first, *_] = ask_for_renditions(paper=paper, documents=[make_document()], by=officer)
    changed = ask_for_renditions(
        paper=paper, documents=[make_document(title="Changed")], by=officer
    )

    assert not Rendition.objects.filter(document_hash=first.document_hash).exists()
    assert renditions_of(paper, {changed[0].document_hash}) == sorted(
        changed, key=lambda rendition: rendition.format
    )


def test_asking_in_a_change_that_is_rolled_back_asks_for_nothing(paper, officer):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask_for_renditions(paper=paper, documents=[make_document()], by=officer)
        raise ZeroDivisionError

    assert not Rendition.objects.exists()
    assert not DBTaskResult.objects.exists()
    assert not AuditEvent.objects.filter(action="paper.files_asked_for").exists()


def test_who_may_not_see_the_paper_cannot_have_its_files_made(paper, officer):
    [rendition, *_] = ask_for_renditions(paper=paper, documents=[make_document()], by=officer)
    lead = make_person(force=paper.force, role=Role.FORCE_LEAD)
    stranger = make_person(role=Role.ACC_SECURITY)

    for person in (lead, stranger):
        with pytest.raises(PolicyDenied):
            ask_for_renditions(paper=paper, documents=[make_document()], by=person)
        with pytest.raises(PolicyDenied):
            ask_again(rendition=rendition, by=person)


def test_failed_file_says_why_and_can_be_made_again(paper, officer, caplog):
    [rendition, *_] = ask_for_renditions(paper=paper, documents=[make_document()], by=officer)
    only(rendition)
    right = rendition.document
    broken(rendition)

    statuses = []
    for _ in range(3):
        work_off()
        rendition.refresh_from_db()
        statuses.append(rendition.status)
        let_the_wait_pass()

    assert statuses == [RenditionStatus.QUEUED] * 2 + [RenditionStatus.FAILED]
    assert rendition.error == (
        "The HTML file could not be made: something went wrong while it was made. The paper "
        "itself is unaffected. Try again; if it happens again, give the administrator this "
        f"reference: R{rendition.pk}-{rendition.document_hash[:8]}."
    )

    Rendition.objects.filter(pk=rendition.pk).update(document=right)
    for _ in range(2):  # a double click
        rendition = ask_again(rendition=rendition, by=officer)
    assert (rendition.status, rendition.error) == (RenditionStatus.QUEUED, "")
    work_off()

    rendition.refresh_from_db()
    assert rendition.status == RenditionStatus.MADE
    assert tasks_of(rendition) == 2
    assert "R" + str(rendition.pk) in caplog.text
    assert "The 1. thing" not in caplog.text


def test_file_whose_worker_is_killed_is_made_once_by_the_next(portal, paper, officer, wait_until):
    asked = ask_for_renditions(paper=paper, documents=[make_document(paragraphs=3000)], by=officer)
    rendition = next(r for r in asked if r.format == Format.PDF)
    only(rendition)

    killed = portal.start_worker()
    wait_until(lambda: Rendition.objects.get().status == RenditionStatus.MAKING)
    killed.kill()
    killed.wait()
    Rendition.objects.update(document=to_json(make_document()))  # the rest need not take long
    WorkerHeartbeat.objects.update(seen_at=timezone.now() - timedelta(minutes=3))
    portal.work_off()
    portal.work_off()

    made = Rendition.objects.get()
    assert (made.status, made.attempts) == (RenditionStatus.MADE, 2)
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_file_that_kills_its_worker_every_time_comes_to_an_end(paper, officer):
    [rendition, *_] = ask_for_renditions(paper=paper, documents=[make_document()], by=officer)
    Rendition.objects.filter(pk=rendition.pk).update(status=RenditionStatus.MAKING, attempts=3)

    make_rendition(rendition_id=rendition.pk, attempt=4)

    rendition.refresh_from_db()
    assert rendition.status == RenditionStatus.FAILED
    assert "it was cut short each time" in rendition.error


def test_making_a_made_file_again_changes_nothing(paper, officer):
    [rendition, *_] = ask_for_renditions(paper=paper, documents=[make_document()], by=officer)
    make_rendition(rendition_id=rendition.pk, attempt=1)
    made = Rendition.objects.values().get(pk=rendition.pk)

    make_rendition(rendition_id=rendition.pk, attempt=1)

    assert Rendition.objects.values().get(pk=rendition.pk) == made


def test_file_of_a_paper_that_is_gone_is_not_made(paper, officer):
    [rendition, *_] = ask_for_renditions(paper=paper, documents=[make_document()], by=officer)
    Rendition.objects.all().delete()

    make_rendition(rendition_id=rendition.pk, attempt=1)

    assert not Rendition.objects.exists()


def test_rendering_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(rendering, "SECONDS", 1)
    document = to_json(make_document(paragraphs=3000))

    with pytest.raises(rendering.RenderingFailed, match="took longer than 1 seconds"):
        rendering.render_apart(document=document, format="pdf")


def test_rendering_that_wants_too_much_memory_is_ended(monkeypatch):
    monkeypatch.setattr(rendering, "MEGABYTES", 60)
    document = to_json(make_document(title="Very long " * 5_000_000))

    with pytest.raises(rendering.RenderingFailed, match="60 megabytes of memory"):
        rendering.render_apart(document=document, format="html")


def test_file_too_large_to_hand_out_is_refused(monkeypatch):
    monkeypatch.setattr(rendering, "MOST_MEGABYTES", 0)

    with pytest.raises(rendering.RenderingFailed, match="larger than 0 megabytes"):
        rendering.render_apart(document=to_json(make_document()), format="html")
