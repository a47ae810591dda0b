"""Loading the templates of papers from their files: a version, once loaded, never changes."""

from __future__ import annotations

import hashlib
import json
import string
from functools import cache
from pathlib import Path

from django.db import transaction

from reports.domain.compose import PLACEHOLDERS
from reports.models import PaperTemplate
from reports.references import TOKEN, WORDS
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
    if problems := [*_word_problems(document), *_key_problems(document)]:
        raise DataFileError(document.name, problems)
    data = document.data
    with transaction.atomic():
        template, is_new = PaperTemplate.objects.get_or_create(
            code=data["code"],
            version=data["version"],
            defaults={"title": data["title"], "content": data, "checksum": checksum},
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
    recommendations = {item["key"] for item in document.data.get("recommendations", [])}
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
            name, identity = match.groups()
            known = identity in recommendations if name == "recommendation" else name in WORDS
            if not known:
                yield document.problem(path, f"the reference {match.group(0)} leads nowhere")


def _key_problems(document: Document) -> list[Problem]:
    problems = []
    for list_name in ("sections", "recommendations"):
        seen = set()
        for index, row in enumerate(document.data.get(list_name, [])):
            if row["key"] in seen:
                problems.append(
                    document.problem(
                        (list_name, index, "key"), f"the key {row['key']} is given twice"
                    )
                )
            seen.add(row["key"])
    return problems
