"""The force's register of evidence."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.domain.evidence import ENTRY_FIELDS, add_evidence, change_evidence
from assessments.enums import Marking
from assessments.evidence_policies import (
    can_add_evidence,
    can_change_evidence,
    can_remove_file,
    can_see_register,
)
from assessments.evidence_selectors import (
    Sought,
    entry_for,
    files_of,
    register_for,
    uses_of,
)
from assessments.exceptions import StaleEdit
from assessments.forms.evidence import EntryForm, FileForm, SearchForm
from assessments.models import Evidence
from assessments.presenters.evidence import (
    EXPORT_HEADINGS,
    entry_rows,
    expiry_tag,
    export_rows,
    register_lines,
    use_lines,
)
from assessments.presenters.evidence_files import file_lines
from assessments.presenters.registers import links_to_registers
from spr_portal.export_views import export_response, format_asked_for
from spr_portal.exports import Export

PER_PAGE = 25
HOME, REGISTER = ("My work", "/"), ("Register of evidence", "/evidence/")


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    can_see_register(request.user).require()
    form = SearchForm(request.GET)
    today = timezone.localdate()
    sought = form.sought
    rows = register_for(request.user, sought, today=today)
    if file_format := format_asked_for(request):
        return export_response(request, _export(request, rows, sought), file_format)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "registers": links_to_registers("evidence", ""),
        "search": form,
        "is_filtered": any(vars(sought).values()),
        "page": page,
        "lines": register_lines(page, today),
        "adding": can_add_evidence(request.user),
    }
    return render(request, "assessments/evidence_register.html", context)


@require_safe
def entry(request: HttpRequest, identity: str) -> HttpResponse:
    return entry_page(request, found_entry(request, identity), FileForm())


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    can_add_evidence(request.user).require()
    form = EntryForm(_sent(request))
    if form.is_valid():
        evidence = add_evidence(values=form.values, by=request.user)
        messages.success(request, "The evidence is in the register.")
        return redirect("assessments:evidence_entry", evidence.identity)
    context = {"crumbs": [HOME, REGISTER], "form": form, "is_new": True, "back": REGISTER[1]}
    return render(request, "assessments/evidence_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, identity: str) -> HttpResponse:
    evidence = found_entry(request, identity)
    can_change_evidence(request.user, evidence).require()
    form = EntryForm(_sent(request), initial=EntryForm.initial_of(evidence))
    if not form.is_valid():
        return _form_page(request, evidence, form)
    try:
        change_evidence(
            evidence=evidence,
            values=form.values,
            started_from=form.started_from,
            by=request.user,
        )
    except StaleEdit as stale:
        form.go_on_from(stale.newer.version)
        return _form_page(request, evidence, form, newer=stale.newer)
    messages.success(request, "The evidence has been changed.")
    return redirect("assessments:evidence_entry", identity)


def _export(request: HttpRequest, rows: QuerySet[Evidence], sought: Sought) -> Export:
    """What the register shows under these filters, all pages of it."""
    is_sensitive = any(entry.marking == Marking.SENSITIVE for entry in rows)
    return Export(
        title=f"Register of evidence, {request.user.force.name}",
        name="evidence",
        headings=EXPORT_HEADINGS,
        rows=export_rows(rows),
        marking=Marking.SENSITIVE if is_sensitive else Marking.OFFICIAL,
        noted={name: value for name, value in vars(sought).items() if value and name != "words"},
    )


def found_entry(request: HttpRequest, identity: str) -> Evidence:
    try:
        return entry_for(request.user, identity)
    except Evidence.DoesNotExist:
        raise Http404 from None


def entry_page(request: HttpRequest, evidence: Evidence, form: FileForm) -> HttpResponse:
    """An entry with where it is cited and its files; `form` takes another file."""
    context = {
        "crumbs": [HOME, REGISTER],
        "evidence": evidence,
        "rows": entry_rows(evidence, [name for name in ENTRY_FIELDS if name != "title"]),
        "expiry": expiry_tag(evidence.expires_on, timezone.localdate()),
        "uses": use_lines(uses_of(evidence, request.user)),
        "files": file_lines(evidence, files_of(evidence)),
        "form": form,
        "changing": can_change_evidence(request.user, evidence),
        "removing": can_remove_file(request.user, evidence),
    }
    return render(request, "assessments/evidence_entry.html", context)


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _form_page(
    request: HttpRequest, evidence: Evidence, form: EntryForm, newer: Evidence | None = None
) -> HttpResponse:
    """The form; when somebody else was faster, under what they saved."""
    at = f"{REGISTER[1]}{evidence.identity}/"
    context = {
        "crumbs": [HOME, REGISTER, (evidence.title, at)],
        "form": form,
        "newer": entry_rows(newer) if newer else None,
        "back": at,
    }
    return render(request, "assessments/evidence_form.html", context, status=409 if newer else 200)
