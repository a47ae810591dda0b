"""Reading a cycle file: strict YAML, then the schema. Nothing of the database is touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from spr_portal.strict_yaml import DataPath, Document, read_yaml, validate

SCHEMA_FILE = Path(__file__).resolve().parent / "schema" / "cycle.schema.json"
# An issued paper's six files are part of it, each of up to 20 MB by their own limit.
MAX_BYTES = 64 * 1024 * 1024

# Plain JSON that the portal keeps as it is: nothing in there is the format's.
KEPT_AS_THEY_ARE = frozenset({"content", "values", "approvals", "libraries", "accepted_values"})
PERSON_KEYS = frozenset(
    {"by", "opened_by", "written_by", "sent_by", "acting_for", "named_by", "person", "given_to"}
)


def read_cycle_file(source: str | Path | bytes, *, name: str = "") -> Document:
    """The file as plain data that knows its lines; raises DataFileError with every problem."""
    document = read_yaml(source, name=name, max_bytes=MAX_BYTES)
    validate(document, schema())
    return document


@cache
def schema() -> dict:
    return json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


def person_references(value: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, str | dict]]:
    """Every place of the file where a person is named, with how."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in PERSON_KEYS and path:
                yield (*path, key), inner
            elif key not in KEPT_AS_THEY_ARE:
                yield from person_references(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from person_references(inner, (*path, index))
