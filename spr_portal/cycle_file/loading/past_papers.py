"""Loading papers that were made before the portal was used, and how each was read."""

from __future__ import annotations

from reports.models import IssuedPaper, PastPaperDraft, PastPaperPiece
from spr_portal.cycle_file.checks.issues import file_bytes
from spr_portal.cycle_file.loading.identities import plain_json, published
from spr_portal.cycle_file.loading.issues import load_issues
from spr_portal.cycle_file.moments import read_time
from spr_portal.cycle_file.people import People
from spr_portal.identity.models import Force
from spr_portal.strict_yaml import Document
from threats.models import Edition

READING_FIELDS = (
    "title", "board_name", "meeting_on", "meeting_month", "file_name", "file_format", "size",
    "sha256", "version",
)  # fmt: skip
PIECE_FIELDS = (
    "identity", "version", "kind", "text", "mark", "number", "level", "label", "heading",
    "addressee", "verb", "rows", "repeats", "reason", "origin",
)  # fmt: skip


def load_past_papers(document: Document, force: Force, people: People) -> None:
    for row in document.data.get("past_papers", []):
        issues = load_issues(row, people, force=force, year=row["year"])
        if "reading" in row:
            _reading(row["reading"], force, row["year"], issues[-1] if issues else None, people)


def _reading(
    words: dict, force: Force, year: str, issued: IssuedPaper | None, people: People
) -> None:
    draft = PastPaperDraft.objects.create(
        force=force,
        year=year,
        edition=Edition.objects.get(code=words["edition"]),
        content=file_bytes(words["content"]) if "content" in words else None,
        read_by=people.user(words["by"]),
        read_by_name=people.by_value(words["by"])["by_name"],
        read_at=read_time(words["at"]),
        issued=issued,
        **published(words),
        **{name: words[name] for name in READING_FIELDS if name in words},
    )
    PastPaperPiece.objects.bulk_create(
        PastPaperPiece(
            draft=draft,
            order=order,
            threat_codes=row.get("threats", []),
            **{name: plain_json(row[name]) for name in PIECE_FIELDS if name in row},
        )
        for order, row in enumerate(words.get("pieces", []), start=1)
    )
