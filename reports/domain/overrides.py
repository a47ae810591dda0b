"""What a paper makes of a paragraph of a threat's summary: told otherwise, left out, put back."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments.models import SummaryParagraph
from reports.domain.wording import lock_paper
from reports.enums import SectionKind
from reports.exceptions import SourceChanged, StalePaperEdit
from reports.models import BoardPaper, PaperSection, ParagraphOverride
from spr_portal.audit.recording import record
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import User

FIELDS = (
    "text", "is_left_out", "is_public", "withheld_under", "clears_withheld", "marking",
    "handling", "reason",
)  # fmt: skip


def mark_of(source_text: str) -> str:
    """What a page carries of the source that it showed, to notice that it changed meanwhile."""
    return hashlib.sha256(source_text.encode()).hexdigest()[:16]


def override_paragraph(
    *, section: PaperSection, source: str, values: dict, shown: str, started_from: int, by: User
) -> ParagraphOverride:
    """Tell a paragraph of the summary otherwise in the paper, or leave it out.

    `shown` is the mark of the source that the writer had before them, and
    `started_from` the version of what was written over it, 0 for nothing yet.
    Raises SourceChanged or StalePaperEdit when one of them is another by now,
    and Refused where it would publish what its lead withholds without saying so.
    """
    with transaction.atomic():
        paper = lock_paper(section.paper, by=by)
        original = _source(paper, section, source)
        if original is None:
            raise StalePaperEdit(None)
        if mark_of(original.text) != shown:
            raise SourceChanged
        marked = {"marking": original.marking, "handling": original.handling}
        values = marked | {name: values[name] for name in FIELDS if name in values}
        _require_cleared(original, values)
        written = values | {
            "source_text": original.text, "by": by, "by_name": by.name, "at": timezone.now()
        }  # fmt: skip
        row = _write(paper, section.threat_code, source, written, started_from)
        action = "paragraph.left_out" if row.is_left_out else "paragraph.overridden"
        _record(paper, action, row, by=by, text=row.text)
    return row


def put_paragraph_back(*, section: PaperSection, source: str, by: User) -> None:
    """Let the paper say what the assessment says; what stood over it is kept in the audit trail."""
    with transaction.atomic():
        paper = lock_paper(section.paper, by=by)
        row = paper.overrides.filter(threat_code=section.threat_code, source=source).first()
        if row is None:
            return
        row.delete()
        _record(paper, "paragraph.put_back", row, by=by, text=row.text)


def _source(paper: BoardPaper, section: PaperSection, source: str) -> SummaryParagraph | None:
    if section.kind != SectionKind.THREAT:
        return None
    return SummaryParagraph.objects.filter(
        assessment__cycle=paper.cycle_id,
        assessment__threat__code=section.threat_code,
        identity=source,
        is_draft=False,
    ).first()


def _require_cleared(original: SummaryParagraph, values: dict) -> None:
    if values.get("is_left_out"):
        return
    if original.is_public or not values.get("is_public"):
        values["clears_withheld"] = False
    elif not values.get("clears_withheld"):
        raise Refused(
            "The lead withholds this paragraph. Say that what you wrote may be public all the "
            "same, or restrict it.",
            field="clears_withheld",
        )


def _write(
    paper: BoardPaper, threat_code: str, source: str, values: dict, started_from: int
) -> ParagraphOverride:
    rows = paper.overrides.filter(threat_code=threat_code, source=source)
    if started_from and rows.filter(version=started_from).update(
        **values, version=F("version") + 1
    ):
        return rows.get()
    standing = rows.first()
    if standing is not None:
        raise StalePaperEdit(standing)
    # One that was put back meanwhile stands in nobody's way: what was typed is written anew. Its
    # versions begin anywhere, so that a page opened on the one before cannot save over this one.
    version = secrets.randbelow(2_000_000) * 1_000 + 1
    return ParagraphOverride.objects.create(
        paper=paper, threat_code=threat_code, source=source, version=version, **values
    )


def _record(paper: BoardPaper, action: str, row: ParagraphOverride, *, by: User, **details) -> None:
    record(
        action=action,
        subject=f"paper {paper.reference}",
        by=by,
        force=paper.force,
        details={"threat": row.threat_code, "paragraph": row.source, **details},
    )
