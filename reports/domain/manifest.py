"""The manifest of an issue: one text that everything issued can be checked against.

It is JSON in one way only, so that its own SHA-256 means something. The public manifest is made
by taking what the public may read, not by striking out: no name of who approved, no sum of
anything restricted. Where all of a text but one figure is known, its sum gives the figure away.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from typing import Protocol

from reports.document import Audience
from reports.models import IssuedPaper

FORMAT = "spr-portal-manifest"
VERSION = 1


class ListedFile(Protocol):
    audience: str
    format: str
    name: str
    size: int
    sha256: str


# What the public may know of an issue besides its own files.
PUBLIC_PARTS = (
    "format", "version", "force", "kind", "year", "number", "title", "board", "requirement",
    "template", "libraries", "correction",
)  # fmt: skip


def manifest_of(issued: IssuedPaper, files: Iterable[ListedFile]) -> str:
    """The manifest of an issue from its own fields and its files, as canonical JSON."""
    before = issued.supersedes
    return canonical(
        {
            "format": FORMAT,
            "version": VERSION,
            "edition": str(Audience.FULL),
            "force": {"code": issued.force.code, "name": issued.force.name},
            "kind": str(issued.kind),
            "year": issued.year,
            "number": issued.number,
            "title": issued.title,
            "board": {"name": issued.board_name, "on": issued.board_on.isoformat()},
            "requirement": issued.edition_code,
            "template": {"code": issued.template_code, "version": issued.template_version},
            "libraries": issued.libraries,
            "document_sha256": issued.document_hash,
            "approvals": issued.approvals,
            "issued": {
                "at": utc(issued.issued_at),
                "by": {"name": issued.issued_by_name, "post": issued.issued_by_post},
            },
            "correction": issued.correction,
            "supersedes": before
            and {"number": before.number, "manifest_sha256": sum_of(before.manifest)},
            "files": _listed(files),
        }
    )


def public_manifest_of(manifest: str) -> str:
    """What the public may know of an issue, taken from the manifest that was stored with it."""
    whole = json.loads(manifest)
    public = {name: whole[name] for name in PUBLIC_PARTS}
    before = whole["supersedes"]
    return canonical(
        {
            **public,
            "edition": str(Audience.PUBLIC),
            "issued": {"at": whole["issued"]["at"]},
            "supersedes": before and {"number": before["number"]},
            "files": [file for file in whole["files"] if file["edition"] == Audience.PUBLIC],
        }
    )


def sum_of(text: str) -> str:
    """SHA-256 of a text, in hexadecimal; empty for an empty one."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def canonical(value: dict) -> str:
    """JSON with its keys in order and one line an entry; equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _listed(files: Iterable[ListedFile]) -> list[dict]:
    return [
        {
            "name": file.name,
            "edition": str(file.audience),
            "format": str(file.format),
            "size": file.size,
            "sha256": file.sha256,
        }
        for file in sorted(files, key=lambda file: file.name)
    ]


def utc(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).isoformat()
