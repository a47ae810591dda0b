"""The assessments of a file: against the edition's questions, scale and threats."""

from __future__ import annotations

from collections.abc import Iterator

from assessments.domain.workflow import TRANSITIONS
from assessments.enums import AssessmentStatus, ItemKind
from spr_portal.cycle_file.checks.around import around_problems
from spr_portal.cycle_file.checks.common import (
    duplicate_identities,
    history_problems,
    publication_problems,
    unknown,
)
from spr_portal.cycle_file.moments import read_time
from spr_portal.cycle_file.people import People
from spr_portal.cycle_file.setting import Setting
from spr_portal.strict_yaml import DataPath, Document, Problem

MAY_BE_INTERNAL = (ItemKind.EVIDENCE, ItemKind.RECOMMENDATION)
HANDED_IN = (AssessmentStatus.SUBMITTED, AssessmentStatus.APPROVED, AssessmentStatus.RETURNED)


def status_of(words: dict) -> str:
    """The status of an assessment: as given, or what the rest of the file says it must be."""
    if "status" in words:
        return words["status"]
    if "approved" in words:
        return AssessmentStatus.APPROVED
    if "submitted" in words:
        return AssessmentStatus.SUBMITTED
    if changes := words.get("status_changes"):
        return changes[-1]["to"]
    has_words = _has_begun(words)
    return AssessmentStatus.IN_PROGRESS if has_words else AssessmentStatus.NOT_STARTED


def _has_begun(words: dict) -> bool:
    """Whether somebody wrote something: what came over from last year, nobody has."""
    rows = (row for kind in ItemKind.values for row in words.get(kind, []))
    has_own = any(not isinstance(row, dict) or row.get("reviewed", True) for row in rows)
    return bool(words.get("answers")) or has_own


def submitter_of(words: dict):
    """Who submitted last, as the file names them; None where it does not."""
    if "submitted" in words:
        return words["submitted"]["by"]
    if words.get("submissions"):
        return words["submissions"][-1]["by"]
    return words.get("written_by")


def assessment_problems(document: Document, setting: Setting, people: People) -> Iterator[Problem]:
    for code, words in document.data.get("assessments", {}).items():
        path = ("assessments", code)
        if code not in setting.threats:
            yield document.problem(path, unknown("threat", code, setting.threats))
            continue
        yield from _answer_problems(document, setting, code, words, path)
        yield from _item_problems(document, setting, words, path)
        yield from _place_problems(document, setting, code, words, path)
        yield from around_problems(document, setting, code, words, path)
        yield from _status_problems(document, words, path, people)


def _answer_problems(
    document: Document, setting: Setting, threat: str, words: dict, path: DataPath
) -> Iterator[Problem]:
    for code, answer in words.get("answers", {}).items():
        place = (*path, "answers", code)
        if code not in setting.asked_of[threat]:
            reason = (
                f"the question {code} is not put to the leads of {threat}."
                if code in setting.questions
                else unknown("question", code, sorted(setting.asked_of[threat]))
            )
            yield document.problem(place, reason)
        if isinstance(answer, str):
            continue
        versions = [(answer, place)]
        versions += [
            (row, (*place, "earlier", index)) for index, row in enumerate(answer.get("earlier", []))
        ]
        for row, where in versions:
            if "rating" in row and row["rating"] not in setting.points:
                yield document.problem(
                    (*where, "rating"), unknown("rating", row["rating"], setting.points)
                )
        numbers = [row["version"] for row in answer.get("earlier", [])]
        if answer.get("accepted", 0) > answer.get("version", max(numbers, default=0) + 1):
            yield document.problem(
                (*place, "accepted"), "expected a version that is not above the answer’s own."
            )
        if numbers != sorted(set(numbers)) or (
            numbers and numbers[-1] >= answer.get("version", numbers[-1] + 1)
        ):
            yield document.problem(
                (*place, "earlier"),
                "expected versions that grow, each below that of the answer itself.",
            )


def _item_problems(
    document: Document, setting: Setting, words: dict, path: DataPath
) -> Iterator[Problem]:
    for kind in ItemKind.values:
        rows = words.get(kind, [])
        yield from duplicate_identities(document, rows, (*path, kind))
        for index, row in enumerate(rows):
            place = (*path, kind, index)
            yield from publication_problems(
                document, row, place, may_be_internal=kind in MAY_BE_INTERNAL
            )
            for name, known in (("criterion", setting.criteria), ("part", setting.parts)):
                if isinstance(row, dict) and name in row and row[name] not in known:
                    yield document.problem((*place, name), unknown(name, row[name], known))


def _place_problems(
    document: Document, setting: Setting, threat: str, words: dict, path: DataPath
) -> Iterator[Problem]:
    known = {"", *setting.asked_of[threat], *ItemKind.values}
    for name in ("comments", "set_aside"):
        for index, row in enumerate(words.get(name, [])):
            place = row.get("place", "")
            if name == "set_aside":  # of an item that may be gone by now: "figures/3f2a"
                place = place.partition("/")[0]
            if place not in known:
                yield document.problem(
                    (*path, name, index, "place"),
                    f"the place {place} leads nowhere; expected the code of a question, one of "
                    f"{', '.join(ItemKind.values)}, or nothing.",
                )


def _status_problems(
    document: Document, words: dict, path: DataPath, people: People
) -> Iterator[Problem]:
    status = status_of(words)
    if status == AssessmentStatus.NOT_STARTED and _has_begun(words):
        yield document.problem(
            (*path, "status"), "this assessment has words in it; expected in_progress or later."
        )
    if status == AssessmentStatus.RETURNED and not words.get("status_changes"):
        yield document.problem(
            (*path, "status"),
            "“status_changes” is missing; they hold the reason for which it was returned.",
        )
    if status not in HANDED_IN and "submitted" in words and not words.get("submissions"):
        yield document.problem(
            (*path, "submitted"), f"this assessment is {status}, so nobody has submitted it."
        )
    if (status == AssessmentStatus.APPROVED) != ("approved" in words):
        reason = (
            "“approved” is missing; say who approved it, such as {by: {name: …, post: …}}."
            if status == AssessmentStatus.APPROVED
            else f"this assessment is {status}, so nobody has approved it."
        )
        yield document.problem((*path, "approved"), reason)
    elif "approved" in words:
        yield from _approval_problems(document, words, path, people)
    if words.get("status_changes"):
        yield from history_problems(
            document,
            words["status_changes"],
            (*path, "status_changes"),
            transitions=TRANSITIONS,
            first=AssessmentStatus.NOT_STARTED,
            status=status,
        )


def _approval_problems(
    document: Document, words: dict, path: DataPath, people: People
) -> Iterator[Problem]:
    approved, submitter = words["approved"], submitter_of(words)
    address = people.address(approved["by"])
    if submitter is not None and address and address == people.address(submitter):
        yield document.problem(
            (*path, "approved", "by"), "nobody approves what they submitted; expected another."
        )
    handed_in = [words.get("submitted"), *words.get("submissions", [])[-1:]]
    times = [row["at"] for row in handed_in if row and "at" in row]
    if "at" in approved and times and read_time(approved["at"]) < max(map(read_time, times)):
        yield document.problem(
            (*path, "approved", "at"), "expected a time that is not before it was submitted."
        )
