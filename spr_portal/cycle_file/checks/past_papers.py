"""The past papers of a file: their year, what was issued, and how they were read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from reports.enums import PaperKind
from reports.models import IssuedPaper, PastPaperDraft
from spr_portal.cycle_file.checks.common import duplicate_identities, publication_problems, unknown
from spr_portal.cycle_file.checks.cycle import year_problems
from spr_portal.cycle_file.checks.issues import file_bytes, issue_problems
from spr_portal.cycle_file.setting import Setting
from spr_portal.strict_yaml import DataPath, Document, Problem
from threats.models import Edition


def past_paper_problems(document: Document, setting: Setting) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, row in enumerate(document.data.get("past_papers", [])):
        path, year = ("past_papers", index), row["year"]
        yield from year_problems(document, (*path, "year"), year)
        if year > document.data["cycle"]["year"]:
            reason = f"expected a year up to {document.data['cycle']['year']}; found {year}."
            yield document.problem((*path, "year"), reason)
        if year in seen or _is_known(setting, year):
            yield document.problem((*path, "year"), f"there is a paper of {year} already.")
        seen.add(year)
        if "issued" not in row and "reading" not in row:
            yield document.problem(path, "“issued” is missing, or “reading” of one not taken in.")
        yield from issue_problems(document, row, path)
        if "reading" in row:
            yield from _reading_problems(document, row, (*path, "reading"))


def _is_known(setting: Setting, year: str) -> bool:
    if setting.force is None:
        return False
    issued = IssuedPaper.objects.filter(force=setting.force, year=year, kind=PaperKind.BOARD_PAPER)
    drafts = PastPaperDraft.objects.filter(force=setting.force, year=year)
    return issued.exists() or drafts.exists()


def _reading_problems(document: Document, row: dict, path: DataPath) -> Iterator[Problem]:
    reading = row["reading"]
    editions = {edition.code: edition for edition in Edition.objects.all()}
    if reading["edition"] not in editions:
        reason = unknown("edition", reading["edition"], sorted(editions))
        yield document.problem((*path, "edition"), reason)
        return
    yield from publication_problems(document, reading, path)
    if ("content" in reading) == ("issued" in row):
        yield document.problem(
            path, "the file’s “content” stands here until the paper is taken in, and then there."
        )
    elif "content" in reading:
        content = file_bytes(reading["content"])
        if content is None or hashlib.sha256(content).hexdigest() != reading["sha256"]:
            yield document.problem(
                (*path, "content"),
                "this is not what was read: its sum differs, or it is no base 64.",
            )
    pieces = reading.get("pieces", [])
    yield from duplicate_identities(document, pieces, (*path, "pieces"))
    yield from _piece_problems(document, pieces, editions[reading["edition"]], path)


def _piece_problems(
    document: Document, pieces: list[dict], edition: Edition, path: DataPath
) -> Iterator[Problem]:
    threats = set(edition.threats.values_list("code", flat=True))
    for index, row in enumerate(pieces):
        place = (*path, "pieces", index, "threats")
        for number, code in enumerate(row.get("threats", [])):
            if code not in threats:
                reason = unknown("threat", code, sorted(threats))
                yield document.problem((*place, number), reason)
