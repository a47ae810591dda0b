"""The force's register of evidence as the data of a cycle file."""

from __future__ import annotations

import base64

from django.db.models import Q

from assessments.domain.evidence_files import open_checked
from assessments.enums import FileStatus, Marking
from assessments.models import Cycle, Evidence, EvidenceFile
from spr_portal.cycle_file.dumping.common import given, version_of
from spr_portal.cycle_file.moments import write_time
from spr_portal.cycle_file.writing import Bytes64

ENTRY_FIELDS = ("kind", "title", "owner", "dated", "expires_on", "kept_at", "handling")


def register_data(cycle: Cycle, *, with_files: bool) -> list[dict]:
    """What the year's assessments cite, and what no year does."""
    entries = Evidence.objects.filter(force_id=cycle.force_id)
    entries = entries.filter(
        Q(references__assessment__cycle=cycle) | Q(references__isnull=True)
    ).distinct()
    return [
        given({
            "identity": row.identity,
            "version": version_of(row),
            **{name: getattr(row, name) for name in ENTRY_FIELDS},
            "marking": row.marking if row.marking != Marking.OFFICIAL else None,
            "shared": row.is_shared or None,
            "by": row.added_by.email,
            "at": write_time(row.added_at),
            "files": [_file(file) for file in row.files.all()] if with_files else None,
        })
        for row in entries.select_related("added_by")
        .prefetch_related("files__added_by")
        .order_by("identity")
    ]  # fmt: skip


def _file(file: EvidenceFile) -> dict:
    """One that the scanner refused has no bytes any more."""
    content = None
    if file.status != FileStatus.REFUSED:
        with open_checked(file) as opened:
            content = Bytes64(base64.b64encode(opened.read()).decode())
    return given({
        "identity": file.identity,
        "name": file.name,
        "content_type": file.content_type,
        "status": file.status,
        "scanned_at": file.scanned_at and write_time(file.scanned_at),
        "by": file.added_by.email,
        "at": write_time(file.added_at),
        "size": file.size,
        "sha256": file.sha256,
        "content": content,
    })  # fmt: skip
