"""The meetings of the SPR board: listed, called, read, changed, held."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.enums import Marking
from reports.domain import meetings as domain
from reports.domain.workflow import MEETING_TRANSITIONS
from reports.enums import MeetingStep
from reports.forms.meetings import AttendeesForm, MeetingForm, NotesForm
from reports.meeting_selectors import can_come_to_meetings, meetings_visible_to, packs_of
from reports.policies import (
    can_call_meetings,
    can_edit_agenda,
    can_run_meeting,
    can_see_meetings,
)
from reports.presenters.meetings import (
    ACTION_TAGS,
    MEETING_DONE,
    MEETING_TAGS,
    action_lines,
    agenda_lines,
    history_lines,
    meeting_rows,
    meetings_by_time,
)
from reports.views.board import (
    StepPage,
    confirmed,
    meeting_crumbs,
    meeting_or_404,
    meeting_to_run,
)
from reports.views.common import edited

PAGES = ["GET", "HEAD", "POST"]
STEPS = {
    MeetingStep.HOLD: StepPage(
        heading="Record that the meeting was held",
        told=(
            "Its agenda is locked from now on. You can go on writing its notes and giving actions.",
            "What was on the agenda counts as before the board when the next agenda is made.",
        ),
        button="Record as held",
        done="The meeting is recorded as held.",
        take=lambda meeting, reason, by: domain.hold_meeting(meeting=meeting, by=by),
    ),
    MeetingStep.CANCEL: StepPage(
        heading="Cancel the meeting",
        told=(
            "It stays in the list with your reason. Its actions stay with their owners.",
            "Nobody is told by email: tell the people of the meeting yourself.",
        ),
        button="Cancel the meeting",
        button_kind="warning",
        done="The meeting is cancelled.",
        take=lambda meeting, reason, by: domain.cancel_meeting(
            meeting=meeting, reason=reason, by=by
        ),
    ),
    MeetingStep.REOPEN: StepPage(
        heading="Plan the meeting again",
        told=("Its agenda can be changed again.",),
        button="Plan it again",
        done="The meeting is planned again.",
        take=lambda meeting, reason, by: domain.reopen_meeting(
            meeting=meeting, reason=reason, by=by
        ),
    ),
}


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    can_see_meetings(request.user).require()
    meetings = meetings_visible_to(request.user)
    context = {
        **meetings_by_time(meetings, today=timezone.localdate()),
        "tags": MEETING_TAGS,
        "calling": can_call_meetings(request.user),
    }
    return render(request, "reports/meetings/list.html", context)


@require_http_methods(PAGES)
def add(request: HttpRequest) -> HttpResponse:
    can_call_meetings(request.user).require()
    initial = {"title": "Meeting of the SPR board", "marking": Marking.SENSITIVE}
    form = MeetingForm(request.POST or None, initial=initial)
    if form.is_valid():
        meeting = domain.call_meeting(values=form.values, by=request.user)
        messages.success(
            request, "The meeting is planned. Nobody is told: choose whom it is for when you like."
        )
        return redirect(meeting)
    context = {"form": form, "is_new": True, "back": reverse("reports:meetings")}
    context["crumbs"] = [("My work", reverse("reports:home")), ("SPR board", context["back"])]
    return render(request, "reports/meetings/form.html", context)


@require_safe
def meeting(request: HttpRequest, identity: str) -> HttpResponse:
    row = meeting_or_404(request, identity)
    running = can_run_meeting(request.user, row)
    actions = list(row.actions.order_by("order", "pk"))
    for action in actions:
        action.meeting = row
    context = {
        "meeting": row,
        "crumbs": meeting_crumbs(row)[:-1],
        "tags": MEETING_TAGS,
        "rows": meeting_rows(row),
        "running": running,
        "editing": can_edit_agenda(request.user, row),
        "topics": agenda_lines(row.items.all()),
        "actions": action_lines(actions, today=timezone.localdate()),
        "action_tags": ACTION_TAGS,
        "attendees": list(row.attendees.all()),
        "packs": list(packs_of(row)),
        "history": history_lines(row.status_changes.all(), MEETING_DONE),
        "steps": _steps_from(row.status) if running else [],
    }
    return render(request, "reports/meetings/meeting.html", context)


@require_http_methods(PAGES)
def change(request: HttpRequest, identity: str) -> HttpResponse:
    row = meeting_to_run(request, identity)
    return edited(
        request,
        form=MeetingForm(request.POST or None, initial=MeetingForm.initial_of(row)),
        save=lambda form: domain.change_meeting(
            meeting=row, values=form.values, started_from=form.started_from, by=request.user
        ),
        template="reports/meetings/form.html",
        context={"crumbs": meeting_crumbs(row), "back": row.get_absolute_url()},
        done="The meeting is saved.",
        to=row.get_absolute_url(),
    )


@require_http_methods(PAGES)
def notes(request: HttpRequest, identity: str) -> HttpResponse:
    row = meeting_to_run(request, identity)
    initial = NotesForm.initial_of(domain.notes_of(row))
    return edited(
        request,
        form=NotesForm(request.POST or None, initial=initial),
        save=lambda form: domain.write_notes(
            meeting=row,
            notes=form.values["notes"],
            started_from=form.started_from,
            by=request.user,
        ),
        template="reports/meetings/notes.html",
        context={"crumbs": meeting_crumbs(row), "back": row.get_absolute_url()},
        done="The notes are saved.",
        to=f"{row.get_absolute_url()}#notes",
    )


@require_http_methods(PAGES)
def attendees(request: HttpRequest, identity: str) -> HttpResponse:
    row = meeting_to_run(request, identity)
    chosen = [attendee.person for attendee in row.attendees.select_related("person")]
    possible = list(can_come_to_meetings(request.user))
    people = [*possible, *(person for person in chosen if person not in possible)]
    form = AttendeesForm(request.POST or None, people=people, chosen=chosen)
    if form.is_valid():
        domain.choose_attendees(meeting=row, add=form.add, remove=form.remove, by=request.user)
        messages.success(request, "The people of the meeting are saved.")
        return redirect(f"{row.get_absolute_url()}#people")
    context = {"form": form, "crumbs": meeting_crumbs(row), "back": row.get_absolute_url()}
    return render(request, "reports/meetings/attendees.html", context)


@require_http_methods(PAGES)
def step(request: HttpRequest, identity: str, action: MeetingStep) -> HttpResponse:
    row = meeting_to_run(request, identity)
    return confirmed(
        request,
        subject=row,
        page=STEPS[action],
        transition=MEETING_TRANSITIONS[action],
        crumbs=meeting_crumbs(row),
    )


def _steps_from(status: str) -> list[tuple[str, str]]:
    """The steps that start here: the name of each one's page and the words of its button."""
    return [
        (f"reports:{action}_meeting", action.label)
        for action, transition in MEETING_TRANSITIONS.items()
        if status in transition.sources
    ]
