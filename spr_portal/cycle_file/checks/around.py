"""What stands around the answers of a file: last year's, comments, drafts, evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

from assessments.enums import FileStatus, ItemKind
from assessments.models import Evidence, EvidenceFile
from spr_portal.cycle_file.checks.common import duplicate_identities, unknown
from spr_portal.cycle_file.checks.issues import file_bytes
from spr_portal.cycle_file.setting import Setting
from spr_portal.strict_yaml import DataPath, Document, Problem


def register_problems(document: Document, setting: Setting) -> Iterator[Problem]:
    """The register of evidence and the bytes of its files."""
    rows = document.data.get("evidence", [])
    yield from duplicate_identities(document, rows, ("evidence",))
    known = _registered(setting)
    for index, row in enumerate(rows):
        if row["identity"] in known:
            continue  # it stays as it is
        path = ("evidence", index, "files")
        yield from duplicate_identities(document, row.get("files", []), path)
        for number, file in enumerate(row.get("files", [])):
            if reason := _wrong_with(file):
                yield document.problem((*path, number), reason)


def _wrong_with(file: dict) -> str:
    if EvidenceFile.objects.filter(identity=file["identity"]).exists():
        return f"the portal has another file with the identity {file['identity']}."
    if "content" not in file:
        is_gone = file["status"] == FileStatus.REFUSED
        return "" if is_gone else "“content” is missing; expected its bytes in base 64."
    content = file_bytes(file["content"])
    if content is None:
        return "“content” is no base 64; expected the file’s bytes."
    if len(content) != file["size"] or hashlib.sha256(content).hexdigest() != file["sha256"]:
        return "the content is not what was kept: its size or its sum differs."
    return ""


def around_problems(
    document: Document, setting: Setting, threat: str, words: dict, path: DataPath
) -> Iterator[Problem]:
    asked = setting.asked_of[threat]
    for code in words.get("carried", {}):
        if code not in asked:
            reason = unknown("question", code, sorted(asked))
            yield document.problem((*path, "carried", code), reason)
    for index, row in enumerate(words.get("contributors", [])):
        place = (*path, "contributors", index, "questions")
        yield from _unknown_places(document, row.get("questions", []), asked, place)
    for index, row in enumerate(words.get("status_changes", [])):
        place = (*path, "status_changes", index, "places")
        known = {*asked, *ItemKind.values}
        yield from _unknown_places(document, row.get("places", []), known, place)
    yield from _comment_problems(document, setting, words, (*path, "comments"))
    yield from _cited_problems(document, setting, words, asked, (*path, "evidence"))


def _unknown_places(
    document: Document, found: list[str], known: Collection[str], path: DataPath
) -> Iterator[Problem]:
    for index, code in enumerate(found):
        if code not in known:
            yield document.problem((*path, index), unknown("question", code, sorted(known)))


def _comment_problems(
    document: Document, setting: Setting, words: dict, path: DataPath
) -> Iterator[Problem]:
    rows = words.get("comments", [])
    yield from duplicate_identities(document, rows, path)
    threads = {row["identity"] for row in rows if "identity" in row and "thread" not in row}
    waiting: set[str] = set()
    for index, row in enumerate(rows):
        for name, reason in _wrong_with_comment(row, setting, threads):
            yield document.problem((*path, index, name), reason)
        if "proposed_rating" in row and "outcome" not in row and "resolved" not in row:
            if row.get("place", "") in waiting:
                reason = "another rating is proposed here already and waits for an answer."
                yield document.problem((*path, index, "proposed_rating"), reason)
            waiting.add(row.get("place", ""))


def _wrong_with_comment(
    row: dict, setting: Setting, threads: Collection[str]
) -> Iterator[tuple[str, str]]:
    if "thread" in row:
        if row["thread"] not in threads:
            yield "thread", f"no comment that begins a thread has the identity {row['thread']}."
        for name in ("resolved", "proposed_rating"):
            if name in row:
                yield name, "a reply has none of this; expected it at the first of its thread."
    if "proposed_rating" in row and row["proposed_rating"] not in setting.points:
        yield "proposed_rating", unknown("rating", row["proposed_rating"], setting.points)
    if "outcome" in row and "proposed_rating" not in row:
        yield "outcome", "only a proposed rating has an outcome."


def _cited_problems(
    document: Document, setting: Setting, words: dict, asked: Collection[str], path: DataPath
) -> Iterator[Problem]:
    cited = words.get("evidence", [])
    if not cited:
        return
    entries = {row["identity"] for row in document.data.get("evidence", [])}
    for index, row in enumerate(cited):
        yield from _unknown_places(document, row.get("backs", []), asked, (*path, index, "backs"))
        if "entry" in row and row["entry"] not in entries | _registered(setting):
            yield document.problem(
                (*path, index, "entry"),
                f"the register has no entry {row['entry']}; expected one of the file’s evidence.",
            )


def _registered(setting: Setting) -> set[str]:
    """Identities of what the force's register holds by now."""
    entries = Evidence.objects.filter(force=setting.force) if setting.force else ()
    return set(entries.values_list("identity", flat=True)) if entries else set()
