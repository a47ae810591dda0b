"""The pages of questions: one a part of the assessment, saved answer by answer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.domain.answers import save_answers
from assessments.domain.given import GivenAnswer, SavedPage
from assessments.domain.turns import in_turn
from assessments.enums import ItemKind
from assessments.evidence_selectors import cited_in
from assessments.forms.answers import (
    ANSWER_LIMIT,
    Choice,
    Sender,
    TypedAnswer,
    sender,
    typed_answers,
)
from assessments.forms.talk import what_was_asked, words_not_sent
from assessments.models import Assessment, Response
from assessments.policies import can_edit, can_write, can_write_place
from assessments.presenters.answers import (
    Desk,
    answer_boxes,
    answer_rows,
    page_errors,
    unsaved_rows,
    waiting_rows,
)
from assessments.presenters.carried import carried_beside
from assessments.presenters.evidence import evidence_beside
from assessments.presenters.places import Places, crumbs_to
from assessments.presenters.threads import Talk, Talks
from assessments.selectors import (
    answers_in,
    assessments_visible_to,
    is_lead,
    unsettled_words,
)
from assessments.talk_selectors import threads_by_place
from assessments.views.carried import back_to_carried, confirmed_in
from assessments.views.drafts import decide_on_drafts
from spr_portal.middleware import bears_repeating
from threats.selectors import AskedPart, RatingChoice, parts_for, rating_choices

Typed = dict[str, TypedAnswer]


@bears_repeating  # each answer names its version, and the same words make no new one
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, year: str, threat_code: str, part_code: str) -> HttpResponse:
    if request.method == "POST":
        return _save(request, year, threat_code, part_code)
    assessment = get_object_or_404(
        assessments_visible_to(request.user, threat_code=threat_code), cycle__year=year
    )
    asked = asked_part(assessment, part_code)
    if not can_edit(request.user, assessment):
        return _reading_page(request, assessment, asked)
    return _writing_page(request, assessment, asked)


def asked_part(assessment: Assessment, part_code: str) -> AskedPart:
    parts = parts_for(assessment.cycle.edition, assessment.threat.code)
    asked = next((part for part in parts if part.code == part_code), None)
    if asked is None:
        raise Http404
    return asked


def choices_of(assessment: Assessment) -> tuple[RatingChoice, ...]:
    return rating_choices(assessment.cycle.edition, assessment.cycle.rating_scale)


def _save(request: HttpRequest, year: str, threat_code: str, part_code: str) -> HttpResponse:
    visible = assessments_visible_to(request.user, threat_code=threat_code)
    try:
        with in_turn(visible, cycle__year=year) as assessment:
            can_write(request.user, assessment).require()
            asked = asked_part(assessment, part_code)
            codes = [choice.code for choice in choices_of(assessment)]
            typed = typed_answers(request.POST, asked.questions, codes)
            typed = confirmed_in(request, assessment, typed, codes)
            page = save_answers(
                assessment=assessment, given=_given(typed, sender(request.POST)), by=request.user
            )
    except Assessment.DoesNotExist:
        raise Http404 from None
    if page.refusal:
        return _locked_page(request, assessment, asked, typed, page)
    decided_at = decide_on_drafts(request, assessment)
    unsaved = _still_open(typed, page)
    if unsaved or _words_not_sent(request):
        return _writing_page(request, assessment, asked, unsaved, page)
    if decided_at:
        return redirect(f"{request.path}#{decided_at}")
    return redirect(_next_address(request, assessment, asked, typed))


def _given(typed: Typed, sent_by: Sender) -> list[GivenAnswer]:
    """What was sent and is well-formed. Two texts that are to be joined wait for that."""
    return [
        GivenAnswer(
            code=code,
            text=answer.text,
            rating=answer.rating,
            started_from=answer.started_from,
            is_settled=answer.is_settled,
            keeps_saved=answer.choice == Choice.THEIRS,
            page=sent_by.page,
            number=sent_by.number,
        )
        for code, answer in typed.items()
        if not answer.error and answer.choice != Choice.BOTH
    ]


def _still_open(typed: Typed, page: SavedPage) -> Typed:
    """Answers that the person has to look at once more."""
    return {
        code: given
        for code, given in typed.items()
        if given.error or code in page.stale or given.choice == Choice.BOTH
    }


def _writing_page(
    request: HttpRequest,
    assessment: Assessment,
    asked: AskedPart,
    typed: Typed | None = None,
    page: SavedPage | None = None,
) -> HttpResponse:
    """The form; after a save that was not whole, with what was typed and what is wrong."""
    person, typed, page = request.user, typed or {}, page or SavedPage()
    codes = [question.code for question in asked.questions]
    responses = list(answers_in(assessment, asked.code))
    joining = {code for code, given in typed.items() if given.choice == Choice.BOTH}
    stale = {row.question.code: row for row in responses if row.question.code in joining}
    desk = Desk(
        reader=person,
        choices=choices_of(assessment),
        talks=_talks(request, assessment, codes),
        leads=is_lead(person, assessment),
        waiting=tuple(unsettled_words(assessment, person).filter(place__in=codes)),
        carried=carried_beside(
            responses,
            threat_label=assessment.threat.label,
            rating_codes={choice.code for choice in choices_of(assessment)},
        ),
        start_from=request.GET.get("start_from", ""),
        evidence=evidence_beside(
            assessment,
            cited_in(assessment),
            [asked],
            today=timezone.localdate(),
            may_cite=bool(can_write_place(person, assessment, ItemKind.EVIDENCE)),
        ),
        typed=typed,
        stale=stale | page.stale,
        refused={code: can_write_place(person, assessment, code).reason for code in codes},
    )
    boxes = answer_boxes(asked.questions, responses, desk)
    context = {
        "assessment": assessment,
        "crumbs": crumbs_to(assessment),
        "part": asked,
        "boxes": boxes,
        "drafts": sum(box.draft is not None and box.draft.leads for box in boxes),
        "may_write": not all(desk.refused.values()),
        "errors": page_errors(boxes),
        "page": page,
        "not_sent": _words_not_sent(request),
        "limit": ANSWER_LIMIT,
        "limit_in_words": f"{ANSWER_LIMIT:,}",
    }
    status = 409 if desk.stale else 200
    return render(request, "assessments/part.html", context, status=status)


def _reading_page(request: HttpRequest, assessment: Assessment, asked: AskedPart) -> HttpResponse:
    """The saved answers, and the reader's own words that were set aside before they were locked."""
    responses = list(answers_in(assessment, asked.code))
    codes = [question.code for question in asked.questions]
    waiting = unsettled_words(assessment, request.user).filter(place__in=codes)
    context = {
        "assessment": assessment,
        "crumbs": crumbs_to(assessment),
        "part": asked,
        "rows": answer_rows(responses),
        "reason": can_edit(request.user, assessment).reason,
        "unsaved": waiting_rows(waiting, asked.questions, choices_of(assessment)),
        "talks": _talks_on(request, assessment, responses),
    }
    return render(request, "assessments/part_read.html", context)


