"""The papers of a file: their sections and references. Other modules check what surrounds them."""

from __future__ import annotations

from collections.abc import Iterator

from reports.enums import SectionKind
from reports.references import PLACES, TOKEN, WORDS
from spr_portal.cycle_file.checks.common import (
    duplicate_identities,
    publication_problems,
    unknown,
)
from spr_portal.cycle_file.checks.issues import issue_problems
from spr_portal.cycle_file.checks.paper_steps import AGREED, status_problems
from spr_portal.cycle_file.checks.paper_talk import talk_problems
from spr_portal.cycle_file.people import People
from spr_portal.cycle_file.setting import PAPER_NAMES, Setting
from spr_portal.strict_yaml import DataPath, Document, Problem

WORDED = (
    SectionKind.WORDING,
    SectionKind.ANNEX,
)  # these have paragraphs and a heading of their own
# Recommendations are looked up here; other places of the paper when it is built.
KNOWN = WORDS | frozenset(PLACES) - {"recommendation"}


def kind_of(section: dict) -> str:
    """What a section is, said or understood: one with a threat is that threat's."""
    return section.get("kind") or (
        SectionKind.THREAT if "threat" in section else SectionKind.WORDING
    )


def paper_problems(document: Document, setting: Setting, people: People) -> Iterator[Problem]:
    """Of the paper and of the statement, whichever the file has."""
    for name in PAPER_NAMES.values():
        if name in document.data:
            path = (name,)
            yield from _paper_problems(document, setting, document.data[name], path)
            yield from status_problems(document, document.data[name], path, people)
            yield from talk_problems(document, setting, document.data[name], path)


def _paper_problems(
    document: Document, setting: Setting, paper: dict, above: DataPath
) -> Iterator[Problem]:
    path = (*above, "sections")
    yield from duplicate_identities(document, paper["sections"], path)
    yield from _kind_problems(document, setting, paper["sections"], path)
    for index, section in enumerate(paper["sections"]):
        place = (*path, index, "paragraphs")
        yield from publication_problems(document, section, (*path, index))
        rows = section.get("paragraphs", [])
        yield from duplicate_identities(document, rows, place)
        for number, row in enumerate(rows):
            yield from publication_problems(document, row, (*place, number))
    if paper.get("status") in AGREED:
        yield from _reference_problems(document, paper["sections"], path)
    yield from issue_problems(document, paper, above)


def _kind_problems(
    document: Document, setting: Setting, sections: list, above: DataPath
) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, section in enumerate(sections):
        path = (*above, index)
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
        yield from _threat_only_problems(document, section, kind, path)
        if kind in WORDED:
            if "heading" not in section:
                yield document.problem(path, "“heading” is missing.")
            continue
        if threat in seen:
            yield document.problem(
                path, f"there is a section for {threat} already: sections[{seen[threat]}]."
            )
        if threat is not None:  # recommendations may stand at the front and again at the end
            seen.setdefault(threat, index)
        if section.get("paragraphs"):
            yield document.problem(
                (*path, "paragraphs"),
                "paragraphs are written in sections of no threat only; these would not be printed.",
            )


def _threat_only_problems(
    document: Document, section: dict, kind: str, path: DataPath
) -> Iterator[Problem]:
    if kind == SectionKind.THREAT:
        return
    for name in ("shows_recommendations", "words_when_none"):
        if name in section:
            yield document.problem((*path, name), "only the section of a threat has this.")


def _reference_problems(document: Document, sections: list, above: DataPath) -> Iterator[Problem]:
    """References of an agreed paper lead somewhere; those of a draft may still be mended.

    Places of the paper are known when it is built, which checks them.
    """
    identities = {row.get("identity") for row in document.data.get("recommendations", [])}
    for index, section in enumerate(sections):
        path = (*above, index)
        texts = [((*path, "heading"), section.get("heading", ""))]
        for number, row in enumerate(section.get("paragraphs", [])):
            place = (*path, "paragraphs", number)
            texts.append((place, row) if isinstance(row, str) else ((*place, "text"), row["text"]))
        for place, text in texts:
            for match in TOKEN.finditer(text):
                name, identity = match.groups()
                leads = identity in identities if name == "recommendation" else name in KNOWN
                if not leads:
                    yield document.problem(
                        place,
                        f"the reference {match.group(0)} leads nowhere; expected "
                        "[[recommendation:IDENTITY]] of one of the recommendations, or one of: "
                        f"{', '.join(sorted(WORDS))}.",
                    )
