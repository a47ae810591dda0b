"""The lists of an assessment: one set of pages for all kinds of item."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.domain.content import item_values
from assessments.domain.items import add_item, change_item, move_item, remove_item
from assessments.domain.set_aside import settle_words
from assessments.enums import ItemKind
from assessments.exceptions import StaleEdit
from assessments.forms.carried import begun_with_last_years
from assessments.forms.items import FORMS, begun_with, initial_of
from assessments.models import Assessment
from assessments.policies import can_edit_place, can_lead, can_remove, can_write_place
from assessments.presenters.carried import figures_before
from assessments.presenters.drafts import draft_items
from assessments.presenters.figures import figure_line, units_left
from assessments.presenters.items import GUIDANCE, cards, count_in_words, item_rows, since_of
from assessments.presenters.places import crumbs_to
from assessments.presenters.threads import talk_on_list
from assessments.selectors import (
    assessments_visible_to,
    items_of,
    items_set_aside,
    words_set_aside,
)
from assessments.views.item_pages import form_page, labels_in, removing_page, surroundings
from assessments.wording import ITEM_NOUNS
from assessments.year_selectors import figures_last_year
from spr_portal.identity.exceptions import PolicyDenied
from spr_portal.identity.policies import Decision


@require_safe
def item_list(request: HttpRequest, year: str, threat_code: str, kind: str) -> HttpResponse:
    assessment, kind = _found(request, year, threat_code, kind)
    items = list(items_of(assessment, kind))
    is_table = kind == ItemKind.FIGURE
    editing = can_edit_place(request.user, assessment, kind)
    context = surroundings(assessment, kind) | {
        "cards": [] if is_table else cards(kind, items, labels_in(assessment)),
        "figures": [figure_line(item) for item in items] if is_table else [],
        "crumbs": crumbs_to(assessment),
        "count": count_in_words(kind, items),
        "guidance": GUIDANCE[kind],
        "drafts": draft_items(kind, items, labels_in(assessment)),
        "leading": can_lead(request.user, assessment),
        "kept": _kept(request, assessment, kind, editing),
        "talk": talk_on_list(request.user, assessment, kind),
        "editing": editing,
        "last_year": figures_before(figures_last_year(assessment), items) if is_table else [],
        "units_left": units_left(threat_code, items) if is_table and editing else [],
    }
    return render(request, "assessments/items.html", context)


def _kept(request: HttpRequest, assessment: Assessment, kind: ItemKind, editing: Decision) -> list:
    """The reader's own words that were not saved, where the pages of the items are locked."""
    if editing:
        return []
    labels = labels_in(assessment)
    kept = items_set_aside(assessment, request.user, kind)
    return [(one, item_rows(kind, one.values, labels)) for one in kept]


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, year: str, threat_code: str, kind: str) -> HttpResponse:
    assessment, kind = _writable(request, year, threat_code, kind)
    begun = begun_with(assessment, request.GET.get("unit", ""))
    if kind == ItemKind.FIGURE and (chosen := request.GET.get("last_year")):
        begun = begun_with_last_years(figures_last_year(assessment), chosen)
    form = FORMS[kind](request.POST or None, initial=begun, assessment=assessment)
    if form.is_valid():
        try:
            add_item(assessment=assessment, kind=kind, values=form.values, by=request.user)
        except PolicyDenied as denied:
            return form_page(request, assessment, kind, form, refusal=str(denied))
        if replaced := form.cleaned_data["instead_of"]:
            settle_words(assessment=assessment, place=f"{kind}/{replaced}", by=request.user)
        messages.success(request, f"The {ITEM_NOUNS[kind][0]} has been added.")
        again = "assessments:add_item" if "again" in request.POST else "assessments:items"
        return redirect(again, year, threat_code, kind.value)
    return form_page(request, assessment, kind, form)


@require_http_methods(["GET", "HEAD", "POST"])
def change(
    request: HttpRequest, year: str, threat_code: str, kind: str, identity: str
) -> HttpResponse:
    assessment, kind = _writable(request, year, threat_code, kind)
    item = items_of(assessment, kind).filter(identity=identity).first()
    waiting = list(words_set_aside(assessment, request.user, f"{kind}/{identity}"))
    if item is None and not assessment.set_aside.filter(place=f"{kind}/{identity}").exists():
        raise Http404
    if request.method == "POST":
        return _change(request, assessment, kind, identity, item)
    if item is None:
        if not waiting:
            raise Http404
        initial = initial_of(kind, waiting[-1].values) | {"instead_of": identity}
        form = FORMS[kind](initial=initial, assessment=assessment)
        return form_page(request, assessment, kind, form, identity=identity, is_removed=True)
    initial = initial_of(kind, item_values(kind, item)) | {"version": item.version}
    form = FORMS[kind](initial=initial, assessment=assessment)
    came_from = "" if getattr(item, "is_reviewed", True) else since_of(item)
    return form_page(
        request, assessment, kind, form, identity=identity, waiting=waiting, came_from=came_from
    )


