"""Reading an assessment beside last year's, returning, approving, reopening."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.domain.assessments import (
    approve_assessment,
    reopen_assessment,
    return_assessment,
)
from assessments.domain.content import content_from, content_of, hash_of, items_as_data
from assessments.domain.workflow import TRANSITIONS
from assessments.enums import Action, ItemKind
from assessments.exceptions import ContentChanged
from assessments.forms.review import ApproveForm, ReasonForm, ReturnForm
from assessments.models import Assessment
from assessments.policies import (
    all_proposals_settled,
    can_approve,
    can_propose,
    can_reopen,
    can_return,
    can_review,
)
from assessments.presenters.carried import carried_beside
from assessments.presenters.evidence import EvidenceBeside, evidence_beside
from assessments.presenters.places import Places
from assessments.presenters.review import labels_of_codes, list_lines, part_lines
from assessments.presenters.statuses import STATUS_TAGS
from assessments.presenters.threads import Talks
from assessments.selectors import assessment_before, assessment_for, responses_of
from assessments.talk_selectors import threads_by_place
from spr_portal.identity.policies import ALLOW
from spr_portal.workflow import InvalidTransition
from threats.selectors import parts_for

STEPS = {
    Action.APPROVE: (can_approve, "Approve", ""),
    Action.RETURN: (can_return, "Return to the leads", "secondary"),
    Action.REOPEN: (can_reopen, "Reopen", "secondary"),
}


@require_safe
def review(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    """The whole assessment on one page, as it now is."""
    assessment = _get(request, year, threat_code)
    before = assessment_before(assessment)
    responses = list(responses_of(assessment).select_related("carried"))
    last_year = carried_beside(
        responses, threat_label=assessment.threat.label, rating_codes=frozenset()
    )
    talks = Talks(request.user, assessment, threads_by_place(assessment))
    lists = items_as_data(assessment)
    context = {
        "assessment": assessment,
        "status": STATUS_TAGS[assessment.status],
        "before": before,
        "has_last_year": bool(last_year),
        "parts": part_lines(responses, last_year, talks, _evidence(assessment, lists)),
        "lists": list_lines(lists, talks, codes=labels_of_codes(responses)),
        "whole": talks.at("", "the whole assessment"),
        "unresolved": _unresolved(assessment, talks),
        "proposing": can_propose(request.user, assessment),
        "steps": _steps(
            request.user, assessment, talks, shown=hash_of(content_from(responses, lists))
        ),
    }
    return render(request, "assessments/review.html", context)


def _evidence(assessment: Assessment, lists: dict) -> dict[str, EvidenceBeside]:
    parts = parts_for(assessment.cycle.edition, assessment.threat.code)
    cited = lists[ItemKind.EVIDENCE]
    return evidence_beside(assessment, cited, parts, today=timezone.localdate())


@require_http_methods(["GET", "HEAD", "POST"])
def return_page(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    """Give it back with the reason and the answers that are to change."""
    assessment = _get(request, year, threat_code)
    can_return(request.user, assessment).require()
    _require_source(assessment, Action.RETURN)
    talks = Talks(request.user, assessment, threads_by_place(assessment))
    form = ReturnForm(
        request.POST or None, places=_named_places(assessment), unresolved=talks.open_places
    )
    if form.is_valid():
        return_assessment(
            assessment=assessment,
            reason=form.cleaned_data["reason"],
            places=form.cleaned_data["places"],
            by=request.user,
        )
        messages.success(request, "The assessment is returned. Its leads are being told.")
        return redirect(assessment.cycle)
    return render(request, "assessments/return.html", {"form": form, "assessment": assessment})


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_page(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    assessment = _get(request, year, threat_code)
    can_reopen(request.user, assessment).require()
    _require_source(assessment, Action.REOPEN)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reopen_assessment(
            assessment=assessment, reason=form.cleaned_data["reason"], by=request.user
        )
        messages.success(
            request, "The approval is void and the assessment is with its leads again."
        )
        return redirect(assessment.cycle)
    return render(request, "assessments/reopen.html", {"form": form, "assessment": assessment})


@require_http_methods(["GET", "HEAD", "POST"])
def approve_page(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    """Approve exactly what the page of the review showed: its link carries the content's hash."""
    assessment = _get(request, year, threat_code)
    can_approve(request.user, assessment).require()
    _require_source(assessment, Action.APPROVE)
    shown = request.GET.get("content", "")
    if request.method != "POST":
        if not shown:
            return redirect(_review_address(assessment))
        _require_as_shown(assessment, shown)
    form = ApproveForm(request.POST or None, initial={"content_hash": shown})
    if form.is_valid():
        approve_assessment(
            assessment=assessment,
            content_hash=form.cleaned_data["content_hash"],
            by=request.user,
        )
        messages.success(request, "The assessment is approved. Its leads are being told.")
        return redirect(assessment.cycle)
    talks = Talks(request.user, assessment, threads_by_place(assessment))
    context = {
        "form": form,
        "assessment": assessment,
        "settled": all_proposals_settled(talks.open_proposals),
        "unresolved": sum(talks.open_places.values()),
    }
    return render(request, "assessments/approve.html", context)


