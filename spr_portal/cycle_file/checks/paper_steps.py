"""Where a paper of a file stands: its status, who agreed it, its history, its correction."""

from __future__ import annotations

from collections.abc import Iterator

from reports.domain.workflow import TRANSITIONS
from reports.enums import PaperStatus
from spr_portal.cycle_file.checks.common import history_problems
from spr_portal.cycle_file.people import People
from spr_portal.strict_yaml import DataPath, Document, Problem

AGREED = (PaperStatus.AGREED, PaperStatus.ISSUED)


def status_problems(
    document: Document, paper: dict, path: DataPath, people: People
) -> Iterator[Problem]:
    status = paper.get("status", PaperStatus.DRAFT)
    is_correction = bool(paper.get("correction")) and status != PaperStatus.ISSUED
    for name, needed in (
        ("agreed", status in AGREED),
        ("issued", status == PaperStatus.ISSUED or is_correction),
    ):
        if needed != (name in paper):
            reason = (
                f"“{name}” is missing; the paper is {'corrected' if is_correction else status}."
                if needed
                else f"the paper is {status}, so it cannot be {name} as well."
            )
            yield document.problem((*path, name), reason)
    if ("kept_words" in paper) and not is_correction:
        yield document.problem(
            (*path, "kept_words"), "words are kept only while a correction is in hand."
        )
    if "agreed" in paper and "sent_by" in paper:
        address = people.address(paper["sent_by"])
        if address and address == people.address(paper["agreed"]["by"]):
            yield document.problem(
                (*path, "agreed", "by"),
                "nobody agrees the paper they sent; expected another.",
            )
    if paper.get("status_changes"):
        yield from history_problems(
            document,
            paper["status_changes"],
            (*path, "status_changes"),
            transitions=TRANSITIONS,
            first=PaperStatus.DRAFT,
            status=status,
        )
