"""What was issued, year by year: staff of the local policing body's office begin here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.presenters.words import year_in_words
from reports.selectors import SEE_DRAFTS, issued_papers_visible_to
from spr_portal.identity.enums import Role
from spr_portal.identity.policies import deny, has_role


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    if not has_role(request.user, Role.OPCC, *SEE_DRAFTS):
        deny("Only staff of the local policing body’s office and those who write, agree and "
             "issue papers see them here.").require()  # fmt: skip
    papers = [
        (issued, year_in_words(issued.year))
        for issued in issued_papers_visible_to(request.user).filter(superseded_by__isnull=True)
    ]
    return render(request, "reports/published.html", {"papers": papers})
