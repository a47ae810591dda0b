"""The board paper as the data of a cycle file."""

from __future__ import annotations

import base64

from reports.enums import PaperStatus, SectionKind
from reports.models import BoardPaper, IssuedPaper
from spr_portal.cycle_file.dumping.common import (
    given,
    in_order,
    person_then,
    status_changes,
    version_of,
)
from spr_portal.cycle_file.moments import write_time
from spr_portal.cycle_file.writing import Bytes64


def paper_data(paper: BoardPaper) -> dict:
    data = given({
        "template": {"code": paper.template.code, "version": paper.template.version},
        "title": paper.title,
        "agenda_item": paper.agenda_item,
        "report_of": paper.report_of,
        "author": paper.author,
    })  # fmt: skip
    data |= {"marking": paper.marking, "status": paper.status} | given({
        "version": version_of(paper),
        "sent_by": paper.sent_by and paper.sent_by.email,
        "agreed": _agreed(paper),
        "status_changes": status_changes(paper),
        "sections": [
            _section(section) for section in paper.sections.prefetch_related("paragraphs")
        ],
    })  # fmt: skip
    if paper.status == PaperStatus.ISSUED:
        data["issued"] = _issued(paper.issued)
    return data


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
        "kind": None if section.kind != SectionKind.RECOMMENDATIONS else section.kind,
        "threat": section.threat_code,
        "heading": section.heading,
        "level": section.level,
        "numbered": None if section.has_numbers else False,
        "paragraphs": [
            given({
                "identity": row.identity,
                "version": version_of(row),
                "text": row.text,
                "list": row.list_source,
                "when_empty": row.text_when_empty,
                "withheld_under": row.withheld_under,
            })
            for row in section.paragraphs.all()
        ],
    })  # fmt: skip


def _issued(issued: IssuedPaper) -> dict:
    return {
        "title": issued.title,
        "board_name": issued.board_name,
        "board_on": issued.board_on,
        "template": {"code": issued.template_code, "version": issued.template_version},
        "by": person_then(issued.issued_by, issued.issued_by_name, issued.issued_by_post),
        "at": write_time(issued.issued_at),
        "approvals": in_order(issued.approvals),
        "libraries": in_order(issued.libraries),
        "document_hash": issued.document_hash,
        "document": issued.document,
        "files": [
            {
                "audience": row.audience,
                "format": row.format,
                "name": row.name,
                "sha256": row.sha256,
                "content": Bytes64(base64.b64encode(bytes(row.content)).decode()),
            }
            for row in issued.files.all()
        ],
    }
