"""The agenda of a meeting: made from what is open, and written by hand."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from reports.domain.meetings import lock_meeting, record_of
from reports.enums import Topic
from reports.exceptions import StalePaperEdit
from reports.models import AgendaItem, Meeting
from reports.open_points import Point, open_points
from reports.policies import can_edit_agenda
from spr_portal.identity.models import User
from spr_portal.lists import change_row, move_row, next_order

ITEM_FIELDS = ("topic", "heading", "text")


@dataclass(frozen=True)
class Made:
    """How many items were added, and how many nobody had changed were brought up to date."""

    added: int
    refreshed: int


def make_agenda(*, meeting: Meeting, today: datetime.date, by: User) -> Made:
    """Put on the agenda what is open on a day and does not stand there yet.

    An item that was made before and that nobody has changed is brought up to
    date. Words that somebody wrote are never touched.
    """
    with transaction.atomic():
        locked = _lock(meeting, by=by)
        there = {item.source: item for item in locked.items.exclude(source="")}
        points = open_points(locked, today=today)
        fresh = [point for point in points if point.source not in there]
        _add(locked, fresh)
        refreshed = sum(
            _refresh(there[point.source], point) for point in points if point.source in there
        )
        if fresh or refreshed:
            record_of(locked, "agenda.made", by=by, added=len(fresh), brought_up_to_date=refreshed)
    return Made(added=len(fresh), refreshed=refreshed)


def add_agenda_item(*, meeting: Meeting, values: dict, by: User) -> AgendaItem:
    """Put an item at the end of its topic; the same words, as of a double click, once."""
    with transaction.atomic():
        locked = _lock(meeting, by=by)
        values = _known(values)
        if there := locked.items.filter(**values).first():
            return there
        item = AgendaItem.objects.create(
            meeting=locked, order=_next_in(locked, values["topic"]), **values
        )
        record_of(locked, "agenda.item_added", by=by, item=item.identity)
    return item


def change_agenda_item(
    *, meeting: Meeting, identity: str, values: dict, started_from: int, by: User
) -> AgendaItem:
    """Change an item; raises StalePaperEdit when somebody did meanwhile, or removed it.

    Under another topic it stands last.
    """
    with transaction.atomic():
        locked = _lock(meeting, by=by)
        values = _known(values)
        before = locked.items.filter(identity=identity).first()
        if before and values.get("topic", before.topic) != before.topic:
            values["order"] = _next_in(locked, values["topic"])
        item, changed = change_row(
            locked.items.all(),
            identity=identity,
            started_from=started_from,
            values=values | {"is_as_made": False},
        )
        if not changed:
            raise StalePaperEdit(item)
        record_of(locked, "agenda.item_changed", by=by, item=identity)
    return item


def remove_agenda_item(*, meeting: Meeting, identity: str, by: User) -> None:
    """Take an item off; its words are kept in the audit trail."""
    with transaction.atomic():
        locked = _lock(meeting, by=by)
        item = locked.items.filter(identity=identity).first()
        if item is None:
            return
        item.delete()
        record_of(
            locked,
            "agenda.item_removed",
            by=by,
            item=identity,
            heading=item.heading,
            text=item.text,
        )


def move_agenda_item(*, meeting: Meeting, identity: str, up: bool, by: User) -> None:
    """Let an item change places with its neighbour under the same topic."""
    with transaction.atomic():
        locked = _lock(meeting, by=by)
        item = locked.items.filter(identity=identity).first()
        if item and move_row(locked.items.filter(topic=item.topic), identity=identity, up=up):
            record_of(locked, "agenda.item_moved", by=by, item=identity)


def _lock(meeting: Meeting, *, by: User) -> Meeting:
    locked = lock_meeting(meeting, by=by)
    can_edit_agenda(by, locked).require()
    return locked


def _add(meeting: Meeting, points: list[Point]) -> None:
    last = {topic: _next_in(meeting, topic) for topic in {point.topic for point in points}}
    rows = []
    for point in points:
        rows.append(
            AgendaItem(
                meeting=meeting,
                topic=point.topic,
                order=last[point.topic],
                heading=point.heading,
                text=point.text,
                source=point.source,
                is_as_made=True,
            )
        )
        last[point.topic] += 1
    AgendaItem.objects.bulk_create(rows)


def _refresh(item: AgendaItem, point: Point) -> bool:
    """Give an item nobody has changed the words of today; whether they differ."""
    if not item.is_as_made or (item.heading, item.text) == (point.heading, point.text):
        return False
    AgendaItem.objects.filter(pk=item.pk).update(
        heading=point.heading, text=point.text, version=item.version + 1
    )
    return True


def _next_in(meeting: Meeting, topic: Topic | str) -> int:
    return next_order(meeting.items.filter(topic=topic))


def _known(values: dict) -> dict:
    return {name: values[name] for name in ITEM_FIELDS if name in values}
