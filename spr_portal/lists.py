"""Rows that stand in an order and are changed by several people: each has `order` and `version`."""

from __future__ import annotations

from django.db.models import F, Max, QuerySet


def next_order(rows: QuerySet) -> int:
    """The place after the last row."""
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1


def change_row(rows: QuerySet, *, identity: str, started_from: int, values: dict):
    """Change the row if it still stands at the version; returns the row and whether it changed.

    The version stands in the statement's own condition, so two writers cannot
    both win on any database. The row is None when it is gone.
    """
    row = rows.filter(identity=identity)
    changed = row.filter(version=started_from).update(**values, version=F("version") + 1)
    return row.first(), bool(changed)


def move_row(rows: QuerySet, *, identity: str, up: bool) -> bool:
    """Let a row change places with the one before (or after) it; whether anything moved."""
    ordered = list(rows.order_by("order", "pk"))
    here = next((index for index, row in enumerate(ordered) if row.identity == identity), None)
    there = None if here is None else here + (-1 if up else 1)
    if there is None or not 0 <= there < len(ordered):
        return False
    return _put(rows, ordered, here, there)


def place_row(rows: QuerySet, *, identity: str, place: int) -> bool:
    """Let a row stand at a place, counted from 1, and the others move on; whether it moved.

    A place before the first or after the last is taken for that one.
    """
    ordered = list(rows.order_by("order", "pk"))
    here = next((index for index, row in enumerate(ordered) if row.identity == identity), None)
    if here is None:
        return False
    return _put(rows, ordered, here, min(max(place, 1), len(ordered)) - 1)


def _put(rows: QuerySet, ordered: list, here: int, there: int) -> bool:
    if here == there:
        return False
    ordered.insert(there, ordered.pop(here))
    for order, row in enumerate(ordered, start=1):
        if row.order != order:
            rows.model.objects.filter(pk=row.pk).update(order=order)
    return True
