"""The meetings of a file: identities, and what is done has its time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from reports.document import from_json
from reports.enums import ActionStatus
from reports.models import BoardAction, Meeting
from spr_portal.cycle_file.checks.common import duplicate_identities
from spr_portal.cycle_file.setting import Setting
from spr_portal.strict_yaml import DataPath, Document, Problem

CLOSED = (ActionStatus.DONE, ActionStatus.DROPPED)


def meeting_problems(document: Document, setting: Setting) -> Iterator[Problem]:
    rows = document.data.get("meetings", [])
    yield from duplicate_identities(document, rows, ("meetings",))
    for index, row in enumerate(rows):
        path = ("meetings", index)
        if _is_known(setting, row["identity"]):
            continue  # it stays as it is
        for name in ("items", "actions"):
            yield from duplicate_identities(document, row.get(name, []), (*path, name))
        for number, action in enumerate(row.get("actions", [])):
            yield from _action_problems(document, setting, action, (*path, "actions", number))
        for number, pack in enumerate(row.get("packs", [])):
            place = (*path, "packs", number)
            yield from _pack_problems(document, pack, place)


def _is_known(setting: Setting, identity: str) -> bool:
    return (
        bool(setting.force)
        and Meeting.objects.filter(force=setting.force, identity=identity).exists()
    )


def _action_problems(
    document: Document, setting: Setting, row: dict, path: DataPath
) -> Iterator[Problem]:
    if (row.get("status") in CLOSED) != ("closed_at" in row):
        yield document.problem(
            path, "an action that is done or dropped has “closed_at”, and no other has."
        )
    known = setting.force and BoardAction.objects.filter(
        force=setting.force, identity=row.get("identity")
    )
    if known and known.exists():
        yield document.problem(
            (*path, "identity"), f"another meeting has an action {row['identity']} already."
        )


def _pack_problems(document: Document, pack: dict, path: DataPath) -> Iterator[Problem]:
    try:
        from_json(pack["document"])
    except ValueError as error:
        yield document.problem((*path, "document"), str(error))
    if hashlib.sha256(pack["document"].encode()).hexdigest() != pack["document_hash"]:
        yield document.problem(
            (*path, "document_hash"),
            "this is not the sum of the document; one of them was changed.",
        )
