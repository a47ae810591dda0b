"""Past papers: brought in, looked through, taken in."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from reports.domain.past_papers import begin_past_paper, change_head, give_up
from reports.domain.taking_in import PROBABLY_THE_SAME, missing_in, proposed_matches, take_in
from reports.exceptions import PaperUnreadable
from reports.forms.past_papers import BringForm, PastHeadForm, TakeInForm
from reports.models import PastPaperDraft
from reports.past_paper_policies import can_bring_past_papers, can_correct_past_paper
from reports.past_paper_selectors import (
    entered_by_hand,
    past_papers_visible_to,
    pieces_of,
    with_file,
    years_to_bring,
)
from reports.past_papers.proposal import PieceKind
from reports.presenters.past_papers import KIND_TAGS, SHOWN, chosen, counts, piece_lines
from reports.presenters.words import year_in_words
from reports.views.common import attachment, edited
from spr_portal.identity.exceptions import Refused
from threats.models import Place
from threats.selectors import all_editions, printed_labels

PAGES = ["GET", "HEAD", "POST"]
ON_A_PAGE = 60
LIST = "reports:past_papers"


@require_http_methods(PAGES)
def past_paper_list(request: HttpRequest) -> HttpResponse:
    """The papers that were brought in, and a form for another."""
    can_bring_past_papers(request.user).require()
    years = years_to_bring(request.user.force)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BringForm(*sent, years=years, editions=all_editions())
    if request.method == "POST":
        if refusal := getattr(request, "upload_refused", ""):
            form.add_error("file", refusal)
        if form.is_valid() and (draft := _begin(request, form)):
            messages.success(request, "The file is read. Look through it: nothing is taken in yet.")
            return redirect(draft)
    drafts = [(one, year_in_words(one.year)) for one in past_papers_visible_to(request.user)]
    context = {"form": form, "drafts": drafts, "crumbs": past_crumbs()[:-1], "years": years}
    return render(request, "reports/past/list.html", context)


def _begin(request: HttpRequest, form: BringForm) -> PastPaperDraft | None:
    upload = form.cleaned_data["file"]
    try:
        return begin_past_paper(
            year=form.cleaned_data["year"],
            edition=form.chosen_edition,
            withheld_under=form.cleaned_data["withheld_under"],
            path=Path(upload.temporary_file_path()),
            name=upload.name,
            by=request.user,
        )
    except PaperUnreadable as problem:
        form.add_error("file", str(problem))
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return None


@require_safe
def past_paper(request: HttpRequest, year: str) -> HttpResponse:
    """The whole paper beside the lines of its file."""
    draft = draft_or_404(request, year)
    pieces = list(pieces_of(draft))
    missing = missing_in(draft, pieces)
    labels = dict(printed_labels(draft.edition, Place.LIST))
    lines = piece_lines(draft, pieces, labels, missing)
    show = request.GET.get("show", "")
    page = Paginator(chosen(lines, show), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "draft": draft,
        "year": year_in_words(year),
        "crumbs": past_crumbs(draft)[:-1],
        "counts": counts(pieces),
        "page": page,
        "show": show,
        "shown": [(key, label, len(chosen(lines, key))) for key, label in SHOWN.items()],
        "tags": KIND_TAGS,
        "missing": missing,
        "editing": can_correct_past_paper(request.user, draft),
    }
    return render(request, "reports/past/paper.html", context)


@require_http_methods(PAGES)
def head(request: HttpRequest, year: str) -> HttpResponse:
    draft = draft_to_correct(request, year)
    return edited(
        request,
        form=PastHeadForm(
            request.POST or None, initial=PastHeadForm.initial_of(draft), month=draft.meeting_month
        ),
        save=lambda form: change_head(
            draft=draft, values=form.values, started_from=form.started_from, by=request.user
        ),
        template="reports/past/head.html",
        context={"crumbs": past_crumbs(draft), "draft": draft, "back": draft.get_absolute_url()},
        done="The head of the paper is saved.",
        to=draft.get_absolute_url(),
    )


@require_http_methods(PAGES)
def take_in_page(request: HttpRequest, year: str) -> HttpResponse:
    draft = draft_to_correct(request, year)
    pieces, entered = list(pieces_of(draft)), entered_by_hand(draft)
    unplaced = [piece for piece in pieces if piece.kind == PieceKind.UNPLACED]
    form = TakeInForm(
        request.POST if request.method == "POST" else None,
        pieces=pieces,
        entered=entered,
        proposed=proposed_matches(pieces, entered, at_least=PROBABLY_THE_SAME),
        has_unplaced=bool(unplaced),
    )
    missing = missing_in(draft, pieces)
    if request.method == "POST" and not missing and form.is_valid():
        issued = take_in(
            draft=draft, matches=form.matches, leaves_unplaced=form.leaves_unplaced, by=request.user
        )
        messages.success(request, "The paper is taken in. Its recommendations are open.")
        return redirect(issued)
    context = {
        "draft": draft,
        "year": year_in_words(year),
        "crumbs": past_crumbs(draft),
        "form": form,
        "missing": missing,
        "counts": counts(pieces),
        "unplaced": unplaced,
        "made": [piece for piece in pieces if piece.kind == PieceKind.RECOMMENDATION],
        "entered": entered,
    }
    return render(request, "reports/past/take_in.html", context)


@require_http_methods(PAGES)
def give_up_page(request: HttpRequest, year: str) -> HttpResponse:
    draft = draft_to_correct(request, year)
    if request.method == "POST":
        give_up(draft=draft, by=request.user)
        messages.success(request, "What was read is given up. The year is free for another file.")
        return redirect(LIST)
    context = {"draft": draft, "year": year_in_words(year), "crumbs": past_crumbs(draft)}
    return render(request, "reports/past/give_up.html", context)


@require_safe
def file(request: HttpRequest, year: str) -> HttpResponse:
    """The file that was brought in, while the paper is corrected."""
    draft = get_object_or_404(with_file(past_papers_visible_to(request.user)), year=year)
    return attachment(
        bytes(draft.content),
        name=draft.file_name,
        file_format=draft.file_format,
        sha256=draft.sha256,
    )


def draft_or_404(request: HttpRequest, year: str) -> PastPaperDraft:
    return get_object_or_404(past_papers_visible_to(request.user), year=year)


def draft_to_correct(request: HttpRequest, year: str) -> PastPaperDraft:
    """Whether it is taken in by now is asked of the domain when something is sent."""
    draft = draft_or_404(request, year)
    if request.method in ("GET", "HEAD"):
        can_correct_past_paper(request.user, draft).require()
    return draft


def past_crumbs(draft: PastPaperDraft | None = None) -> list[tuple[str, str]]:
    found = [
        ("My work", reverse("reports:home")),
        ("Papers", reverse("reports:papers")),
        ("Past papers", reverse(LIST)),
    ]
    if draft is not None:
        found.append((f"Paper {year_in_words(draft.year)}", draft.get_absolute_url()))
    return found
