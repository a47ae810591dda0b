"""Meetings of the SPR board, their agendas, packs and actions as people read them."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from reports.enums import (
    ActionStatus,
    ActionStep,
    Format,
    MeetingStatus,
    MeetingStep,
    RenditionStatus,
    Topic,
)
from reports.models import AgendaItem, BoardAction, Meeting, MeetingPack, Rendition
from spr_portal.components import SummaryRow
from spr_portal.templatetags.portal import day

MEETING_TAGS = {
    MeetingStatus.PLANNED: ("Planned", "blue"),
    MeetingStatus.HELD: ("Held", "green"),
    MeetingStatus.CANCELLED: ("Cancelled", "grey"),
}
ACTION_TAGS = {
    ActionStatus.OPEN: ("Open", "blue"),
    ActionStatus.REPORTED: ("Reported as done", "yellow"),
    ActionStatus.DONE: ("Done", "green"),
    ActionStatus.DROPPED: ("Dropped", "grey"),
}
MEETING_DONE = {
    MeetingStep.HOLD: "Recorded as held",
    MeetingStep.CANCEL: "Cancelled",
    MeetingStep.REOPEN: "Planned again",
}
ACTION_DONE = {
    ActionStep.PROGRESS: "Progress reported",
    ActionStep.REPORT: "Reported as done",
    ActionStep.CONFIRM: "Confirmed as done",
    ActionStep.DROP: "Dropped",
    ActionStep.REOPEN: "Opened again",
}


@dataclass(frozen=True)
class ItemLine:
    number: int
    identity: str
    heading: str
    text: str
    is_first: bool  # of its topic
    is_last: bool


@dataclass(frozen=True)
class TopicLines:
    heading: str
    items: list[ItemLine]


@dataclass(frozen=True)
class ActionLine:
    text: str
    href: str
    owner: str
    due_on: datetime.date
    status: str
    is_late: bool
    meeting: str


@dataclass(frozen=True)
class HistoryLine:
    words: str
    by: str
    at: datetime.datetime
    reason: str


@dataclass(frozen=True)
class PackFile:
    name: str  # "PDF"
    file_format: str
    status: str | None
    error: str
    size: int
    sha256: str
    href: str  # empty until it can be taken


@dataclass(frozen=True)
class PackLine:
    number: int
    made_by: str
    made_at: datetime.datetime
    superseded_by: int | None
    files: list[PackFile]


def agenda_lines(items: Iterable[AgendaItem]) -> list[TopicLines]:
    """The items under their topics, numbered in one run as the pack numbers them."""
    by_topic: dict[str, list[AgendaItem]] = {}
    for item in items:
        by_topic.setdefault(item.topic, []).append(item)
    numbers = itertools.count(1)
    return [
        TopicLines(
            heading=topic.label,
            items=[
                ItemLine(
                    number=next(numbers),
                    identity=item.identity,
                    heading=item.heading,
                    text=item.text,
                    is_first=item is by_topic[topic][0],
                    is_last=item is by_topic[topic][-1],
                )
                for item in by_topic[topic]
            ],
        )
        for topic in Topic
        if topic in by_topic
    ]


def action_lines(actions: Iterable[BoardAction], *, today: datetime.date) -> list[ActionLine]:
    return [
        ActionLine(
            text=action.text,
            href=action.get_absolute_url(),
            owner=action.owner_name,
            due_on=action.due_on,
            status=action.status,
            is_late=is_late(action, today=today),
            meeting=day(action.meeting.held_on),
        )
        for action in actions
    ]


def is_late(action: BoardAction, *, today: datetime.date) -> bool:
    return action.status == ActionStatus.OPEN and action.due_on < today


def meetings_by_time(meetings: Iterable[Meeting], *, today: datetime.date) -> dict[str, list]:
    """The meetings, newest first, parted: the next first in `to_come`.

    `unrecorded` are those whose day has passed and of which nobody has said that they were held.
    """
    meetings = list(meetings)
    planned = [meeting for meeting in meetings if meeting.status == MeetingStatus.PLANNED]
    return {
        "to_come": [meeting for meeting in planned if meeting.held_on >= today][::-1],
        "unrecorded": [meeting for meeting in planned if meeting.held_on < today],
        "earlier": [meeting for meeting in meetings if meeting not in planned],
    }


def meeting_rows(meeting: Meeting) -> list[SummaryRow]:
    rows = (
        ("Date", day(meeting.held_on)),
        ("Time", meeting.starts_at),
        ("Place", meeting.place),
        ("Chair", meeting.chair),
        ("Marking of the pack", meeting.marking),
    )
    return [SummaryRow(key, value) for key, value in rows if value]


def history_lines(changes: Iterable, words: dict) -> list[HistoryLine]:
    return [
        HistoryLine(
            words=words[change.action],
            by=f"{change.by_name}, {change.by_post}" if change.by_post else change.by_name,
            at=change.at,
            reason=change.reason,
        )
        for change in changes
    ]


def pack_lines(packs: list[MeetingPack], renditions: Iterable[Rendition]) -> list[PackLine]:
    """Newest first. Every pack but the newest is superseded by it."""
    made = {(row.pack_id, row.format): row for row in renditions}
    return [
        PackLine(
            number=pack.number,
            made_by=pack.made_by_name,
            made_at=pack.made_at,
            superseded_by=packs[0].number if pack is not packs[0] else None,
            files=[_file(pack, each, made.get((pack.pk, each))) for each in Format],
        )
        for pack in packs
    ]


def files_progress(line: PackLine) -> tuple[str, bool]:
    """How far a pack's files are, in words, and whether nothing more will change."""
    made = sum(file.status == RenditionStatus.MADE for file in line.files)
    failed = sum(file.status == RenditionStatus.FAILED for file in line.files)
    text = f"{made} of {len(line.files)} files {'is' if made == 1 else 'are'} made."
    if failed:
        text += f" {failed} could not be made."
    return text, made + failed == len(line.files)


def _file(pack: MeetingPack, file_format: Format, row: Rendition | None) -> PackFile:
    is_made = row is not None and row.status == RenditionStatus.MADE
    address = [pack.meeting.identity, pack.number, file_format]
    return PackFile(
        name=file_format.label,
        file_format=file_format.value,
        status=row.status if row else None,
        error=row.error if row else "",
        size=row.size if is_made else 0,
        sha256=row.sha256 if is_made else "",
        href=reverse("reports:download_pack", args=address) if is_made else "",
    )
