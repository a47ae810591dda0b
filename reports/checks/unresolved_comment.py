"""Somebody asked something about a part of the paper and nobody has resolved it."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.document import Paper
from reports.snapshot import Snapshot

CODE = "unresolved-comment"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    for comment in snapshot.beside.comments:
        yield Finding(
            f"{comment.by} has commented on this, and the comment is not resolved.",
            Part.COMMENT,
            comment.identity,
            can_be_waived=True,
            place=comment.label,
        )
