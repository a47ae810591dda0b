"""Handing out a paper's files: the very bytes that were made, and a note of who took them."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from reports.exceptions import DamagedFile
from reports.models import Download, IssuedFile, Rendition
from reports.policies import can_see_paper, can_take_file
from spr_portal.audit.recording import record
from spr_portal.identity.models import User


def record_download(*, file: IssuedFile, by: User) -> bytes:
    """Note that somebody takes an issued file, and return its bytes.

    Raises PolicyDenied, and DamagedFile when the bytes are not those that were
    issued; then nothing is noted and nothing handed out.
    """
    can_take_file(by, file).require()
    content = whole(file.content, sha256=file.sha256)
    with transaction.atomic():
        Download.objects.create(file=file, by=by, by_name=by.name, at=timezone.now())
        record(
            action="paper.downloaded",
            subject=f"issued paper {file.issued.force.code}-{file.issued.year}",
            by=by,
            force=file.issued.force,
            details={"file": file.name, "sha256": file.sha256},
        )
    return content


def record_draft_download(*, rendition: Rendition, by: User) -> bytes:
    """Note that somebody takes a file of a paper that is not issued, and return its bytes."""
    paper = rendition.paper
    can_see_paper(by, paper).require()
    content = whole(rendition.content, sha256=rendition.sha256)
    with transaction.atomic():
        record(
            action="paper.draft_downloaded",
            subject=f"paper {paper.reference}",
            by=by,
            force=paper.force,
            details={
                "audience": rendition.audience,
                "format": rendition.format,
                "sha256": rendition.sha256,
            },
        )
    return content


def whole(content: bytes, *, sha256: str) -> bytes:
    """The bytes, if they are still those of the sum; raises DamagedFile."""
    content = bytes(content)
    if not is_whole(content, sha256=sha256):
        raise DamagedFile(
            "This file has been damaged since it was made, so it is not handed out. The other "
            "files are not affected. Tell the administrator, who can restore it from a backup."
        )
    return content


def is_whole(content: bytes, *, sha256: str) -> bool:
    return hashlib.sha256(bytes(content)).hexdigest() == sha256