def _locked_page(
    request: HttpRequest,
    assessment: Assessment,
    asked: AskedPart,
    typed: Typed,
    page: SavedPage,
) -> HttpResponse:
    """The answers were locked while the person wrote: their words, to be copied."""
    responses = list(answers_in(assessment, asked.code))
    context = {
        "assessment": assessment,
        "crumbs": crumbs_to(assessment),
        "part": asked,
        "rows": answer_rows(responses),
        "reason": page.refusal,
        "unsaved": unsaved_rows(responses, typed, choices_of(assessment)),
        "is_refused": True,
        "talks": _talks_on(request, assessment, responses),
    }
    return render(request, "assessments/part_read.html", context, status=409)


def _talks(request: HttpRequest, assessment: Assessment, codes: list[str]) -> Talks:
    """What is said about these answers, and what the person typed in its boxes and did not send."""
    threads = threads_by_place(assessment, codes)
    return Talks(request.user, assessment, threads, typed=_words_not_sent(request))


def _talks_on(
    request: HttpRequest, assessment: Assessment, responses: list[Response]
) -> list[Talk]:
    questions = [(response.question, response.version) for response in responses]
    talks = _talks(request, assessment, [question.code for question, _ in questions])
    return [talks.at(question.code, question.prompt, version) for question, version in questions]


def _words_not_sent(request: HttpRequest) -> dict[str, str]:
    return words_not_sent(request.POST, what_was_asked(request.POST))


def _next_address(
    request: HttpRequest, assessment: Assessment, asked: AskedPart, typed: Typed
) -> str:
    """Where the person goes on, with word that all is saved.

    The task list if it was asked for; the same page after a choice between two
    versions; otherwise the next part, and after the last the lists.
    """
    parts = list(parts_for(assessment.cycle.edition, assessment.threat.code))
    places = Places(assessment, parts)
    later = parts[parts.index(asked) + 1 :]
    chosen = next((code for code, given in typed.items() if given.choice), "")
    if request.POST.get("then") == "task_list":
        address = assessment.get_absolute_url()
    elif beside := back_to_carried(request, typed):
        return f"{places.part(asked.code)}{beside}"
    elif chosen:
        return f"{places.part(asked.code)}?saved=answers#{chosen}"
    else:
        address = places.part(later[0].code) if later else places.items(ItemKind.FIGURE)
    return f"{address}?saved=answers"
