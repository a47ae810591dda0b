"""Comments, replies and proposed ratings, from every page that shows them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from assessments.domain.comments import add_comment, reopen_thread, reply, resolve_thread
from assessments.domain.moderation import agree_rating, propose_rating, withdraw_proposal
from assessments.forms.review import CommentForm, ProposalForm
from assessments.forms.talk import Asked, is_name, what_was_asked
from assessments.models import Assessment, Comment
from assessments.policies import can_comment, can_propose, can_review, can_write
from assessments.presenters.places import Places
from assessments.presenters.statuses import rating_cell
from assessments.selectors import assessments_visible_to, responses_of
from assessments.talk_selectors import thread_of
from assessments.views.answers import asked_part, part
from threats.models import AnswerKind
from threats.selectors import parts_for, rating_choices

# What a button does, what its thread is called there, and what is said afterwards.
DONE = {
    "resolve": (resolve_thread, "thread", "The thread is resolved."),
    "reopen": (reopen_thread, "thread", "The thread is open again."),
    "withdraw": (withdraw_proposal, "proposal", "The proposal is withdrawn: the rating stands."),
}
SENT = {"new": "Your comment is saved.", "reply": "Your reply is saved."}


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    """Write a comment or a reply on a page of its own, for the place named in the address."""
    assessment = _get(request, year, threat_code)
    can_comment(request.user, assessment).require()
    form = CommentForm(request.POST or None, initial={"place": request.GET.get("place", "")})
    if not form.is_valid():
        return _comment_page(request, assessment, form)
    place = _say(request, assessment, form)
    return redirect(_address(request, assessment, place))


@require_POST
def talk(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    """A button of a thread that stands in a form of its own."""
    assessment = _get(request, year, threat_code)
    asked = what_was_asked(request.POST)
    if asked is None:
        raise Http404
    return _take(request, assessment, asked)


@require_http_methods(["GET", "HEAD", "POST"])
def part_talk(request: HttpRequest, year: str, threat_code: str, part_code: str) -> HttpResponse:
    """A button of a thread beside an answer: the answers of the page are saved with it.

    What is said is kept first, whatever becomes of the answers; a rating is
    agreed last, and only when they are saved.
    """
    assessment = _get(request, year, threat_code)
    asked_part(assessment, part_code)  # or it is not found
    if request.method != "POST":  # come back by the address, or after signing in again
        return redirect("assessments:part", year, threat_code, part_code)
    asked = what_was_asked(request.POST)
    if asked is None:
        return part(request, year, threat_code, part_code)
    can_write(request.user, assessment).require()
    taken = None if asked.step == "agree" else _take(request, assessment, asked)
    if taken and taken.status_code != 302:
        _keep_beside_its_answer(request, asked)
    saved = part(request, year, threat_code, part_code)
    if saved.status_code != 302:
        return saved
    return taken or _take(request, assessment, asked, saved=True)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, year: str, threat_code: str, question_code: str) -> HttpResponse:
    """Propose another rating of one answer, with the reason."""
    assessment = _get(request, year, threat_code)
    can_propose(request.user, assessment).require()
    response = get_object_or_404(
        responses_of(assessment), question__code=question_code, question__kind=AnswerKind.RATING
    )
    cycle = assessment.cycle
    choices = rating_choices(cycle.edition, cycle.rating_scale)
    now = response.rating.code if response.rating else ""
    form = ProposalForm(request.POST or None, choices=choices, now=now)
    if form.is_valid():
        propose_rating(
            response=response,
            rating=cycle.rating_scale.points.get(code=form.cleaned_data["rating"]),
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
        messages.success(request, "Your proposal is saved. The leads are being told.")
        return redirect(_address(request, assessment, question_code))
    context = {
        "form": form,
        "assessment": assessment,
        "response": response,
        "rating": rating_cell(response.rating),
    }
    return render(request, "assessments/propose.html", context)


def _take(
    request: HttpRequest, assessment: Assessment, asked: Asked, *, saved: bool = False
) -> HttpResponse:
    """Do what the button says, and go back to where the thread stands.

    `saved` says that the same click has saved the answers of the page.
    """
    if asked.step in SENT:
        return _send(request, assessment, asked)
    thread = _thread(assessment, asked.about)
    if asked.step == "agree":
        agree_rating(proposal=thread, started_from=_shown(request, thread, saved), by=request.user)
        messages.success(request, f"You agreed: the rating is {thread.proposed_rating.label} now.")
    else:
        step, name, done = DONE[asked.step]
        step(**{name: thread}, by=request.user)
        messages.success(request, done)
    return redirect(_address(request, assessment, thread.place))


def _keep_beside_its_answer(request: HttpRequest, asked: Asked) -> None:
    """What was typed is no comment as it stands: the page of answers shows it as not sent yet."""
    form = CommentForm({"text": asked.text})
    for wrong in form.errors.get("text", []) if asked.text.strip() else []:
        messages.warning(request, f"{wrong}. Your words are not sent yet.")
    sent = request.POST.copy()
    del sent["talk"]
    request.POST = sent


def _send(request: HttpRequest, assessment: Assessment, asked: Asked) -> HttpResponse:
    about = "place" if asked.step == "new" else "thread"
    form = CommentForm({about: asked.about, "text": asked.text})
    if not form.is_valid():
        return _comment_page(request, assessment, form)
    return redirect(_address(request, assessment, _say(request, assessment, form)))


def _say(request: HttpRequest, assessment: Assessment, form: CommentForm) -> str:
    """Keep a comment or a reply that is well-formed; the place it is about."""
    text = form.cleaned_data["text"]
    if identity := form.cleaned_data["thread"]:
        thread = _thread(assessment, identity)
        reply(thread=thread, text=text, by=request.user)
        messages.success(request, SENT["reply"])
        return thread.place
    place = form.cleaned_data["place"]
    add_comment(assessment=assessment, place=place, text=text, by=request.user)
    messages.success(request, SENT["new"])
    return place


def _comment_page(request: HttpRequest, assessment: Assessment, form: CommentForm) -> HttpResponse:
    identity, place = form["thread"].value() or "", form["place"].value() or ""
    thread = _thread(assessment, identity) if identity else None
    parts = parts_for(assessment.cycle.edition, assessment.threat.code)
    context = {
        "form": form,
        "assessment": assessment,
        "thread": thread,
        "about": Places(assessment, parts).name(thread.place if thread else place),
        "back": _address(request, assessment, thread.place if thread else place),
    }
    return render(request, "assessments/comment.html", context)


def _shown(request: HttpRequest, thread: Comment, saved: bool) -> int:
    """The version of the rating that the person was shown, or saved with this very click."""
    typed = request.POST.get(f"version:{thread.place}", "")
    shown = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
    if not saved:
        return shown
    response = thread.assessment.responses.get(question__code=thread.place)
    is_own = response.version == shown + 1 and response.updated_by_id == request.user.pk
    return response.version if is_own else shown


def _get(request: HttpRequest, year: str, threat_code: str) -> Assessment:
    return get_object_or_404(
        assessments_visible_to(request.user), cycle__year=year, threat__code=threat_code
    )


def _thread(assessment: Assessment, identity: str) -> Comment:
    if not is_name(identity):  # what was sent may be no text that a database takes
        raise Http404
    try:
        return thread_of(assessment, identity)
    except Comment.DoesNotExist:
        raise Http404 from None


def _address(request: HttpRequest, assessment: Assessment, place: str) -> str:
    """Where the person works: a reviewer on the review, the others beside the answer."""
    if can_review(request.user, assessment):
        at = [assessment.cycle.year, assessment.threat.code]
        return reverse("assessments:review", args=at) + f"#talk-{place or 'whole'}"
    parts = parts_for(assessment.cycle.edition, assessment.threat.code)
    return Places(assessment, parts).talk(place)
