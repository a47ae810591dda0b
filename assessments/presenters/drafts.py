"""How a contributor's draft reads: whose it is, and what differs from what a lead accepted."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.domain.changes import Change, Difference
from assessments.domain.content import ADDED_LATER, ITEM_FIELDS, item_values
from assessments.enums import ItemKind
from assessments.models import Response
from assessments.models.items import Item
from assessments.presenters.differences import FieldChange, Piece, shown_changes, word_difference
from assessments.presenters.items import heading_of


@dataclass(frozen=True)
class DraftBeside:
    """A draft of an answer. Without `pieces` it says what was accepted before.

    `is_all_new`: nothing was accepted before. `leads`: the reader can accept it.
    """

    version: int
    by_name: str
    at: datetime.datetime | None
    pieces: tuple[Piece, ...]
    is_all_new: bool
    leads: bool


@dataclass(frozen=True)
class DraftItem:
    """The same of an item in a list, field by field; `can_go_back` if a lead accepted it before."""

    identity: str
    version: int
    heading: str
    by_name: str
    fields: tuple[FieldChange, ...]
    can_go_back: bool


def draft_beside(response: Response, *, leads: bool) -> DraftBeside | None:
    """`response` comes from `answers_in`, which reads what was accepted along with a draft."""
    if not response.is_draft:
        return None
    accepted = response.accepted_rating or response.accepted_text or ""
    words = response.rating.label if response.rating else response.text
    return DraftBeside(
        version=response.version,
        by_name=response.updated_by.name if response.updated_by else "a contributor",
        at=response.updated_at,
        pieces=word_difference(accepted, words) if accepted and accepted != words else (),
        is_all_new=not accepted,
        leads=leads,
    )


def draft_items(
    kind: ItemKind, items: Iterable[Item], labels: Mapping[str, Mapping[str, str]]
) -> list[DraftItem]:
    """The drafts among the items of a list, in its order; `labels` as `labels_of` gives them."""
    flat = {code: label for labelled in labels.values() for code, label in labelled.items()}
    return [
        _draft_item(kind, item, number, flat)
        for number, item in enumerate(items, start=1)
        if item.is_draft
    ]


def _draft_item(kind: ItemKind, item: Item, number: int, labels: Mapping[str, str]) -> DraftItem:
    values, accepted = item_values(kind, item), item.accepted_values
    before = {} if accepted is None else ADDED_LATER.get(kind, {}) | accepted
    differing = [name for name in ITEM_FIELDS[kind] if values.get(name) != before.get(name)]
    change = Change(
        place=kind,
        identity=item.identity,
        difference=Difference.ADDED if accepted is None else Difference.CHANGED,
        before={name: before.get(name) for name in differing},
        after={name: values.get(name) for name in differing},
    )
    [shown] = shown_changes([change], {}, labels)
    return DraftItem(
        identity=item.identity,
        version=item.version,
        heading=heading_of(kind, values, number),
        by_name=item.drafted_by_name or "a contributor",
        fields=shown.fields if accepted is not None else (),
        can_go_back=accepted is not None,
    )
