"""The pages of questions: one a part of the assessment, saved answer by answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.domain.answers import GivenAnswer, SavedPage, save_answers
from assessments.enums import ItemKind
from assessments.evidence_selectors import cited_in
from assessments.forms.answers import ANSWER_LIMIT, TypedAnswer, typed_answers
from assessments.models import Assessment, Response
from assessments.policies import can_edit, can_write, can_write_place
from assessments.presenters.answers import (
    answer_boxes,
    answer_rows,
    page_errors,
    unsaved_rows,
    waiting_rows,
)
from assessments.presenters.evidence import evidence_beside
from assessments.presenters.places import Places, crumbs_to
from assessments.selectors import (
    answers_in,
    assessments_visible_to,
    comments_on,
    unsettled_words,
)
from threats.selectors import AskedPart, parts_for, rating_choices, rating_points


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, year: str, threat_code: str, part_code: str) -> HttpResponse:
    assessment = get_object_or_404(
        assessments_visible_to(request.user), cycle__year=year, threat__code=threat_code
    )
    parts = parts_for(assessment.cycle.edition, threat_code)
    asked = next((part for part in parts if part.code == part_code), None)
    if asked is None:
        raise Http404
    if request.method == "POST":
        can_write(request.user, assessment).require()
        return _save(request, assessment, asked)
    if not can_edit(request.user, assessment):
        return _reading_page(request, assessment, asked)
    return _writing_page(request, assessment, asked)


def _save(request: HttpRequest, assessment: Assessment, asked: AskedPart) -> HttpResponse:
    cycle = assessment.cycle
    responses = list(answers_in(assessment, asked.code))
    codes = [choice.code for choice in rating_choices(cycle.edition, cycle.rating_scale)]
    typed = typed_answers(request.POST, responses, codes)
    page = save_answers(
        assessment=assessment, given=_given(assessment, responses, typed), by=request.user
    )
    if page.refusal:
        return _locked_page(request, assessment, asked, typed, page)
    unsaved = {code: given for code, given in typed.items() if given.error or code in page.stale}
    if unsaved:
        return _writing_page(request, assessment, asked, unsaved, page)
    messages.success(request, f"{asked.label}: your answers are saved.")
    return redirect(_next_address(request, assessment, asked))


def _given(
    assessment: Assessment, responses: list[Response], typed: Mapping[str, TypedAnswer]
) -> Iterator[GivenAnswer]:
    """What was sent and is well-formed. The scale is read only when a rating changes."""
    points = {response.rating.code: response.rating for response in responses if response.rating}
    if any(answer.rating and answer.rating not in points for answer in typed.values()):
        points = {point.code: point for point in rating_points(assessment.cycle.rating_scale)}
    for response in responses:
        answer = typed.get(response.question.code)
        if answer and not answer.error:
            yield GivenAnswer(
                response=response,
                text=answer.text,
                rating=points.get(answer.rating),
                started_from=answer.started_from,
                is_settled=answer.is_settled,
            )


def _writing_page(
    request: HttpRequest,
    assessment: Assessment,
    asked: AskedPart,
    typed: Mapping[str, TypedAnswer] | None = None,
    page: SavedPage | None = None,
) -> HttpResponse:
    """The form; after a save that was not whole, with what was typed and what is wrong."""
    codes = [question.code for question in asked.questions]
    boxes = answer_boxes(
        responses=answers_in(assessment, asked.code),
        choices=rating_choices(assessment.cycle.edition, assessment.cycle.rating_scale),
        comments=comments_on(assessment, codes),
        waiting=unsettled_words(assessment, request.user).filter(place__in=codes),
        evidence=evidence_beside(
            assessment,
            cited_in(assessment),
            [asked],
            today=timezone.localdate(),
            may_cite=bool(can_write_place(request.user, assessment, ItemKind.EVIDENCE)),
        ),
        typed=typed,
        stale=page.stale if page else None,
    )
    context = {
        "assessment": assessment,
        "crumbs": crumbs_to(assessment),
        "part": asked,
        "boxes": boxes,
        "errors": page_errors(boxes),
        "page": page,
        "limit": ANSWER_LIMIT,
        "limit_in_words": f"{ANSWER_LIMIT:,}",
    }
    status = 409 if page and page.stale else 200
    return render(request, "assessments/part.html", context, status=status)


def _reading_page(request: HttpRequest, assessment: Assessment, asked: AskedPart) -> HttpResponse:
    """The saved answers, and the reader's own words that were set aside before they were locked."""
    codes = [question.code for question in asked.questions]
    waiting = unsettled_words(assessment, request.user).filter(place__in=codes)
    choices = rating_choices(assessment.cycle.edition, assessment.cycle.rating_scale)
    context = {
        "assessment": assessment,
        "crumbs": crumbs_to(assessment),
        "part": asked,
        "rows": answer_rows(answers_in(assessment, asked.code)),
        "reason": can_edit(request.user, assessment).reason,
        "unsaved": waiting_rows(waiting, asked.questions, choices),
    }
    return render(request, "assessments/part_read.html", context)


def _locked_page(
    request: HttpRequest,
    assessment: Assessment,
    asked: AskedPart,
    typed: Mapping[str, TypedAnswer],
    page: SavedPage,
) -> HttpResponse:
    """The answers were locked while the person wrote: their words, to be copied."""
    responses = list(answers_in(assessment, asked.code))
    choices = rating_choices(assessment.cycle.edition, assessment.cycle.rating_scale)
    context = {
        "assessment": assessment,
        "crumbs": crumbs_to(assessment),
        "part": asked,
        "rows": answer_rows(responses),
        "reason": page.refusal,
        "unsaved": unsaved_rows(responses, typed, choices),
        "is_refused": True,
    }
    return render(request, "assessments/part_read.html", context, status=409)


def _next_address(request: HttpRequest, assessment: Assessment, asked: AskedPart) -> str:
    """The task list if it was asked for; otherwise the next part, and after the last the lists."""
    parts = list(parts_for(assessment.cycle.edition, assessment.threat.code))
    places = Places(assessment, parts)
    if request.POST.get("then") == "task_list":
        return assessment.get_absolute_url()
    later = parts[parts.index(asked) + 1 :]
    return places.part(later[0].code) if later else places.items(ItemKind.FIGURE)
