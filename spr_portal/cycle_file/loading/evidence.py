"""The force's register of evidence: its entries with their files, and what the year cites."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction

from assessments.domain import file_store
from assessments.domain.scanning import scan_file
from assessments.enums import FileStatus
from assessments.models import Assessment, Cycle, Evidence, EvidenceFile
from spr_portal.cycle_file.moments import read_time
from spr_portal.cycle_file.people import People
from spr_portal.strict_yaml import Document

COPIED = ("kind", "title", "owner", "dated", "expires_on", "kept_at")
ENTRY_FIELDS = (*COPIED, "marking", "handling", "version")


def load_register(document: Document, cycle: Cycle, people: People) -> None:
    """The entries that the portal does not have. One that is there stays as it is."""
    for row in document.data.get("evidence", []):
        identity = row["identity"]
        if Evidence.objects.filter(force=cycle.force, identity=identity).exists():
            continue
        entry = Evidence.objects.create(
            force=cycle.force,
            identity=identity,
            is_shared=row.get("shared", False),
            added_by=people.user(row["by"]) if "by" in row else cycle.opened_by,
            added_at=read_time(row["at"]) if "at" in row else cycle.opened_at,
            **{name: row[name] for name in ENTRY_FIELDS if name in row},
        )
        for file in row.get("files", []):
            _keep_file(entry, file, people)


def cite_evidence(assessment: Assessment, entries: dict[str, str]) -> None:
    """Point each reference at its entry of the register, or at one made from what it says.

    `entries` maps the identities of references to those of entries.
    """
    cycle = assessment.cycle
    for reference in assessment.evidence.all():
        values = {name: getattr(reference, name) for name in COPIED}
        wanted = entries.get(reference.identity)
        named = {"identity": wanted} if wanted else values
        entry = Evidence.objects.filter(force=cycle.force, **named).first()
        if entry is None:
            entry = Evidence.objects.create(
                force=cycle.force,
                identity=reference.identity,
                added_by=cycle.opened_by,
                added_at=cycle.opened_at,
                marking=reference.marking,
                handling=reference.handling,
                **values,
            )
        reference.evidence = entry
        reference.save(update_fields=["evidence"])


def _keep_file(entry: Evidence, row: dict, people: People) -> None:
    """The bytes go to disk first, as when a person adds a file; the checks have seen their sum.

    A file that says it has passed a scanner is held all the same where one is set.
    """
    status = FileStatus(row["status"])
    if status == FileStatus.PASSED and settings.CLAMD:
        status = FileStatus.HELD
    file = EvidenceFile(
        evidence=entry,
        identity=row["identity"],
        name=row["name"],
        content_type=row["content_type"],
        size=row["size"],
        sha256=row["sha256"],
        status=status,
        is_scanned="scanned_at" in row and status != FileStatus.HELD,
        scanned_at=read_time(row["scanned_at"])
        if "scanned_at" in row and status != FileStatus.HELD
        else None,
        added_by=people.user(row["by"]),
        added_at=read_time(row["at"]),
    )
    if "content" in row:
        with tempfile.NamedTemporaryFile(prefix="spr-evidence-") as source:
            source.write(base64.b64decode(row["content"]))
            source.flush()
            file_store.keep(Path(source.name), file.identity)
    file.save()
    if status == FileStatus.HELD:
        transaction.on_commit(lambda: scan_file.enqueue(file.pk))
