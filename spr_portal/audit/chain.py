"""How the events of the audit hang together: each holds the hash of the one before it."""

from __future__ import annotations

import datetime
import hashlib
import json
import re

FIRST_PREVIOUS_HASH = "0" * 64  # what the first event stands on
HASHED_FIELDS = (
    "sequence", "at", "actor_id", "actor_name", "force_id", "action", "subject", "details",
    "previous_hash",
)  # fmt: skip

# As JSON writes the character; behind one more backslash it is six characters somebody typed.
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def hash_of(event) -> str:
    """Return the SHA-256, in hexadecimal, of the canonical JSON of an event's other fields.

    Canonical: keys in order, no blanks, characters as UTF-8, the time in UTC
    with microseconds. Anybody can repeat it with nothing but these rows.
    """
    content = {field: getattr(event, field) for field in HASHED_FIELDS}
    content["at"] = event.at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def plain(details: dict | None) -> dict:
    """Return details as both databases give them back: other types, fractions too, as text."""
    text = json.dumps(details or {}, default=str, ensure_ascii=False)
    return json.loads(_NUL.sub(r"\1", text), parse_float=str)
