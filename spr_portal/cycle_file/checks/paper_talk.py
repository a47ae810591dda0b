"""What is said about a paper of a file: paragraphs told otherwise, checks waived, comments."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks import CHECKS
from spr_portal.cycle_file.checks.common import duplicate_identities, publication_problems, unknown
from spr_portal.cycle_file.setting import Setting
from spr_portal.strict_yaml import DataPath, Document, Problem


def talk_problems(
    document: Document, setting: Setting, paper: dict, path: DataPath
) -> Iterator[Problem]:
    yield from _override_problems(document, setting, paper, (*path, "overrides"))
    yield from _waiver_problems(document, paper, (*path, "waivers"))
    yield from _comment_problems(document, paper, (*path, "comments"))


def _override_problems(
    document: Document, setting: Setting, paper: dict, path: DataPath
) -> Iterator[Problem]:
    seen = set()
    for index, row in enumerate(paper.get("overrides", [])):
        place = (*path, index)
        if row["threat"] not in setting.threats:
            reason = unknown("threat", row["threat"], setting.threats)
            yield document.problem((*place, "threat"), reason)
        if (row["threat"], row["source"]) in seen:
            yield document.problem(place, "this paragraph is told otherwise twice.")
        seen.add((row["threat"], row["source"]))
        if not row.get("left_out") and not row.get("text", "").strip():
            yield document.problem(
                place, "“text” is missing; expected what is told instead, or left_out: true."
            )
        yield from publication_problems(document, row, place)


def _waiver_problems(document: Document, paper: dict, path: DataPath) -> Iterator[Problem]:
    known = [module.CODE for module in CHECKS]
    standing = set()
    for index, row in enumerate(paper.get("waivers", [])):
        if row["check"] not in known and "issued" not in paper:
            # Of an issued paper: a check that is no more stays on record.
            yield document.problem((*path, index, "check"), unknown("check", row["check"], known))
        what = (row["check"], row.get("subject", ""))
        if "ended" in row:
            continue
        if what in standing:
            yield document.problem((*path, index), "this finding is waived already.")
        standing.add(what)


def _comment_problems(document: Document, paper: dict, path: DataPath) -> Iterator[Problem]:
    rows = paper.get("comments", [])
    yield from duplicate_identities(document, rows, path)
    threads = {row["identity"] for row in rows if "identity" in row and "thread" not in row}
    for index, row in enumerate(rows):
        if "thread" not in row:
            continue
        if row["thread"] not in threads:
            reason = f"no comment that begins a thread has the identity {row['thread']}."
            yield document.problem((*path, index, "thread"), reason)
        if "resolved" in row:
            yield document.problem(
                (*path, index, "resolved"),
                "a reply has none of this; expected it at the first of its thread.",
            )