@require_http_methods(["GET", "HEAD", "POST"])
def remove(
    request: HttpRequest, year: str, threat_code: str, kind: str, identity: str
) -> HttpResponse:
    assessment, kind = _writable(request, year, threat_code, kind)
    item = items_of(assessment, kind).filter(identity=identity).first()
    was_here = assessment.set_aside.filter(place=f"{kind}/{identity}")
    if item is None and not (request.method == "POST" and was_here.exists()):
        raise Http404
    if request.method == "POST":
        started_from = _version(request)
        try:
            remove_item(
                assessment=assessment,
                kind=kind,
                identity=identity,
                started_from=started_from,
                by=request.user,
            )
        except StaleEdit as stale:
            return removing_page(request, assessment, kind, stale.newer, is_stale=True)
        messages.success(request, f"The {ITEM_NOUNS[kind][0]} has been removed.")
        return redirect("assessments:items", year, threat_code, kind.value)
    can_remove(request.user, assessment, item).require()
    return removing_page(request, assessment, kind, item)


@require_POST
def move(
    request: HttpRequest, year: str, threat_code: str, kind: str, identity: str
) -> HttpResponse:
    assessment, kind = _writable(request, year, threat_code, kind)
    get_object_or_404(items_of(assessment, kind), identity=identity)
    move_item(
        assessment=assessment,
        kind=kind,
        identity=identity,
        up=request.POST.get("direction") == "up",
        by=request.user,
    )
    messages.success(request, "The order has been changed.")
    return redirect("assessments:items", year, threat_code, kind.value)


def _found(
    request: HttpRequest, year: str, threat_code: str, kind: str
) -> tuple[Assessment, ItemKind]:
    if kind not in ItemKind.values:
        raise Http404
    assessment = get_object_or_404(
        assessments_visible_to(request.user), cycle__year=year, threat__code=threat_code
    )
    return assessment, ItemKind(kind)


def _writable(
    request: HttpRequest, year: str, threat_code: str, kind: str
) -> tuple[Assessment, ItemKind]:
    """For pages that change something. A POST goes on to the domain, so that no words are lost."""
    assessment, kind = _found(request, year, threat_code, kind)
    policy = can_write_place if request.method == "POST" else can_edit_place
    policy(request.user, assessment, kind).require()
    return assessment, kind


def _change(
    request: HttpRequest, assessment: Assessment, kind: ItemKind, identity: str, item
) -> HttpResponse:
    if "settle" in request.POST:
        settle_words(assessment=assessment, place=f"{kind}/{identity}", by=request.user)
        return redirect("assessments:items", assessment.cycle.year, assessment.threat.code, kind)
    form = FORMS[kind](request.POST, assessment=assessment)
    if not form.is_valid():
        return form_page(
            request, assessment, kind, form, identity=identity, is_removed=item is None
        )
    try:
        change_item(
            assessment=assessment,
            kind=kind,
            identity=identity,
            values=form.values,
            started_from=form.started_from,
            by=request.user,
        )
    except StaleEdit as stale:
        return _stale_page(request, assessment, kind, identity, stale)
    except PolicyDenied as denied:
        return form_page(request, assessment, kind, form, identity=identity, refusal=str(denied))
    messages.success(request, f"The {ITEM_NOUNS[kind][0]} has been changed.")
    return redirect("assessments:items", assessment.cycle.year, assessment.threat.code, kind.value)


def _stale_page(
    request: HttpRequest, assessment: Assessment, kind: ItemKind, identity: str, stale: StaleEdit
) -> HttpResponse:
    """What was typed, on top of the newer version, beside what is saved."""
    data = request.POST.copy()
    if stale.newer is None:
        data["instead_of"] = identity
    else:
        data["version"] = stale.newer.version
    form = FORMS[kind](data, assessment=assessment)
    return form_page(
        request,
        assessment,
        kind,
        form,
        identity=identity,
        newer=stale.newer,
        is_removed=stale.newer is None,
        is_stale=True,
    )


def _version(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
