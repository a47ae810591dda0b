"""Saving one answer while it is being written."""

from __future__ import annotations

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from assessments.domain.answers import save_answers
from assessments.domain.given import GivenAnswer
from assessments.domain.turns import in_turn
from assessments.forms.answers import TypedAnswer, sender, typed_answers
from assessments.models import Assessment
from assessments.policies import can_write
from assessments.presenters.autosave import STATUS, locked, outcome_of
from assessments.selectors import assessments_visible_to
from assessments.views.answers import asked_part, choices_of
from spr_portal.visits import person_mark
from threats.selectors import AskedPart, AskedQuestion, RatingChoice


@require_POST
def autosave(request: HttpRequest, year: str, threat_code: str, part_code: str) -> JsonResponse:
    """Save the one answer that "code" names; it is sent as the page's form sends it.

    "person" is whose page it was when it was opened: another may have signed in since.
    """
    visible, person = assessments_visible_to(request.user, threat_code=threat_code), request.user
    if request.POST.get("person", "") not in {"", person_mark(person)}:
        return JsonResponse({"state": "somebody_else"}, status=409)
    try:
        with in_turn(visible, cycle__year=year) as assessment:
            can_write(person, assessment).require()
            choices = choices_of(assessment)
            question = _question(request, asked_part(assessment, part_code))
            typed = _typed(request, question, choices)
            given = [] if typed.error else [_given(request, question.code, typed)]
            page = save_answers(assessment=assessment, given=given, by=person)
    except Assessment.DoesNotExist:
        raise Http404 from None
    if page.refusal:
        outcome = locked(assessment, page.refusal, reader=person)
    else:
        outcome = outcome_of(question, typed, page, choices=choices, reader=person)
    return JsonResponse(outcome, status=STATUS[outcome["state"]])


def _question(request: HttpRequest, asked: AskedPart) -> AskedQuestion:
    code = request.POST.get("code")
    for question in asked.questions:
        if question.code == code:
            return question
    raise Http404


def _typed(
    request: HttpRequest, question: AskedQuestion, choices: tuple[RatingChoice, ...]
) -> TypedAnswer:
    typed = typed_answers(request.POST, [question], [choice.code for choice in choices])
    if not typed:
        raise Http404
    return typed[question.code]


def _given(request: HttpRequest, code: str, typed: TypedAnswer) -> GivenAnswer:
    sent_by = sender(request.POST)
    return GivenAnswer(
        code=code,
        text=typed.text,
        rating=typed.rating,
        started_from=typed.started_from,
        is_settled=typed.is_settled,
        page=sent_by.page,
        number=sent_by.number,
        is_typing=True,
        is_brought_back="brought_back" in request.POST,
    )
