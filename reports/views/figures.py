"""The figures of a paper: what stands in it, and adding, changing and clearing one.

A figure belongs to a paragraph of its section, so it is moved and removed as one.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from reports.builder import targets_of
from reports.document import Audience
from reports.domain import wording
from reports.domain.documents import documents_shown
from reports.forms.figures import FigureForm, NewFigureForm
from reports.models import BoardPaper
from reports.paper_address import PaperAddress
from reports.policies import can_edit_paper
from reports.presenters.figures import figure_lines, sections_for_figures
from reports.presenters.wording import references
from reports.selectors import paragraph_visible_to
from reports.views.common import crumbs, editable, edited, paper_or_404, paper_to_edit, shown

PAGES = ["GET", "HEAD", "POST"]


@require_safe
def figure_list(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = paper_or_404(request, address)
    snapshot = shown(paper)
    document = documents_shown(paper, snapshot)[Audience.FULL]
    context = {
        "crumbs": crumbs(paper),
        "paper": paper,
        "figures": figure_lines(paper, snapshot, document),
        "editing": can_edit_paper(request.user, paper),
    }
    return render(request, "reports/figures.html", context)


@require_http_methods(PAGES)
def add_figure_page(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = paper_to_edit(request, address)
    snapshot = shown(paper)
    document = documents_shown(paper, snapshot)[Audience.FULL]
    form = NewFigureForm(
        request.POST or None,
        initial={"section": request.GET.get("section", "")},
        targets=targets_of(snapshot),
        sections=sections_for_figures(snapshot, document),
    )
    return edited(
        request,
        form=form,
        save=lambda form: wording.add_paragraph(
            section=get_object_or_404(paper.sections, identity=form.cleaned_data["section"]),
            values=form.values,
            by=request.user,
        ),
        template="reports/figure.html",
        context=_context(paper, references(snapshot), is_new=True),
        done="The figure is added at the end of its section.",
        to=_list_of(paper),
    )


@require_http_methods(PAGES)
def change_figure_page(
    request: HttpRequest, address: PaperAddress, section: str, paragraph: str
) -> HttpResponse:
    written = paragraph_visible_to(
        request.user, section=section, paragraph=paragraph, **vars(address)
    )
    if written is None or not written.figure_source:
        raise Http404("No such figure.")
    paper = editable(request, written.section.paper)
    snapshot = shown(paper)
    form = FigureForm(
        request.POST or None,
        initial=FigureForm.initial_of(written),
        targets=targets_of(snapshot),
    )
    return edited(
        request,
        form=form,
        save=lambda form: wording.change_paragraph(
            section=written.section,
            identity=paragraph,
            values=form.values,
            started_from=form.started_from,
            by=request.user,
        ),
        template="reports/figure.html",
        context=_context(paper, references(snapshot)),
        done="The figure is saved.",
        to=_list_of(paper),
    )


def _context(paper: BoardPaper, references: list, *, is_new: bool = False) -> dict:
    return {
        "crumbs": crumbs(paper, ("Figures", _list_of(paper))),
        "references": references,
        "back": _list_of(paper),
        "is_new": is_new,
    }


def _list_of(paper: BoardPaper) -> str:
    return reverse("reports:figures", args=[paper.address])
