"""The first page of an assessment: everything there is to do, and how far it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.domain.completeness import missing_from
from assessments.enums import AssessmentStatus, ItemKind
from assessments.policies import can_edit, can_review
from assessments.presenters.places import Places
from assessments.presenters.statuses import STATUS_TAGS, is_late
from assessments.presenters.task_list import remarks, submitting_task, task_groups, waiting_words
from assessments.selectors import (
    assessments_visible_to,
    comments_on,
    overview_of,
    questions_drafted_by,
    responses_of,
    unsettled_words,
)
from threats.selectors import parts_for


@require_safe
def assessment(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    found = get_object_or_404(
        assessments_visible_to(request.user), cycle__year=year, threat__code=threat_code
    )
    cycle = found.cycle
    parts = parts_for(cycle.edition, threat_code)
    places = Places(found, parts)
    responses = list(responses_of(found))
    overview = overview_of(found)
    has_summary = bool(overview.counts[ItemKind.SUMMARY])
    missing = missing_from(
        found, responses=responses, has_summary=has_summary, draft_items=overview.drafts
    )
    context = {
        "assessment": found,
        "crumbs": [("Home", "/")],
        "cycle": cycle,
        "statuses": STATUS_TAGS,
        "is_late": is_late(found.status, cycle.due_on, today=timezone.localdate()),
        "groups": task_groups(
            parts=parts,
            responses=responses,
            overview=overview,
            places=places,
            submitting=submitting_task(found, missing, places),
            drafted=questions_drafted_by(request.user, found) or None,
        ),
        "is_returned": found.status == AssessmentStatus.RETURNED,
        "last_return": overview.last_return,
        "remarks": remarks(comments_on(found), places),
        "waiting": waiting_words(unsettled_words(found, request.user), places),
        "editing": can_edit(request.user, found),
        "may_review": can_review(request.user, found).allowed,
    }
    return render(request, "assessments/assessment.html", context)
