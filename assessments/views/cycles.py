"""The list of cycles, opening one and changing it."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.domain.cycles import CycleDates, change_cycle, open_cycle
from assessments.exceptions import CycleExists
from assessments.forms.cycles import CycleDatesForm, EditionForm, OpenCycleForm
from assessments.models import Cycle
from assessments.policies import can_change_cycle, can_open_cycle, can_see_cycles
from assessments.selectors import cycles_visible_to, leads_by_threat
from spr_portal.identity.models import Force
from spr_portal.identity.selectors import who_can_lead
from threats.models import Edition
from threats.selectors import all_editions, rating_scales_of


@require_safe
def cycle_list(request: HttpRequest) -> HttpResponse:
    can_see_cycles(request.user).require()
    context = {
        "cycles": cycles_visible_to(request.user),
        "opening": can_open_cycle(request.user),
    }
    return render(request, "assessments/cycles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_cycle_page(request: HttpRequest) -> HttpResponse:
    """First the edition, then the rest, as the edition's threats decide the leads."""
    can_open_cycle(request.user).require()
    asked = request.GET.get("edition")
    edition = next((edition for edition in all_editions() if edition.code == asked), None)
    if edition is None:
        return _choose_edition(request)
    form = OpenCycleForm(
        request.POST or None,
        scales=rating_scales_of(edition),
        initial=_proposed(request.user.force, edition),
        **_threats_and_people(request, edition),
    )
    if form.is_valid():
        try:
            cycle = open_cycle(
                year=form.cleaned_data["year"],
                edition=edition,
                rating_scale=form.scale,
                dates=form.dates,
                leads=form.leads,
                by=request.user,
            )
        except CycleExists as refusal:
            form.add_error("year", str(refusal))
        else:
            messages.success(
                request, f"The cycle {cycle.year_in_words} is open. Its leads are being told."
            )
            return redirect(cycle)
    context = {"form": form, "edition": edition}
    return render(request, "assessments/open_cycle.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_cycle_page(request: HttpRequest, year: str) -> HttpResponse:
    cycle = get_object_or_404(cycles_visible_to(request.user), year=year)
    can_change_cycle(request.user, cycle).require()
    names = CycleDates.__dataclass_fields__
    form = CycleDatesForm(
        request.POST or None,
        initial={"year": cycle.year, **{name: getattr(cycle, name) for name in names}},
        **_threats_and_people(request, cycle.edition),
    )
    if form.is_valid():
        change_cycle(cycle=cycle, dates=form.dates, leads=form.leads, by=request.user)
        messages.success(request, "The cycle is changed. Leads who were added are being told.")
        return redirect(cycle)
    return render(request, "assessments/change_cycle.html", {"form": form, "cycle": cycle})


def _choose_edition(request: HttpRequest) -> HttpResponse:
    editions = list(all_editions())
    newest = editions[0].code if editions else None
    asked = request.GET if "edition" in request.GET else None
    form = EditionForm(asked, editions=editions, initial={"edition": newest})
    return render(request, "assessments/choose_edition.html", {"form": form})


def _threats_and_people(request: HttpRequest, edition: Edition) -> dict:
    return {
        "threats": edition.threats.all(),
        "people": who_can_lead(request.user),
        "leads": leads_by_threat(request.user.force),
    }


def _proposed(force: Force, edition: Edition) -> dict:
    """The year after the latest, the scale the edition proposes, and today."""
    latest = Cycle.objects.filter(force=force).first()
    today = timezone.localdate()
    first = int(latest.year[:4]) + 1 if latest else _financial_year_of(today)
    scale = edition.rating_scales.filter(is_proposed=True).first()
    return {
        "year": f"{first}-{(first + 1) % 100:02}",
        "rating_scale": scale.code if scale else None,
        "tasked_on": today,
    }


def _financial_year_of(date: datetime.date) -> int:
    """The year in which the financial year of a date began, on 1 April."""
    return date.year if date.month >= 4 else date.year - 1
