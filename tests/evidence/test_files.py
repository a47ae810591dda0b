"""Files kept with evidence: added, taken, recognised, removed; and nothing left behind."""

import errno
import hashlib
import os
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from assessments.domain import evidence_files, file_store
from assessments.domain.assessments import submit_assessment
from assessments.domain.evidence_files import add_file
from assessments.exceptions import FileAlreadyKept
from assessments.models import EvidenceFile
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from tests.evidence.conftest import Register
from tests.evidence.uploads import a_pdf, a_picture, a_word_file
from tests.factories import fill_in

pytestmark = pytest.mark.usefixtures("store")


def path(name: str, *at: str) -> str:
    return reverse(f"assessments:{name}", args=at)


def upload(register: Register, evidence, name: str, content: bytes, *, by=None):
    client = register.client(by or register.lead)
    sent = {"file": SimpleUploadedFile(name, content)}
    return client.post(path("add_evidence_file", evidence.identity), sent, follow=True)


def text_of(response) -> str:
    return response.content.decode()


def bytes_of(response) -> bytes:
    """All of a file that is handed out in pieces, which closes it."""
    return b"".join(response)


def taken(register: Register, file, *, by=None):
    client = register.client(by or register.lead)
    return client.get(path("take_evidence_file", file.evidence.identity, file.identity))


def on_disk(store: Path) -> list[Path]:
    return [one for one in store.rglob("*") if one.is_file()]


@pytest.fixture
def evidence(register):
    return register.add()


@pytest.fixture
def kept(register, evidence):
    """A text that is kept with the evidence."""
    upload(register, evidence, "notes.txt", b"What the exercise showed.")
    return evidence.files.get()


def test_a_file_is_kept_and_handed_out_as_it_came(register, evidence, store):
    content = a_pdf()

    page = upload(register, evidence, "Plan 2016.pdf", content)

    assert "Plan 2016.pdf is kept." in text_of(page)
    file = evidence.files.get()
    assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert [one.name for one in on_disk(store)] == [file.identity]
    answer = taken(register, file)
    assert bytes_of(answer) == content
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="Plan 2016.pdf"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"


def test_the_audit_keeps_who_added_took_and_removed_a_file(register, kept):
    bytes_of(taken(register, kept, by=register.acc))
    register.client(register.lead).post(
        path("remove_evidence_file", kept.evidence.identity, kept.identity)
    )

    events = AuditEvent.objects.filter(action__startswith="evidence_file.").order_by("sequence")
    assert [(event.action, event.actor) for event in events] == [
        ("evidence_file.added", register.lead),
        ("evidence_file.taken", register.acc),
        ("evidence_file.removed", register.lead),
    ]
    assert {event.details["sha256"] for event in events} == {kept.sha256}


@pytest.mark.django_db(transaction=True)
def test_a_removed_file_is_off_the_disk(register, kept, store):
    address = path("remove_evidence_file", kept.evidence.identity, kept.identity)
    client = register.client(register.lead)

    assert "Do you want to remove this file?" in text_of(client.get(address))
    client.post(address)
    again = client.post(address)  # sent twice

    assert again.status_code == 302
    assert on_disk(store) == []
    assert not EvidenceFile.objects.exists()


def test_a_file_that_is_not_what_it_says_is_refused_beside_its_field(register, evidence, store):
    page = upload(register, evidence, "plan.pdf", b"<html><script>alert(1)</script>")

    assert "What is in the file is not a PDF" in text_of(page)
    assert not evidence.files.exists()
    assert on_disk(store) == []


def test_a_file_over_the_limit_is_refused(register, evidence, store, settings):
    settings.EVIDENCE_FILE_LIMIT = 2**20

    page = upload(register, evidence, "notes.txt", b"words " * 200_000)

    assert "The file must be 1 MB or smaller" in text_of(page)
    assert on_disk(store) == []


def test_a_page_without_a_file_says_so(register, evidence):
    client = register.client(register.lead)

    page = client.post(path("add_evidence_file", evidence.identity), {})

    assert "Select a file" in text_of(page)


