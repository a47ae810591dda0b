"""The files of a paper while it is drafted and agreed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.document import Audience
from reports.domain.documents import document_hash, final_documents
from reports.domain.papers import agree_paper
from reports.enums import RenditionStatus
from reports.models import Rendition
from spr_portal.audit.models import AuditEvent
from spr_portal.background.models import WorkerHeartbeat
from spr_portal.identity.enums import Role
from tests.factories import (
    make_agreed,
    make_files_up,
    make_issued,
    make_paper,
    make_person,
    make_sent,
)

pytestmark = pytest.mark.django_db
YEAR = "2016-17"


def url(name, *args):
    return reverse(f"reports:{name}", args=[YEAR, *args])


@pytest.fixture
def paper(acc):
    return make_paper(by=acc)


@pytest.fixture
def client(paper, acc, sign_in):
    return sign_in(acc)


def test_six_files_are_asked_for_once_and_their_state_is_shown(client, paper):
    before = client.get(url("files")).content.decode()
    client.post(url("make_files"))
    client.post(url("make_files"))
    after = client.get(url("files")).content.decode()

    assert before.count("Not asked for") == 6
    assert paper.renditions.count() == 6
    assert after.count("Waiting to be made") == 6
    assert "0 of 6 files are made." in after
    assert f'data-poll="{url("files_progress")}"' in after
    assert AuditEvent.objects.filter(action="paper.files_asked_for").count() == 1


def test_agreeing_asks_for_all_files_and_is_one_event(acc):
    paper = make_sent(by=acc)
    before = AuditEvent.objects.order_by("sequence").last().sequence
    shown = document_hash(final_documents(paper)[Audience.FULL])

    agree_paper(paper=paper, document=shown, by=make_person(force=acc.force, role=Role.EXECUTIVE))

    [event] = AuditEvent.objects.filter(sequence__gt=before, action__startswith="paper.")
    assert (event.action, event.details["document"]) == ("paper.agree", shown)
    assert paper.renditions.count() == 6


def test_it_is_said_when_nothing_makes_files(client, paper):
    client.post(url("make_files"))
    without = client.get(url("files")).content.decode()
    WorkerHeartbeat.objects.create(name="worker", seen_at=timezone.now())
    with_worker = client.get(url("files")).content.decode()

    assert "Nothing is making files at the moment" in without
    assert "Nothing is making files at the moment" not in with_worker


def test_the_fragment_says_when_all_is_over(client, paper):
    client.post(url("make_files"))
    waiting = client.get(url("files_progress")).content.decode()
    make_files_up(paper)
    over = client.get(url("files_progress")).content.decode()

    assert "data-poll=" in waiting
    assert "Check again" in waiting
    assert "data-poll=" not in over
    assert "6 of 6 files are made." in over


def test_a_draft_file_is_handed_out_as_it_was_made_and_noted(client, paper):
    client.post(url("make_files"))
    make_files_up(paper)
    made = Rendition.objects.get(audience="full", format="pdf")

    response = client.get(url("download_draft", "full", "pdf"))

    assert response.content == bytes(made.content)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'attachment; filename="wmp-2016-17-spr-board-paper-full-draft.pdf"'
    )
    event = AuditEvent.objects.get(action="paper.draft_downloaded")
    assert event.details["sha256"] == made.sha256


def test_files_of_earlier_words_are_not_offered(client, paper):
    client.post(url("make_files"))
    make_files_up(paper)
    paragraph = paper.sections.get(identity="purpose").paragraphs.get()
    paragraph.text = "Other words."
    paragraph.save()

    page = client.get(url("files")).content.decode()

    assert page.count("Not asked for") == 6
    assert client.get(url("download_draft", "full", "pdf")).status_code == 404


def test_a_failed_file_says_why_and_is_made_again(client, paper):
    client.post(url("make_files"))
    make_files_up(paper)
    failed = Rendition.objects.get(audience="public", format="docx")
    failed.status, failed.error = RenditionStatus.FAILED, "The Word file could not be made: why."
    failed.save()

    page = client.get(url("files")).content.decode()
    client.post(url("make_files"), {"again": "public/docx"})
    failed.refresh_from_db()

    assert "The Word file could not be made: why." in page
    assert 'value="public/docx"' in page
    assert failed.status == RenditionStatus.QUEUED
    assert client.post(url("make_files"), {"again": "nonsense"}).status_code == 404


def test_a_damaged_draft_file_is_refused(client, paper):
    client.post(url("make_files"))
    make_files_up(paper)
    Rendition.objects.filter(audience="full", format="pdf").update(content=b"changed")

    response = client.get(url("download_draft", "full", "pdf"))

    assert response.status_code == 500
    assert "has been damaged" in response.content.decode()
    assert not AuditEvent.objects.filter(action="paper.draft_downloaded").exists()


def test_an_agreed_paper_has_its_files_under_the_same_page(acc, sign_in):
    make_agreed(by=acc)
    client = sign_in(acc)

    page = client.get(url("files")).content.decode()
    response = client.get(url("download_draft", "public", "html"))

    assert "Make the files" not in page
    assert page.count("SHA-256") == 6
    assert "-agreed.html" in response["Content-Disposition"]


@pytest.mark.parametrize("role", [Role.OPCC, Role.FORCE_LEAD, Role.ADMINISTRATOR])
def test_draft_files_are_for_those_who_see_drafts(paper, client, sign_in, role):
    client.post(url("make_files"))
    make_files_up(paper)
    client = sign_in(make_person(force=paper.force, role=role))

    for address in (url("files"), url("files_progress"), url("download_draft", "public", "pdf")):
        assert client.get(address).status_code == 404
    assert client.post(url("make_files")).status_code == 404


def test_a_damaged_file_says_so_and_is_made_again_before_it_is_issued(acc, sign_in):
    paper = make_agreed(by=acc)
    damaged = paper.renditions.get(audience="public", format="pdf")
    Rendition.objects.filter(pk=damaged.pk).update(content=b"changed")
    client = sign_in(acc)

    page = client.get(url("files")).content.decode()
    issuing = client.get(url("issue")).content.decode()
    refused = client.post(url("issue"))
    client.post(url("make_files"), {"again": "public/pdf"})
    damaged.refresh_from_db()

    assert "This file was damaged after it was made." in page
    assert 'value="public/pdf"' in page
    assert url("download_draft", "public", "pdf") not in page
    assert "1 is damaged and must be made again." in issuing
    assert refused.status_code == 409
    assert "was damaged after it was made, so nothing was issued" in refused.content.decode()
    assert (damaged.status, damaged.content, damaged.sha256) == (RenditionStatus.QUEUED, None, "")


def test_a_file_that_is_whole_is_not_made_again(acc, sign_in):
    paper = make_agreed(by=acc)

    sign_in(acc).post(url("make_files"), {"again": "public/pdf"})

    assert not paper.renditions.exclude(status=RenditionStatus.MADE).exists()


def test_files_of_what_the_paper_said_before_are_deleted(client, paper, acc):
    client.post(url("make_files"))
    make_files_up(paper)
    earlier = set(paper.renditions.values_list("document_hash", flat=True))
    section = paper.sections.get(identity="purpose")
    section.paragraphs.update(text="Other words.")
    client.post(url("make_files"))

    assert paper.renditions.count() == 6
    assert not paper.renditions.filter(document_hash__in=earlier).exists()


def test_files_of_what_was_agreed_stay_while_others_are_asked_for(acc, sign_in):
    paper = make_agreed(by=acc)
    paper.sections.get(identity="purpose").paragraphs.update(text="Other words.")

    sign_in(acc).post(url("make_files"))

    assert paper.renditions.filter(status=RenditionStatus.MADE).count() == 6
    assert paper.renditions.count() == 12


def test_what_is_issued_leaves_no_second_copy(acc):
    issued = make_issued(by=acc)

    assert issued.files.count() == 8
    assert not issued.paper.renditions.exists()


def test_the_fragment_carries_every_files_tag(client, paper):
    client.post(url("make_files"))
    Rendition.objects.filter(format="pdf").update(status=RenditionStatus.MAKING)

    fragment = client.get(url("files_progress")).content.decode()
    page = client.get(url("files")).content.decode()

    for place in ("public/html", "public/pdf", "public/docx", "full/html", "full/pdf", "full/docx"):
        assert f'data-poll-part="{place}"' in fragment
        assert f'data-poll-part="{place}"' in page
    assert fragment.count("Being made") == 2


def test_of_a_format_that_cannot_be_made_nothing_is_issued_and_the_pages_say_which(acc, sign_in):
    paper = make_agreed(by=acc)
    error = "The PDF file could not be made: it needed too much memory."
    failed = paper.renditions.get(audience="full", format="pdf")
    Rendition.objects.filter(pk=failed.pk).update(status=RenditionStatus.FAILED, error=error)
    client = sign_in(acc)

    issuing = client.get(url("issue")).content.decode()
    refused = client.post(url("issue")).content.decode()
    files = client.get(url("files")).content.decode()

    assert "5 of 6 files are made. 1 could not be made." in issuing
    assert "so nothing was issued" in refused
    assert "The PDF file of the full edition could not be made." in refused
    assert error in files
    assert not paper.issues.exists()
