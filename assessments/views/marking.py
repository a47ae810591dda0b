"""How an assessment as a whole is marked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from assessments.domain.marking import mark_assessment
from assessments.forms.publishing import MarkingForm, marking_of
from assessments.policies import can_mark
from assessments.presenters.places import crumbs_to
from assessments.selectors import assessments_visible_to


@require_http_methods(["GET", "HEAD", "POST"])
def marking(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    assessment = get_object_or_404(
        assessments_visible_to(request.user), cycle__year=year, threat__code=threat_code
    )
    can_mark(request.user, assessment).require()
    form = MarkingForm(request.POST or None, initial=marking_of(assessment))
    if form.is_valid():
        mark_assessment(assessment=assessment, by=request.user, **form.cleaned_data)
        messages.success(request, "The marking of the assessment is saved.")
        return redirect(assessment)
    context = {
        "assessment": assessment,
        "cycle": assessment.cycle,
        "crumbs": crumbs_to(assessment),
        "form": form,
    }
    return render(request, "assessments/marking.html", context)
