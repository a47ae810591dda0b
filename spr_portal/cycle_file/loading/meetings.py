"""Loading the meetings of the SPR board: those that the portal does not have."""

from __future__ import annotations

from assessments.models import Cycle
from reports.models import (
    ActionChange,
    AgendaItem,
    Attendee,
    BoardAction,
    Meeting,
    MeetingPack,
    MeetingStatusChange,
)
from spr_portal.cycle_file.loading.history import keep_history
from spr_portal.cycle_file.loading.identities import Identities, words_of
from spr_portal.cycle_file.moments import read_time
from spr_portal.cycle_file.people import People
from spr_portal.strict_yaml import Document

MEETING_FIELDS = (
    "title", "held_on", "starts_at", "place", "chair", "notes", "marking", "status", "version",
    "notes_version",
)  # fmt: skip
ITEM_FIELDS = ("topic", "heading", "text", "source", "version")
ACTION_FIELDS = ("text", "given_on", "due_on", "status", "outcome", "version")


def load_meetings(document: Document, cycle: Cycle, people: People) -> None:
    for row in document.data.get("meetings", []):
        known = Meeting.objects.filter(force=cycle.force, identity=row["identity"])
        if not known.exists():
            _load(row, cycle, people)


def _load(row: dict, cycle: Cycle, people: People) -> None:
    meeting = Meeting.objects.create(
        force=cycle.force, identity=row["identity"], **_given(row, MEETING_FIELDS)
    )
    keep_history(MeetingStatusChange, meeting, row.get("status_changes", []), (), people)
    for attendee in row.get("attendees", []):
        person = attendee["person"]
        by_value = people.by_value(person)
        Attendee.objects.create(
            meeting=meeting,
            person=people.user(person),
            name=by_value["by_name"],
            post=by_value["by_post"],
        )
    items = row.get("items", [])
    identities = Identities(f"{meeting.reference}/items", items)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            identity=identities.of(item, words_of(item)),
            order=item.get("order", number),
            is_as_made=item.get("as_made", False),
            **_given(item, ITEM_FIELDS),
        )
        for number, item in enumerate(items, start=1)
    )
    _load_actions(meeting, row.get("actions", []), people)
    for pack in row.get("packs", []):
        by_value = people.by_value(pack["by"])
        MeetingPack.objects.create(
            meeting=meeting,
            number=pack["number"],
            document=pack["document"],
            document_hash=pack["document_hash"],
            made_by=people.user(pack["by"]),
            made_by_name=by_value["by_name"],
            made_by_post=by_value["by_post"],
            made_at=read_time(pack["at"]),
        )


def _load_actions(meeting: Meeting, rows: list[dict], people: People) -> None:
    identities = Identities(f"{meeting.reference}/actions", rows)
    for number, row in enumerate(rows, start=1):
        by_value = people.by_value(row["given_to"])
        action = BoardAction.objects.create(
            force=meeting.force,
            meeting=meeting,
            identity=identities.of(row, words_of(row)),
            order=row.get("order", number),
            owner=people.user(row["given_to"]),
            owner_name=by_value["by_name"],
            owner_post=by_value["by_post"],
            closed_at=read_time(row["closed_at"]) if "closed_at" in row else None,
            **{"given_on": meeting.held_on} | _given(row, ACTION_FIELDS),
        )
        keep_history(ActionChange, action, row.get("status_changes", []), (), people)


def _given(row: dict, names: tuple[str, ...]) -> dict:
    return {name: row[name] for name in names if name in row}
