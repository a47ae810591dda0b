"""Which figure stands in a paper, where, with what words before it, and who may see it."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from assessments.forms.publishing import PublishedForm, publication_of
from reports.enums import FigureSource
from reports.forms.versioned import ReferringMixin, VersionedForm
from reports.references import Targets
from spr_portal.form_fields import PlainTextField, Radios


class FigureForm(ReferringMixin, PublishedForm, VersionedForm):
    """Nothing is chosen beforehand of who may see it: a person clears a figure, or nobody does."""

    figure_source = forms.ChoiceField(
        label="What does it show?",
        choices=FigureSource.choices,
        widget=Radios,
        error_messages={"required": "Select what the figure shows"},
    )
    text = PlainTextField(
        label="Words before it (optional)",
        required=False,
        rows=3,
        help_text="A paragraph that leads to the figure. It is for the same readers.",
    )
    field_order = [
        "figure_source", "text", "publication", "withheld_under", "marking", "handling", "version",
    ]  # fmt: skip

    def __init__(self, *args, targets: Targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.targets = targets
        self.fields["publication"].help_text = (
            "Cleared rows of capacity figures, evidence and recommendations stand in the public "
            "edition, and no others. Ratings have no clearance of their own: this one is theirs."
        )

    def clean_text(self):
        return self.check_references(self.cleaned_data["text"])

    @property
    def values(self) -> dict:
        return self.with_publication(super().values)

    @classmethod
    def initial_of(cls, row) -> dict:
        return {
            "figure_source": row.figure_source,
            "text": row.text,
            "version": row.version,
        } | publication_of(row)


class NewFigureForm(FigureForm):
    """The same, with the section at whose end it is to stand."""

    section = forms.ChoiceField(
        label="In which section?", error_messages={"required": "Select the section"}
    )
    field_order = [
        "figure_source", "section", "text", "publication", "withheld_under", "marking", "handling",
        "version",
    ]  # fmt: skip

    def __init__(self, *args, sections: Iterable[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [("", "Choose a section"), *sections]

    @property
    def values(self) -> dict:
        return {name: value for name, value in super().values.items() if name != "section"}
