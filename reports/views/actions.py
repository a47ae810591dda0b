"""Actions of the SPR board: listed, given, reported on, confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from reports.domain import board_actions as domain
from reports.domain.workflow import ACTION_TRANSITIONS
from reports.enums import ActionStatus, ActionStep
from reports.forms.meetings import ActionForm, ReportForm
from reports.meeting_selectors import actions_visible_to, can_own_actions
from reports.policies import (
    can_report_action,
    can_run_action,
    can_see_actions,
    can_see_meeting,
)
from reports.presenters.meetings import (
    ACTION_DONE,
    ACTION_TAGS,
    action_lines,
    history_lines,
    is_late,
)
from reports.views.board import (
    StepPage,
    action_crumbs,
    action_or_404,
    action_to_run,
    confirmed,
    meeting_crumbs,
    meeting_to_run,
)
from reports.views.common import edited
from spr_portal.components import SummaryRow
from spr_portal.identity.exceptions import DomainError
from spr_portal.templatetags.portal import day

PAGES = ["GET", "HEAD", "POST"]
OPEN = (ActionStatus.OPEN, ActionStatus.REPORTED)
CLOSED = (ActionStatus.DONE, ActionStatus.DROPPED)
A_PAGE = 50
STEPS = {
    ActionStep.CONFIRM: StepPage(
        heading="Confirm that the action is done",
        told=("It leaves the owner’s work and the next agenda.",),
        button="Confirm",
        done="The action is done.",
        take=lambda action, reason, by: domain.confirm_action(action=action, by=by),
    ),
    ActionStep.DROP: StepPage(
        heading="Drop the action",
        told=("It ends though it is not done. Its owner is told, and can read your reason.",),
        button="Drop the action",
        button_kind="warning",
        done="The action is dropped.",
        take=lambda action, reason, by: domain.drop_action(action=action, reason=reason, by=by),
    ),
    ActionStep.REOPEN: StepPage(
        heading="Open the action again",
        told=("It stands in its owner’s work again. They are told, and can read your reason.",),
        button="Open it again",
        done="The action is open again.",
        take=lambda action, reason, by: domain.reopen_action(action=action, reason=reason, by=by),
    ),
}


@require_safe
def action_list(request: HttpRequest) -> HttpResponse:
    can_see_actions(request.user).require()
    visible, today = actions_visible_to(request.user), timezone.localdate()
    shows_closed = request.GET.get("show") == "closed"
    wanted = visible.filter(status__in=CLOSED if shows_closed else OPEN)
    if shows_closed:
        wanted = wanted.order_by("-closed_at", "-pk")
    page = Paginator(wanted, A_PAGE).get_page(request.GET.get("page"))
    own = () if shows_closed else visible.filter(owner=request.user, status__in=OPEN)
    context = {
        "own": action_lines(own, today=today),
        "page": page,
        "actions": action_lines(page.object_list, today=today),
        "shows_closed": shows_closed,
        "tags": ACTION_TAGS,
        "crumbs": [("My work", reverse("reports:home"))],
    }
    return render(request, "reports/meetings/actions.html", context)


@require_http_methods(PAGES)
def add(request: HttpRequest, identity: str) -> HttpResponse:
    meeting = meeting_to_run(request, identity)
    to = f"{meeting.get_absolute_url()}#actions"
    return edited(
        request,
        form=ActionForm(request.POST or None, people=can_own_actions(request.user)),
        save=lambda form: domain.give_action(meeting=meeting, values=form.values, by=request.user),
        template="reports/meetings/action_form.html",
        context={"crumbs": meeting_crumbs(meeting), "back": to, "is_new": True},
        done="The action is given, and its owner is told.",
        to=to,
    )


@require_safe
def action(request: HttpRequest, identity: str) -> HttpResponse:
    row = action_or_404(request, identity)
    running = can_run_action(request.user, row)
    context = {
        "action": row,
        "crumbs": action_crumbs(row)[:-1],
        "tags": ACTION_TAGS,
        "rows": [
            SummaryRow("Owner", _named(row.owner_name, row.owner_post)),
            SummaryRow("Due", day(row.due_on)),
        ],
        "is_late": is_late(row, today=timezone.localdate()),
        "sees_meeting": can_see_meeting(request.user, row.meeting),
        "reporting": can_report_action(request.user, row) and row.status == ActionStatus.OPEN,
        "running": running,
        "steps": _steps_from(row.status) if running else [],
        "history": history_lines(row.status_changes.all(), ACTION_DONE),
    }
    return render(request, "reports/meetings/action.html", context)


@require_http_methods(PAGES)
def change(request: HttpRequest, identity: str) -> HttpResponse:
    row = action_to_run(request, identity)
    people = list(can_own_actions(request.user))
    if row.owner_id not in {person.pk for person in people}:
        people.append(row.owner)  # who has left since keeps it until somebody else is chosen
    return edited(
        request,
        form=ActionForm(
            request.POST or None, initial=ActionForm.initial_of(row), people=people
        ),
        save=lambda form: domain.change_action(
            action=row, values=form.values, started_from=form.started_from, by=request.user
        ),
        template="reports/meetings/action_form.html",
        context={"crumbs": action_crumbs(row), "back": row.get_absolute_url()},
        done="The action is saved.",
        to=row.get_absolute_url(),
    )  # fmt: skip


@require_http_methods(PAGES)
def report(request: HttpRequest, identity: str) -> HttpResponse:
    row = action_or_404(request, identity)
    can_report_action(request.user, row).require()
    form = ReportForm(request.POST or None)
    if form.is_valid():
        is_done, text = form.cleaned_data["is_done"] == "yes", form.cleaned_data["text"]
        take = domain.report_done if is_done else domain.report_progress
        try:
            take(action=row, text=text, by=request.user)
        except DomainError as refusal:
            context = {"reason": str(refusal), "typed": [SummaryRow("What you wrote", text)]}
            context["back"] = row.get_absolute_url()
            return render(request, "reports/not_saved.html", context, status=refusal.status)
        messages.success(
            request,
            "You have reported it as done. ACC Security confirms it."
            if is_done
            else "Your report is saved.",
        )
        return redirect(row)
    context = {"form": form, "action": row, "crumbs": action_crumbs(row)}
    return render(request, "reports/meetings/report.html", context)


@require_http_methods(PAGES)
def step(request: HttpRequest, identity: str, action: ActionStep) -> HttpResponse:
    row = action_to_run(request, identity)
    return confirmed(
        request,
        subject=row,
        page=STEPS[action],
        transition=ACTION_TRANSITIONS[action],
        crumbs=action_crumbs(row),
    )


def _steps_from(status: str) -> list[tuple[str, str]]:
    return [
        (f"reports:{action}_action", action.label)
        for action in STEPS
        if status in ACTION_TRANSITIONS[action].sources
    ]


def _named(name: str, post: str) -> str:
    return f"{name}, {post}" if post else name
