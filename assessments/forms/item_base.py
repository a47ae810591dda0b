"""What the forms for the items of an assessment's lists have in common."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from assessments.domain.content import ITEM_FIELDS
from assessments.enums import ItemKind
from assessments.forms.publishing import MarkedForm, PublishedForm
from assessments.models import Assessment
from spr_portal.forms import GovukForm

LARGEST_FIGURE = 1_000_000
PARAGRAPH_LIMIT = 5_000  # characters
INLINE = {"class": "govuk-radios--inline"}
EARLIEST_YEAR = 1990
YEARS_AHEAD = 20


class WholeNumberField(forms.IntegerField):
    """A count of people or things, typed with or without thousands separators."""

    def __init__(self, *, label: str, **kwargs):
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_value=LARGEST_FIGURE,
            widget=forms.NumberInput({"class": "govuk-input--width-5"}),
            error_messages={
                "invalid": f"{label} must be a whole number, such as 62",
                "min_value": f"{label} must be 0 or more",
                "max_value": f"{label} must be {LARGEST_FIGURE:,} or fewer",
            },
            **kwargs,
        )

    def to_python(self, value):
        if isinstance(value, str):
            value = value.replace(",", "").replace(" ", "").replace("\0", "")
        return super().to_python(value)


class ItemForm(GovukForm):
    """What a person fills in of one item. `values` is what the domain is given."""

    kind: ItemKind

    # The version that the person began with; an item that is new has none.
    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    # The removed item in whose place this one is added.
    instead_of = forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args, assessment: Assessment, **kwargs):
        self.assessment = assessment
        super().__init__(*args, **kwargs)

    @property
    def values(self) -> dict:
        return {
            name: self.cleaned_data[name]
            for name in ITEM_FIELDS[self.kind]
            if name in self.cleaned_data
        }

    @property
    def started_from(self) -> int:
        return self.cleaned_data.get("version") or 0

    def is_left_out(self, name: str) -> bool:
        return not self.cleaned_data.get(name) and name not in self.errors

    def refuse_future(self, name: str) -> None:
        date = self.cleaned_data.get(name)
        if date and date > timezone.localdate():
            self.add_error(name, f"{self.fields[name].label} must be today or in the past")
        elif date and date.year < EARLIEST_YEAR:
            self.add_error(name, f"{self.fields[name].label} must be in {EARLIEST_YEAR} or later")

    def refuse_far(self, name: str) -> None:
        """A year that nobody means: 0216 for 2016, or 2106."""
        date, latest = self.cleaned_data.get(name), timezone.localdate().year + YEARS_AHEAD
        if date and not EARLIEST_YEAR <= date.year <= latest:
            self.add_error(
                name, f"{self.fields[name].label} must be between {EARLIEST_YEAR} and {latest}"
            )


class MarkedItemForm(MarkedForm, ItemForm):
    """An item with a marking of its own that no edition of the paper prints."""


class PublishedItemForm(PublishedForm, ItemForm):
    """An item that is cleared for publication, or kept out of it under an exemption."""
