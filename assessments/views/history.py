"""What changed between submissions, and how a single answer came to be what it is."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessments.domain.changes import Change, changes_between
from assessments.domain.content import content_of
from assessments.enums import EDITABLE
from assessments.enums import AssessmentStatus as Status
from assessments.forms.history import NOW, CompareForm
from assessments.history_selectors import (
    contents_submitted,
    submissions_of,
    versions_of,
    words_accepted,
    words_of,
)
from assessments.models import Assessment, Response
from assessments.policies import can_review
from assessments.presenters.differences import shown_changes
from assessments.presenters.history import (
    compared,
    difference,
    events_of,
    marks_of,
    shown_steps,
    steps_of,
    submission_choices,
    versions_to_read,
    words_aside,
)
from assessments.presenters.places import Places
from assessments.selectors import assessments_visible_to, responses_of, words_set_aside
from assessments.talk_selectors import proposals_on
from threats.selectors import parts_for, rating_choices

STEPS_A_PAGE = 20


@require_safe
def changes(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    """What differs between any two submissions, or since one of them; and the history.

    Without a choice: the latest against the one before, and while the
    assessment is open, what is written now against the latest.
    """
    assessment = _get(request, year, threat_code)
    submissions = list(submissions_of(assessment))
    is_open = assessment.status in EDITABLE
    choices = submission_choices(submissions, is_open=is_open)
    since, until = compared(choices, request.GET.get("since"), request.GET.get("until"))
    found = _changes(assessment, since, until) if since else []
    steps = list(assessment.status_changes.all())
    context = {
        "assessment": assessment,
        "back": _back(request, assessment),
        "choices": choices,
        "form": CompareForm({"since": since, "until": until}, choices=choices) if since else None,
        "between": (dict(choices).get(since), dict(choices).get(until)),
        "changes": shown_changes(found, _prompts(assessment), _labels(assessment)),
        "returned": _return_before(steps, submissions, until),
        "history": events_of(steps, proposals_on(assessment)),
    }
    return render(request, "assessments/changes.html", context)


@require_safe
def answer(request: HttpRequest, year: str, threat_code: str, question_code: str) -> HttpResponse:
    """The history of one answer, the newest first; `?version=` shows one save of it."""
    assessment = _get(request, year, threat_code)
    response = get_object_or_404(responses_of(assessment), question__code=question_code)
    parts = parts_for(assessment.cycle.edition, threat_code)
    context = {
        "assessment": assessment,
        "response": response,
        "name": Places(assessment, parts).name(question_code),
        "address": Places(assessment, parts).href(question_code),
    }
    versions = versions_of(response)
    if "version" in request.GET:
        context |= _one_version(response, versions, request.GET["version"])
        return render(request, "assessments/answer_version.html", context)
    marks = marks_of(
        response,
        versions,
        accepted=words_accepted(assessment, question_code),
        proposals=proposals_on(assessment, question_code),
    )
    steps = steps_of(versions, parted=marks)[::-1]
    page = Paginator(steps, STEPS_A_PAGE).get_page(request.GET.get("page"))
    words = words_of(response, versions_to_read(page))
    aside = words_set_aside(assessment, request.user, question_code, settled=True)
    context |= {
        "page": page,
        "steps": shown_steps(page, words, marks),
        "aside": words_aside(aside, _labels(assessment)),
    }
    return render(request, "assessments/answer_history.html", context)


def _one_version(response: Response, versions, typed: str) -> dict:
    """One save beside what it changed of the one before."""
    numbers = {str(saved.version): saved for saved in versions}
    if typed not in numbers:
        raise Http404
    saved = numbers[typed]
    words = words_of(response, [saved.version - 1, saved.version])
    return {
        "saved": saved,
        "words": words[saved.version],
        "pieces": difference(words.get(saved.version - 1), words[saved.version]),
        "earlier": saved.version - 1 if str(saved.version - 1) in numbers else None,
        "later": saved.version + 1 if str(saved.version + 1) in numbers else None,
    }


def _return_before(steps, submissions, until: str):
    """The return that the newer of the two compared answers; the last where that is written now."""
    at = next((one.at for one in submissions if str(one.number) == until), None)
    returns = [one for one in steps if one.to_status == Status.RETURNED and (not at or one.at < at)]
    return returns[-1] if returns else None


def _changes(assessment: Assessment, since: str, until: str) -> list[Change]:
    contents = contents_submitted(assessment, {since, until} - {NOW})
    after = content_of(assessment) if until == NOW else contents[until]
    return changes_between(contents[since], after)


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


def _back(request: HttpRequest, assessment: Assessment) -> str:
    """Where the person works: a reviewer on the review, the others on the task list."""
    if can_review(request.user, assessment):
        at = [assessment.cycle.year, assessment.threat.code]
        return reverse("assessments:review", args=at)
    return assessment.get_absolute_url()


def _get(request: HttpRequest, year: str, threat_code: str) -> Assessment:
    return get_object_or_404(
        assessments_visible_to(request.user), cycle__year=year, threat__code=threat_code
    )
