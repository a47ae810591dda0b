"""Away from the desk: the assessment as a Word form, and the form as it comes back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.domain.answers import save_answers
from assessments.domain.given import GivenAnswer, SavedPage
from assessments.domain.turns import in_turn
from assessments.exceptions import NotTaken
from assessments.forms.answers import typed_answers
from assessments.models import Assessment, Response
from assessments.policies import can_edit, can_edit_place, can_write
from assessments.presenters.places import crumbs_to
from assessments.presenters.word_form import offered, refused_words
from assessments.selectors import assessments_visible_to, questions_drafted_by, responses_of
from assessments.word_form.comparing import Effect, compared, is_of, not_found
from assessments.word_form.content import Form, form_of
from assessments.word_form.package import UnreadableFile
from assessments.word_form.reading import ReturnedForm
from threats.selectors import parts_for, rating_choices

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NO_FILE = "Select the form that you have filled in"


@require_safe
def page(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    assessment = _found(request, year, threat_code)
    can_write(request.user, assessment).require()
    return _page(request, assessment)


@require_safe
def download(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    # python-docx takes 20 MB, which few web processes need.
    from assessments.word_form.writing import write_form  # for the reason above

    assessment = _found(request, year, threat_code)
    can_edit(request.user, assessment).require()
    form = _form(assessment, _responses(assessment), questions_drafted_by(request.user, assessment))
    response = HttpResponse(write_form(form), content_type=DOCX)
    name = f"{assessment.reference}-form.docx"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    """Show what the form would change; nothing is saved and nothing of it is kept."""
    assessment = _found(request, year, threat_code)
    can_write(request.user, assessment).require()
    if request.method != "POST":  # come back by the address, or after signing in again
        return redirect("assessments:word_form", year, threat_code)
    file = request.FILES.get("form")
    if file is None:
        return _page(request, assessment, getattr(request, "upload_refused", "") or NO_FILE)
    try:
        returned = ReturnedForm(file)
    except UnreadableFile as wrong:
        return _page(request, assessment, str(wrong))
    if not is_of(returned.identity, assessment):
        return _page(request, assessment, _other_form(returned.identity, assessment))
    return _preview(request, assessment, returned)


@require_POST
def take(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    """Save the answers that were ticked, each on top of the version it was shown beside."""
    visible, ticked = assessments_visible_to(request.user), set(request.POST.getlist("take"))
    try:
        with in_turn(visible, cycle__year=year, threat__code=threat_code) as assessment:
            can_edit(request.user, assessment).require()
            saved = save_answers(
                assessment=assessment, given=_given(request, assessment, ticked), by=request.user
            )
    except Assessment.DoesNotExist:
        raise Http404 from None
    if saved.refusal:
        raise NotTaken(saved.refusal)
    _tell(request, saved)
    return redirect(assessment)


def _found(request: HttpRequest, year: str, threat_code: str) -> Assessment:
    return get_object_or_404(
        assessments_visible_to(request.user), cycle__year=year, threat__code=threat_code
    )


def _page(request: HttpRequest, assessment: Assessment, wrong: str = "") -> HttpResponse:
    codes = questions_drafted_by(request.user, assessment)
    context = {
        "assessment": assessment,
        "crumbs": crumbs_to(assessment),
        "editing": can_edit(request.user, assessment),
        "drafted": len(codes) if codes else None,
        "wrong": wrong,
        "errors": [{"message": wrong, "href": "#form"}] if wrong else [],
    }
    return render(request, "assessments/word_form.html", context, status=400 if wrong else 200)


def _preview(request: HttpRequest, assessment: Assessment, returned: ReturnedForm) -> HttpResponse:
    responses = _responses(assessment)
    form = _form(assessment, responses, None)
    read, codes = returned.read(form), [asked.question.code for asked in form.questions]
    refused = {code: can_edit_place(request.user, assessment, code).reason for code in codes}
    answers = list(compared(read, form, returned.identity, responses, refused=refused))
    context = {
        "assessment": assessment,
        "crumbs": crumbs_to(assessment),
        "made_on": returned.identity.made_on,
        "offered": offered(answers),
        "refused": refused_words(answers),
        "strays": read.strays,
        "missing": not_found(read, form, returned.identity),
        "unchanged": [answer for answer in answers if answer.effect == Effect.UNCHANGED],
    }
    return render(request, "assessments/word_form_preview.html", context)


def _responses(assessment: Assessment) -> list[Response]:
    return list(responses_of(assessment).select_related("carried"))


def _form(assessment: Assessment, responses: list[Response], codes) -> Form:
    cycle = assessment.cycle
    return form_of(
        assessment,
        parts=parts_for(cycle.edition, assessment.threat.code),
        responses=responses,
        choices=rating_choices(cycle.edition, cycle.rating_scale),
        codes=codes,
        today=timezone.localdate(),
    )


def _other_form(identity, assessment: Assessment) -> str:
    if identity.force != assessment.force.code:
        return "This form is of another force, so nothing of it was read."
    return (
        f"This form is of another assessment ({identity.reference}), so nothing of it was read. "
        f"This page takes forms of {assessment.threat.label}, {assessment.cycle.year_in_words}."
    )


def _given(request: HttpRequest, assessment: Assessment, ticked: set[str]) -> list[GivenAnswer]:
    cycle = assessment.cycle
    questions = [
        question
        for part in parts_for(cycle.edition, assessment.threat.code)
        for question in part.questions
        if question.code in ticked
    ]
    scale = [choice.code for choice in rating_choices(cycle.edition, cycle.rating_scale)]
    typed = typed_answers(request.POST, questions, scale)
    if wrong := next((answer.error for answer in typed.values() if answer.error), ""):
        raise NotTaken(f"{wrong}. Nothing was saved.")
    return [
        GivenAnswer(
            code=code, text=answer.text, rating=answer.rating, started_from=answer.started_from
        )
        for code, answer in typed.items()
    ]


def _tell(request: HttpRequest, saved: SavedPage) -> None:
    number = len(saved.saved)
    if number:
        messages.success(
            request,
            f"{number} {'answer is' if number == 1 else 'answers are'} taken from the form.",
        )
    if saved.stale:
        messages.warning(
            request,
            "Somebody saved some of these answers while you were choosing. Your words are kept "
            "and shown beside the saved ones: see “Words of yours are waiting”.",
        )
    if not number and not saved.stale:
        messages.info(request, "No answer was ticked, so nothing has changed.")
