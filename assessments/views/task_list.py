"""The first page of an assessment: everything there is to do, and how far it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.domain.changes import changes_between
from assessments.domain.completeness import missing_from
from assessments.domain.content import content_from, items_as_data
from assessments.enums import AssessmentStatus, ItemKind
from assessments.history_selectors import last_submitted
from assessments.models import Assessment
from assessments.policies import can_edit, can_mark, can_review
from assessments.presenters.places import Places
from assessments.presenters.statuses import STATUS_TAGS, is_late
from assessments.presenters.task_list import (
    AskedPlace,
    asked_places,
    open_talks,
    submitting_task,
    task_groups,
    waiting_words,
)
from assessments.presenters.threads import Talks
from assessments.presenters.year_on_year import origin_in_words
from assessments.progress_selectors import Overview, overview_of, progress_of
from assessments.selectors import (
    assessments_visible_to,
    cycle_before,
    questions_drafted_by,
    responses_of,
)
from assessments.talk_selectors import threads_by_place
from threats.selectors import descent_of, parts_for


@require_safe
def assessment(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    found = get_object_or_404(
        assessments_visible_to(request.user, threat_code=threat_code), cycle__year=year
    )
    cycle = found.cycle
    parts = parts_for(cycle.edition, threat_code)
    places = Places(found, parts)
    answers = progress_of(found)
    overview = overview_of(found, request.user)
    talks = Talks(request.user, found, threads_by_place(found))
    has_summary = bool(overview.counts[ItemKind.SUMMARY])
    missing = missing_from(
        found,
        answers=answers,
        has_summary=has_summary,
        draft_items=overview.drafts,
        unreviewed=overview.unreviewed,
    )
    editing = can_edit(request.user, found)
    context = {
        "assessment": found,
        "crumbs": [("My work", "/")],
        "cycle": cycle,
        "statuses": STATUS_TAGS,
        "origin": _origin(found),
        "is_late": is_late(found.status, cycle.due_on, today=timezone.localdate()),
        "groups": task_groups(
            parts=parts,
            answers=answers,
            overview=overview,
            places=places,
            submitting=submitting_task(found, missing, places),
            drafted=questions_drafted_by(request.user, found) or None,
            open_places=talks.open_places,
        ),
        "is_returned": found.status == AssessmentStatus.RETURNED,
        "last_return": overview.last_return,
        "asked": _asked(found, overview, places),
        "talks": open_talks(talks.open_places, places),
        "whole": talks.at("", "the whole assessment"),
        "waiting": waiting_words(overview.waiting, places, is_locked=not editing),
        "editing": editing,
        "may_review": can_review(request.user, found).allowed,
        "may_mark": can_mark(request.user, found).allowed,
    }
    return render(request, "assessments/assessment.html", context)


def _asked(assessment: Assessment, overview: Overview, places: Places) -> list[AskedPlace]:
    """What a return asks to change, and whether it was since it was submitted."""
    if assessment.status != AssessmentStatus.RETURNED or not overview.last_return.places:
        return []
    before = last_submitted(assessment)
    now = content_from(list(responses_of(assessment)), items_as_data(assessment))
    changes = changes_between(before, now) if before else []
    return asked_places(overview.last_return.places, changes, places)


def _origin(assessment: Assessment) -> str:
    """Why nothing came over from last year, or from what; empty where that needs no saying."""
    cycle, before = assessment.cycle, cycle_before(assessment.cycle)
    if before is None or before.edition_id == cycle.edition_id:
        return ""
    descent = descent_of(cycle.edition, assessment.threat.code, before.edition)
    return origin_in_words(descent, edition=cycle.edition.issued_in_words)
