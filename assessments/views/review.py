"""Reading an assessment beside last year's, commenting, returning, approving, reopening."""

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
from assessments.domain.changes import changes_between
from assessments.domain.comments import add_comment
from assessments.domain.content import content_from, content_of, hash_of, items_as_data
from assessments.domain.workflow import TRANSITIONS
from assessments.enums import Action, ItemKind
from assessments.enums import AssessmentStatus as Status
from assessments.exceptions import ContentChanged
from assessments.forms.review import ApproveForm, CommentForm, ReasonForm
from assessments.models import Assessment
from assessments.policies import (
    can_approve,
    can_comment,
    can_reopen,
    can_return,
    can_review,
)
from assessments.presenters.differences import shown_changes
from assessments.presenters.evidence import EvidenceBeside, evidence_beside
from assessments.presenters.review import labels_of_codes, list_lines, part_lines
from assessments.presenters.statuses import STATUS_TAGS
from assessments.selectors import (
    assessment_before,
    assessment_for,
    comments_by_place,
    latest_submissions,
    responses_beside,
)
from spr_portal.workflow import InvalidTransition
from threats.selectors import parts_for, rating_choices

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
    responses, last_year = responses_beside(assessment, before)
    comments = comments_by_place(assessment)
    lists = items_as_data(assessment)
    context = {
        "assessment": assessment,
        "status": STATUS_TAGS[assessment.status],
        "before": before,
        "parts": part_lines(responses, last_year, comments, _evidence(assessment, lists)),
        "lists": list_lines(lists, comments, codes=labels_of_codes(responses)),
        "overall_comments": comments.get("", []),
        "commenting": can_comment(request.user, assessment),
        "steps": _steps(request.user, assessment, shown=hash_of(content_from(responses, lists))),
    }
    return render(request, "assessments/review.html", context)


def _evidence(assessment: Assessment, lists: dict) -> dict[str, EvidenceBeside]:
    parts = parts_for(assessment.cycle.edition, assessment.threat.code)
    cited = lists[ItemKind.EVIDENCE]
    return evidence_beside(assessment, cited, parts, today=timezone.localdate())


@require_safe
def changes(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    """What differs since the submission before (while open, since the last), and history."""
    assessment = _get(request, year, threat_code)
    newest, *earlier = latest_submissions(assessment) or [None]
    is_open = assessment.status in TRANSITIONS[Action.SUBMIT].sources
    since = newest if is_open else (earlier[0] if earlier else None)
    found = []
    if since:
        after = content_of(assessment) if is_open else newest.content
        found = changes_between(since.content, after)
    history = list(assessment.status_changes.all())
    context = {
        "assessment": assessment,
        "newest": newest,
        "since": since,
        "is_open": is_open,
        "changes": shown_changes(found, _prompts(assessment), _labels(assessment)),
        "returned": next((c for c in reversed(history) if c.to_status == Status.RETURNED), None),
        "history": [(TRANSITIONS[Action(step.action)].done, step) for step in history],
    }
    return render(request, "assessments/changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    """Write a comment; a GET shows the form alone, for the place named in the address."""
    assessment = _get(request, year, threat_code)
    can_comment(request.user, assessment).require()
    place = request.GET.get("place", "")
    form = CommentForm(request.POST or None, initial={"place": place})
    if form.is_valid():
        add_comment(
            assessment=assessment,
            place=form.cleaned_data["place"],
            text=form.cleaned_data["text"],
            by=request.user,
        )
        messages.success(request, "Your comment is saved.")
        place = form.cleaned_data["place"]
        return redirect(_review_address(assessment) + (f"#{place}" if place else ""))
    context = {
        "form": form,
        "assessment": assessment,
        # Looked up here: what stands in an address may be no text that a database takes.
        "about": _prompts(assessment).get(form["place"].value(), ""),
    }
    return render(request, "assessments/comment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def return_page(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    return _with_reason(
        request,
        _get(request, year, threat_code),
        Action.RETURN,
        return_assessment,
        heading="Return the assessment to its leads",
        done="The assessment is returned. Its leads are being told.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_page(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    return _with_reason(
        request,
        _get(request, year, threat_code),
        Action.REOPEN,
        reopen_assessment,
        heading="Reopen the approved assessment",
        done="The approval is void and the assessment is with its leads again.",
    )


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
    context = {"form": form, "assessment": assessment, "comments": assessment.comments.count()}
    return render(request, "assessments/approve.html", context)


def _prompts(assessment: Assessment) -> dict[str, str]:
    return {
        question.code: question.prompt
        for part in parts_for(assessment.cycle.edition, assessment.threat.code)
        for question in part.questions
    }


def _labels(assessment: Assessment) -> dict[str, str]:
    """What the codes of parts, of the five Cs and of ratings stand for."""
    cycle = assessment.cycle
    labels = {
        choice.code: choice.label for choice in rating_choices(cycle.edition, cycle.rating_scale)
    }
    for part in parts_for(cycle.edition, assessment.threat.code):
        labels |= {part.code: part.label, part.criterion_code: part.criterion_label}
    return labels


def _with_reason(request, assessment: Assessment, action: Action, step, *, heading, done):
    """A page that asks for the reason and then takes the step."""
    TRANSITIONS[action].policy(request.user, assessment).require()
    _require_source(assessment, action)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        step(assessment=assessment, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, done)
        return redirect(assessment.cycle)
    context = {"form": form, "assessment": assessment, "heading": heading, "action": action}
    return render(request, "assessments/give_reason.html", context)


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


def _steps(user, assessment: Assessment, *, shown: str) -> list[dict]:
    """The steps that start from the present status, each allowed or with the reason why not.

    `shown` is the hash of the content on the page, to which an approval will be bound.
    """
    if not can_review(user, assessment):
        return []
    year, threat_code = assessment.cycle.year, assessment.threat.code
    queries = {Action.APPROVE: f"?content={shown}"}
    return [
        {
            "label": label,
            "kind": kind,
            "href": reverse(f"assessments:{action}", args=[year, threat_code])
            + queries.get(action, ""),
            "decision": policy(user, assessment),
        }
        for action, (policy, label, kind) in STEPS.items()
        if assessment.status in TRANSITIONS[action].sources
    ]


def _review_address(assessment: Assessment) -> str:
    return reverse("assessments:review", args=[assessment.cycle.year, assessment.threat.code])
