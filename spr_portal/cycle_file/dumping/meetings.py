"""The meetings of a force's SPR board as the data of a cycle file."""

from __future__ import annotations

import datetime

from assessments.models import Cycle
from assessments.selectors import cycle_after, cycle_before
from reports.models import BoardAction, Meeting
from spr_portal.cycle_file.dumping.common import given, person_then, status_changes, version_of
from spr_portal.cycle_file.moments import write_time

MEETING_FIELDS = ("title", "held_on", "starts_at", "place", "chair", "notes")
ITEM_FIELDS = ("topic", "order", "heading", "text", "source")


def meetings_data(cycle: Cycle) -> list[dict]:
    """Those of the year, oldest first: every meeting of the force stands in exactly one file."""
    first, end = _days_of(cycle)
    meetings = Meeting.objects.filter(force_id=cycle.force_id, held_on__gte=first)
    if end:
        meetings = meetings.filter(held_on__lt=end)
    related = ("attendees__person", "items", "actions__owner", "packs__made_by")
    return [
        _meeting(meeting)
        for meeting in meetings.prefetch_related(*related).order_by("held_on", "identity")
    ]


def _days_of(cycle: Cycle) -> tuple[datetime.date, datetime.date | None]:
    """From its tasking to that of the next year; the first year has all that was before it."""
    after = cycle_after(cycle)
    first = cycle.tasked_on if cycle_before(cycle) else datetime.date.min
    return first, after.tasked_on if after else None


def _meeting(meeting: Meeting) -> dict:
    return given({
        "identity": meeting.identity,
        "version": version_of(meeting),
        **{name: getattr(meeting, name) for name in MEETING_FIELDS},
        "marking": meeting.marking,
        "status": meeting.status,
        "notes_version": meeting.notes_version if meeting.notes_version != 1 else None,
        "status_changes": status_changes(meeting),
        "attendees": [
            {"person": person_then(row.person, row.name, row.post)}
            for row in meeting.attendees.all()
        ],
        "items": [
            given({
                "identity": row.identity,
                "version": version_of(row),
                **{name: getattr(row, name) for name in ITEM_FIELDS},
                "as_made": row.is_as_made or None,
            })
            for row in meeting.items.all()
        ],
        "actions": [_action(row) for row in meeting.actions.all()],
        "packs": [
            {
                "number": pack.number,
                "by": person_then(pack.made_by, pack.made_by_name, pack.made_by_post),
                "at": write_time(pack.made_at),
                "document_hash": pack.document_hash,
                "document": pack.document,
            }
            for pack in sorted(meeting.packs.all(), key=lambda pack: pack.number)
        ],
    })  # fmt: skip


def _action(action: BoardAction) -> dict:
    return given({
        "identity": action.identity,
        "version": version_of(action),
        "order": action.order,
        "text": action.text,
        "given_to": person_then(action.owner, action.owner_name, action.owner_post),
        "given_on": action.given_on,
        "due_on": action.due_on,
        "status": action.status,
        "outcome": action.outcome,
        "closed_at": action.closed_at and write_time(action.closed_at),
        "status_changes": status_changes(action),
    })  # fmt: skip
