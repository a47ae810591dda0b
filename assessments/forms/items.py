"""The forms for the items of an assessment's lists: one a kind."""

from __future__ import annotations

from django import forms

from assessments.enums import ItemKind
from assessments.forms.item_base import (
    PARAGRAPH_LIMIT,
    ItemForm,
    PublishedItemForm,
    WholeNumberField,
)
from assessments.forms.open_items import FindingForm, VulnerabilityForm
from assessments.forms.publishing import PUBLIC, RESTRICTED
from assessments.models import Assessment
from assessments.suggestions import units_for
from spr_portal.form_fields import (
    DateField,
    LineField,
    PlainTextField,
    Radios,
    SuggestingInput,
)
from threats.models import Level


class FigureForm(PublishedItemForm):
    kind = ItemKind.FIGURE

    unit = LineField(
        label="What is counted?",
        max_length=120,
        widget=SuggestingInput,
        help_text="Choose one of the units that are suggested for this threat, or type another.",
        error_messages={"required": "Enter what is counted"},
    )
    level = forms.ChoiceField(
        label="Level",
        choices=Level.choices,
        widget=Radios(
            hints={
                Level.LOCAL: "What the force needs for itself.",
                Level.REGIONAL: "The force’s share of what its region needs.",
                Level.NATIONAL: "The force’s share of what is called on nationally.",
            }
        ),
    )
    required = WholeNumberField(
        label="Number required", help_text="Leave it empty where nobody has set a requirement."
    )
    required_by = LineField(
        label="Who sets the requirement",
        max_length=150,
        required=False,
        help_text="Such as the national planning assumptions.",
    )
    held = WholeNumberField(label="Number held", help_text="What the force itself holds.")
    held_on = DateField(label="Date the number held was counted", required=False)
    projected = WholeNumberField(
        label="Projected number",
        help_text="What will be held in all on the date below, not how much is gained or lost.",
    )
    projected_by = DateField(label="Date of the projection", required=False)
    accessible = WholeNumberField(
        label="Number accessible through others",
        help_text="What others hold and would give; do not count it as held.",
    )
    accessible_through = LineField(label="Accessible through", max_length=150, required=False)
    source = LineField(
        label="Source of the numbers",
        max_length=300,
        required=False,
        help_text="The return, system or count they come from.",
    )
    field_order = [
        "unit", "level", "required", "required_by", "held", "held_on", "projected",
        "projected_by", "accessible", "accessible_through", "source", "publication",
        "withheld_under", "marking", "handling", "version", "instead_of",
    ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].widget.suggestions = units_for(self.assessment.threat.code)

    def clean(self):
        cleaned = super().clean()
        self.refuse_future("held_on")
        self.refuse_far("projected_by")
        numbers = ("required", "held", "projected", "accessible")
        was_wrong = any(name in self.errors for name in numbers)
        if not was_wrong and all(cleaned.get(name) is None for name in numbers):
            self.add_error(
                "required",
                "Enter at least one number: required, held, projected or accessible through others",
            )
        self._check_pair("projected", "projected_by", "Enter the date of the projection")
        held_on, projected_by = cleaned.get("held_on"), cleaned.get("projected_by")
        if held_on and projected_by and projected_by < held_on:
            self.add_error(
                "projected_by", "Date of the projection must be after the number held was counted"
            )
        if cleaned.get("accessible") and self.is_left_out("accessible_through"):
            self.add_error("accessible_through", "Enter through whom they are accessible")
        return cleaned

    def _check_pair(self, number: str, date: str, sentence: str) -> None:
        cleaned = self.cleaned_data
        if number in self.errors or date in self.errors:
            return
        if cleaned.get(number) is not None and not cleaned.get(date):
            self.add_error(date, sentence)
        if cleaned.get(date) and cleaned.get(number) is None:
            self.add_error(number, "Enter the projected number, or remove its date")


class RecommendationForm(PublishedItemForm):
    """What is recommended is meant to be read by all, unless its lead says otherwise."""

    kind = ItemKind.RECOMMENDATION

    addressee = LineField(
        label="Addressee",
        max_length=100,
        help_text="As the sentence begins, such as The Commissioner or The Executive Team.",
    )
    text = PlainTextField(
        label="Text",
        max_length=PARAGRAPH_LIMIT,
        rows=5,
        help_text="Go on with the sentence the addressee begins, such as: to support …",
    )
    field_order = [
        "addressee", "text", "publication", "withheld_under", "marking", "handling", "version",
        "instead_of",
    ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["publication"].initial = PUBLIC


class SummaryForm(PublishedItemForm):
    kind = ItemKind.SUMMARY

    text = PlainTextField(
        label="Text",
        max_length=PARAGRAPH_LIMIT,
        rows=10,
        help_text="A blank line starts another paragraph. A line that starts with a hyphen and a "
        "space is a bullet.",
    )
    field_order = [
        "text", "publication", "withheld_under", "marking", "handling", "version", "instead_of",
    ]  # fmt: skip


# Evidence has forms of its own: see assessments.forms.evidence.
FORMS: dict[ItemKind, type[ItemForm]] = {
    form.kind: form
    for form in (
        FigureForm,
        VulnerabilityForm,
        FindingForm,
        RecommendationForm,
        SummaryForm,
    )
}


def begun_with(assessment: Assessment, unit: str) -> dict:
    """What a new figure begins with where one of the threat's usual units was chosen."""
    return {"unit": unit} if unit in units_for(assessment.threat.code) else {}


def initial_of(kind: ItemKind, values: dict) -> dict:
    """What a form begins with, from an item's plain values (`domain.content.item_values`)."""
    initial = dict(values)
    if kind == ItemKind.FINDING:
        initial["kind_of_finding"] = initial.pop("finding_kind", "")
    if "is_public" in initial:
        initial["publication"] = PUBLIC if initial["is_public"] else RESTRICTED
    return initial
