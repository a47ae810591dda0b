"""Telling a paragraph of a threat's summary otherwise in the paper, or putting it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments.presenters.differences import word_difference
from reports.domain.overrides import mark_of, override_paragraph, put_paragraph_back
from reports.enums import SectionKind
from reports.exceptions import SourceChanged
from reports.forms.overriding import OverrideForm
from reports.models import PaperSection
from reports.overriding import Told, told
from reports.paper_address import PaperAddress
from reports.selectors import section_visible_to
from reports.views.common import crumbs, editable, edited, paper_to_edit, shown
from reports.views.live import beside_form
from spr_portal.identity.exceptions import Refused

PAGES = ["GET", "HEAD", "POST"]


@require_http_methods(PAGES)
def override(
    request: HttpRequest, address: PaperAddress, section: str, source: str
) -> HttpResponse:
    row = _threat_section_to_edit(request, address, section)
    snapshot = shown(row.paper)
    line = next(
        (one for one in told(snapshot, row.threat_code) if one.source.identity == source), None
    )
    if line is None and request.method != "POST":
        raise Http404("No such paragraph.")
    form = OverrideForm(
        request.POST or None, initial=_initial(line), source=line.source if line else None
    )
    context = _context(request, row, snapshot, source=source, line=line, form=form)
    return edited(
        request,
        form=form,
        save=lambda form: _save(row, source, line, form, by=request.user),
        template="reports/override.html",
        context=context,
        done="Saved for the paper. The assessment keeps its own words.",
        to=f"{_section_url(row)}#paragraph-{source}",
    )


@require_http_methods(PAGES)
def put_back(
    request: HttpRequest, address: PaperAddress, section: str, source: str
) -> HttpResponse:
    row = _threat_section_to_edit(request, address, section)
    if request.method == "POST":
        put_paragraph_back(section=row, source=source, by=request.user)
        messages.success(request, "The paper says again what the assessment says.")
        return redirect(f"{_section_url(row)}#paragraph-{source}")
    standing = row.paper.overrides.filter(threat_code=row.threat_code, source=source).first()
    if standing is None:
        raise Http404("Nothing is told otherwise here.")
    context = {
        "crumbs": crumbs(row.paper, (row.heading, _section_url(row))),
        "override": standing,
        "back": _section_url(row),
    }
    return render(request, "reports/put_back.html", context)


def _context(request, row: PaperSection, snapshot, *, source: str, line: Told | None, form) -> dict:
    """The page: the form, its source beside it with what differs, and the preview."""
    context = {
        "crumbs": crumbs(row.paper, (row.heading, _section_url(row))),
        "section": row,
        "back": _section_url(row),
        "line": line,
        "put_back": line is not None and line.override is not None,
    }
    if line is not None:
        mine = form["text"].value() or ""
        if mine and mine != line.source.text:
            context["difference"] = word_difference(line.source.text, mine)
        if line.is_out_of_date:
            context["since"] = word_difference(line.override.source_text, line.source.text)
    return context | beside_form(
        request, row.paper, snapshot, section=row.identity, paragraph=source
    )


def _save(row: PaperSection, source: str, line: Told | None, form: OverrideForm, *, by):
    try:
        return override_paragraph(
            section=row,
            source=source,
            values=form.values,
            shown=form.shown_source,
            started_from=form.started_from,
            by=by,
        )
    except SourceChanged as changed:
        if line is not None:
            form.go_on_with(line.source.text)
        raise Refused(str(changed), field="text") from changed


def _initial(line: Told | None) -> dict:
    """What was written before, or the assessment's own words to begin with."""
    if line is None:
        return {}
    shown_now = {"shown": mark_of(line.source.text)}
    if line.override is None:
        return OverrideForm.initial_from(line.source) | shown_now
    return OverrideForm.initial_of(line.override) | shown_now


def _threat_section_to_edit(
    request: HttpRequest, address: PaperAddress, identity: str
) -> PaperSection:
    row = section_visible_to(request.user, section=identity, **vars(address))
    if row is None or row.kind != SectionKind.THREAT:
        paper_to_edit(request, address)
        raise Http404("No such section of a threat.")
    editable(request, row.paper)
    return row


def _section_url(row: PaperSection) -> str:
    return reverse("reports:section", args=[row.paper.address, row.identity])
