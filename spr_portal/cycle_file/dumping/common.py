"""What the parts of a dump share."""

from __future__ import annotations

from assessments.enums import Marking
from spr_portal.cycle_file.moments import write_time
from spr_portal.identity.models import User


def given(values: dict) -> dict:
    """Without what is empty; False and 0 are not."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def person_then(person: User, name: str, post: str) -> str | dict:
    """The address alone, or with name and post where these were others then."""
    if (name, post) == (person.name, person.post):
        return person.email
    return {"email": person.email, "name": name, "post": post}


def named_then(person: User, name: str) -> str | dict:
    """As above, of rows that keep the name and no post."""
    return person_then(person, name, person.post)


def version_of(row) -> int | None:
    return row.version if row.version != 1 else None


def marked(row) -> dict:
    """The marking of its own, where it is not the usual one."""
    return {
        "marking": row.marking if row.marking != Marking.OFFICIAL else None,
        "handling": row.handling,
    }


def published(row) -> dict:
    """The marking, and the exemption of what is withheld: all else is public."""
    return marked(row) | {"withheld_under": row.withheld_under}


def in_order(value):
    """JSON comes back in another order from PostgreSQL than from SQLite."""
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value)}
    return [in_order(inner) for inner in value] if isinstance(value, list) else value


def status_changes(subject) -> list[dict]:
    return [
        given({
            "action": row.action,
            "from": row.from_status,
            "to": row.to_status,
            "by": person_then(row.by, row.by_name, row.by_post),
            "at": write_time(row.at),
            "reason": row.reason,
            "places": getattr(row, "places", None),
        })
        for row in subject.status_changes.select_related("by")
    ]  # fmt: skip
