"""What a page of answers does with last year's words, and keeping what came over in a list."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from assessments.domain.carried_items import CARRIED_KINDS, keep_item
from assessments.enums import ItemKind
from assessments.exceptions import StaleEdit
from assessments.forms.answers import TypedAnswer
from assessments.forms.carried import with_confirmed
from assessments.models import Assessment
from assessments.selectors import assessments_visible_to, items_of
from assessments.wording import ITEM_NOUNS
from assessments.year_selectors import carried_answer


def confirmed_in(
    request: HttpRequest,
    assessment: Assessment,
    typed: dict[str, TypedAnswer],
    rating_codes: Collection[str],
) -> dict[str, TypedAnswer]:
    """What was sent, with the answer that is confirmed as unchanged, if one is."""
    code = request.POST.get("confirm", "")
    if code not in typed:
        return typed
    carried = carried_answer(assessment, code)
    shown = request.POST.get(f"carried:{code}")
    return with_confirmed(typed, code, carried, rating_codes, shown=shown)


def back_to_carried(request: HttpRequest, typed: Collection[str]) -> str:
    """Where the page goes on after a button beside last year's words; "" if it was none of them."""
    if (code := request.POST.get("start_from", "")) in typed:
        return f"?saved=answers&start_from={code}#{code}"
    if (code := request.POST.get("confirm", "")) in typed:
        return f"?saved=answers#{code}"
    return ""


@require_POST
def keep(
    request: HttpRequest, year: str, threat_code: str, kind: str, identity: str
) -> HttpResponse:
    """An item that came over from last year still stands as it is."""
    if kind not in CARRIED_KINDS:
        raise Http404
    assessment = get_object_or_404(
        assessments_visible_to(request.user), cycle__year=year, threat__code=threat_code
    )
    item = get_object_or_404(items_of(assessment, ItemKind(kind)), identity=identity)
    version = request.POST.get("version", "")
    noun = ITEM_NOUNS[ItemKind(kind)][0]
    try:
        keep_item(
            assessment=assessment,
            kind=ItemKind(kind),
            identity=item.identity,
            started_from=int(version) if version.isdecimal() and len(version) < 10 else 0,
            by=request.user,
        )
    except StaleEdit:
        sentence = f"Somebody changed the {noun} after you opened the page. Read it again below."
        messages.warning(request, sentence)
    else:
        messages.success(request, f"The {noun} is reviewed: it still stands.")
    address = redirect("assessments:items", year, threat_code, kind)
    address["Location"] += f"#item-{item.identity}"
    return address
