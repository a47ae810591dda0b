"""What a paper takes from its template later, and what the papers of a force look like."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.domain import brand as domain
from reports.domain.compose import words_of
from reports.domain.template_sections import add_optional_sections, optional_sections_left
from reports.forms.brand import BrandForm, LogoForm
from reports.forms.paper import OptionalSectionsForm
from reports.models import Brand
from reports.paper_address import PaperAddress
from reports.policies import can_change_brand
from reports.selectors import brand_of
from reports.snapshot import brand_in_words
from reports.views.common import crumbs, edited, paper_to_edit
from spr_portal.identity.exceptions import Refused

YEAR = 365 * 24 * 3600  # seconds
PAGES = ["GET", "HEAD", "POST"]


@require_http_methods(PAGES)
def optional_sections(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = paper_to_edit(request, address)
    words = words_of(paper.cycle)
    offered = optional_sections_left(paper, words)
    form = OptionalSectionsForm(request.POST or None, offered=offered)
    if form.is_valid():
        added = add_optional_sections(
            paper=paper, keys=form.cleaned_data["sections"], words=words, by=request.user
        )
        headings = ", ".join(f"“{section.heading}”" for section in added)
        messages.success(request, f"Added: {headings}. The paragraphs after them move up.")
        return redirect(f"{paper.get_absolute_url()}#sections")
    context = {"crumbs": crumbs(paper), "paper": paper, "form": form, "offered": offered}
    return render(request, "reports/optional_sections.html", context)


@require_http_methods(PAGES)
def brand(request: HttpRequest) -> HttpResponse:
    can_change_brand(request.user).require()
    row = brand_of(request.user.force)
    return edited(
        request,
        form=BrandForm(request.POST or None, initial=BrandForm.initial_of(row)),
        save=lambda form: domain.change_brand(
            force=request.user.force,
            values=form.values,
            started_from=form.started_from,
            by=request.user,
        ),
        template="reports/brand.html",
        context=_around(row, LogoForm(initial={"description": row.logo_description})),
        done="Saved. Papers in the making look like this from now on.",
        to=reverse("reports:brand"),
    )


@require_POST
def brand_logo(request: HttpRequest) -> HttpResponse:
    can_change_brand(request.user).require()
    row = brand_of(request.user.force)
    form = LogoForm(request.POST, request.FILES)
    if refusal := getattr(request, "upload_refused", ""):
        form.errors.pop("file", None)
        form.add_error("file", refusal)
    if form.is_valid():
        try:
            _set_logo(request, form)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, "The logo is saved.")
            return redirect("reports:brand")
    words = BrandForm(initial=BrandForm.initial_of(row))
    return render(request, "reports/brand.html", _around(row, form) | {"form": words})


def _set_logo(request: HttpRequest, form: LogoForm) -> None:
    upload = form.cleaned_data["file"]
    domain.set_logo(
        force=request.user.force,
        upload=Path(upload.temporary_file_path()),
        name=upload.name,
        description=form.cleaned_data["description"],
        by=request.user,
    )


@require_POST
def remove_brand_logo(request: HttpRequest) -> HttpResponse:
    can_change_brand(request.user).require()
    domain.remove_logo(force=request.user.force, by=request.user)
    messages.success(request, "The logo is removed.")
    return redirect("reports:brand")


@require_safe
@login_not_required
@cache_control(public=True, max_age=YEAR, immutable=True)
def paper_colour(request: HttpRequest, colour: str) -> HttpResponse:
    """The style sheet of one colour, for papers shown in a page. It tells a stranger nothing."""
    css = f":root {{\n  --paper-brand: #{colour};\n}}\n"
    return HttpResponse(css, content_type="text/css; charset=utf-8")


def _around(row: Brand, logo_form: LogoForm) -> dict:
    return {
        "crumbs": [
            ("My work", reverse("reports:home")),
            ("Papers", reverse("reports:papers")),
        ],
        "logo_form": logo_form,
        "brand": brand_in_words(row),
        "back": reverse("reports:papers"),
    }
