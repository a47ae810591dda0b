"""The paper of a file: its sections, references, statuses and what was issued."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator

from reports.document import from_json
from reports.domain.workflow import TRANSITIONS
from reports.enums import PaperStatus, SectionKind
from reports.references import TOKEN, WORDS
from spr_portal.cycle_file.checks.common import (
    duplicate_identities,
    history_problems,
    publication_problems,
    unknown,
)
from spr_portal.cycle_file.people import People
from spr_portal.cycle_file.setting import Setting
from spr_portal.strict_yaml import DataPath, Document, Problem

AGREED = (PaperStatus.AGREED, PaperStatus.ISSUED)


def kind_of(section: dict) -> str:
    """What a section is, said or understood: one with a threat is that threat's."""
    return section.get("kind") or (
        SectionKind.THREAT if "threat" in section else SectionKind.WORDING
    )


def paper_problems(document: Document, setting: Setting, people: People) -> Iterator[Problem]:
    paper = document.data.get("paper")
    if paper is None:
        return
    yield from _status_problems(document, paper, people)
    yield from duplicate_identities(document, paper["sections"], ("paper", "sections"))
    yield from _kind_problems(document, setting, paper["sections"])
    for index, section in enumerate(paper["sections"]):
        path = ("paper", "sections", index, "paragraphs")
        rows = section.get("paragraphs", [])
        yield from duplicate_identities(document, rows, path)
        for number, row in enumerate(rows):
            yield from publication_problems(document, row, (*path, number))
    if paper.get("status") in AGREED:
        yield from _reference_problems(document, paper["sections"])
    if "issued" in paper:
        yield from _issued_problems(document, paper["issued"])


def _status_problems(document: Document, paper: dict, people: People) -> Iterator[Problem]:
    status = paper.get("status", PaperStatus.DRAFT)
    for name, needed in (
        ("agreed", status in AGREED),
        ("issued", status == PaperStatus.ISSUED),
    ):
        if needed != (name in paper):
            reason = (
                f"“{name}” is missing; the paper is {status}."
                if needed
                else f"the paper is {status}, so it cannot be {name} as well."
            )
            yield document.problem(("paper", name), reason)
    if "agreed" in paper and "sent_by" in paper:
        address = people.address(paper["sent_by"])
        if address and address == people.address(paper["agreed"]["by"]):
            yield document.problem(
                ("paper", "agreed", "by"),
                "nobody agrees the paper they sent; expected another.",
            )
    if paper.get("status_changes"):
        yield from history_problems(
            document,
            paper["status_changes"],
            ("paper", "status_changes"),
            transitions=TRANSITIONS,
            first=PaperStatus.DRAFT,
            status=status,
        )


def _kind_problems(document: Document, setting: Setting, sections: list) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, section in enumerate(sections):
        path = ("paper", "sections", index)
        kind, threat = kind_of(section), section.get("threat")
        if (kind == SectionKind.THREAT) != (threat is not None):
            yield document.problem(
                path, f"a section of the kind {kind} "
                f"{'needs' if kind == SectionKind.THREAT else 'has no'} “threat”."
            )  # fmt: skip
            continue
        if threat is not None and threat not in setting.threats:
            yield document.problem((*path, "threat"), unknown("threat", threat, setting.threats))
            continue
        if kind == SectionKind.WORDING:
            if "heading" not in section:
                yield document.problem(path, "“heading” is missing.")
            continue
        what = threat or kind
        if what in seen:
            yield document.problem(
                path, f"there is a section for {what} already: sections[{seen[what]}]."
            )
        seen.setdefault(what, index)
        if section.get("paragraphs"):
            yield document.problem(
                (*path, "paragraphs"),
                "paragraphs are written in sections of no threat only; these would not be printed.",
            )


def _reference_problems(document: Document, sections: list) -> Iterator[Problem]:
    """References of an agreed paper lead somewhere; those of a draft may still be mended."""
    identities = {row.get("identity") for row in document.data.get("recommendations", [])}
    for index, section in enumerate(sections):
        path: DataPath = ("paper", "sections", index)
        texts = [((*path, "heading"), section.get("heading", ""))]
        for number, row in enumerate(section.get("paragraphs", [])):
            place = (*path, "paragraphs", number)
            texts.append((place, row) if isinstance(row, str) else ((*place, "text"), row["text"]))
        for place, text in texts:
            for match in TOKEN.finditer(text):
                name, identity = match.groups()
                leads = identity in identities if name == "recommendation" else name in WORDS
                if not leads:
                    yield document.problem(
                        place,
                        f"the reference {match.group(0)} leads nowhere; expected "
                        "[[recommendation:IDENTITY]] of one of the recommendations, or one of: "
                        f"{', '.join(sorted(WORDS))}.",
                    )


def _issued_problems(document: Document, issued: dict) -> Iterator[Problem]:
    path = ("paper", "issued")
    try:
        from_json(issued["document"])
    except ValueError as error:
        yield document.problem((*path, "document"), str(error))
    if hashlib.sha256(issued["document"].encode()).hexdigest() != issued["document_hash"]:
        yield document.problem(
            (*path, "document_hash"),
            "this is not the sum of the document; one of them was changed.",
        )
    seen = set()
    for index, row in enumerate(issued["files"]):
        place = (*path, "files", index)
        if (row["audience"], row["format"]) in seen:
            yield document.problem(place, "this edition and format stands here twice.")
        seen.add((row["audience"], row["format"]))
        content = file_bytes(row["content"])
        if content is None:
            yield document.problem((*place, "content"), "expected the file's bytes in base 64.")
        elif hashlib.sha256(content).hexdigest() != row["sha256"]:
            yield document.problem(
                (*place, "sha256"), "this is not the sum of the file; one of them was changed."
            )


def file_bytes(text: str) -> bytes | None:
    """What base 64 stands for; None if it is not base 64."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
