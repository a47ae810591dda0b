"""Files that wait for the virus scanner: asked about in the background until it has answered."""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from assessments.domain import file_store
from assessments.enums import FileStatus
from assessments.models import EvidenceFile
from spr_portal.audit.recording import record
from spr_portal.background.retries import retried
from spr_portal.clamd import ScannerFailed, found_in

logger = logging.getLogger(__name__)

# A scanner may be away over a long weekend: a week in all. After that the sweep asks again.
WAITS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, *[12 * 60] * 13)
)


@retried(after=WAITS)
@task
def scan_file(file_id: int) -> None:
    scan_held_file(file_id)


def scan_held_file(file_id: int) -> None:
    """Ask the scanner about a file that is held, and do as it says.

    Only its word that the file is clean lets it pass. What it refuses is
    deleted at once. Raises ScannerFailed when it gives no verdict, or there is
    no scanner any more: the file stays held.
    """
    file = EvidenceFile.objects.select_related("evidence__force").filter(pk=file_id).first()
    if file is None or file.status != FileStatus.HELD:
        return
    if not settings.CLAMD:
        raise ScannerFailed("SPR_CLAMD_SOCKET is not set")
    with file_store.path_of(file.identity).open("rb") as opened:
        if hashlib.file_digest(opened, "sha256").hexdigest() != file.sha256:
            raise ScannerFailed(f"the file {file.identity} is not what was added")
        opened.seek(0)
        found = found_in(opened, scanner=settings.CLAMD)
    _note_verdict(file, found)


def ask_again() -> int:
    """Queue every file that is still held; one that is queued twice is scanned once."""
    held = EvidenceFile.objects.filter(status=FileStatus.HELD).values_list("pk", flat=True)
    for key in held:
        scan_file.enqueue(key)
    return len(held)


def _note_verdict(file: EvidenceFile, found: str) -> None:
    status = FileStatus.REFUSED if found else FileStatus.PASSED
    with transaction.atomic():
        held = EvidenceFile.objects.filter(pk=file.pk, status=FileStatus.HELD)
        if not held.update(status=status, is_scanned=True, scanned_at=timezone.now()):
            return  # another worker was quicker
        record(
            action=f"evidence_file.{status}",
            subject=f"evidence {file.evidence.identity}",
            by=None,
            force=file.evidence.force,
            details={"file": file.identity, "sha256": file.sha256, "found": found},
        )
        if found:
            logger.warning("The scanner found %s in the file %s", found, file.identity)
            transaction.on_commit(lambda: file_store.remove(file.identity))
