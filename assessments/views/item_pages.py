"""The pages of one item of a list: its form, in whatever state, and the question to remove it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from assessments.domain.content import item_values
from assessments.enums import ItemKind
from assessments.forms.items import ItemForm
from assessments.models import Assessment
from assessments.presenters.items import GUIDANCE, card, item_rows, labels_of
from assessments.presenters.places import crumbs_to
from assessments.wording import ITEM_NOUNS
from threats.selectors import parts_for


def form_page(
    request: HttpRequest,
    assessment: Assessment,
    kind: ItemKind,
    form: ItemForm,
    *,
    identity: str = "",
    waiting: list | None = None,
    newer=None,
    is_removed: bool = False,
    is_stale: bool = False,
    refusal: str = "",
    came_from: str = "",
) -> HttpResponse:
    """The form of one item. `came_from` is the year of what came over and waits to be looked at."""
    labels = labels_in(assessment)
    is_new = is_removed or not identity
    at = [assessment.cycle.year, assessment.threat.code, kind.value]
    context = surroundings(assessment, kind) | {
        "crumbs": crumbs_to(assessment, kind),
        "form": form,
        "is_new": is_new,
        "action": reverse("assessments:add_item", args=at)
        if is_new
        else reverse("assessments:change_item", args=[*at, identity]),
        "waiting": [(kept, item_rows(kind, kept.values, labels)) for kept in waiting or ()],
        "newer": item_rows(kind, item_values(kind, newer), labels) if newer else None,
        "is_stale": is_stale,
        "is_removed": is_removed,
        "refusal": refusal,
        "came_from": came_from,
        "guidance": GUIDANCE[kind],
    }
    status = 409 if is_stale or refusal else 200
    return render(request, "assessments/item.html", context, status=status)


def removing_page(
    request: HttpRequest, assessment: Assessment, kind: ItemKind, item, *, is_stale: bool = False
) -> HttpResponse:
    context = surroundings(assessment, kind) | {
        "crumbs": crumbs_to(assessment, kind),
        "card": card(kind, item, labels_in(assessment)),
        "version": item.version,
        "is_stale": is_stale,
    }
    return render(request, "assessments/remove_item.html", context, status=409 if is_stale else 200)


def surroundings(assessment: Assessment, kind: ItemKind) -> dict:
    return {
        "assessment": assessment,
        "cycle": assessment.cycle,
        "kind": kind,
        "noun": ITEM_NOUNS[kind][0],
    }


def labels_in(assessment: Assessment) -> dict:
    return labels_of(parts_for(assessment.cycle.edition, assessment.threat.code))
