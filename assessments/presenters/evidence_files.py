"""How the files kept with a piece of evidence read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from assessments.enums import FileStatus
from assessments.models import Evidence, EvidenceFile

TAGS = {
    FileStatus.HELD: ("Waiting for the virus scanner", "yellow"),
    FileStatus.PASSED: ("", ""),
    FileStatus.REFUSED: ("Refused by the virus scanner", "red"),
}
EXPLAINED = {
    FileStatus.HELD: "It can be downloaded once the scanner has passed it, and by nobody before.",
    FileStatus.PASSED: "",
    FileStatus.REFUSED: "The scanner found something harmful in it, so nothing of it was kept. "
    "Tell your information security team.",
}
NOT_SCANNED = "It was not scanned for viruses: this portal has no scanner set."


@dataclass(frozen=True)
class FileLine:
    identity: str
    name: str
    size: str
    href: str  # empty while it cannot be taken
    tag: str
    tag_colour: str
    remark: str
    sha256: str
    by_name: str
    at: datetime.datetime


def file_lines(evidence: Evidence, files: Iterable[EvidenceFile]) -> list[FileLine]:
    return [_line(evidence, file) for file in files]


def size_in_words(size: int) -> str:
    """ "812 bytes", "38 KB", "1.4 MB"."""
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{round(size / 1000)} KB"
    return f"{size / 1_000_000:.1f} MB"


def _line(evidence: Evidence, file: EvidenceFile) -> FileLine:
    status = FileStatus(file.status)
    tag, colour = TAGS[status]
    is_ready = status == FileStatus.PASSED
    at = [evidence.identity, file.identity]
    return FileLine(
        identity=file.identity,
        name=file.name,
        size=size_in_words(file.size),
        href=reverse("assessments:take_evidence_file", args=at) if is_ready else "",
        tag=tag,
        tag_colour=colour,
        remark=EXPLAINED[status] or ("" if file.is_scanned else NOT_SCANNED),
        sha256=file.sha256,
        by_name=file.added_by.name,
        at=file.added_at,
    )
