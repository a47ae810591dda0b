"""Checks that several parts of a file share."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from spr_portal.cycle_file.moments import read_time
from spr_portal.strict_yaml import DataPath, Document, Problem
from spr_portal.workflow import Transition


def unknown(what: str, found: str, known: Collection[str]) -> str:
    """The reason for a code that does not exist."""
    return f"there is no {what} {found}; expected one of: {', '.join(known)}."


def duplicate_identities(document: Document, rows: list, path: DataPath) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, row in enumerate(rows):
        identity = row.get("identity") if isinstance(row, dict) else None
        if identity is None:
            continue
        if identity in first:
            yield document.problem(
                (*path, index, "identity"),
                f"the identity {identity} stands in this list twice; the first is entry "
                f"[{first[identity]}].",
            )
        first.setdefault(identity, index)


def publication_problems(
    document: Document, row, path: DataPath, *, may_be_internal: bool = False
) -> Iterator[Problem]:
    """Public without an exemption, or withheld with one: nothing in between.

    What `may_be_internal` can also be neither: it is not printed.
    """
    if not isinstance(row, dict):
        return
    if row.get("public") is False and "withheld_under" not in row and not may_be_internal:
        yield document.problem(
            (*path, "public"),
            "what is not public is withheld under an exemption; expected “withheld_under” too, "
            "such as section 31.",
        )
    if row.get("public") is True and "withheld_under" in row:
        yield document.problem(
            (*path, "public"), "this is public and withheld at once; expected one of the two."
        )


def history_problems(
    document: Document,
    changes: list[dict],
    path: DataPath,
    *,
    transitions: Mapping[str, Transition],
    first: str,
    status: str,
) -> Iterator[Problem]:
    """Each step must be one of the table, start where the last one led, and lead to the status."""
    now, earlier = first, None
    for index, change in enumerate(changes):
        place = (*path, index)
        step = transitions.get(change["action"])
        if step is None:
            reason = unknown("action", change["action"], [str(name) for name in transitions])
            yield document.problem((*place, "action"), reason)
        elif change["from"] not in step.sources or change["to"] != step.target:
            sources = " or ".join(sorted(step.sources))
            yield document.problem(
                place, f"“{change['action']}” leads from {sources} to {step.target}; found "
                f"{change['from']} to {change['to']}."
            )  # fmt: skip
        elif step.needs_reason and not change.get("reason", "").strip():
            yield document.problem(place, f"“{change['action']}” needs a reason; none is given.")
        if change["from"] != now:
            yield document.problem(
                (*place, "from"), f"expected {now}, where it stood then; found {change['from']}."
            )
        at = read_time(change["at"])
        if earlier and at < earlier:
            yield document.problem(
                (*place, "at"), "expected a time that is not before that of the step before it."
            )
        now, earlier = change["to"], at
    if now != status:
        yield document.problem(path, f"the status is {status}, but its last change leads to {now}.")
