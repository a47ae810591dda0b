"""A paper of a cycle, or its statement, as the data of a cycle file."""

from __future__ import annotations

from reports.enums import Numbering, SectionKind
from reports.models import BoardPaper
from spr_portal.cycle_file.dumping.common import (
    given,
    in_order,
    named_then,
    person_then,
    published,
    status_changes,
    version_of,
)
from spr_portal.cycle_file.dumping.issues import issues_data
from spr_portal.cycle_file.moments import write_time

HEADER = ("title", "agenda_item", "report_of", "author")
HEADER_ADDED = ("item_type", "meeting_part", "foi_class", "correction")
UNDERSTOOD = (SectionKind.WORDING, SectionKind.THREAT)  # what a section is if it does not say


def paper_data(paper: BoardPaper) -> dict:
    data = given({
        "template": {"code": paper.template.code, "version": paper.template.version},
        **{name: getattr(paper, name) for name in HEADER},
    })  # fmt: skip
    data |= {"marking": paper.marking, "status": paper.status} | given({
        "numbering": paper.numbering if paper.numbering != Numbering.RUN else None,
        **{name: getattr(paper, name) for name in HEADER_ADDED},
        "version": version_of(paper),
        "sent_by": paper.sent_by and paper.sent_by.email,
        "agreed": _agreed(paper),
        "status_changes": status_changes(paper),
        "sections": [
            _section(section) for section in paper.sections.prefetch_related("paragraphs")
        ],
        "overrides": [_override(row) for row in paper.overrides.select_related("by")],
        "waivers": [_waiver(row) for row in paper.waivers.select_related("by")],
        "comments": [_comment(row) for row in paper.comments.select_related("by", "thread")],
        "kept_words": _kept_words(paper),
    })  # fmt: skip
    issues = paper.issues.order_by("number").select_related("issued_by").prefetch_related("files")
    return data | issues_data(list(issues))


def _agreed(paper: BoardPaper) -> dict | None:
    if paper.agreed_by is None:
        return None
    return {
        "by": person_then(paper.agreed_by, paper.agreed_by_name, paper.agreed_by_post),
        "at": write_time(paper.agreed_at),
        "document": paper.agreed_hash,
    }


def _section(section) -> dict:
    return given({
        "identity": section.identity,
        "version": version_of(section),
        "kind": section.kind if section.kind not in UNDERSTOOD else None,
        "threat": section.threat_code,
        "heading": section.heading,
        "level": section.level,
        "numbered": None if section.has_numbers else False,
        "heading_numbered": section.is_heading_numbered or None,
        "shows_recommendations": section.shows_recommendations or None,
        "words_when_none": section.words_when_none,
        **published(section),
        "paragraphs": [
            given({
                "identity": row.identity,
                "version": version_of(row),
                "text": row.text,
                "list": row.list_source,
                "figure": row.figure_source,
                "when_empty": row.text_when_empty,
                **published(row),
            })
            for row in section.paragraphs.all()
        ],
    })  # fmt: skip


def _override(row) -> dict:
    return given({
        "threat": row.threat_code,
        "source": row.source,
        "source_text": row.source_text,
        "text": row.text,
        "left_out": row.is_left_out or None,
        "clears_withheld": row.clears_withheld or None,
        "reason": row.reason,
        **published(row),
        "by": named_then(row.by, row.by_name),
        "at": write_time(row.at),
        "version": version_of(row),
    })  # fmt: skip


def _waiver(row) -> dict:
    return given({
        "check": row.check_code,
        "subject": row.subject,
        "finding": row.finding,
        "reason": row.reason,
        "by": person_then(row.by, row.by_name, row.by_post),
        "at": write_time(row.at),
        "ended": _ended(row.ended_at, row.ended_by_name),
    })  # fmt: skip


def _comment(row) -> dict:
    return given({
        "identity": row.identity,
        "thread": row.thread and row.thread.identity,
        "block": row.block,
        "label": row.label,
        "quoted": row.quoted,
        "text": row.text,
        "by": person_then(row.by, row.by_name, row.by_post),
        "at": write_time(row.at),
        "resolved": _ended(row.resolved_at, row.resolved_by_name),
    })  # fmt: skip


def _ended(at, name: str) -> dict | None:
    return given({"at": write_time(at), "by_name": name}) if at else None


def _kept_words(paper: BoardPaper) -> dict | None:
    """The words as issued, while a correction is in hand."""
    kept = getattr(paper, "kept_words", None)
    return kept and {"at": write_time(kept.kept_at), "content": in_order(kept.words)}
