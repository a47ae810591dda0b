"""The virus scanner: a file is held until it is passed, and never passes by default."""

import datetime
import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.domain import file_store
from assessments.domain.scanning import scan_file, scan_held_file
from assessments.enums import FileStatus
from assessments.models import EvidenceFile
from spr_portal.audit.models import AuditEvent
from spr_portal.background.retries import wait_before_next
from spr_portal.clamd import ScannerFailed
from tests.background.working import work_off
from tests.evidence.scanner import Scanner
from tests.evidence.uploads import EICAR

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("store")]
MISBEHAVIOURS = [
    "hangs up at once",
    "hangs up in the middle",
    "speaks garbage",
    "says OK to something else",
    "never ends its answer",
    "says nothing",
    "finds it too large",
    "says OK and ERROR",
    "talks without end",
]


@pytest.fixture
def address(settings):
    """A short path for the scanner's socket, which the portal is told of."""
    with tempfile.TemporaryDirectory(prefix="clamd") as folder:
        settings.CLAMD = str(Path(folder, "clamd.ctl"))
        yield settings.CLAMD


@pytest.fixture
def add(register):
    def add(words: str):
        evidence = register.add()
        register.client(register.lead).post(
            reverse("assessments:add_evidence_file", args=[evidence.identity]),
            {"file": SimpleUploadedFile("notes.txt", words.encode())},
        )
        return evidence.files.get()

    return add


def take(register, file):
    at = [file.evidence.identity, file.identity]
    return register.client(register.lead).get(reverse("assessments:take_evidence_file", args=at))


def page_of(register, file) -> str:
    address = reverse("assessments:evidence_entry", args=[file.evidence.identity])
    return register.page(register.lead, address)


def test_a_file_is_held_until_the_scanner_passes_it(register, add, address):
    file = add("What the exercise showed.")
    assert take(register, file).status_code == 503
    assert "Waiting for the virus scanner" in page_of(register, file)

    with Scanner(address) as scanner:
        work_off()

    assert scanner.received == [b"What the exercise showed."]
    file.refresh_from_db()
    assert (file.status, file.is_scanned) == (FileStatus.PASSED, True)
    answer = take(register, file)
    assert b"".join(answer) == b"What the exercise showed."
    assert "not scanned" not in page_of(register, file)


def test_what_the_scanner_refuses_is_deleted_and_said_to_be(register, add, address):
    file = add(EICAR)

    with Scanner(address):
        work_off()

    file.refresh_from_db()
    assert (file.status, file.is_scanned) == (FileStatus.REFUSED, True)
    assert not file_store.path_of(file.identity).exists()
    assert "Refused by the virus scanner" in page_of(register, file)
    assert take(register, file).status_code == 503
    event = AuditEvent.objects.get(action="evidence_file.refused")
    assert event.details["found"] == "Eicar-Test-Signature"


@pytest.mark.parametrize("behaviour", MISBEHAVIOURS)
def test_a_scanner_without_a_verdict_passes_nothing(register, add, address, behaviour):
    file = add("What the exercise showed.")

    with Scanner(address, behaviour), pytest.raises(ScannerFailed):
        scan_held_file(file.pk)

    file.refresh_from_db()
    assert file.status == FileStatus.HELD
    assert file_store.path_of(file.identity).exists()
    assert take(register, file).status_code == 503


def test_while_the_scanner_is_down_a_file_waits_and_is_asked_about_again(register, add, address):
    file = add("What the exercise showed.")

    work_off()  # nobody listens there

    file.refresh_from_db()
    assert file.status == FileStatus.HELD
    waiting = DBTaskResult.objects.get(task_path=scan_file.module_path)
    assert waiting.status == "READY"
    assert waiting.run_after > timezone.now()

    DBTaskResult.objects.update(run_after=timezone.now())
    with Scanner(address):
        work_off()
    file.refresh_from_db()
    assert file.status == FileStatus.PASSED


def test_the_scanner_is_asked_again_for_a_week(register, add, address):
    add("What the exercise showed.")
    row, waits = DBTaskResult.objects.get(), []
    while True:
        row.worker_ids.append("a worker")
        wait = wait_before_next(row)
        if wait is None:
            break
        waits.append(wait)

    assert sum(waits, datetime.timedelta()) > datetime.timedelta(days=6)


def test_without_the_setting_a_held_file_stays_held(register, add, address, settings):
    file = add("What the exercise showed.")
    settings.CLAMD = None

    with pytest.raises(ScannerFailed):
        scan_held_file(file.pk)

    file.refresh_from_db()
    assert file.status == FileStatus.HELD


def test_bytes_that_changed_while_they_waited_are_not_passed(register, add, address):
    file = add("What the exercise showed.")
    file_store.path_of(file.identity).write_bytes(b"Something else.")

    with Scanner(address), pytest.raises(ScannerFailed):
        scan_held_file(file.pk)


def test_a_file_queued_twice_is_noted_once(register, add, address, capsys):
    file = add("What the exercise showed.")
    call_command("sweep_evidence_files")
    assert "Asked the scanner again about 1." in capsys.readouterr().out

    with Scanner(address):
        work_off()

    assert AuditEvent.objects.filter(action="evidence_file.passed").count() == 1
    assert EvidenceFile.objects.get(pk=file.pk).status == FileStatus.PASSED


def test_a_scanner_over_the_network_is_asked_as_well(register, add, settings):
    with Scanner(("127.0.0.1", 0)) as scanner:
        settings.CLAMD = scanner.address
        file = add("What the exercise showed.")

        work_off()

    file.refresh_from_db()
    assert file.status == FileStatus.PASSED


def test_a_file_that_was_removed_while_it_waited_is_forgotten(register, add, address):
    file = add("What the exercise showed.")
    at = [file.evidence.identity, file.identity]
    register.client(register.lead).post(reverse("assessments:remove_evidence_file", args=at))

    with Scanner(address) as scanner:
        work_off()

    assert scanner.received == []
