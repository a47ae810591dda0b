"""A form with every kind of field, and a page with every component, for tests only."""

import copy
from pathlib import Path

import pytest
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from spr_portal.components import Column, FileEntry, RatingCell, SummaryRow, Task
from spr_portal.form_fields import Checkboxes, DateField, LineField, PlainTextField, Radios
from spr_portal.forms import GovukForm, GovukFormSet
from spr_portal.urls import urlpatterns as portal_urls

TEMPLATES = Path(__file__).parent / "templates"
LEVELS = [("local", "Local"), ("regional", "Regional"), ("national", "National")]
RATINGS = [("good", "Good"), ("adequate", "Adequate"), ("none", "Not rated")]
STATUS_TABLE = {"draft": ("In progress", "blue"), "approved": ("Approved", "green")}


class EveryFieldForm(GovukForm):
    title = LineField(label="Title", help_text="As it is printed on the paper.", max_length=40)
    narrative = PlainTextField(label="Threat picture", max_length=200, help_text="Plain text.")
    email = forms.EmailField(
        label="Email address", widget=forms.EmailInput({"autocomplete": "email"})
    )
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    held = forms.IntegerField(
        label="Police support units held",
        min_value=0,
        widget=forms.NumberInput({"class": "govuk-input--width-4"}),
    )
    as_at = DateField(label="As-at date", help_text="For example, 30 September 2016.")
    threat = forms.ChoiceField(
        label="Threat", choices=[("", "---------"), ("Old", [("t", "Terrorism")]), ("c", "Cyber")]
    )
    rating = forms.ChoiceField(
        label="Rating",
        choices=RATINGS,
        widget=Radios(hints={"none": "Nobody has judged it yet."}),
        help_text="Capability, regional.",
    )
    levels = forms.MultipleChoiceField(
        label="Levels", choices=LEVELS, widget=Checkboxes(hints={"local": "The force itself."})
    )
    is_true = forms.BooleanField(label="I declare that this is complete")
    attachment = forms.FileField(label="Attachment")
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)


class ParagraphForm(GovukForm):
    text = PlainTextField(label="Text", rows=4)
    marking = forms.ChoiceField(
        label="Who may read it",
        choices=[("public", "Public"), ("restricted", "Restricted")],
        widget=Radios(attrs={"class": "govuk-radios--inline govuk-radios--small"}),
    )


ParagraphFormSet = forms.formset_factory(
    ParagraphForm, formset=GovukFormSet, extra=1, can_delete=True
)


def components() -> dict:
    return {
        "tasks": [
            Task("Threat picture", "Completed", "/health/"),
            Task("Delivery", "In progress", "/health/", "blue", "Local, regional and national."),
            Task("Submit", "Cannot start yet"),
        ],
        "rows": [
            SummaryRow("Threat", "Substantial.\n\n- one\n- two", "/health/", "the threat picture"),
            SummaryRow("Command", "", "/health/"),
            SummaryRow("Reference", "x" * 200),
        ],
        "status": "draft",
        "table": STATUS_TABLE,
        "page": Paginator(range(50), 10).page(2),
        "columns": [Column("Threat")] + [Column(f"Criterion {n}", True) for n in range(1, 8)],
        "cells": [["Terrorism", *range(1000000, 1000007)], ["Cyber", *range(1, 8)]],
        "ratings": [
            RatingCell(word, symbol, tone)
            for word, symbol, tone in (
                ("Good", "●", "green"),
                ("Adequate", "◕", "yellow"),
                ("Requires improvement", "◑", "orange"),
                ("Inadequate", "○", "red"),
                ("Not rated", "–", "grey"),
            )
        ],
        "files": [
            FileEntry("Board paper, public edition", "/health/", "PDF", 123456, "ab12" * 16),
            FileEntry("Board paper, public edition", "/health/", "Word", 45678),
        ],
        "crumbs": [("Home", "/"), ("Cycles", "/cycles/"), ("2016/17", "/cycles/2016-17/")],
        "paragraphs": ParagraphFormSet(initial=[{"text": "One."}, {"text": "Two."}]),
    }


def sent_form(request) -> EveryFieldForm:
    if request.method == "POST":
        return EveryFieldForm(request.POST, request.FILES)
    return EveryFieldForm()


@login_not_required
def page(request) -> HttpResponse:
    form = sent_form(request)
    return render(request, "sample/page.html", {"form": form} | components())


@login_not_required
def job(request) -> HttpResponse:
    """The fragment of a job that is over at the third look."""
    looks = request.session["looks"] = request.session.get("looks", 0) + 1
    context = {
        "text": "The PDF is ready." if looks > 2 else f"Making page {looks}.",
        "is_over": looks > 2,
        "href": "/sample/",
        "poll": "/sample/job/",
    }
    return render(request, "components/job_progress.html", context)


@login_not_required
def progress(request) -> HttpResponse:
    """A page with nothing to type on it."""
    return render(request, "sample/progress.html")


@login_not_required
def crispy_page(request) -> HttpResponse:
    form = sent_form(request)
    return render(request, "sample/crispy.html", {"form": form})


handler404 = "spr_portal.error_views.page_not_found"
urlpatterns = [
    *portal_urls,
    path("sample/", page, name="sample"),
    path("sample/job/", job, name="sample_job"),
    path("sample/progress/", progress, name="sample_progress"),
    path("sample/crispy/", crispy_page, name="sample_crispy"),
]


@pytest.fixture
def sample_pages(settings):
    """The portal with these pages added, for one test."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], TEMPLATES]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tests.frontend.sample"
