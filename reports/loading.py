"""Loading the templates of papers from their files: a version, once loaded, never changes."""

from __future__ import annotations

import hashlib
import json
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.db import transaction

from assessments.enums import Marking
from reports.domain.compose import PLACEHOLDERS
from reports.enums import PaperKind, SectionKind
from reports.figures.places import TABLES
from reports.models import PaperTemplate
from reports.references import PLACES, TOKEN, WORDS
from spr_portal.audit.recording import record
from spr_portal.strict_yaml import DataFileError, Document, Problem, read_bytes, read_yaml, validate

HERE = Path(__file__).resolve().parent


def shipped_templates() -> list[Path]:
    return sorted((HERE / "paper_templates").glob("*.yaml"))


def load_paper_template(path: str | Path) -> PaperTemplate:
    """Read, check and keep one version of a template; the same file again changes nothing.

    Raises DataFileError, with line and reason, for a bad file and for a changed
    one that still bears the version of the old.
    """
    content = read_bytes(path)
    checksum = hashlib.sha256(content).hexdigest()
    if loaded := PaperTemplate.objects.filter(checksum=checksum).first():
        return loaded
    document = read_yaml(content, name=Path(path).name)
    validate(document, _schema())
    if problems := [
        *_word_problems(document),
        *_key_problems(document),
        *_section_problems(document),
    ]:
        raise DataFileError(document.name, problems)
    data = document.data
    with transaction.atomic():
        template, is_new = PaperTemplate.objects.get_or_create(
            code=data["code"],
            version=data["version"],
            defaults={
                "kind": data.get("kind", PaperKind.BOARD_PAPER),
                "title": data["title"],
                "content": data,
                "checksum": checksum,
            },
        )
        if not is_new:
            reason = (
                f"version {data['version']} of {data['code']} is loaded already with other "
                "content, and a version never changes. Give the changed file the next version."
            )
            raise DataFileError(document.name, [document.problem(("version",), reason)])
        record(
            action="paper_template.loaded",
            subject=f"paper template {template.code} {template.version}",
            by=None,
            force=None,
            details={"checksum": checksum},
        )
    return template


@cache
def _schema() -> dict:
    path = HERE / "schema" / "paper_template.schema.json"
    return json.loads(path.read_text(encoding="utf-8"))


def _texts(value, path=()):
    """Every text of the file with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))


def _word_problems(document: Document):
    """Placeholders and references that would come to nothing when a paper is built."""
    places = _Places(document.data)
    for path, text in _texts(document.data):
        try:
            names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        except ValueError:
            yield document.problem(path, "a single brace stands alone; write two for a brace")
            continue
        for name in sorted(names - PLACEHOLDERS):
            expected = ", ".join(sorted(PLACEHOLDERS))
            yield document.problem(path, f"{{{name}}} stands for nothing; expected: {expected}")
        for match in TOKEN.finditer(text):
            if reason := places.problem_with(*match.groups(), standing_in=path):
                yield document.problem(path, f"the reference {match.group(0)} {reason}")


class _Places:
    """What the wording of a template can refer to."""

    def __init__(self, data: dict):
        self._sections = data["sections"]
        keys = {kind: set() for kind in PLACES}
        keys["recommendation"] = {item["key"] for item in data.get("recommendations", [])}
        # Which section a place is in, for those that a paper may do without.
        self._section_of = {}
        for row in self._sections:
            keys["annex" if row["kind"] == SectionKind.ANNEX else "section"].add(row["key"])
            self._section_of[row["key"]] = row
            for paragraph in row.get("paragraphs", []):
                place = f"{row['key']}/{paragraph['key']}"
                keys["paragraph"].add(place)
                self._section_of[place] = row
                if source := paragraph.get("figure"):
                    kind = "table" if source in TABLES else "figure"
                    keys[kind].add(f"{place}/figure")
                    self._section_of[f"{place}/figure"] = row
        self._keys = keys

    def problem_with(self, name: str, identity: str | None, *, standing_in: tuple) -> str:
        """Why a reference cannot stand; empty for one that can."""
        if identity is None:
            return "" if name in WORDS else "leads nowhere"
        if identity not in self._keys.get(name, ()):
            return "leads nowhere"
        row = None if name == "recommendation" else self._section_of[identity]
        if row and row.get("optional", False) and not self._is_within(row, standing_in):
            return f"leads to “{row['heading']}”, which a paper may do without"
        return ""

    def _is_within(self, row: dict, path: tuple) -> bool:
        return path[0] == "sections" and self._sections[path[1]] is row


def _key_problems(document: Document) -> list[Problem]:
    problems = []
    for path, rows in _lists(document.data):
        seen = set()
        for index, row in enumerate(rows):
            if row["key"] in seen:
                reason = f"the key {row['key']} is given twice"
                problems.append(document.problem((*path, index, "key"), reason))
            seen.add(row["key"])
    return problems


def _lists(data: dict) -> Iterator[tuple[tuple, list[dict]]]:
    """Every list whose entries have keys, with its place."""
    yield ("sections",), data["sections"]
    yield ("recommendations",), data.get("recommendations", [])
    for index, section in enumerate(data["sections"]):
        yield ("sections", index, "paragraphs"), section.get("paragraphs", [])


def _section_problems(document: Document) -> Iterator[Problem]:
    """What no paper could be made from, or what would be printed otherwise than it looks."""
    rows = document.data["sections"]
    threats = [index for index, row in enumerate(rows) if row["kind"] == "threats"]
    for index in threats[1:]:
        reason = "the threats can stand in one place only; they stand above already"
        yield document.problem(("sections", index, "kind"), reason)
    for index, row in enumerate(rows):
        marking = row.get("marking", Marking.OFFICIAL)
        if marking != Marking.OFFICIAL and "withheld_under" not in row:
            reason = f"a section marked {marking} needs withheld_under, which says why"
            yield document.problem(("sections", index, "marking"), reason)
        if "words_when_none" in row and row.get("recommendations") != "inline":
            reason = "words_when_none is only printed with recommendations: inline"
            yield document.problem(("sections", index, "words_when_none"), reason)
