"""Forms of the board's side: searching, comparing, deciding, answering, opening to the public."""

from __future__ import annotations

from django import forms

from reports.enums import DecisionOutcome
from reports.forms.versioned import VersionedForm
from spr_portal.form_fields import DateField, LineField, PlainTextField, Radios
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


class DecisionForm(VersionedForm):
    """What the board decided. `version` is the key of the decision that is corrected."""

    outcome = forms.ChoiceField(
        label="What did the board decide?", choices=DecisionOutcome.choices, widget=Radios
    )
    decided_on = DateField(label="Day of the decision", help_text="For example, 7 2 2017.")
    wording = PlainTextField(
        label="The decision as the minutes have it (optional)",
        required=False,
        rows=5,
        max_length=5_000,
    )
    conditions = PlainTextField(
        label="Conditions (optional)",
        required=False,
        rows=4,
        max_length=5_000,
        help_text="What the board asked for with its decision. The force’s leads read it.",
    )
    follow_up_on = DateField(
        label="Day of the follow-up (optional)",
        called="Day of the follow-up",
        required=False,
        help_text="The force’s leads are asked to say by then what is new.",
    )
    minute_reference = LineField(
        label="Minute reference (optional)", required=False, max_length=120
    )

    @property
    def values(self) -> dict:
        return super().values | {"follow_up_on": self.cleaned_data.get("follow_up_on")}


class FollowUpAnswerForm(VersionedForm):
    text = PlainTextField(
        label="What is new since the board met?",
        rows=8,
        max_length=5_000,
        help_text="Whole sentences that a stranger understands: the writers of the next paper take "
        "them up, edit them and clear them for publication or withhold them.",
    )


class PublicLinkForm(GovukForm):
    OFF, ON, INDEXED = "off", "on", "indexed"
    access = forms.ChoiceField(
        label="Who may read the public edition?",
        choices=[
            (OFF, "Only people who sign in"),
            (ON, "Anybody who has the link; search engines are asked not to list it"),
            (INDEXED, "Anybody; search engines may list it"),
        ],
        widget=Radios,
    )
