"""One part of a past paper: corrected, made something else, split, joined."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from reports.domain.past_papers import change_kind, change_piece, join_piece, split_piece
from reports.forms.past_papers import KINDS, KindForm, PieceForm, SplitForm
from reports.models import PastPaperDraft, PastPaperPiece
from reports.past_paper_selectors import pieces_of
from reports.past_papers.proposal import PieceKind
from reports.presenters.past_papers import KIND_TAGS, recommendation_choices, source_lines
from reports.views.common import edited
from reports.views.past_papers import ON_A_PAGE, PAGES, draft_to_correct, past_crumbs
from threats.models import Place
from threats.selectors import printed_labels

CAN_BE_SPLIT = frozenset(PieceKind) - {PieceKind.TABLE, PieceKind.REPEATED}


@require_http_methods(PAGES)
def piece(request: HttpRequest, year: str, identity: str) -> HttpResponse:
    """What a piece says, beside the lines of the file, with what else can be done with it."""
    draft = draft_to_correct(request, year)
    rows = list(pieces_of(draft))
    row = _row_or_404(draft, rows, identity)
    form = PieceForm(
        request.POST or None,
        kind=row.kind,
        threats=printed_labels(draft.edition, Place.LIST),
        recommendations=[one for one in recommendation_choices(rows) if one[0] != identity],
    )
    form.initial = form.initial_of(row)
    following = _following(rows, row)
    goes_on = "next" in request.POST and following is not None
    return edited(
        request,
        form=form,
        save=lambda form: change_piece(
            draft=draft,
            identity=identity,
            values=form.values,
            started_from=form.started_from,
            by=request.user,
        ),
        template="reports/past/piece.html",
        context={
            "crumbs": past_crumbs(draft),
            "draft": draft,
            "piece": row,
            "tags": KIND_TAGS,
            "source": source_lines(row),
            "kinds": KINDS.items(),
            "can_split": row.kind in CAN_BE_SPLIT,
            "before": _before(rows, row),
            "following": following,
            "back": _place(draft, rows, row),
        },
        done="The part is saved.",
        to=_url(draft, following) if goes_on else _place(draft, rows, row),
    )


@require_POST
def kind(request: HttpRequest, year: str, identity: str) -> HttpResponse:
    draft = draft_to_correct(request, year)
    row = get_object_or_404(pieces_of(draft), identity=identity)
    form = KindForm(request.POST)
    if form.is_valid():
        chosen = PieceKind(form.cleaned_data["kind"])
        change_kind(
            draft=draft,
            identity=identity,
            kind=chosen,
            started_from=form.started_from,
            by=request.user,
        )
        messages.success(request, f"It is now: {KINDS[chosen].lower()}. Look at its words.")
    return redirect(_url(draft, row))


@require_POST
def join(request: HttpRequest, year: str, identity: str) -> HttpResponse:
    draft = draft_to_correct(request, year)
    get_object_or_404(pieces_of(draft), identity=identity)
    form = KindForm(request.POST)
    form.is_valid()
    joined = join_piece(
        draft=draft, identity=identity, started_from=form.started_from, by=request.user
    )
    messages.success(request, "It is joined to the part before it.")
    return redirect(_url(draft, joined))


@require_http_methods(PAGES)
def split(request: HttpRequest, year: str, identity: str) -> HttpResponse:
    draft = draft_to_correct(request, year)
    row = get_object_or_404(pieces_of(draft), identity=identity, kind__in=CAN_BE_SPLIT)
    return edited(
        request,
        form=SplitForm(request.POST or None, initial={"text": row.text, "version": row.version}),
        save=lambda form: split_piece(
            draft=draft,
            identity=identity,
            text=form.cleaned_data["text"],
            started_from=form.started_from,
            by=request.user,
        ),
        template="reports/past/split.html",
        context={"crumbs": past_crumbs(draft), "piece": row, "back": _url(draft, row)},
        done="It is split. Say what each part is.",
        to=_url(draft, row),
    )


def _row_or_404(draft: PastPaperDraft, rows, identity: str) -> PastPaperPiece:
    found = next((row for row in rows if row.identity == identity), None)
    return found or get_object_or_404(pieces_of(draft), identity=identity)


def _before(rows: list[PastPaperPiece], row: PastPaperPiece) -> PastPaperPiece | None:
    place = rows.index(row)
    return rows[place - 1] if place else None


def _following(rows: list[PastPaperPiece], row: PastPaperPiece) -> PastPaperPiece | None:
    place = rows.index(row)
    return rows[place + 1] if place + 1 < len(rows) else None


def _url(draft: PastPaperDraft, row: PastPaperPiece) -> str:
    return reverse("reports:past_piece", args=[draft.year, row.identity])


def _place(draft: PastPaperDraft, rows: list[PastPaperPiece], row: PastPaperPiece) -> str:
    """The piece on the page that shows it among the others."""
    page = rows.index(row) // ON_A_PAGE + 1
    return f"{draft.get_absolute_url()}{f'?page={page}' if page > 1 else ''}#{row.identity}"
