"""The registers across threats, and what an item in them was in other years."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.enums import ItemKind, Marking
from assessments.forms.registers import REGISTER_FORMS, RegisterForm
from assessments.presenters.items import card, labels_of
from assessments.presenters.register_files import register_export
from assessments.presenters.registers import (
    REGISTERS,
    count_of,
    links_to_registers,
    register_lines,
)
from assessments.register_policies import can_see_registers
from assessments.register_selectors import items_in_register, seen_by, years_of_item
from spr_portal.export_views import export_response, format_asked_for
from spr_portal.exports import ExportFormat
from threats.selectors import parts_for

PER_PAGE = 50


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    can_see_registers(request.user).require()
    return redirect("assessments:register", next(iter(REGISTERS)))


@require_safe
def register(request: HttpRequest, name: str) -> HttpResponse:
    kind, title = _named(request, name)
    form = REGISTER_FORMS[kind](request.GET, seen=seen_by(request.user))
    file_format = format_asked_for(request)
    if file_format:
        return _file(request, kind, name, form, file_format)
    today = timezone.localdate()
    items = _items(request, kind, form) if form.is_valid() else []
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "name": name,
        "title": title,
        "year": form.chosen_year,
        "registers": links_to_registers(name, form.chosen_year),
        "applied": form.applied if form.is_valid() else [],
        "count": count_of(kind, page.paginator.count),
        "page": page,
        "lines": register_lines(kind, page, today=today),
        "table": f"assessments/register_{name}.html",
        "is_sensitive": _is_sensitive(page),
    }
    return render(request, "assessments/register.html", context)


@require_safe
def item_history(request: HttpRequest, name: str, identity: str) -> HttpResponse:
    """One vulnerability or finding, year by year."""
    kind, title = _named(request, name)
    rows = list(years_of_item(request.user, kind, identity))
    if not rows or kind == ItemKind.FIGURE:
        raise Http404("No such item.")
    context = {
        "crumbs": [("My work", "/"), (title, f"/registers/{name}/")],
        "title": title,
        "kind": kind,
        "years": [(row.assessment, _card(kind, row)) for row in rows],
        "is_sensitive": _is_sensitive(rows),
    }
    return render(request, "assessments/item_history.html", context)


def _is_sensitive(rows) -> bool:
    return any(row.marking == Marking.SENSITIVE for row in rows)


def _named(request: HttpRequest, name: str) -> tuple[ItemKind, str]:
    can_see_registers(request.user).require()
    if name not in REGISTERS:
        raise Http404("No such register.")
    return REGISTERS[name]


def _items(request: HttpRequest, kind: ItemKind, form: RegisterForm):
    return items_in_register(request.user, kind, form.sought, today=timezone.localdate())


def _file(
    request: HttpRequest, kind: ItemKind, name: str, form: RegisterForm, file_format: ExportFormat
) -> HttpResponse:
    """What the page shows with the same choices. A file of other things than asked is none."""
    if not form.is_valid() or not form.chosen_year:
        raise Http404("No such register.")
    export = register_export(
        kind,
        _items(request, kind, form),
        name=name,
        title=REGISTERS[name][1],
        force=request.user.force,
        sought=form.sought,
    )
    return export_response(request, export, file_format)


def _card(kind: ItemKind, row):
    cycle = row.assessment.cycle
    return card(kind, row, labels_of(parts_for(cycle.edition, row.assessment.threat.code)))
