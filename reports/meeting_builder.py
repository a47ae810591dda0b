"""What the pack of a meeting says: from its agenda to a document."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.document import (
    Audience,
    Block,
    Paper,
    Paragraph,
    Section,
    Strong,
    Table,
    TableCell,
    Text,
    plain,
)
from reports.enums import Topic
from reports.models import AgendaItem, BoardAction, Meeting
from reports.references import long_date
from spr_portal.plain_text import blocks

EDITION = "Pack as it would be made now"


@dataclass(frozen=True)
class Standing:
    """Where one assessment stands: the threat, its status in words, and the day it is due."""

    threat: str
    status: str
    due: str


@dataclass(frozen=True)
class Stamp:
    """Which pack it is, when it was made and by whom, in words."""

    number: int
    made: str
    by: str


def build_pack(
    meeting: Meeting,
    *,
    items: Iterable[AgendaItem],
    actions: Iterable[BoardAction],
    attendees: Iterable[str],
    standings: Iterable[Standing] = (),
    year: str = "",
    stamp: Stamp | None = None,
) -> Paper:
    """The document. Agenda items are numbered in one run over all topics."""
    return Paper(
        title=meeting.title,
        force_name=meeting.force.name,
        board_name="Strategic Policing Requirement board",
        meeting_on=meeting.held_on,
        header=_header(meeting, attendees, stamp),
        marking=meeting.marking,
        audience=Audience.FULL,
        edition_label=f"Pack {stamp.number}" if stamp else EDITION,
        is_draft=False,
        reference=f"{meeting.force.short_name} SPR board {meeting.held_on.isoformat()}",
        sections=(
            *_agenda(items),
            *_standings(standings, year),
            *_actions(actions),
            *_notes(meeting),
        ),
    )


def _header(
    meeting: Meeting, attendees: Iterable[str], stamp: Stamp | None
) -> tuple[tuple[str, str], ...]:
    lines = (
        ("Time", meeting.starts_at),
        ("Place", meeting.place),
        ("Chair", meeting.chair),
        ("For", "; ".join(attendees)),
        ("Pack", f"{stamp.number}, made on {stamp.made} by {stamp.by}" if stamp else ""),
    )
    return tuple((label, words) for label, words in lines if words)


def _agenda(items: Iterable[AgendaItem]) -> Iterator[Section]:
    """A section for each topic that has something, in the order of the topics."""
    by_topic: dict[str, list[AgendaItem]] = {}
    for item in items:
        by_topic.setdefault(item.topic, []).append(item)
    numbers = itertools.count(1)
    if not by_topic:
        nothing = Paragraph("agenda-empty", None, (Text("Nothing is on the agenda yet."),))
        yield Section("agenda", "Agenda", 2, (nothing,))
    for topic in Topic:
        if topic in by_topic:
            parts = itertools.chain.from_iterable(
                _item(item, next(numbers)) for item in by_topic[topic]
            )
            yield Section(f"topic-{topic}", topic.label, 2, tuple(parts))


def _item(item: AgendaItem, number: int) -> Iterator[Block]:
    """Its heading with a number and the bullets its words begin with; the rest without one."""
    identity = f"item-{item.identity}"
    words = list(_paragraphs(identity, item.text))
    opens_with_bullets = bool(words) and not plain(words[0].inlines)
    bullets = words.pop(0).bullets if opens_with_bullets else ()
    yield Paragraph(identity, number, (Strong(item.heading),), bullets)
    yield from words


def _standings(standings: Iterable[Standing], year: str) -> Iterator[Section]:
    rows = tuple(
        (TableCell(row.threat, is_header=True), TableCell(row.status), TableCell(row.due))
        for row in standings
    )
    if rows:
        table = Table(
            "assessments",
            f"Self-assessments of {year} when this pack was made",
            ("Threat", "Status", "Due"),
            rows,
        )
        yield Section("where-assessments-stand", "Where the self-assessments stand", 2, (table,))


def _actions(actions: Iterable[BoardAction]) -> Iterator[Section]:
    rows = tuple(
        (
            TableCell(" ".join(action.text.split()), is_header=True),
            TableCell(action.owner_name),
            TableCell(long_date(action.due_on)),
            TableCell(action.get_status_display()),
        )
        for action in actions
    )
    if rows:
        header = ("Action", "Owner", "Due", "Status")
        table = Table("actions", "Actions given at this meeting", header, rows)
        yield Section("actions-given", "Actions of this meeting", 2, (table,))


def _notes(meeting: Meeting) -> Iterator[Section]:
    if meeting.notes.strip():
        parts = tuple(_paragraphs("notes", meeting.notes))
        yield Section("notes", "Notes of the meeting", 2, parts)


def _paragraphs(identity: str, text: str) -> Iterator[Paragraph]:
    for position, block in enumerate(blocks(text), start=1):
        yield Paragraph(
            identity=f"{identity}/{position}",
            number=None,
            inlines=(Text(block.text),),
            bullets=tuple((Text(bullet),) for bullet in block.bullets),
        )
