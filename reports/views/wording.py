"""The paper's own words: its sections and the paragraphs of no threat."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from reports.builder import targets_of
from reports.checks.printed import cut
from reports.document import Audience
from reports.domain import wording
from reports.domain.documents import documents_shown
from reports.enums import WRITTEN_IN_THE_PAPER, PaperStatus, SectionKind
from reports.forms.paper import ParagraphForm, PlaceForm, SectionForm
from reports.models import BoardPaper, PaperSection
from reports.overriding import told, without_source
from reports.paper_address import PaperAddress
from reports.policies import can_edit_paper
from reports.presenters.paper import paragraph_lines, printed_paragraphs, printed_section
from reports.presenters.talk import threads_beside
from reports.presenters.told import told_lines
from reports.presenters.wording import references
from reports.selectors import paragraph_visible_to, section_visible_to
from reports.snapshot import SectionWords, Snapshot
from reports.views.common import (
    crumbs,
    editable,
    edited,
    not_saved,
    paper_or_404,
    paper_to_edit,
    shown,
)
from reports.views.live import beside_form, sent_to
from spr_portal.identity.exceptions import DomainError

PAGES = ["GET", "HEAD", "POST"]


@require_safe
def section(request: HttpRequest, address: PaperAddress, section: str) -> HttpResponse:
    paper = paper_or_404(request, address)
    if paper.status == PaperStatus.ISSUED:
        return redirect("reports:preview", address, Audience.FULL)
    snapshot = shown(paper)
    words = _words_or_404(snapshot, section)
    document = documents_shown(paper, snapshot)[Audience.FULL]
    printed_words = printed_section(document, snapshot, section)
    printed = printed_paragraphs(printed_words)
    standing = told(snapshot, words.threat_code)
    context = {
        "crumbs": crumbs(paper),
        "paper": paper,
        "section": words,
        "heading": printed_words.heading,
        "paragraphs": paragraph_lines(words, printed),
        "assessment": snapshot.assessments.get(words.threat_code),
        "summary": told_lines(standing, printed),
        "without_source": without_source(snapshot, words.threat_code),
        "is_wording": words.kind in WRITTEN_IN_THE_PAPER,
        "editing": can_edit_paper(request.user, paper),
    }
    return render(request, "reports/section.html", context)


@require_http_methods(PAGES)
def add_section_page(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = paper_to_edit(request, address)
    snapshot = shown(paper)
    form = SectionForm(
        request.POST or None,
        initial={"numbering": "yes", "publication": "public"},
        targets=targets_of(snapshot),
    )
    return edited(
        request,
        form=form,
        save=lambda form: wording.add_section(paper=paper, by=request.user, **form.values),
        template="reports/section_form.html",
        context={
            "crumbs": crumbs(paper),
            "references": references(snapshot),
            "is_new": True,
            "back": paper.get_absolute_url(),
        },
        done="The section is added. It stands before the recommendations.",
        to=f"{paper.get_absolute_url()}#sections",
    )


@require_http_methods(PAGES)
def change_section_page(request: HttpRequest, address: PaperAddress, section: str) -> HttpResponse:
    row = _section_to_edit(request, address, section)
    paper = row.paper
    snapshot = shown(paper)
    form = SectionForm(
        request.POST or None, initial=SectionForm.initial_of(row), targets=targets_of(snapshot)
    )
    return edited(
        request,
        form=form,
        save=lambda form: wording.change_section(
            section=row, started_from=form.started_from, by=request.user, **form.values
        ),
        template="reports/section_form.html",
        context={
            "crumbs": crumbs(paper, (row.heading, _section_url(paper, row))),
            "references": references(snapshot),
            "back": _section_url(paper, row),
        },
        done="The section is saved.",
        to=_section_url(paper, row),
    )


@require_http_methods(PAGES)
def move_section_step(request: HttpRequest, address: PaperAddress, section: str) -> HttpResponse:
    """A step up or down, or to the place that the page asks for."""
    row = _section_to_edit(request, address, section)
    paper, to = row.paper, f"{row.paper.get_absolute_url()}#section-{section}"
    if "move" in request.POST:
        wording.move_section(section=row, up=_is_up(request), by=request.user)
        return redirect(to)
    rows = paper.sections.values_list("identity", "heading")
    others = [cut(heading) for identity, heading in rows if identity != section]
    here = [identity for identity, _ in rows].index(section) + 1
    form = PlaceForm(request.POST or None, others=others, initial={"place": here})
    if form.is_valid():
        wording.move_section(section=row, place=form.chosen, by=request.user)
        return redirect(to)
    context = {"crumbs": crumbs(paper), "form": form, "back": to, "called": f"“{row.heading}”"}
    return render(request, "reports/move_to.html", context)


@require_http_methods(PAGES)
def remove_section_step(request: HttpRequest, address: PaperAddress, section: str) -> HttpResponse:
    row = _section_to_edit(request, address, section)
    paper = row.paper
    if request.method == "POST":
        wording.remove_section(section=row, by=request.user)
        messages.success(request, f"The section “{row.heading}” is removed.")
        return redirect(paper)
    context = {"crumbs": crumbs(paper), "paper": paper, "section": row}
    return render(request, "reports/remove_section.html", context)


@require_http_methods(PAGES)
def add_paragraph_page(request: HttpRequest, address: PaperAddress, section: str) -> HttpResponse:
    found = section_visible_to(request.user, section=section, **vars(address))
    paper = editable(request, found.paper if found else paper_or_404(request, address))
    row = found if found and found.kind in WRITTEN_IN_THE_PAPER else None
    snapshot = shown(paper)
    form = ParagraphForm(
        sent_to(request), initial={"publication": "public"}, targets=targets_of(snapshot)
    )
    if row is None:
        return _section_gone(request, form)
    return edited(
        request,
        form=form,
        save=lambda form: wording.add_paragraph(section=row, values=form.values, by=request.user),
        template="reports/paragraph.html",
        context={
            "crumbs": crumbs(paper, (row.heading, _section_url(paper, row))),
            "references": references(snapshot),
            "section": row,
            "back": _section_url(paper, row),
            "is_new": True,
            **beside_form(request, paper, snapshot, section=section, paragraph=""),
        },
        done="The paragraph is added.",
        to=_section_url(paper, row),
    )


@require_http_methods(PAGES)
def change_paragraph_page(
    request: HttpRequest, address: PaperAddress, section: str, paragraph: str
) -> HttpResponse:
    written = paragraph_visible_to(
        request.user, section=section, paragraph=paragraph, **vars(address)
    )
    paper = editable(request, written.section.paper if written else paper_or_404(request, address))
    if written and written.figure_source and request.method != "POST":
        return redirect("reports:figure", address, section, paragraph)
    if written is None and request.method != "POST":
        raise Http404("No such paragraph.")
    row = written.section if written else get_object_or_404(_own_sections(paper, section))
    snapshot = shown(paper)
    form = ParagraphForm(
        sent_to(request),
        initial=ParagraphForm.initial_of(written) if written else None,
        targets=targets_of(snapshot),
    )
    return edited(
        request,
        form=form,
        save=lambda form: wording.change_paragraph(
            section=row,
            identity=paragraph,
            values=form.values,
            started_from=form.started_from,
            by=request.user,
        ),
        template="reports/paragraph.html",
        context={
            "crumbs": crumbs(paper, (row.heading, _section_url(paper, row))),
            "references": references(snapshot),
            "section": row,
            "back": _section_url(paper, row),
            "derived": _derived(paper, snapshot, section, written),
            **beside_form(request, paper, snapshot, section=section, paragraph=paragraph),
            "threads": threads_beside(paper, snapshot, f"{section}/{paragraph}", user=request.user),
        },
        done="The paragraph is saved.",
        to=f"{_section_url(paper, row)}#paragraph-{paragraph}",
    )


@require_http_methods(PAGES)
def remove_paragraph_step(
    request: HttpRequest, address: PaperAddress, section: str, paragraph: str
) -> HttpResponse:
    row = _own_section_to_edit(request, address, section)
    paper = row.paper
    if request.method == "POST":
        wording.remove_paragraph(section=row, identity=paragraph, by=request.user)
        messages.success(request, "The paragraph is removed. Those after it move up a number.")
        return redirect(_section_url(paper, row))
    context = {
        "crumbs": crumbs(paper, (row.heading, _section_url(paper, row))),
        "paragraph": get_object_or_404(row.paragraphs, identity=paragraph),
        "back": _section_url(paper, row),
    }
    return render(request, "reports/remove_paragraph.html", context)


@require_http_methods(PAGES)
def move_paragraph_step(
    request: HttpRequest, address: PaperAddress, section: str, paragraph: str
) -> HttpResponse:
    row = _own_section_to_edit(request, address, section)
    paper, to = row.paper, f"{_section_url(row.paper, row)}#paragraph-{paragraph}"
    if "move" in request.POST:
        wording.move_paragraph(section=row, identity=paragraph, up=_is_up(request), by=request.user)
        return redirect(to)
    rows = row.paragraphs.values_list("identity", "text")
    identities = [identity for identity, _ in rows]
    if paragraph not in identities:
        raise Http404("No such paragraph.")
    here = identities.index(paragraph)
    others = [cut(text) for identity, text in rows if identity != paragraph]
    form = PlaceForm(request.POST or None, others=others, initial={"place": here + 1})
    if form.is_valid():
        wording.move_paragraph(section=row, identity=paragraph, place=form.chosen, by=request.user)
        return redirect(to)
    context = {"form": form, "back": to, "called": f"“{cut(rows[here][1])}”"}
    context["crumbs"] = crumbs(paper, (row.heading, _section_url(paper, row)))
    return render(request, "reports/move_to.html", context)


def _words_or_404(snapshot: Snapshot, identity: str) -> SectionWords:
    for words in snapshot.sections:
        if words.identity == identity and words.kind != SectionKind.RECOMMENDATIONS:
            return words
    raise Http404("No such section.")


def _section_to_edit(request: HttpRequest, address: PaperAddress, identity: str) -> PaperSection:
    """A section of a paper, for who may write it."""
    row = section_visible_to(request.user, section=identity, **vars(address))
    if row is None:
        paper_to_edit(request, address)
        raise Http404("No such section.")
    editable(request, row.paper)
    return row


def _own_section_to_edit(
    request: HttpRequest, address: PaperAddress, identity: str
) -> PaperSection:
    """The same, of a section whose paragraphs are written here, not by a lead."""
    row = _section_to_edit(request, address, identity)
    if row.kind not in WRITTEN_IN_THE_PAPER:
        raise Http404("No such section.")
    return row


def _own_sections(paper: BoardPaper, identity: str):
    """Sections whose paragraphs are written here: those of a threat are its lead's."""
    return paper.sections.filter(identity=identity, kind__in=WRITTEN_IN_THE_PAPER)


def _section_gone(request: HttpRequest, form: ParagraphForm) -> HttpResponse:
    """Somebody removed the section while a paragraph for it was being written."""
    if request.method != "POST":
        raise Http404("No such section.")
    gone = DomainError("The section was removed while you were writing, so this was not saved.")
    return not_saved(request, form, gone)


def _derived(paper: BoardPaper, snapshot: Snapshot, section: str, written) -> list[str]:
    """The list that follows a paragraph each time the paper is made."""
    if written is None or not written.list_source:
        return []
    document = documents_shown(paper, snapshot)[Audience.FULL]
    printed = printed_paragraphs(printed_section(document, snapshot, section))
    lines = printed.get(written.identity, [])
    return list(lines[-1].bullets) if lines else []


def _section_url(paper: BoardPaper, section) -> str:
    return reverse("reports:section", args=[paper.address, section.identity])


def _is_up(request: HttpRequest) -> bool:
    return request.POST.get("move") == "up"
