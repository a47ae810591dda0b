"""The agenda of a meeting: made from what is open, and written by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reports.domain import agenda as domain
from reports.enums import Topic
from reports.forms.meetings import AgendaItemForm
from reports.models import Meeting
from reports.views.board import agenda_to_edit, meeting_crumbs
from reports.views.common import edited

PAGES = ["GET", "HEAD", "POST"]


@require_POST
def make(request: HttpRequest, identity: str) -> HttpResponse:
    meeting = agenda_to_edit(request, identity)
    made = domain.make_agenda(meeting=meeting, today=timezone.localdate(), by=request.user)
    messages.success(request, _what_was_made(made))
    return redirect(_agenda_url(meeting))


@require_http_methods(PAGES)
def add(request: HttpRequest, identity: str) -> HttpResponse:
    meeting = agenda_to_edit(request, identity)
    return edited(
        request,
        form=AgendaItemForm(request.POST or None, initial={"topic": Topic.OTHER}),
        save=lambda form: domain.add_agenda_item(
            meeting=meeting, values=form.values, by=request.user
        ),
        template="reports/meetings/agenda_item.html",
        context={
            "crumbs": meeting_crumbs(meeting), "back": _agenda_url(meeting), "is_new": True
        },
        done="The item is added at the end of its topic.",
        to=_agenda_url(meeting),
    )  # fmt: skip


@require_http_methods(PAGES)
def change(request: HttpRequest, identity: str, item: str) -> HttpResponse:
    meeting = agenda_to_edit(request, identity)
    row = meeting.items.filter(identity=item).first()
    if row is None and request.method != "POST":
        raise Http404("No such item.")
    initial = AgendaItemForm.initial_of(row) if row else None
    return edited(
        request,
        form=AgendaItemForm(request.POST or None, initial=initial),
        save=lambda form: domain.change_agenda_item(
            meeting=meeting,
            identity=item,
            values=form.values,
            started_from=form.started_from,
            by=request.user,
        ),
        template="reports/meetings/agenda_item.html",
        context={"crumbs": meeting_crumbs(meeting), "back": _agenda_url(meeting), "item": row},
        done="The item is saved.",
        to=f"{meeting.get_absolute_url()}#item-{item}",
    )


@require_http_methods(PAGES)
def remove(request: HttpRequest, identity: str, item: str) -> HttpResponse:
    meeting = agenda_to_edit(request, identity)
    if request.method == "POST":
        domain.remove_agenda_item(meeting=meeting, identity=item, by=request.user)
        messages.success(request, "The item is off the agenda.")
        return redirect(_agenda_url(meeting))
    context = {
        "crumbs": meeting_crumbs(meeting),
        "item": get_object_or_404(meeting.items, identity=item),
        "back": _agenda_url(meeting),
    }
    return render(request, "reports/meetings/remove_agenda_item.html", context)


@require_POST
def move(request: HttpRequest, identity: str, item: str) -> HttpResponse:
    meeting = agenda_to_edit(request, identity)
    is_up = request.POST.get("move") == "up"
    domain.move_agenda_item(meeting=meeting, identity=item, up=is_up, by=request.user)
    return redirect(f"{meeting.get_absolute_url()}#item-{item}")


def _agenda_url(meeting: Meeting) -> str:
    return f"{meeting.get_absolute_url()}#agenda"


def _what_was_made(made: domain.Made) -> str:
    if not made.added and not made.refreshed:
        return "Everything that is open stands on the agenda already. Nothing was changed."
    parts = []
    if made.added:
        parts.append(f"{made.added} {'item is' if made.added == 1 else 'items are'} added.")
    if made.refreshed:
        nouns = "item that nobody had changed is" if made.refreshed == 1 else (
            "items that nobody had changed are"
        )  # fmt: skip
        parts.append(f"{made.refreshed} {nouns} brought up to date.")
    return " ".join(parts)