@pytest.mark.parametrize(
    ("sent", "kept_as"),
    [
        ("..\\..\\windows\\plan.txt", "plan.txt"),
        ("C:\\fakepath\\plan.txt", "plan.txt"),
        ("pl\u202etxt.exe\u202c.txt", "pltxt.exe.txt"),
        (" .plan\r\n.txt. ", "plan .txt"),
        ("x" * 300 + ".txt", "x" * 146 + ".txt"),
    ],
)
def test_a_name_is_cleaned_and_never_leads_anywhere(register, evidence, tmp_path, sent, kept_as):
    source = tmp_path / "source"
    source.write_bytes(b"words")

    file = add_file(evidence=evidence, upload=source, name=sent, by=register.lead)

    assert file.name == kept_as


def test_a_name_with_letters_of_all_kinds_is_handed_out_whole(register, evidence):
    upload(register, evidence, 'Übung "Łódź".txt', b"words")

    answer = taken(register, evidence.files.get())

    assert bytes_of(answer) == b"words"
    assert (
        "filename*=utf-8''%C3%9Cbung%20-%C5%81%C3%B3d%C5%BA-.txt" in answer["Content-Disposition"]
    )


def test_the_same_file_is_recognised_and_named_to_who_may_see_it(register, evidence, kept):
    other = register.add(title="Debrief")

    page = upload(register, other, "again.txt", b"What the exercise showed.")

    assert "already kept with “Exercise report”" in text_of(page).replace("&quot;", '"')
    assert not other.files.exists()


def test_nobody_learns_of_a_file_they_may_not_see(register, kept):
    theirs = register.add(by=register.cyber_lead, title="Cyber plan")

    upload(register, theirs, "again.txt", b"What the exercise showed.", by=register.cyber_lead)

    assert theirs.files.count() == 1


def test_another_force_may_keep_the_same_file(register, kept, tmp_path):
    other = Register()
    evidence = other.add()

    upload(other, evidence, "notes.txt", b"What the exercise showed.")

    assert evidence.files.count() == 1


def test_a_picture_is_kept_as_it_was_drawn_anew(register, evidence, store):
    upload(register, evidence, "map.png", a_picture("PNG") + b"<script>canary</script>")

    file = evidence.files.get()
    content = file_store.path_of(file.identity).read_bytes()
    assert b"canary" not in content
    assert file.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("person", ["opcc", "administrator", "other lead", "other force"])
def test_a_file_is_not_there_for_who_may_not_see_its_evidence(register, kept, person):
    people = {
        "opcc": lambda: register.person(Role.OPCC),
        "administrator": lambda: register.person(Role.ADMINISTRATOR),
        "other lead": lambda: register.cyber_lead,
        "other force": lambda: Register().lead,
    }

    assert taken(register, kept, by=people[person]()).status_code == 404


def test_changed_bytes_are_not_handed_out(register, kept):
    file_store.path_of(kept.identity).write_bytes(b"What somebody would rather have.")

    answer = taken(register, kept)

    assert answer.status_code == 503
    assert kept.identity in text_of(answer)
    assert not AuditEvent.objects.filter(action="evidence_file.taken").exists()


def test_a_missing_file_is_said_to_be_missing(register, kept):
    file_store.remove(kept.identity)

    assert taken(register, kept).status_code == 503


def test_a_full_disk_leaves_neither_a_row_nor_a_part_of_a_file(
    register, evidence, store, monkeypatch
):
    def no_room(read, written, *rest):
        written.write(b"half of it")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(file_store.shutil, "copyfileobj", no_room)

    page = upload(register, evidence, "notes.txt", b"words")

    assert page.status_code == 503
    assert "the disk may be full" in text_of(page)
    assert on_disk(store) == []
    assert not evidence.files.exists()
    assert not AuditEvent.objects.filter(action="evidence_file.added").exists()


