"""Which two submissions are compared."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from spr_portal.forms import GovukForm

NOW = "now"


class CompareForm(GovukForm):
    """Two submissions by their numbers; "now" is what is written by now."""

    since = forms.ChoiceField(label="From")
    until = forms.ChoiceField(label="To")

    def __init__(self, *args, choices: Iterable[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        choices = list(choices)
        self.fields["since"].choices = [choice for choice in choices if choice[0] != NOW]
        self.fields["until"].choices = choices
