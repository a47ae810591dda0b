"""The meetings of the SPR board: called, changed, attended, held and written up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from reports.domain.workflow import MEETINGS
from reports.enums import MeetingStatus, MeetingStep
from reports.exceptions import StalePaperEdit
from reports.meeting_selectors import can_come_to_meetings
from reports.models import Attendee, Meeting
from reports.policies import can_call_meetings, can_run_meeting
from spr_portal.audit.recording import record
from spr_portal.identity.models import Force, User

MEETING_FIELDS = ("title", "held_on", "starts_at", "place", "chair", "marking")


@dataclass(frozen=True)
class Notes:
    """The notes of a meeting, which have a version of their own: others may change its date."""

    notes: str
    version: int


def call_meeting(*, values: dict, by: User) -> Meeting:
    """Plan a meeting of the person's own force; the same one, as by a double click, once."""
    can_call_meetings(by).require()
    with transaction.atomic():
        Force.objects.select_for_update().get(pk=by.force_id)
        planned = Meeting.objects.filter(force=by.force, status=MeetingStatus.PLANNED)
        if there := planned.filter(**_known(values)).first():
            return there
        meeting = Meeting.objects.create(force=by.force, **_known(values))
        record_of(meeting, "meeting.called", by=by, held_on=meeting.held_on.isoformat())
    return meeting


def change_meeting(*, meeting: Meeting, values: dict, started_from: int, by: User) -> Meeting:
    """Change its day, place, chair and title; raises StalePaperEdit."""
    with transaction.atomic():
        locked = lock_meeting(meeting, by=by)
        if locked.version != started_from:
            raise StalePaperEdit(locked)
        for name, value in _known(values).items():
            setattr(locked, name, value)
        locked.version += 1
        locked.save(update_fields=[*MEETING_FIELDS, "version"])
        record_of(locked, "meeting.changed", by=by, held_on=locked.held_on.isoformat())
    return locked


def write_notes(*, meeting: Meeting, notes: str, started_from: int, by: User) -> Meeting:
    """Keep what was said and decided; raises StalePaperEdit when somebody did meanwhile."""
    with transaction.atomic():
        locked = lock_meeting(meeting, by=by)
        if locked.notes_version != started_from:
            raise StalePaperEdit(notes_of(locked))
        locked.notes, locked.notes_version = notes, started_from + 1
        locked.save(update_fields=["notes", "notes_version"])
        record_of(locked, "meeting.notes_written", by=by)
    return locked


def notes_of(meeting: Meeting) -> Notes:
    return Notes(notes=meeting.notes, version=meeting.notes_version)


def choose_attendees(
    *, meeting: Meeting, add: Iterable[User], remove: Iterable[User], by: User
) -> None:
    """Let people read all of the meeting, and others no longer.

    What two people choose at the same time adds up. Somebody who cannot come
    to meetings of the force is not added.
    """
    with transaction.atomic():
        lock_meeting(meeting, by=by)
        there = set(meeting.attendees.values_list("person", flat=True))
        wanted = can_come_to_meetings(by).filter(pk__in=[person.pk for person in add])
        added = [person for person in wanted if person.pk not in there]
        gone = [person for person in remove if person.pk in there]
        Attendee.objects.bulk_create(
            Attendee(meeting=meeting, person=person, name=person.name, post=person.post)
            for person in added
        )
        meeting.attendees.filter(person__in=gone).delete()
        if added or gone:
            record_of(
                meeting,
                "meeting.attendees_chosen",
                by=by,
                added=sorted(person.name for person in added),
                removed=sorted(person.name for person in gone),
            )


def hold_meeting(*, meeting: Meeting, by: User) -> Meeting:
    """Record that it took place: its agenda stays as it was."""
    return MEETINGS.move(meeting, MeetingStep.HOLD, by=by)


def cancel_meeting(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    return MEETINGS.move(meeting, MeetingStep.CANCEL, by=by, reason=reason)


def reopen_meeting(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """Plan a meeting again that was held or cancelled, so that its agenda can be changed."""
    return MEETINGS.move(meeting, MeetingStep.REOPEN, by=by, reason=reason)


def lock_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting, for a change in the caller's transaction; raises PolicyDenied."""
    locked = (
        Meeting.objects.select_for_update(of=("self",)).select_related("force").get(pk=meeting.pk)
    )
    can_run_meeting(by, locked).require()
    return locked


def record_of(meeting: Meeting, action: str, *, by: User, **details) -> None:
    record(
        action=action,
        subject=f"meeting {meeting.reference}",
        by=by,
        force=meeting.force,
        details=details,
    )


def _known(values: dict) -> dict:
    return {name: values[name] for name in MEETING_FIELDS if name in values}
