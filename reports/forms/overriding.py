"""Telling a paragraph of a threat's summary otherwise in the paper, or leaving it out."""

from __future__ import annotations

from django import forms

from assessments.enums import FoiExemption, Marking
from assessments.forms.publishing import PublishedForm, publication_of
from reports.beside import OverrideWords
from reports.domain.overrides import mark_of
from reports.forms.versioned import VersionedForm
from reports.models import ParagraphOverride
from reports.snapshot import Words
from spr_portal.form_fields import LineField, PlainTextField, Radios

REWRITE, LEAVE_OUT = "rewrite", "leave-out"
_CODES = {exemption.label: exemption.value for exemption in FoiExemption}


class OverrideForm(PublishedForm, VersionedForm):
    """`shown` is the mark of the source that the page shows beside it."""

    telling = forms.ChoiceField(
        label="What should the paper do with it?",
        choices=[(REWRITE, "Say it in the words below"), (LEAVE_OUT, "Leave it out")],
        widget=Radios,
        error_messages={"required": "Select what the paper should do with it"},
    )
    text = PlainTextField(
        label="What the paper says",
        required=False,
        help_text=(
            "A blank line starts a new paragraph. A line that starts with a dash and a space is "
            "a bullet. The assessment keeps its own words."
        ),
    )
    reason = LineField(
        label="Why (optional)",
        max_length=300,
        required=False,
        help_text="For those who work on the paper. It is never printed.",
    )
    clears_withheld = forms.BooleanField(
        label="The public may read what I wrote, although the lead withholds the paragraph it is "
        "made from",
        required=False,
    )
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    field_order = [
        "telling", "text", "reason", "publication", "withheld_under", "clears_withheld", "marking",
        "handling", "shown", "version",
    ]  # fmt: skip

    def __init__(self, *args, source, **kwargs):
        super().__init__(*args, **kwargs)
        if source is None or source.is_public:
            del self.fields["clears_withheld"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("telling") == REWRITE and not cleaned.get("text"):
            self.add_error("text", "Enter what the paper says, or select to leave it out")
        return cleaned

    @property
    def values(self) -> dict:
        values = self.with_publication(super().values)
        values.pop("shown", None)
        return values | {"is_left_out": values.pop("telling") == LEAVE_OUT}

    @property
    def shown_source(self) -> str:
        return self.cleaned_data.get("shown", "")

    def go_on_with(self, source_text: str) -> None:
        """Let the words be saved over a source its writer has now seen."""
        self.data = self.data.copy()
        self.data[self.add_prefix("shown")] = mark_of(source_text)

    @classmethod
    def initial_of(cls, row: ParagraphOverride | OverrideWords) -> dict:
        """Of what was written before, as its row or as the paper's snapshot has it."""
        return {
            "telling": LEAVE_OUT if row.is_left_out else REWRITE,
            "text": row.text,
            "reason": row.reason,
            "clears_withheld": row.clears_withheld,
            "version": row.version,
        } | _publication(row)

    @classmethod
    def initial_from(cls, source: Words) -> dict:
        """The assessment's own words, to begin with."""
        marking, _, handling = source.marking.partition(": ")
        return {
            "telling": REWRITE,
            "text": source.text,
            "marking": marking or Marking.OFFICIAL,
            "handling": handling,
        } | _publication(source)


def _publication(row) -> dict:
    """A snapshot has the exemption in words."""
    initial = publication_of(row)
    code = _CODES.get(row.withheld_under, row.withheld_under)
    return initial | {"withheld_under": code}