def _named_places(assessment: Assessment) -> list[tuple[str, str]]:
    """Every answer and list with what it is called, in the order of the page."""
    parts = parts_for(assessment.cycle.edition, assessment.threat.code)
    places = Places(assessment, parts)
    codes = [question.code for part in parts for question in part.questions]
    return [(place, places.name(place)) for place in (*codes, *ItemKind.values)]


def _unresolved(assessment: Assessment, talks: Talks) -> list[tuple[str, str, int]]:
    """Where threads are unresolved, in the order of the page: anchor, name and how many."""
    named = [("", "The assessment as a whole"), *_named_places(assessment)]
    return [
        (f"#talk-{place or 'whole'}", name, talks.open_places[place])
        for place, name in named
        if place in talks.open_places
    ]


def _get(request: HttpRequest, year: str, threat_code: str) -> Assessment:
    try:
        return assessment_for(request.user, year=year, threat_code=threat_code)
    except Assessment.DoesNotExist:
        raise Http404 from None


def _require_source(assessment: Assessment, action: Action) -> None:
    """Tell somebody who comes too late before they write a reason, not after."""
    if assessment.status not in TRANSITIONS[action].sources:
        raise InvalidTransition(
            f"The assessment is {assessment.get_status_display().lower()}, so it cannot be "
            f"{TRANSITIONS[action].done}. Nothing was changed."
        )


def _require_as_shown(assessment: Assessment, shown: str) -> None:
    """Send somebody who reads an older page back to it before they approve, not after."""
    if shown != hash_of(content_of(assessment)):
        raise ContentChanged(
            "The assessment has changed since you opened its page. Nothing was approved: read "
            "it again before you approve it."
        )


def _steps(user, assessment: Assessment, talks: Talks, *, shown: str) -> list[dict]:
    """The steps that start from the present status, each allowed or with the reason why not.

    `shown` is the hash of the content on the page, to which an approval will be bound.
    """
    if not can_review(user, assessment):
        return []
    year, threat_code = assessment.cycle.year, assessment.threat.code
    also = {Action.APPROVE: all_proposals_settled(talks.open_proposals)}
    queries = {Action.APPROVE: f"?content={shown}"}
    return [
        {
            "label": label,
            "kind": kind,
            "href": reverse(f"assessments:{action}", args=[year, threat_code])
            + queries.get(action, ""),
            "decision": policy(user, assessment) and also.get(action, ALLOW),
        }
        for action, (policy, label, kind) in STEPS.items()
        if assessment.status in TRANSITIONS[action].sources
    ]


def _review_address(assessment: Assessment) -> str:
    return reverse("assessments:review", args=[assessment.cycle.year, assessment.threat.code])
