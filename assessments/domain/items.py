"""Adding, changing, moving and removing the items of an assessment's lists."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from assessments.domain.content import ITEM_FIELDS, ITEM_MODELS, item_values
from assessments.domain.turns import lock_for_writing, start_if_new
from assessments.enums import ItemKind
from assessments.exceptions import StaleEdit
from assessments.models import Assessment, SetAside
from assessments.models.items import Carried, Item
from assessments.policies import can_remove, can_write_place
from assessments.selectors import is_lead
from spr_portal.audit.recording import record
from spr_portal.identity.models import User
from spr_portal.lists import change_row, move_row, next_order


def add_item(*, assessment: Assessment, kind: ItemKind, values: dict, by: User):
    """Put a new item at the end of a list and return it."""
    with transaction.atomic():
        assessment = lock_for_writing(assessment, by=by)
        can_write_place(by, assessment, kind).require()
        start_if_new(assessment, by=by)
        rows = ITEM_MODELS[kind].objects.filter(assessment=assessment)
        item = ITEM_MODELS[kind].objects.create(
            assessment=assessment,
            order=next_order(rows),
            **_known(kind, values),
            **draft_marks(assessment, kind, None, by=by),
            **_raised(assessment, kind),
        )
        _record(assessment, "item.added", kind, item.identity, by=by)
    return item


def change_item(
    *,
    assessment: Assessment,
    kind: ItemKind,
    identity: str,
    values: dict,
    started_from: int,
    by: User,
):
    """Change an item that was opened at version `started_from`.

    Raises StaleEdit when somebody changed or removed it meanwhile, with the
    values given kept as a `SetAside`. What stands there word for word already
    changes nothing.
    """
    values = _known(kind, values)
    place = f"{kind}/{identity}"
    with transaction.atomic():
        assessment = lock_for_writing(assessment, by=by)
        can_write_place(by, assessment, kind).require()
        rows = ITEM_MODELS[kind].objects.filter(assessment=assessment)
        before = rows.filter(identity=identity).first()
        item, changed = change_row(
            rows,
            identity=identity,
            started_from=started_from,
            values=values | draft_marks(assessment, kind, before, by=by) | _reviewed(kind),
        )
        if changed:
            assessment.set_aside.filter(place=place, by=by, settled_at__isnull=True).update(
                settled_at=timezone.now()
            )
            _record(assessment, "item.changed", kind, identity, by=by)
            return item
        given = ITEM_MODELS[kind](**values)
        if item is not None and _says_the_same(kind, item, given, names=values):
            return item  # sent twice, or somebody else came to the same words
        kept = SetAside.objects.create(
            assessment=assessment,
            place=place,
            values=item_values(kind, given),
            started_from=started_from,
            by=by,
            at=timezone.now(),
        )
        _record(assessment, "item.set_aside", kind, identity, by=by)
    raise StaleEdit(newer=item, kept=kept)


def remove_item(
    *, assessment: Assessment, kind: ItemKind, identity: str, started_from: int, by: User
) -> None:
    """Take an item out of its list; its words are kept as a settled `SetAside`.

    Raises StaleEdit when it was changed after the person looked at it.
    Removing one that is gone does nothing.
    """
    with transaction.atomic():
        assessment = lock_for_writing(assessment, by=by)
        can_write_place(by, assessment, kind).require()
        item = ITEM_MODELS[kind].objects.filter(assessment=assessment, identity=identity).first()
        if item is None:
            return
        if item.version != started_from:
            raise StaleEdit(newer=item, kept=None)
        can_remove(by, assessment, item).require()
        keep_words(assessment, kind, item, by=by)
        item.delete()
        _record(assessment, "item.removed", kind, identity, by=by)


def move_item(*, assessment: Assessment, kind: ItemKind, identity: str, up: bool, by: User) -> None:
    """Change places with the item before (or after) it; at the end of the list, do nothing."""
    with transaction.atomic():
        assessment = lock_for_writing(assessment, by=by)
        can_write_place(by, assessment, kind).require()
        rows = ITEM_MODELS[kind].objects.filter(assessment=assessment)
        if not move_row(rows, identity=identity, up=up):
            return
        _record(assessment, "item.moved", kind, identity, by=by)


def keep_words(assessment: Assessment, kind: ItemKind, item: Item, *, by: User) -> None:
    """Keep what an item says, for a caller that takes it away, as a settled `SetAside`."""
    now = timezone.now()
    SetAside.objects.create(
        assessment=assessment,
        place=f"{kind}/{item.identity}",
        values=item_values(kind, item),
        started_from=item.version,
        by=by,
        at=now,
        settled_at=now,
    )


def draft_marks(assessment: Assessment, kind: ItemKind, before: Item | None, *, by: User) -> dict:
    """What a lead writes is accepted; a contributor's item is a draft until a lead accepts it.

    While it is, it remembers what was accepted before.
    """
    if is_lead(by, assessment):
        return {"is_draft": False, "drafted_by_name": "", "accepted_values": None}
    accepted = None
    if before is not None:
        accepted = before.accepted_values if before.is_draft else item_values(kind, before)
    return {"is_draft": True, "drafted_by_name": by.name, "accepted_values": accepted}


def _says_the_same(kind: ItemKind, item: Item, given: Item, *, names: Collection[str]) -> bool:
    there, wanted = item_values(kind, item), item_values(kind, given)
    return all(there[name] == wanted[name] for name in names)


def _raised(assessment: Assessment, kind: ItemKind) -> dict:
    """What stays open from year to year remembers the year it was first written down."""
    is_carried = issubclass(ITEM_MODELS[kind], Carried)
    return {"first_raised": assessment.cycle.year} if is_carried else {}


def _reviewed(kind: ItemKind) -> dict:
    """Who changes what came over from last year has looked at it."""
    return {"is_reviewed": True} if issubclass(ITEM_MODELS[kind], Carried) else {}


def _known(kind: ItemKind, values: dict) -> dict:
    """Only the fields a person fills in: status, order and identity are not theirs to set."""
    return {name: values[name] for name in ITEM_FIELDS[kind] if name in values}


def _record(
    assessment: Assessment, action: str, kind: ItemKind, identity: str, *, by: User
) -> None:
    record(
        action=action,
        subject=f"assessment {assessment.reference}",
        by=by,
        force=assessment.force,
        details={"list": str(kind), "identity": identity},
    )
