"""One assessment to be printed or taken away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessments.domain.content import items_as_data
from assessments.presenters.assessment_file import assessment_export, facts_of
from assessments.presenters.check_answers import sections
from assessments.presenters.items import labels_of
from assessments.presenters.places import crumbs_to
from assessments.selectors import assessments_visible_to, responses_of
from spr_portal.export_views import export_response, format_asked_for
from threats.selectors import parts_for


@require_safe
def export(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    """A page that prints well; with `?format=` all of it as a file."""
    assessment = get_object_or_404(
        assessments_visible_to(request.user), cycle__year=year, threat__code=threat_code
    )
    parts = parts_for(assessment.cycle.edition, threat_code)
    content = {
        "assessment": assessment,
        "parts": parts,
        "responses": list(responses_of(assessment)),
        "lists": items_as_data(assessment),
        "labels": labels_of(parts),
    }
    if file_format := format_asked_for(request):
        return export_response(request, assessment_export(**content), file_format)
    context = {
        "assessment": assessment,
        "crumbs": crumbs_to(assessment),
        "facts": facts_of(assessment),
        "sections": sections(**content, is_editable=False),
    }
    return render(request, "assessments/export.html", context)