def test_no_room_for_the_upload_itself_is_said_too(register, evidence, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "nowhere"

    page = upload(register, evidence, "notes.txt", b"words")

    assert page.status_code == 200
    assert "no room left on the server" in text_of(page)


def test_a_row_that_cannot_be_written_leaves_no_file(register, evidence, store, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"words")
    add_file(evidence=evidence, upload=source, name="a.txt", by=register.lead)

    with pytest.raises(FileAlreadyKept):
        add_file(evidence=evidence, upload=source, name="b.txt", by=register.lead)

    assert len(on_disk(store)) == 1


def test_the_sweep_removes_what_was_left_behind_and_nothing_else(register, kept, store, capsys):
    left, coming = store / "ab" / "abandoned", store / "ab" / "cd.coming-in"
    fresh = store / "ab" / "fresh"
    left.parent.mkdir()
    for one in (left, coming, fresh):
        one.write_bytes(b"words")
    two_days_ago = time.time() - 2 * 24 * 60 * 60
    for one in (left, coming, file_store.path_of(kept.identity)):
        os.utime(one, (two_days_ago, two_days_ago))

    call_command("sweep_evidence_files")

    assert sorted(on_disk(store)) == sorted([fresh, file_store.path_of(kept.identity)])
    assert "Removed 2 that nothing pointed at." in capsys.readouterr().out


def test_the_sweep_names_a_file_that_is_missing(register, kept, capsys):
    file_store.remove(kept.identity)

    call_command("sweep_evidence_files")

    assert f"The file {kept.identity} is missing" in capsys.readouterr().err


def test_a_file_stays_with_what_was_handed_in(register, kept):
    register.cite(kept.evidence)
    fill_in(register.assessment, by=register.lead)
    submit_assessment(assessment=register.of("terrorism"), by=register.lead)

    client = register.client(register.lead)
    refused = client.post(path("remove_evidence_file", kept.evidence.identity, kept.identity))

    assert refused.status_code == 403
    assert "has been submitted, so its files stay" in text_of(refused)
    assert EvidenceFile.objects.filter(pk=kept.pk).exists()


def test_only_who_may_change_the_evidence_adds_files(register, evidence, store):
    shared = register.add(title="Shared", is_shared=True)

    answer = upload(register, shared, "notes.txt", b"words", by=register.cyber_lead)

    assert answer.status_code == 403
    assert on_disk(store) == []


def test_a_file_lies_where_only_the_portal_reads_it(register, kept):
    place = file_store.path_of(kept.identity)

    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_a_page_without_scanner_says_that_files_are_not_scanned(register, kept):
    page = register.page(register.lead, path("evidence_entry", kept.evidence.identity))

    assert "notes.txt" in page
    assert "It was not scanned for viruses" in page


def test_a_large_word_file_is_kept(register, evidence):
    content = a_word_file()

    upload(register, evidence, "plan.docx", content)

    answer = taken(register, evidence.files.get())
    assert bytes_of(answer) == content


def test_citing_what_is_shared_gives_nobody_the_right_to_remove_its_files(register, store):
    shared = register.add(is_shared=True)
    upload(register, shared, "plan.txt", b"The plan.")
    register.cite(shared)
    register.cite(shared, threat="cyber", by=register.cyber_lead)
    file = EvidenceFile.objects.get()
    at = path("remove_evidence_file", shared.identity, file.identity)

    refused = register.client(register.cyber_lead).post(at)

    assert refused.status_code == 403
    assert "Others may rely on this evidence" in text_of(refused)
    assert len(on_disk(store)) == 1
    assert register.client(register.lead).post(at).status_code == 302
    assert not EvidenceFile.objects.exists()


def test_a_piece_of_evidence_has_so_many_files_and_no_more(register, evidence, store, monkeypatch):
    monkeypatch.setattr(evidence_files, "MOST_FILES", 2)
    for words in (b"One.", b"Two."):
        upload(register, evidence, "plan.txt", words)

    page = upload(register, evidence, "plan.txt", b"Three.")

    assert "A piece of evidence can have 2 files" in text_of(page)
    assert evidence.files.count() == len(on_disk(store)) == 2
    evidence.files.first().delete()
    assert "is kept" in text_of(upload(register, evidence, "plan.txt", b"Three."))


def test_a_part_of_a_file_is_not_handed_out_and_a_head_request_takes_nothing(register, kept):
    at = path("take_evidence_file", kept.evidence.identity, kept.identity)
    client = register.client(register.lead)

    part = client.get(at, headers={"range": "bytes=0-3"})
    assert (part.status_code, bytes_of(part)) == (200, b"What the exercise showed.")
    head = client.head(at)
    assert head.status_code == 405
    assert AuditEvent.objects.filter(action="evidence_file.taken").count() == 1


def test_a_stranger_is_asked_to_sign_in_and_nothing_is_stored_on_the_way(register, kept):
    at = path("take_evidence_file", kept.evidence.identity, kept.identity)

    answer = Client().get(at)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    assert answer["Cache-Control"] == "no-store"


def test_a_link_put_in_a_files_place_leads_nowhere_else(register, kept, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"Another file of the server.")
    place = file_store.path_of(kept.identity)
    place.unlink()
    place.symlink_to(secret)

    answer = taken(register, kept)

    assert answer.status_code == 503
    assert b"Another file" not in answer.content
