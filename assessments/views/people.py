"""Who works on an assessment: its leads, who acts for them, and whom they ask to draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.domain.contributors import (
    change_contributor,
    end_contributor,
    name_contributor,
)
from assessments.forms.contributors import EVERYTHING, SOME, NameContributorForm, ScopeForm
from assessments.models import Assessment, Contributor
from assessments.policies import can_name
from assessments.presenters.people import can_be_named, contributor_lines, lead_lines
from assessments.presenters.places import crumbs_to
from assessments.selectors import (
    appointed_contributors,
    assessments_visible_to,
    contributors_of,
    drafts_by_person,
    leading_on,
)
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.policies import can_arrange_acting
from spr_portal.identity.selectors import who_can_lead
from threats.selectors import parts_for


@require_safe
def people(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    assessment = _found(request, year, threat_code)
    leads = lead_lines(leading_on(assessment), today=timezone.localdate())
    contributors = contributor_lines(
        contributors_of(assessment),
        appointed_contributors(assessment),
        parts_for(assessment.cycle.edition, threat_code),
        drafts_by_person(assessment),
    )
    context = {
        "assessment": assessment,
        "crumbs": crumbs_to(assessment),
        "leads": [(line, _may_arrange(request, line)) for line in leads],
        "contributors": contributors,
        "naming": can_name(request.user, assessment),
    }
    return render(request, "assessments/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    assessment = _nameable(request, year, threat_code)
    named = {contributor.person_id for contributor in contributors_of(assessment)}
    # Who was named a moment ago by another lead is refused with a sentence of its own.
    people = can_be_named(
        who_can_lead(request.user), leading_on(assessment), () if request.POST else named
    )
    form = NameContributorForm(request.POST or None, people=people, parts=_parts(assessment))
    if form.is_valid():
        try:
            contributor = name_contributor(
                assessment=assessment,
                person=form.cleaned_data["person"],
                question_codes=form.codes,
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(
                request, f"{contributor.person.name} can draft now, and is told by email."
            )
            return redirect("assessments:people", year, threat_code)
    return _form_page(request, assessment, form, "assessments/name_contributor.html")


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, year: str, threat_code: str, pk: int) -> HttpResponse:
    assessment = _nameable(request, year, threat_code)
    contributor = get_object_or_404(contributors_of(assessment), pk=pk)
    codes = contributor.question_codes
    form = ScopeForm(
        request.POST or None,
        parts=_parts(assessment),
        chosen=codes,
        initial={"scope": SOME if codes else EVERYTHING},
    )
    if form.is_valid():
        change_contributor(contributor=contributor, question_codes=form.codes, by=request.user)
        messages.success(request, f"What {contributor.person.name} drafts has been changed.")
        return redirect("assessments:people", year, threat_code)
    return _form_page(request, assessment, form, "assessments/change_contributor.html", contributor)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, year: str, threat_code: str, pk: int) -> HttpResponse:
    assessment = _nameable(request, year, threat_code)
    if request.method == "POST":  # ended already: the second click of two gets the same answer
        contributor = get_object_or_404(assessment.contributors.select_related("person"), pk=pk)
        end_contributor(contributor=contributor, by=request.user)
        messages.success(
            request,
            f"{contributor.person.name} can draft no more. What they drafted stays.",
        )
        return redirect("assessments:people", year, threat_code)
    contributor = get_object_or_404(contributors_of(assessment), pk=pk)
    context = {
        "assessment": assessment,
        "crumbs": _crumbs(assessment),
        "contributor": contributor,
        "drafts": drafts_by_person(assessment).get(contributor.person_id, 0),
    }
    return render(request, "assessments/end_contributor.html", context)


def _found(request: HttpRequest, year: str, threat_code: str) -> Assessment:
    return get_object_or_404(
        assessments_visible_to(request.user), cycle__year=year, threat__code=threat_code
    )


def _nameable(request: HttpRequest, year: str, threat_code: str) -> Assessment:
    assessment = _found(request, year, threat_code)
    can_name(request.user, assessment).require()
    return assessment


def _parts(assessment: Assessment):
    return parts_for(assessment.cycle.edition, assessment.threat.code)


def _crumbs(assessment: Assessment) -> list[tuple[str, str]]:
    at = (assessment.cycle.year, assessment.threat.code)
    return [*crumbs_to(assessment), ("Who works on it", reverse("assessments:people", args=at))]


def _may_arrange(request: HttpRequest, line) -> bool:
    return not line.acting_for and can_arrange_acting(request.user, line.person).allowed


def _form_page(
    request: HttpRequest,
    assessment: Assessment,
    form,
    template: str,
    contributor: Contributor | None = None,
) -> HttpResponse:
    context = {
        "assessment": assessment,
        "crumbs": _crumbs(assessment),
        "form": form,
        "contributor": contributor,
    }
    return render(request, template, context)
