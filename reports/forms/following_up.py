"""Forms of the register of recommendations."""

from __future__ import annotations

from django import forms
from django.db.models import Q, QuerySet

from reports.enums import RecommendationStatus
from reports.models import Recommendation
from reports.recommendation_selectors import UNFINISHED
from spr_portal.form_fields import LineField, PlainTextField
from spr_portal.forms import GovukForm

UNFINISHED_CHOICE = "unfinished"


class RegisterForm(GovukForm):
    """What is looked for. Nothing chosen shows all."""

    year = forms.ChoiceField(label="Year", required=False)
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[
            ("", "Any"),
            (UNFINISHED_CHOICE, "Not finished"),
            *RecommendationStatus.choices,
        ],
    )
    words = LineField(label="Words, addressee or owner", required=False, max_length=100)

    def __init__(self, *args, years: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.years = set(years)
        self.fields["year"].choices = [("", "All"), *((y, y.replace("-", "/")) for y in years)]

    def narrowed(self, rows: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
        """Those of the rows that are looked for; only of a form that is valid."""
        asked = self.cleaned_data
        if asked["year"]:
            rows = rows.filter(year=asked["year"])
        if asked["status"] == UNFINISHED_CHOICE:
            rows = rows.filter(status__in=UNFINISHED, carried_to="")
        elif asked["status"]:
            rows = rows.filter(status=asked["status"])
        for word in asked["words"].split():
            rows = rows.filter(
                Q(text__icontains=word)
                | Q(heading__icontains=word)
                | Q(addressee__icontains=word)
                | Q(owner_name__icontains=word)
            )
        return rows


class FollowUpForm(GovukForm):
    """What is said with a step. `evidence` is asked for where something ends well."""

    text = PlainTextField(label="What is there to say?", rows=5, max_length=3_000)
    evidence = PlainTextField(
        label="What shows it (optional)",
        rows=2,
        max_length=2_000,
        required=False,
        help_text="Where the evidence is kept. It is not printed.",
    )

    def __init__(
        self, *args, label: str, hint: str = "", is_needed: bool, asks_evidence: bool, **kwargs
    ):
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.label, text.help_text, text.required = label, hint, is_needed
        text.error_messages["required"] = "Say it in a sentence or two"
        if not is_needed:
            text.label = f"{label} (optional)"
        if not asks_evidence:
            del self.fields["evidence"]
