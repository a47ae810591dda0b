"""Freezing a paper: its documents, its files, who approved what, and the manifest of all of it.

Everything is written in the transaction of the step that issues the paper, so it stands there
whole or not at all. Nothing of it can be changed afterwards.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from reports.document import Audience, Paper, to_json
from reports.domain.documents import document_hash
from reports.domain.libraries import versions
from reports.domain.manifest import manifest_of
from reports.enums import FileFormat, PaperKind
from reports.exceptions import FilesNotMade
from reports.models import BoardPaper, IssuedFile, IssuedPaper, Rendition
from spr_portal.identity.models import User

FILE_NAMES = {
    PaperKind.BOARD_PAPER: "spr-board-paper",
    PaperKind.STATEMENT: "spr-assurance-statement",
}


@dataclass(frozen=True)
class FileToKeep:
    """What a file of an issue will be: everything but the issue that it belongs to."""

    audience: str
    format: str
    name: str
    content: bytes
    sha256: str

    @property
    def size(self) -> int:
        return len(self.content)


def freeze(
    *,
    paper: BoardPaper,
    documents: dict[Audience, Paper],
    renditions: Iterable[Rendition],
    by: User,
) -> IssuedPaper:
    """Write the issue and its files. Raises FilesNotMade when a file is not what was made."""
    before = _newest_issue(paper)
    number = before.number + 1 if before else 1
    files = _files(paper, number, documents, renditions)
    issued = IssuedPaper(
        paper=paper,
        number=number,
        supersedes=before,
        correction=paper.correction if before else "",
        **_about(paper, documents[Audience.FULL]),
        issued_by=by,
        issued_by_name=by.name,
        issued_by_post=by.post,
        issued_at=timezone.now(),
    )
    issued.manifest = manifest_of(issued, files)
    issued.save(force_insert=True)
    for file in files:
        IssuedFile.objects.create(
            issued=issued,
            audience=file.audience,
            format=file.format,
            name=file.name,
            content=file.content,
            size=file.size,
            sha256=file.sha256,
        )
    return issued


def _newest_issue(paper: BoardPaper) -> IssuedPaper | None:
    """Of the force's paper of that kind and year, wherever it was made."""
    issues = IssuedPaper.objects.filter(force=paper.force, kind=paper.kind, year=paper.cycle.year)
    return issues.order_by("-number").first()


def _about(paper: BoardPaper, full: Paper) -> dict:
    """The issue's own fields, by value."""
    return {
        "kind": paper.kind,
        "edition_code": paper.cycle.edition.code,
        "force": paper.force,
        "year": paper.cycle.year,
        "title": paper.title,
        "board_name": full.board_name,
        "board_on": paper.cycle.board_on,
        "document": to_json(full),
        "document_hash": document_hash(full),
        "template_code": paper.template.code,
        "template_version": paper.template.version,
        "approvals": _approvals(paper),
        "libraries": versions(),
    }


def _files(paper, number, documents, renditions) -> list[FileToKeep]:
    """Each edition's document as data, and every file that was made of it."""
    files = [
        _file(paper, number, audience, FileFormat.JSON, to_json(document).encode())
        for audience, document in documents.items()
    ]
    for rendition in renditions:
        content = bytes(rendition.content)
        if hashlib.sha256(content).hexdigest() != rendition.sha256:
            raise FilesNotMade(
                f"The {rendition.get_format_display()} file of the {rendition.audience} edition "
                "was damaged after it was made, so nothing was issued. Have it made again on the "
                "page of the paper’s files."
            )
        files.append(_file(paper, number, rendition.audience, rendition.format, content))
    return files


def _file(paper, number: int, audience: str, file_format: str, content: bytes) -> FileToKeep:
    parts = [paper.force.code, paper.cycle.year, FILE_NAMES[PaperKind(paper.kind)]]
    if number > 1:
        parts.append(f"issue-{number}")
    name = "-".join([*parts, str(audience)])
    return FileToKeep(
        audience=str(audience),
        format=str(file_format),
        name=f"{name}.{file_format}",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _approvals(paper: BoardPaper) -> dict:
    """Who approved each assessment, waived a finding and agreed the paper, as they were then."""
    assessments = paper.cycle.assessments.select_related("threat")
    return {
        "assessments": [
            {
                "threat": assessment.threat.code,
                "name": assessment.approved_by_name,
                "post": assessment.approved_by_post,
                "at": _moment(assessment.approved_at),
                "content": assessment.approved_hash,
            }
            for assessment in assessments
        ],
        "waivers": [
            {
                "check": waiver.check_code,
                "finding": waiver.finding,
                "reason": waiver.reason,
                "name": waiver.by_name,
                "post": waiver.by_post,
                "at": _moment(waiver.at),
            }
            for waiver in paper.waivers.filter(ended_at__isnull=True)
        ],
        "paper": {
            "name": paper.agreed_by_name,
            "post": paper.agreed_by_post,
            "at": _moment(paper.agreed_at),
            "document": paper.agreed_hash,
        },
    }


def _moment(at: datetime.datetime) -> str:
    return at.isoformat()
