"""Papers made before the portal was used, as the data of a cycle file."""

from __future__ import annotations

from assessments.models import Cycle
from assessments.selectors import cycle_before
from reports.enums import Origin
from reports.models import IssuedPaper, PastPaperDraft, PastPaperPiece
from spr_portal.cycle_file.dumping.common import (
    given,
    in_order,
    marked,
    named_then,
    version_of,
)
from spr_portal.cycle_file.dumping.issues import base64_of, issues_data
from spr_portal.cycle_file.moments import write_time

READING_FIELDS = (
    "title", "board_name", "meeting_on", "meeting_month", "file_name", "file_format", "size",
    "sha256",
)  # fmt: skip
PIECE_FIELDS = (
    "kind", "text", "mark", "number", "label", "heading", "addressee", "verb", "rows", "repeats",
    "reason",
)  # fmt: skip


def past_papers_data(cycle: Cycle) -> list[dict]:
    """Those of the years since the cycle before: each stands in exactly one file."""
    before = cycle_before(cycle)
    span = {"force_id": cycle.force_id, "year__lte": cycle.year}
    if before:
        span["year__gt"] = before.year
    issues = IssuedPaper.objects.filter(origin=Origin.IMPORTED, **span)
    drafts = {
        draft.year: draft
        for draft in PastPaperDraft.objects.filter(**span)
        .select_related("edition", "read_by")
        .prefetch_related("pieces")
    }
    issued: dict[str, list[IssuedPaper]] = {}
    for row in issues.select_related("issued_by").prefetch_related("files").order_by("number"):
        issued.setdefault(row.year, []).append(row)
    return [
        {"year": year}
        | ({"reading": _reading(drafts[year])} if year in drafts else {})
        | issues_data(issued.get(year, []))
        for year in sorted(issued.keys() | drafts.keys())
    ]


def _reading(draft: PastPaperDraft) -> dict:
    return given({
        "edition": draft.edition.code,
        **{name: getattr(draft, name) for name in READING_FIELDS},
        **marked(draft),
        "withheld_under": draft.withheld_under,
        "version": version_of(draft),
        "by": named_then(draft.read_by, draft.read_by_name),
        "at": write_time(draft.read_at),
        "pieces": [_piece(piece) for piece in draft.pieces.all()],
        "content": base64_of(draft.content) if draft.content is not None else None,
    })  # fmt: skip


def _piece(piece: PastPaperPiece) -> dict:
    return given({
        "identity": piece.identity,
        "version": version_of(piece),
        **{name: in_order(getattr(piece, name)) for name in PIECE_FIELDS},
        "level": piece.level or None,
        "threats": piece.threat_codes,
    }) | {"origin": in_order(piece.origin)}  # fmt: skip
