"""Checking everything on one page, and handing it over under a declaration."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.domain.assessments import submit_assessment
from assessments.domain.completeness import missing_from
from assessments.domain.content import content_from, hash_of, items_as_data
from assessments.enums import AssessmentStatus, ItemKind
from assessments.exceptions import ContentChanged, IncompleteAssessment
from assessments.forms.submitting import DeclarationForm
from assessments.models import Assessment
from assessments.policies import can_edit, can_submit
from assessments.presenters.check_answers import missing_links, sections
from assessments.presenters.evidence import expired_in
from assessments.presenters.items import labels_of
from assessments.presenters.places import Places, crumbs_to
from assessments.presenters.statuses import STATUS_TAGS
from assessments.selectors import assessments_visible_to, responses_of
from spr_portal.identity.selectors import rights_of
from threats.selectors import parts_for


@require_safe
def check_answers(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    assessment = get_object_or_404(
        assessments_visible_to(request.user), cycle__year=year, threat__code=threat_code
    )
    return _check_page(request, assessment)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    """Submit on POST; the same address then says what happens next."""
    assessment = get_object_or_404(
        assessments_visible_to(request.user), cycle__year=year, threat__code=threat_code
    )
    if request.method != "POST":
        if assessment.status != AssessmentStatus.SUBMITTED:
            return redirect("assessments:check", year, threat_code)
        return render(request, "assessments/submitted.html", {"assessment": assessment})
    form = DeclarationForm(request.POST)
    can_submit(request.user, assessment).require()
    if not form.is_valid() and can_edit(request.user, assessment):
        return _check_page(request, assessment, form)
    try:
        shown = form.cleaned_data.get("content_hash", "")
        submit_assessment(assessment=assessment, by=request.user, content_hash=shown)
    except (IncompleteAssessment, ContentChanged) as refusal:
        return _check_page(request, assessment, refused=str(refusal))
    return redirect("assessments:submit", year, threat_code)


def _check_page(
    request: HttpRequest,
    assessment: Assessment,
    form: DeclarationForm | None = None,
    *,
    refused: str = "",
) -> HttpResponse:
    """All answers with the declaration, which is bound to them: without `form`, a new one."""
    parts = parts_for(assessment.cycle.edition, assessment.threat.code)
    responses = list(responses_of(assessment))
    lists = items_as_data(assessment)
    has_summary = bool(lists[ItemKind.SUMMARY])
    answers = {response.question.code: response for response in responses}
    missing = missing_from(assessment, answers=answers, has_summary=has_summary)
    editing = can_edit(request.user, assessment)
    shown = hash_of(content_from(responses, lists))
    context = {
        "assessment": assessment,
        "crumbs": crumbs_to(assessment),
        "cycle": assessment.cycle,
        "statuses": STATUS_TAGS,
        "sections": sections(
            assessment=assessment,
            parts=parts,
            responses=responses,
            lists=lists,
            labels=labels_of(parts),
            is_editable=editing.allowed,
        ),
        "expired": expired_in(assessment, lists[ItemKind.EVIDENCE], today=timezone.localdate()),
        "missing": missing_links(missing, Places(assessment, parts)),
        "form": form or DeclarationForm(initial={"content_hash": shown}),
        "editing": editing,
        "submitting": can_submit(request.user, assessment),
        "acting_for": rights_of(request.user).acting_for(assessment.threat.code),
        "refused": refused,
    }
    status = 409 if refused else 200
    return render(request, "assessments/check.html", context, status=status)
