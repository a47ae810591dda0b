"""What differs between two contents of one assessment: for leads after a return, and reviewers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assessments.domain.content import ITEM_FIELDS
from assessments.enums import ItemKind


class Difference(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    """One answer or item that differs.

    `place` is a question's code or an ItemKind; `identity` the item's, or "".
    `before` and `after` map field names to plain values; only fields that
    differ are in them.
    """

    place: str
    identity: str
    difference: Difference
    before: dict
    after: dict


def changes_between(before: dict, after: dict) -> list[Change]:
    """Every difference, answers first and then each list in its order; empty for equal contents."""
    changes = []
    old, new = before["responses"], after["responses"]
    for code in [*new, *(code for code in old if code not in new)]:
        change = _change(code, "", old.get(code), new.get(code), ("text", "rating"))
        if change:
            changes.append(change)
    for kind in ItemKind.values:
        changes.extend(_item_changes(kind, before.get(kind, []), after.get(kind, [])))
    return changes


def _item_changes(kind: str, before: list[dict], after: list[dict]) -> list[Change]:
    old = {item["identity"]: item for item in before}
    new = {item["identity"]: item for item in after}
    identities = [*new, *(identity for identity in old if identity not in new)]
    found = []
    for identity in identities:
        # In the order of the form: PostgreSQL does not keep that of a stored content.
        fields = ITEM_FIELDS[ItemKind(kind)]
        change = _change(kind, identity, old.get(identity), new.get(identity), fields)
        if change:
            found.append(change)
    return found


def _change(place, identity, old, new, fields) -> Change | None:
    old_values, new_values = old or {}, new or {}
    differing = [name for name in fields if old_values.get(name) != new_values.get(name)]
    if not differing and (old is None) == (new is None):
        return None
    empty_before = not any(old_values.get(name) for name in fields)
    empty_after = not any(new_values.get(name) for name in fields)
    if empty_before:
        difference = Difference.ADDED
    elif empty_after:
        difference = Difference.REMOVED
    else:
        difference = Difference.CHANGED
    return Change(
        place=place,
        identity=identity,
        difference=difference,
        before={name: old_values.get(name) for name in differing},
        after={name: new_values.get(name) for name in differing},
    )
