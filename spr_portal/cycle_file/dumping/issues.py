"""What was issued as the data of a cycle file, and what the board made of it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

from reports.models import BoardDecision, IssuedPaper, PublicLink
from spr_portal.cycle_file.dumping.common import given, in_order, person_then, version_of
from spr_portal.cycle_file.moments import write_time
from spr_portal.cycle_file.writing import Bytes64


def issues_data(issues: Sequence[IssuedPaper]) -> dict:
    """The newest issue, those it superseded, and the board's decisions; `issues` oldest first."""
    if not issues:
        return {}
    rows = [_issue(issued, place) for place, issued in enumerate(issues, start=1)]
    return given({
        "earlier_issues": rows[:-1],
        "issued": rows[-1],
        "decisions": _decisions(issues),
        "public_link": public_link_data(issues[-1]),
    })  # fmt: skip


def public_link_data(issued: IssuedPaper) -> dict | None:
    link = PublicLink.objects.filter(
        force_id=issued.force_id, kind=issued.kind, year=issued.year
    ).first()
    if link is None:
        return None
    return given({
        "on": link.is_on,
        "indexed": link.may_be_indexed or None,
        "by_name": link.changed_by_name,
        "at": write_time(link.changed_at),
    })  # fmt: skip


def base64_of(content) -> Bytes64:
    return Bytes64(base64.b64encode(bytes(content)).decode())


def _issue(issued: IssuedPaper, place: int) -> dict:
    return given({
        "number": issued.number if issued.number != place else None,
        "correction": issued.correction,
        "title": issued.title,
        "board_name": issued.board_name,
        "board_on": issued.board_on,
        "edition": issued.edition_code,
        "template": issued.template_code
        and {"code": issued.template_code, "version": issued.template_version},
        "by": person_then(issued.issued_by, issued.issued_by_name, issued.issued_by_post),
        "at": write_time(issued.issued_at),
        "approvals": in_order(issued.approvals),
        "libraries": in_order(issued.libraries),
        "document_hash": issued.document_hash,
        "document": issued.document,
        "manifest": issued.manifest,
    }) | {
        "files": [
            {
                "audience": row.audience,
                "format": row.format,
                "name": row.name,
                "sha256": row.sha256,
                "content": base64_of(row.content),
            }
            for row in issued.files.all()
        ],
    }  # fmt: skip


def _decisions(issues: Iterable[IssuedPaper]) -> list[dict]:
    """In the order recorded; one that was put right is named by its place in this list."""
    rows = list(
        BoardDecision.objects.filter(issued__in=issues)
        .select_related("issued", "recorded_by")
        .prefetch_related("follow_ups__by")
    )
    places = {row.pk: place for place, row in enumerate(rows, start=1)}
    newest = max(issued.number for issued in issues)
    return [
        given({
            "issue": row.issued.number if row.issued.number != newest else None,
            "outcome": row.outcome,
            "wording": row.wording,
            "conditions": row.conditions,
            "follow_up_on": row.follow_up_on,
            "minute_reference": row.minute_reference,
            "decided_on": row.decided_on,
            "by": person_then(row.recorded_by, row.recorded_by_name, row.recorded_by_post),
            "at": write_time(row.recorded_at),
            "replaces": places.get(row.replaces_id),
            "follow_ups": [
                given({
                    "threat": answer.threat_code,
                    "text": answer.text,
                    "by": person_then(answer.by, answer.by_name, answer.by_post),
                    "at": write_time(answer.at),
                    "version": version_of(answer),
                })
                for answer in row.follow_ups.all()
            ],
        })
        for row in rows
    ]  # fmt: skip
