"""Files kept with evidence: added after a check of what they are, taken, and removed."""

from __future__ import annotations

import hashlib
import json
import logging
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from assessments.domain import file_store
from assessments.domain.evidence import lock_entry
from assessments.domain.scanning import scan_file
from assessments.enums import FileStatus
from assessments.evidence_policies import can_change_evidence, can_remove_file, can_see_evidence
from assessments.evidence_selectors import evidence_visible_to, same_file
from assessments.exceptions import FileAlreadyKept, FileRefused, FileUnavailable
from assessments.models import Evidence, EvidenceFile
from assessments.models.items import new_identity
from spr_portal.audit.recording import record
from spr_portal.identity.models import User
from spr_portal.plain_text import clean_line

logger = logging.getLogger(__name__)

EXAMINED_WITHIN = 60  # seconds
LONGEST_NAME = 150
MOST_FILES = 20  # with one piece of evidence
NOT_IN_NAMES = frozenset('/\\:*?"<>|')
UNREADABLE = "The file could not be checked: it is damaged or far too complicated"


def add_file(*, evidence: Evidence, upload: Path, name: str, by: User) -> EvidenceFile:
    """Keep an uploaded file with a piece of evidence.

    It is checked by its content first. The bytes are safe on disk before the
    row is committed, so that no row is ever without its file. Where a virus
    scanner is set, the file is held until it has passed. Raises FileRefused,
    FileAlreadyKept, or FileUnavailable when the disk is full; nothing is kept then.
    """
    can_change_evidence(by, evidence).require()
    _require_room(evidence)
    name = _clean_name(name)
    with tempfile.TemporaryDirectory(prefix="spr-evidence-") as folder:
        cleaned = Path(folder, "cleaned")
        content_type = _examine(upload, name, cleaned)
        source = cleaned if cleaned.exists() else upload
        file = EvidenceFile(
            evidence=evidence,
            identity=new_identity(),
            name=name,
            content_type=content_type,
            size=source.stat().st_size,
            sha256=_sum_of(source),
            status=FileStatus.HELD if settings.CLAMD else FileStatus.PASSED,
            added_by=by,
            added_at=timezone.now(),
        )
        file_store.keep(source, file.identity)
    try:
        _add_row(file, by=by)
    except BaseException:
        _remove_unless_known(file.identity)
        raise
    return file


def take_file(*, file: EvidenceFile, by: User) -> BinaryIO:
    """The file's bytes to hand out, open at their beginning; the audit notes who took it.

    The bytes are compared with the sum kept in the row. Raises FileUnavailable
    unless it has passed, is there and is what was added.
    """
    can_see_evidence(by, file.evidence).require()
    if file.status != FileStatus.PASSED:
        raise FileUnavailable(
            f"This file cannot be downloaded: {file.get_status_display().lower()}."
        )
    opened = open_checked(file)
    try:
        with transaction.atomic():
            _record("evidence_file.taken", file, by=by)
    except BaseException:
        opened.close()
        raise
    return opened


def open_checked(file: EvidenceFile) -> BinaryIO:
    """The bytes that were added, and no others; raises FileUnavailable."""
    try:
        opened = file_store.path_of(file.identity).open("rb")
    except OSError as problem:
        logger.exception("The file %s of evidence cannot be read", file.identity)
        raise _broken(file) from problem
    if hashlib.file_digest(opened, "sha256").hexdigest() != file.sha256:
        opened.close()
        logger.error("The file %s of evidence is not what was added", file.identity)
        raise _broken(file)
    opened.seek(0)
    return opened


def remove_file(*, file: EvidenceFile, by: User) -> None:
    """Take a file away for good; the audit keeps its name and its sum.

    Not while the evidence backs an assessment that has been submitted. One that
    is gone already is no fault.
    """
    with transaction.atomic():
        entry = lock_entry(file.evidence)
        can_remove_file(by, entry).require()
        removed, _ = EvidenceFile.objects.filter(pk=file.pk).delete()
        if removed:
            _record("evidence_file.removed", file, by=by)
            transaction.on_commit(lambda: file_store.remove(file.identity))


def _add_row(file: EvidenceFile, *, by: User) -> None:
    with transaction.atomic():
        entry = lock_entry(file.evidence)
        can_change_evidence(by, entry).require()
        _require_room(entry)
        # Of what the person may not see nothing is said, not even that it is there.
        kept = same_file(entry.force, file.sha256)
        seen = kept.filter(evidence__in=evidence_visible_to(by)).first()
        if seen:
            raise FileAlreadyKept(seen.evidence)
        file.save(force_insert=True)
        if file.status == FileStatus.HELD:
            scan_file.enqueue(file.pk)
        _record("evidence_file.added", file, by=by)


def _require_room(evidence: Evidence) -> None:
    if evidence.files.exclude(status=FileStatus.REFUSED).count() >= MOST_FILES:
        raise FileRefused(
            f"A piece of evidence can have {MOST_FILES} files, and this one has them. Remove one "
            "that is not needed, or add another piece of evidence for the rest",
            field="file",
        )


def _remove_unless_known(identity: str) -> None:
    """The row was not written, as far as can be told; if it was, its file stays."""
    try:
        is_known = EvidenceFile.objects.filter(identity=identity).exists()
    except DatabaseError:
        return  # left to the sweep
    if not is_known:
        file_store.remove(identity)


def _examine(upload: Path, name: str, cleaned: Path) -> str:
    """The content type of the file, told by its content in a process of its own."""
    command = [sys.executable, "-m", "spr_portal.examine_file", str(upload), name, str(cleaned)]
    try:
        done = subprocess.run(  # noqa: S603  no shell; the name is one argument
            command, capture_output=True, timeout=EXAMINED_WITHIN, cwd=settings.BASE_DIR
        )
    except subprocess.TimeoutExpired:
        raise FileRefused(UNREADABLE, field="file") from None
    if done.returncode:
        logger.warning("Examining an upload ended with status %s", done.returncode)
        raise FileRefused(UNREADABLE, field="file")
    found = json.loads(done.stdout)
    if "refused" in found:
        raise FileRefused(found["refused"], field="file")
    return found["content_type"]


def _clean_name(name: str) -> str:
    """The name as it is shown and handed out: one line, no folders, nothing that turns it round."""
    name = clean_line(name.replace("\\", "/").rpartition("/")[2])
    shown = "".join(
        "-" if sign in NOT_IN_NAMES else sign
        for sign in name
        if unicodedata.category(sign) not in {"Cf", "Cc", "Co", "Cs"}
    ).strip(" .-")
    ending = Path(shown).suffix[:10]
    return (shown[: LONGEST_NAME - len(ending)].removesuffix(ending) + ending) or "file"


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _broken(file: EvidenceFile) -> FileUnavailable:
    return FileUnavailable(
        "The file on the server is missing or is not the one that was added, so it is not handed "
        f"out. Give your administrator this reference: {file.identity}."
    )


def _record(action: str, file: EvidenceFile, *, by: User) -> None:
    record(
        action=action,
        subject=f"evidence {file.evidence.identity}",
        by=by,
        force=file.evidence.force,
        details={
            "file": file.identity,
            "name": file.name,
            "size": file.size,
            "sha256": file.sha256,
        },
    )
