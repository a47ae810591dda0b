"""What was issued, decided and opened to the public, in a file."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator

from reports.document import from_json
from spr_portal.cycle_file.checks.common import unknown
from spr_portal.cycle_file.moments import read_time
from spr_portal.strict_yaml import DataPath, Document, Problem
from threats.models import Threat


def issues_of(words: dict) -> list[tuple[dict, tuple]]:
    """Every issue of a paper of a file, oldest first, with its place below the paper."""
    earlier = words.get("earlier_issues", [])
    rows = [(row, ("earlier_issues", index)) for index, row in enumerate(earlier)]
    return rows + ([(words["issued"], ("issued",))] if "issued" in words else [])


def number_of(issue: dict, place: int) -> int:
    """As given, or its place among the issues of the paper, from 1."""
    return issue.get("number", place)


def issue_problems(document: Document, words: dict, path: DataPath) -> Iterator[Problem]:
    issues = issues_of(words)
    if "earlier_issues" in words and "issued" not in words:
        yield document.problem(path, "“issued” is missing; it supersedes the earlier issues.")
    numbers: list[int] = []
    for place, (issue, below) in enumerate(issues, start=1):
        yield from _issue_problems(document, issue, (*path, *below))
        number = number_of(issue, place)
        if numbers and number <= numbers[-1]:
            yield document.problem(
                (*path, *below), f"expected a number above {numbers[-1]}; found {number}."
            )
        numbers.append(number)
        if place > 1 and not issue.get("correction", "").strip():
            yield document.problem(
                (*path, *below), "“correction” is missing; it says what this issue changes."
            )
    if not issues:
        for name in ("decisions", "public_link"):
            if name in words:
                yield document.problem((*path, name), "nothing is issued, so there is none.")
        return
    yield from _decision_problems(document, words, numbers, (*path, "decisions"))


def _issue_problems(document: Document, issued: dict, path: DataPath) -> Iterator[Problem]:
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
    yield from _manifest_problems(document, issued, path)


def _manifest_problems(document: Document, issued: dict, path: DataPath) -> Iterator[Problem]:
    """A manifest is data that names the files by their sums."""
    if "manifest" not in issued:
        return
    try:
        json.loads(issued["manifest"])
    except ValueError:
        yield document.problem((*path, "manifest"), "expected the manifest as JSON.")
        return
    for index, row in enumerate(issued["files"]):
        if row["sha256"] not in issued["manifest"]:
            yield document.problem(
                (*path, "files", index), "the manifest does not have the sum of this file."
            )


def _decision_problems(
    document: Document, words: dict, numbers: list[int], path: DataPath
) -> Iterator[Problem]:
    replaced: set[int] = set()
    for index, row in enumerate(words.get("decisions", [])):
        if "issue" in row and row["issue"] not in numbers:
            known = [str(number) for number in numbers]
            yield document.problem(
                (*path, index, "issue"), unknown("issue", str(row["issue"]), known)
            )
        if "replaces" in row:
            if row["replaces"] > index or row["replaces"] in replaced:
                yield document.problem(
                    (*path, index, "replaces"),
                    "expected the place of an earlier decision of this list, counted from 1, that "
                    "nothing else replaces.",
                )
            replaced.add(row["replaces"])
        yield from _follow_up_problems(document, row, (*path, index, "follow_ups"))


def _follow_up_problems(document: Document, row: dict, path: DataPath) -> Iterator[Problem]:
    """A past paper may stand on an edition with other threats than the year's."""
    if not row.get("follow_ups"):
        return
    codes = sorted(set(Threat.objects.values_list("code", flat=True)))
    seen: set[str] = set()
    for index, answer in enumerate(row.get("follow_ups", [])):
        threat = answer.get("threat", "")
        if threat and threat not in codes:
            yield document.problem((*path, index, "threat"), unknown("threat", threat, codes))
        if threat in seen:
            yield document.problem((*path, index), "this threat is answered for already.")
        seen.add(threat)
        if read_time(answer["at"]) < read_time(row["at"]):
            yield document.problem(
                (*path, index, "at"), "expected a time that is not before the decision’s."
            )


def file_bytes(text: str) -> bytes | None:
    """What base 64 stands for; None if it is not base 64."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
