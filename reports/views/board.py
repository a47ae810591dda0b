"""What the pages of meetings and actions share: finding them, and confirming a step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from reports.forms.meetings import StepReasonForm
from reports.meeting_selectors import actions_visible_to, meetings_visible_to
from reports.models import BoardAction, Meeting
from reports.policies import can_edit_agenda, can_run_action, can_run_meeting
from reports.views.common import SAFE
from spr_portal.components import SummaryRow
from spr_portal.forms import GovukForm
from spr_portal.identity.exceptions import DomainError
from spr_portal.workflow import Transition, within_sentence


@dataclass(frozen=True)
class StepPage:
    """What a person is told before a step and after it. `take` is given subject, reason and by."""

    heading: str
    told: tuple[str, ...]
    button: str
    done: str
    take: Callable[..., object]
    button_kind: str = ""


def meeting_or_404(request: HttpRequest, identity: str) -> Meeting:
    return get_object_or_404(meetings_visible_to(request.user), identity=identity)


def meeting_to_run(request: HttpRequest, identity: str) -> Meeting:
    """The meeting, for who may change it."""
    meeting = meeting_or_404(request, identity)
    can_run_meeting(request.user, meeting).require()
    return meeting


def agenda_to_edit(request: HttpRequest, identity: str) -> Meeting:
    """The meeting, for who may change its agenda.

    Whether it is locked by now is asked of the domain when something is sent,
    so that what was typed can be shown again.
    """
    meeting = meeting_to_run(request, identity)
    if request.method in SAFE:
        can_edit_agenda(request.user, meeting).require()
    return meeting


def action_or_404(request: HttpRequest, identity: str) -> BoardAction:
    return get_object_or_404(actions_visible_to(request.user), identity=identity)


def action_to_run(request: HttpRequest, identity: str) -> BoardAction:
    action = action_or_404(request, identity)
    can_run_action(request.user, action).require()
    return action


def meeting_crumbs(meeting: Meeting, *further: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        ("My work", reverse("reports:home")),
        ("SPR board", reverse("reports:meetings")),
        (meeting.title, meeting.get_absolute_url()),
        *further,
    ]


def action_crumbs(action: BoardAction) -> list[tuple[str, str]]:
    return [
        ("My work", reverse("reports:home")),
        ("Actions", reverse("reports:actions")),
        ("Action", action.get_absolute_url()),
    ]


def confirmed(
    request: HttpRequest,
    *,
    subject: Meeting | BoardAction,
    page: StepPage,
    transition: Transition,
    crumbs: list[tuple[str, str]],
) -> HttpResponse:
    """Say what a step does; take it when that was confirmed."""
    transition.policy(request.user, subject).require()
    form_class = StepReasonForm if transition.needs_reason else GovukForm
    form = form_class(request.POST if request.method not in SAFE else None)
    if form.is_valid():
        try:
            page.take(subject, form.cleaned_data.get("reason", ""), by=request.user)
        except DomainError as refusal:
            return _refused(request, form, refusal, back=subject.get_absolute_url())
        messages.success(request, page.done)
        return redirect(subject)
    is_open = subject.status in transition.sources
    context = {
        "subject": subject,
        "crumbs": crumbs,
        "page": page,
        "form": form,
        "done_too_late": "" if is_open else transition.done,
        "status_in_words": within_sentence(subject.get_status_display()),
    }
    return render(request, "reports/meetings/step.html", context)


def _refused(
    request: HttpRequest, form: GovukForm, refusal: DomainError, *, back: str
) -> HttpResponse:
    typed = [SummaryRow(field.label, field.value()) for field in form.visible_fields()]
    context = {"reason": str(refusal), "typed": typed, "back": back}
    return render(request, "reports/not_saved.html", context, status=refusal.status)
