"""The six files of a paper, while they are made and once it is issued."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from reports.document import Audience
from reports.domain.manifest import public_manifest_of, sum_of
from reports.domain.published import is_whole
from reports.enums import FileFormat, Format, RenditionStatus
from reports.models import BoardPaper, IssuedFile, IssuedPaper, Rendition
from reports.presenters.words import EDITIONS, year_in_words
from spr_portal.components import FileEntry

DAMAGED = (
    "This file was damaged after it was made. The paper itself is unaffected. Have the file made "
    "again; if it happens again, tell the administrator that the database’s disk may be failing."
)
OVER = (RenditionStatus.MADE, RenditionStatus.FAILED, None)


@dataclass(frozen=True)
class FileLine:
    name: str  # "PDF"
    audience: str
    file_format: str
    status: str | None  # None: nobody has asked for it
    error: str
    size: int
    sha256: str
    href: str  # empty until it can be taken
    is_damaged: bool = False  # its bytes are not those that were made

    @property
    def place(self) -> str:
        return f"{self.audience}/{self.file_format}"


@dataclass(frozen=True)
class Progress:
    text: str
    is_over: bool
    is_begun: bool
    is_all_asked_for: bool
    is_whole: bool  # every file is made


@dataclass(frozen=True)
class IssueLine:
    number: int
    at: datetime.datetime
    correction: str  # what it changed in the one before
    href: str


@dataclass(frozen=True)
class BundleLine:
    words: str
    href: str
    manifest_sha256: str


def file_lines(
    paper: BoardPaper, hashes: dict[Audience, str], renditions: Iterable[Rendition]
) -> dict[str, list[FileLine]]:
    """Each edition's files by its name. A rendition of another document does not count."""
    current = {(row.document_hash, row.format): row for row in renditions}
    return {
        EDITIONS[audience]: [
            _line(paper, audience, file_format, current.get((hashes[audience], file_format)))
            for file_format in Format
        ]
        for audience in (Audience.PUBLIC, Audience.FULL)
    }


def progress_of(lines: dict[str, list[FileLine]]) -> Progress:
    every = [line for edition in lines.values() for line in edition]
    asked = [line for line in every if line.status is not None]
    made = sum(line.status == RenditionStatus.MADE and not line.is_damaged for line in every)
    damaged = sum(line.is_damaged for line in every)
    failed = sum(line.status == RenditionStatus.FAILED for line in every)
    text = f"{made} of {len(every)} files {'is' if made == 1 else 'are'} made."
    if failed:
        text += f" {failed} could not be made."
    if damaged:
        text += f" {damaged} {'is' if damaged == 1 else 'are'} damaged and must be made again."
    return Progress(
        text=text,
        is_over=all(line.status in OVER for line in every),
        is_begun=bool(asked),
        is_all_asked_for=len(asked) == len(every),
        is_whole=made == len(every),
    )


def editions_of(
    issued: IssuedPaper, files: Iterable[IssuedFile]
) -> list[tuple[str, list[FileEntry]]]:
    """The files of an issue to download, by the edition's name, in the order of the formats."""
    by_edition: dict[str, list[IssuedFile]] = {}
    for file in files:
        by_edition.setdefault(EDITIONS[Audience(file.audience)], []).append(file)
    return [
        (edition, _entries(issued, by_edition[edition]))
        for edition in EDITIONS.values()
        if edition in by_edition
    ]


def bundle_lines(issued: IssuedPaper, files: Iterable[IssuedFile]) -> list[BundleLine]:
    """A bundle for each edition of which the person may take files; none without a manifest."""
    if not issued.manifest:
        return []
    manifests = {
        Audience.PUBLIC: public_manifest_of(issued.manifest),
        Audience.FULL: issued.manifest,
    }
    at = [issued.address, issued.number]
    editions = {Audience(file.audience) for file in files}
    return [
        BundleLine(
            words="Both editions, with who approved what"
            if audience is Audience.FULL
            else "Public edition",
            href=reverse("reports:bundle_of_issue", args=[*at, audience.value]),
            manifest_sha256=sum_of(manifest),
        )
        for audience, manifest in manifests.items()
        if audience in editions
    ]


def issue_lines(issues: Iterable[IssuedPaper]) -> list[IssueLine]:
    """Every issue of a paper, the newest first."""
    return [
        IssueLine(
            number=issued.number,
            at=issued.issued_at,
            correction=issued.correction,
            href=issue_href(issued),
        )
        for issued in issues
    ]


def issue_href(issued: IssuedPaper) -> str:
    """Where one issue stands for ever, superseded or not."""
    return reverse("reports:one_issue", args=[issued.address, issued.number])


def agreement_of(issued: IssuedPaper) -> dict:
    """Who agreed the paper, with the time as one: it is kept as text. Empty where nobody knows."""
    agreed = issued.approvals.get("paper")
    if not agreed:
        return {}
    return agreed | {"at": datetime.datetime.fromisoformat(agreed["at"])}


def _entries(issued: IssuedPaper, files: Iterable[IssuedFile]) -> list[FileEntry]:
    at = [issued.address, issued.number]
    return [
        FileEntry(
            name=f"{issued.title} {year_in_words(issued.year)}",
            href=reverse("reports:download_of_issue", args=[*at, file.audience, file.format]),
            file_format=FileFormat(file.format).label,
            size=file.size,
            sha256=file.sha256,
        )
        for file in sorted(files, key=lambda file: list(FileFormat).index(FileFormat(file.format)))
    ]


def _line(
    paper: BoardPaper, audience: Audience, file_format: Format, rendition: Rendition | None
) -> FileLine:
    is_made = rendition is not None and rendition.status == RenditionStatus.MADE
    is_damaged = is_made and _is_damaged(rendition)
    href = reverse("reports:download_draft", args=[paper.address, audience, file_format])
    return FileLine(
        name=file_format.label,
        audience=audience.value,
        file_format=file_format.value,
        status=rendition.status if rendition else None,
        error=DAMAGED if is_damaged else rendition.error if rendition else "",
        size=rendition.size if is_made else 0,
        sha256=rendition.sha256 if is_made else "",
        href=href if is_made and not is_damaged else "",
        is_damaged=is_damaged,
    )


def _is_damaged(rendition: Rendition) -> bool:
    """Only where its bytes were read: nobody reads them to say how far a file is."""
    if "content" in rendition.get_deferred_fields():
        return False
    return not is_whole(rendition.content, sha256=rendition.sha256)
