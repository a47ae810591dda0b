"""The register of recommendations: what papers have asked for, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from reports.domain import following_up as domain
from reports.domain.workflow import RECOMMENDATION_TRANSITIONS
from reports.enums import RecommendationStep
from reports.forms.following_up import FollowUpForm, RegisterForm
from reports.forms.recommendations import AssignForm
from reports.meeting_selectors import can_own_actions
from reports.models import Recommendation
from reports.presenters import following_up as presenter
from reports.presenters.words import OUTCOME_TAGS, year_in_words
from reports.recommendation_policies import can_run_recommendation, can_see_recommendations
from reports.recommendation_selectors import numbers_in, register_visible_to, years_of
from reports.views.common import SAFE, edited
from spr_portal.components import SummaryRow
from spr_portal.export_views import export_response, format_asked_for
from spr_portal.identity.exceptions import DomainError
from spr_portal.workflow import within_sentence

PAGES = ["GET", "HEAD", "POST"]
PER_PAGE = 50


@dataclass(frozen=True)
class StepPage:
    """What a person is told before a step, what is asked of them, and what is said after it."""

    heading: str
    told: str
    label: str
    button: str
    done: str
    hint: str = ""
    button_kind: str = ""
    asks_evidence: bool = False


PRINTED = "The next paper tells it, so write whole sentences that a stranger understands."
STEPS = {
    RecommendationStep.ACCEPT: StepPage(
        heading="Accept the recommendation",
        told="Its owner goes on with it.",
        label="What you say to it",
        button="Accept",
        done="The recommendation is accepted.",
    ),
    RecommendationStep.DECLINE: StepPage(
        heading="Do not accept the recommendation",
        told="The next paper tells the board that it is not accepted, and why.",
        label="Why it is not accepted",
        hint=PRINTED,
        button="Do not accept",
        button_kind="warning",
        done="It is recorded that the recommendation is not accepted.",
    ),
    RecommendationStep.PROGRESS: StepPage(
        heading="Report progress",
        told="It stays open.",
        label="How far it is",
        hint=PRINTED,
        button="Send the report",
        done="The progress is reported.",
    ),
    RecommendationStep.COMPLETE: StepPage(
        heading="Report it as completed",
        told="It leaves your work.",
        label="What was done",
        hint=PRINTED,
        button="Report as completed",
        done="The recommendation is reported as completed.",
        asks_evidence=True,
    ),
    RecommendationStep.SUPERSEDE: StepPage(
        heading="Record it as superseded",
        told="Something else has taken its place, so nobody goes on with it.",
        label="What has taken its place",
        hint=PRINTED,
        button="Record as superseded",
        done="The recommendation is recorded as superseded.",
    ),
    RecommendationStep.REOPEN: StepPage(
        heading="Open it again",
        told="It stands in its owner’s work again. The outcome told so far stays in its history.",
        label="Why it is open again",
        button="Open it again",
        done="The recommendation is open again.",
    ),
}


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    can_see_recommendations(request.user).require()
    visible = register_visible_to(request.user)
    form = RegisterForm(request.GET, years=presenter.years_in(visible))
    rows = form.narrowed(visible) if form.is_valid() else visible.none()
    file_format = format_asked_for(request)
    if file_format:
        export = presenter.export_of(rows, numbers_in(request.user.force_id, form.years))
        return export_response(request, export, file_format)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    numbers = numbers_in(request.user.force_id, {row.year for row in page})
    context = {
        "form": form,
        "page": page,
        "lines": presenter.lines(page, numbers, today=timezone.localdate()),
        "tags": OUTCOME_TAGS,
        "count": page.paginator.count,
    }
    return render(request, "reports/following/register.html", context)


@require_safe
def followed(request: HttpRequest, year: str, identity: str) -> HttpResponse:
    row = _row_or_404(request, year, identity)
    years = list(years_of(row))
    numbers = numbers_in(row.force_id, {one.year for one in years})
    context = {
        "recommendation": row,
        "number": numbers[row.pk],
        "year_in_words": year_in_words(row.year),
        "carried_in_words": year_in_words(row.carried_to),
        "crumbs": presenter.crumbs(),
        "tags": OUTCOME_TAGS,
        "rows": presenter.facts(row, years, numbers),
        "is_late": presenter.is_late(row, today=timezone.localdate()),
        "steps": presenter.steps(row, request.user),
        "running": can_run_recommendation(request.user, row),
        "history": presenter.history(row.status_changes.all()),
    }
    return render(request, "reports/following/recommendation.html", context)


@require_http_methods(PAGES)
def assign(request: HttpRequest, year: str, identity: str) -> HttpResponse:
    row = _row_or_404(request, year, identity)
    can_run_recommendation(request.user, row).require()
    people = list(can_own_actions(request.user))
    if row.owner_id and row.owner_id not in {person.pk for person in people}:
        people.append(row.owner)  # who has left since keeps it until somebody else is chosen
    return edited(
        request,
        form=AssignForm(request.POST or None, initial=AssignForm.initial_of(row), people=people),
        save=lambda form: domain.assign(
            recommendation=row, started_from=form.started_from, by=request.user, **form.values
        ),
        template="reports/following/assign.html",
        context={
            "recommendation": row,
            "crumbs": presenter.crumbs(row),
            "back": row.get_absolute_url(),
        },
        done="It is saved. A new owner is told that it is theirs, not what it says.",
        to=row.get_absolute_url(),
    )


@require_http_methods(PAGES)
def step(
    request: HttpRequest, year: str, identity: str, action: RecommendationStep
) -> HttpResponse:
    """Ask what is to be said; take the step when it was said."""
    row = _row_or_404(request, year, identity)
    transition, page = RECOMMENDATION_TRANSITIONS[action], STEPS[action]
    transition.policy(request.user, row).require()
    form = FollowUpForm(
        request.POST if request.method not in SAFE else None,
        label=page.label,
        hint=page.hint,
        is_needed=transition.needs_reason,
        asks_evidence=page.asks_evidence,
    )
    if form.is_valid():
        try:
            domain.take_step(recommendation=row, step=action, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            return _not_taken(request, row, form, refusal)
        messages.success(request, page.done)
        return redirect(row)
    context = {
        "recommendation": row,
        "crumbs": presenter.crumbs(row),
        "page": page,
        "form": form,
        "done_too_late": "" if row.status in transition.sources else transition.done,
        "status_in_words": within_sentence(row.get_status_display()),
    }
    return render(request, "reports/following/step.html", context)


def _not_taken(request, row: Recommendation, form: FollowUpForm, refusal: DomainError):
    typed = [SummaryRow(field.label, field.value()) for field in form.visible_fields()]
    context = {"reason": str(refusal), "typed": typed, "back": row.get_absolute_url()}
    return render(request, "reports/not_saved.html", context, status=refusal.status)


def _row_or_404(request: HttpRequest, year: str, identity: str) -> Recommendation:
    return get_object_or_404(register_visible_to(request.user), year=year, identity=identity)
