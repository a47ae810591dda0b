"""Forms of the board's side: searching and comparing issued papers."""

from __future__ import annotations

from django import forms

from spr_portal.form_fields import LineField
from spr_portal.forms import GovukForm


class SearchForm(GovukForm):
    words = LineField(
        label="Words to look for",
        max_length=100,
        help_text="All of them must stand in one paragraph, recommendation, table or heading.",
    )


class CompareForm(GovukForm):
    """Which earlier year a paper is compared with."""

    year = forms.ChoiceField(label="Compare with", required=False)

    def __init__(self, *args, years: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, year.replace("-", "/")) for year in years]
