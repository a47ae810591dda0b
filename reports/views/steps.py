"""Sending a paper, sending it back, agreeing it, taking it back, issuing it: confirmed first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reports.checks import findings_of
from reports.document import Audience, Paper
from reports.domain import corrections, papers
from reports.domain.documents import document_from, document_hash, documents_shown
from reports.domain.workflow import TRANSITIONS
from reports.enums import PaperAction
from reports.forms.paper import AgreeForm, CorrectionReasonForm, IssueForm, ReasonForm
from reports.models import BoardPaper
from reports.paper_address import PaperAddress
from reports.presenters.files import file_lines, progress_of
from reports.presenters.paper import ProblemLine, problem_lines, trace_links
from reports.presenters.talk import comment_links
from reports.renderers.html import paper_body
from reports.selectors import renditions_with_bytes
from reports.snapshot import Snapshot
from reports.talk_selectors import open_threads
from reports.views.common import SAFE, crumbs, paper_or_404, shown
from spr_portal.components import SummaryRow
from spr_portal.forms import GovukForm
from spr_portal.identity.exceptions import DomainError
from spr_portal.identity.models import User
from spr_portal.workflow import within_sentence


@dataclass(frozen=True)
class StepPage:
    """What a person is told before a step and after it."""

    heading: str
    told: tuple[str, ...]
    button: str
    done: str
    take: Callable[..., object]
    form: type[GovukForm] = GovukForm
    warning: str = ""
    button_kind: str = ""
    needs_whole_paper: bool = False
    leads_to_paper: bool = False  # to where its parts can be commented on


PAGES = {
    PaperAction.SEND: StepPage(
        heading="Send the paper to the Executive Team",
        told=(
            "The Executive Team reads the paper and agrees it or sends it back.",
            "Its words are locked from now on. You can take it back to change something.",
        ),
        button="Send to the Executive Team",
        done="The paper is with the Executive Team.",
        take=lambda paper, form, by: papers.send_paper(paper=paper, by=by),
        needs_whole_paper=True,
    ),
    PaperAction.SEND_BACK: StepPage(
        heading="Send the paper back to ACC Security",
        told=(
            "ACC Security reads your reason and every open comment, changes the paper and sends "
            "it again.",
            "To comment on one paragraph, table or recommendation, follow the link beside it in "
            "the full edition.",
        ),
        button="Send back",
        button_kind="warning",
        done="The paper is back with ACC Security.",
        take=lambda paper, form, by: papers.send_paper_back(
            paper=paper, reason=form.cleaned_data["reason"], by=by
        ),
        form=ReasonForm,
        leads_to_paper=True,
    ),
    PaperAction.AGREE: StepPage(
        heading="Agree the paper for the Executive Team",
        told=(
            "You agree the full edition below, word for word. Your name, your post and the time "
            "are kept with it.",
            "Its files are made next. Then ACC Security can issue it.",
        ),
        button="Agree this paper",
        done="You have agreed the paper. Its files are being made.",
        take=lambda paper, form, by: papers.agree_paper(
            paper=paper, document=form.cleaned_data["document"], by=by
        ),
        form=AgreeForm,
        needs_whole_paper=True,
    ),
    PaperAction.WITHDRAW: StepPage(
        heading="Take the paper back",
        told=(
            "The paper becomes a draft again, so that it can be changed.",
            "If the Executive Team has agreed it, the agreement is void: it must be sent and "
            "agreed again.",
        ),
        button="Take the paper back",
        button_kind="warning",
        done="The paper is a draft again.",
        take=lambda paper, form, by: papers.withdraw_paper(
            paper=paper, reason=form.cleaned_data["reason"], by=by
        ),
        form=ReasonForm,
    ),
    PaperAction.ISSUE: StepPage(
        heading="Issue the paper",
        told=(
            "Its words and all its files are frozen as they are now, each with its SHA-256.",
            "The staff of the local policing body’s office can read and download the public "
            "edition from then on.",
        ),
        warning="A paper that is issued is issued for ever: nobody can change it or take it back.",
        button="Issue the paper",
        done="The paper is issued.",
        take=lambda paper, form, by: papers.issue_paper(
            paper=paper, agreed=form.cleaned_data["agreed"], by=by
        ),
        form=IssueForm,
        needs_whole_paper=True,
    ),
    PaperAction.CORRECT: StepPage(
        heading="Correct the issued paper",
        told=(
            "What was issued stands and stays readable. You write a further issue that takes its "
            "place: the paper becomes a draft, is sent and agreed again, and is issued with the "
            "next number.",
            "The assessments stay approved and closed. You can change the paper’s own words, what "
            "it overrides, and its recommendations.",
        ),
        button="Start the correction",
        done="The correction is begun. What was issued stands until you issue the correction.",
        take=lambda paper, form, by: corrections.begin_correction(
            paper=paper, reason=form.cleaned_data["reason"], by=by
        ),
        form=CorrectionReasonForm,
    ),
    PaperAction.GIVE_UP: StepPage(
        heading="Give up the correction",
        told=(
            "The paper is issued again as it was: its words are put back to those that were "
            "issued. Nothing that was issued has changed.",
            "What you wrote for the correction leaves the paper. The audit trail keeps it.",
        ),
        button="Give up the correction",
        button_kind="warning",
        done="The correction is given up. The paper stands as it was issued.",
        take=lambda paper, form, by: corrections.give_up_correction(
            paper=paper, reason=form.cleaned_data["reason"], by=by
        ),
        form=ReasonForm,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, address: PaperAddress, action: PaperAction) -> HttpResponse:
    """Say what a step does; take it when that was confirmed."""
    paper, page = paper_or_404(request, address), PAGES[action]
    TRANSITIONS[action].policy(request.user, paper).require()
    is_sent = request.method not in SAFE
    form = page.form(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        refusal = _refusal(page, paper, form, by=request.user)
        if refusal is None:
            messages.success(request, page.done)
            issued = action is PaperAction.ISSUE
            return redirect("reports:issued", address) if issued else redirect(paper)
        context = {"reason": str(refusal), "typed": _typed(form)}
        return render(request, "reports/not_saved.html", context, status=refusal.status)
    return render(request, "reports/step.html", _context(paper, page, action, form, request.user))


def _refusal(page: StepPage, paper: BoardPaper, form: GovukForm, *, by: User) -> DomainError | None:
    try:
        page.take(paper, form, by)
    except DomainError as refusal:
        return refusal
    return None


def _typed(form: GovukForm) -> list[SummaryRow]:
    return [SummaryRow(field.label, field.value()) for field in form.visible_fields()]


def _context(
    paper: BoardPaper, page: StepPage, action: PaperAction, form: GovukForm, user: User
) -> dict:
    is_open = paper.status in TRANSITIONS[action].sources
    context = {
        "paper": paper,
        "crumbs": crumbs(paper),
        "page": page,
        "form": form,
        "status_in_words": within_sentence(paper.get_status_display()),
        "done_too_late": "" if is_open else TRANSITIONS[action].done,
    }
    if is_open and action is PaperAction.SEND_BACK:
        context["comments"] = open_threads(paper)
    if page.needs_whole_paper and is_open:
        snapshot = shown(paper)
        document = document_from(snapshot, Audience.FULL, is_draft=False)
        context["problems"] = problem_lines(paper, findings_of(snapshot, document))
        if action is PaperAction.AGREE:
            context |= _to_agree(paper, document, snapshot, user)
        if action is PaperAction.ISSUE:
            context["problems"] += _files_not_made(paper, snapshot)
            context["form"] = IssueForm(initial={"agreed": paper.agreed_hash})
    return context


def _files_not_made(paper: BoardPaper, snapshot: Snapshot) -> list[ProblemLine]:
    documents = documents_shown(paper, snapshot)
    hashes = {audience: document_hash(document) for audience, document in documents.items()}
    progress = progress_of(file_lines(paper, hashes, renditions_with_bytes(paper, hashes.values())))
    if progress.is_whole:
        return []
    return [ProblemLine(progress.text, reverse("reports:files", args=[paper.address]))]


def _to_agree(paper: BoardPaper, document: Paper, snapshot: Snapshot, user: User) -> dict:
    talk = comment_links(paper, document, snapshot, user=user)
    return {
        "form": AgreeForm(initial={"document": document_hash(document)}),
        "body": paper_body(document, trace_links=trace_links(paper, document), comment_links=talk),
    }
