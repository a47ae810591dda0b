"""Identities for what a hand-written file leaves without one."""

from __future__ import annotations

import hashlib


class Identities:
    """Makes identities that are the same whenever the same file is loaded, and never twice."""

    def __init__(self, place: str, rows: list):
        self.place = place
        self.taken = {row["identity"] for row in rows if "identity" in row}

    def of(self, row: dict, words: str) -> str:
        """The row's own identity, or one made of the place and the words."""
        if "identity" in row:
            return row["identity"]
        count = 0
        while True:
            seed = f"{self.place}\n{count}\n{words}"
            identity = hashlib.sha256(seed.encode()).hexdigest()[:12]
            if identity not in self.taken:
                self.taken.add(identity)
                return identity
            count += 1


def published(row: dict, *, usually: bool = True) -> dict:
    """The fields of what is marked, and cleared or withheld.

    All is public that does not say otherwise, but for the kinds that `usually` are not.
    """
    exemption = row.get("withheld_under", "")
    return {
        "is_public": row.get("public", usually) and not exemption,
        "withheld_under": exemption,
        **marked(row),
    }


def marked(row: dict) -> dict:
    return {name: row[name] for name in ("marking", "handling") if name in row}


def as_group(row: str | dict) -> dict:
    """A paragraph that is written as nothing but its text, like any other."""
    return {"text": row} if isinstance(row, str) else row


def plain_json(value):
    """Dates that were written without quotes, as the portal keeps them."""
    if isinstance(value, dict):
        return {key: plain_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain_json(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def words_of(row: dict) -> str:
    return "\n".join(f"{name}: {value}" for name, value in sorted(row.items()))
