"""The meetings of the demonstration: one that was held, and one that is planned."""

from __future__ import annotations

import datetime

from reports.domain.agenda import make_agenda
from reports.domain.board_actions import report_progress
from reports.domain.meetings import call_meeting, choose_attendees, hold_meeting, write_notes
from reports.models import BoardAction, Meeting
from spr_portal.demonstration import FORCE_CODE
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User

HELD_ON, PLANNED_ON = datetime.date(2017, 9, 14), datetime.date(2017, 12, 14)
COMES = ("head.of.ctu", "head.of.operations", "acc.crime", "acc.operations")
NOTES = """The board went through the self-assessments that are not in.

Agreed:
- to test how fast police support units can be called out at night
- to ask the regional unit for its figures"""
# What is to be done, by whom, and until when.
ACTIONS = (
    (
        "Test the call-out of police support units at night, and say how long it took.",
        "head.of.operations",
        datetime.date(2017, 11, 30),
    ),
    ("Ask the regional unit for its figures.", "head.of.ctu", datetime.date(2017, 12, 1)),
)
PROGRESS = "Asked on 2 October. An answer is promised before the next meeting."


def hold_meetings() -> None:
    """As ACC Security would, but nobody is told by e-mail of an action."""
    people = User.objects.filter(force__code=FORCE_CODE)
    acc = people.get(appointments__role=Role.ACC_SECURITY)
    named = {person.email.partition("@")[0]: person for person in people}
    held, planned = _call(HELD_ON, by=acc), _call(PLANNED_ON, by=acc)
    for meeting in (held, planned):
        come = [named[name] for name in COMES]
        choose_attendees(meeting=meeting, add=come, remove=(), by=acc)
    make_agenda(meeting=held, today=HELD_ON, by=acc)
    write_notes(meeting=held, notes=NOTES, started_from=1, by=acc)
    hold_meeting(meeting=held, by=acc)
    actions = [_give(held, order, *words, named) for order, words in enumerate(ACTIONS, start=1)]
    report_progress(action=actions[-1], text=PROGRESS, by=actions[-1].owner)
    make_agenda(meeting=planned, today=HELD_ON, by=acc)


def _call(date: datetime.date, *, by: User) -> Meeting:
    return call_meeting(
        values={
            "title": f"Meeting of the SPR board, {date:%B %Y}",
            "held_on": date,
            "starts_at": "10am to noon",
            "place": "Lloyd House, room 4",
            "chair": f"{by.name}, {by.post}",
        },
        by=by,
    )


def _give(meeting: Meeting, order: int, text: str, owner: str, due_on, named) -> BoardAction:
    person = named[owner]
    return BoardAction.objects.create(
        force=meeting.force,
        meeting=meeting,
        order=order,
        text=text,
        owner=person,
        owner_name=person.name,
        owner_post=person.post,
        given_on=meeting.held_on,
        due_on=due_on,
    )
