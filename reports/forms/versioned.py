"""Forms that change something several people write: they carry the version they started from."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from reports.references import Targets, unknown_in
from spr_portal.components import SummaryRow
from spr_portal.forms import GovukForm

LARGEST_VERSION = 2**31 - 1


class VersionedForm(GovukForm):
    """`started_from` is the version shown when the page was opened; nothing for what is new."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=LARGEST_VERSION
    )

    @property
    def started_from(self) -> int:
        return self.cleaned_data.get("version") or 0

    @property
    def values(self) -> dict:
        """What the domain is given."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @classmethod
    def initial_of(cls, row) -> dict:
        """The values of a saved row, as the form's fields hold them."""
        return {name: getattr(row, name) for name in cls.base_fields}

    def go_on_from(self, version: int) -> None:
        """Let the words in the form be saved over a newer version its writer has now seen."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = version

    def described(self, values: dict) -> list[SummaryRow]:
        """Values of the form's fields in words, to be read or copied; empty ones are left out."""
        rows = [
            SummaryRow(str(field.label), _words(self.fields[field.name], values.get(field.name)))
            for field in self
            if not field.is_hidden
        ]
        return [row for row in rows if row.value.strip()]

    @property
    def typed(self) -> list[SummaryRow]:
        """What was typed, whether it is valid or not."""
        return self.described({field.name: field.value() for field in self})


def _words(field: forms.Field, value) -> str:
    """A value as a person reads it."""
    if isinstance(field, forms.ChoiceField):
        chosen = {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}
        return ", ".join(str(label) for key, label in field.choices if key and str(key) in chosen)
    if isinstance(value, list | tuple):
        return " ".join(str(part) for part in value if part)
    return "" if value is None else str(value)


class ReferringMixin:
    """For forms with text that may hold references in double square brackets."""

    targets: Targets

    def check_references(self, text: str) -> str:
        unknown = unknown_in(text, self.targets)
        if unknown:
            raise ValidationError(
                f"{unknown[0]} leads nowhere. These can be used: {', '.join(known(self.targets))}"
            )
        return text


def known(targets: Targets) -> list[str]:
    """Every reference that can be typed."""
    return [
        *(f"[[recommendation:{identity}]]" for identity in targets.recommendations),
        *(f"[[{name}]]" for name in targets.words),
    ]
