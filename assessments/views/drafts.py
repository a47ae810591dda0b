"""What a lead decides on drafts: accept them, or go back to what was accepted before."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from assessments.domain.acceptance import accept_drafts, accept_item, go_back, restore_item
from assessments.enums import ItemKind
from assessments.exceptions import NewerDraft
from assessments.models import Assessment
from assessments.policies import can_lead
from assessments.presenters.places import Places
from assessments.selectors import assessments_visible_to
from assessments.wording import ITEM_NOUNS

ALL = "*"
NEWER = "A newer draft came in after you opened the page. Read it below, then decide."
NO_DRAFT = "There is no draft left to decide on there: somebody has saved or accepted the answer."


def decide_on_drafts(request: HttpRequest, assessment: Assessment) -> str:
    """Do what a button beside a draft asks; where on the page to go on, or "" if none was pressed.

    The page sends the version of every draft it shows under "draft:" and the
    question's code: what the lead has read.
    """
    asked, back = request.POST.get("accept", ""), request.POST.get("go_back", "")
    if not asked and not back:
        return ""
    can_lead(request.user, assessment).require()
    if back:
        _go_back(request, assessment, back)
        return back
    _accept(request, assessment, asked)
    return "main-content" if asked == ALL else asked


@require_POST
def decide_on_item(
    request: HttpRequest, year: str, threat_code: str, kind: str, identity: str
) -> HttpResponse:
    if kind not in ItemKind.values:
        raise Http404
    assessment = get_object_or_404(
        assessments_visible_to(request.user), cycle__year=year, threat__code=threat_code
    )
    can_lead(request.user, assessment).require()
    goes_back = request.POST.get("decision") == "go_back"
    decide = restore_item if goes_back else accept_item
    kind, version = ItemKind(kind), _number(request.POST.get("version", ""))
    try:
        decide(
            assessment=assessment, kind=kind, identity=identity, version=version, by=request.user
        )
    except NewerDraft:
        messages.warning(request, NEWER)
    else:
        done = "reads as you accepted it before" if goes_back else "is accepted"
        messages.success(request, f"The {ITEM_NOUNS[kind][0]} {done}.")
    return redirect(Places(assessment, ()).items(kind))


def _accept(request: HttpRequest, assessment: Assessment, asked: str) -> None:
    read = {
        name.removeprefix("draft:"): _number(value)
        for name, value in request.POST.items()
        if name.startswith("draft:") and (asked == ALL or name == f"draft:{asked}")
    }
    outcome = accept_drafts(assessment=assessment, versions=read, by=request.user)
    number = len(outcome.accepted)
    if number:
        done = "The draft is accepted." if number == 1 else f"{number} drafts are accepted."
        messages.success(request, done)
    if outcome.newer:
        messages.warning(request, NEWER)
    if not number and not outcome.newer:
        messages.info(request, NO_DRAFT)


def _go_back(request: HttpRequest, assessment: Assessment, code: str) -> None:
    response = assessment.responses.filter(question__code=code).first()
    version = _number(request.POST.get(f"draft:{code}", ""))
    if response is None or not response.is_draft:
        messages.info(request, NO_DRAFT)
        return
    try:
        go_back(response=response, version=version, by=request.user)
    except NewerDraft:
        messages.warning(request, NEWER)
    else:
        messages.success(
            request,
            "The answer reads as you accepted it before. The draft stays in its history.",
        )


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
