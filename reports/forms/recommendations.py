"""Forms for recommendations and for what became of earlier ones."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.forms.publishing import PublishedForm, publication_of
from assessments.models.cycle import YEAR_FORMAT
from reports.enums import RecommendationStatus
from reports.forms.versioned import ReferringMixin, VersionedForm
from reports.references import Targets
from spr_portal.form_fields import Checkboxes, DateField, LineField, PlainTextField, Radios
from spr_portal.identity.models import Force, User

OTHER = "other"


class AddressedForm(PublishedForm, VersionedForm):
    """What a recommendation says, and to whom."""

    heading = LineField(
        label="Heading (optional)",
        max_length=200,
        required=False,
        help_text="What it is about. It is printed above the recommendation.",
    )
    addressee_choice = forms.ChoiceField(label="Who is to act?", widget=Radios)
    addressee_other = LineField(
        label="Name of somebody else",
        max_length=100,
        required=False,
        help_text="Only if you chose “Somebody else”.",
    )
    text = PlainTextField(
        label="What they are to do",
        max_length=5_000,
        rows=6,
        help_text="It goes on from who is to act, so start with “to”.",
        error_messages={"required": "Enter what they are to do"},
    )
    field_order = [
        "year", "heading", "addressee_choice", "addressee_other", "text", "threat_codes",
        "is_cross_cutting", "owner", "due_on", "publication", "withheld_under", "version",
    ]  # fmt: skip

    def __init__(self, *args, addressees: list[str], **kwargs):
        """`addressees` are those the force often names."""
        super().__init__(*args, **kwargs)
        self._addressees = addressees
        self.fields["addressee_choice"].choices = [
            *((name, name) for name in addressees),
            (OTHER, "Somebody else"),
        ]
        self.initial = self._with_choice(self.initial)

    def clean(self):
        cleaned = super().clean()
        is_other = cleaned.get("addressee_choice") == OTHER
        if is_other and not cleaned.get("addressee_other") and "addressee_other" not in self.errors:
            self.add_error("addressee_other", "Enter who is to act")
        return cleaned

    @property
    def values(self) -> dict:
        values = self.with_publication(super().values)
        choice, other = values.pop("addressee_choice"), values.pop("addressee_other")
        return values | {"addressee": other if choice == OTHER else choice}

    @classmethod
    def initial_of(cls, row) -> dict:
        names = (
            "heading", "addressee", "text", "threat_codes", "is_cross_cutting", "due_on", "version",
        )  # fmt: skip
        values = {name: getattr(row, name) for name in names}
        return values | {"owner": row.owner_id or ""} | publication_of(row)

    def described(self, values: dict):
        return super().described(self._with_choice(values))

    def _with_choice(self, values: dict) -> dict:
        """A saved addressee as the two fields of the page."""
        values = dict(values)
        named = values.pop("addressee", None)
        if named is None:
            return values
        if named in self._addressees:
            return values | {"addressee_choice": named}
        return values | {"addressee_choice": OTHER, "addressee_other": named}


class OwnedMixin(forms.Form):
    """Who sees to a recommendation, and by when: for the people of the force, never printed."""

    owner = forms.TypedChoiceField(
        label="Who sees to it (optional)",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="It stands in their work once the paper is issued. Not printed.",
    )
    due_on = DateField(
        label="Due on (optional)",
        called="Due on",
        required=False,
        help_text="For example, 30 9 2026. Not printed.",
    )

    def offer(self, people: Iterable[User]) -> None:
        """Let these be chosen as owners."""
        self.fields["owner"].choices = [
            ("", "Nobody yet"), *((person.pk, person.name) for person in people)
        ]  # fmt: skip


class RecommendationForm(ReferringMixin, OwnedMixin, AddressedForm):
    threat_codes = forms.MultipleChoiceField(
        label="Threats it is about (optional)",
        required=False,
        widget=Checkboxes,
        help_text="Leave all empty if it is about the requirement as a whole.",
    )
    is_cross_cutting = forms.BooleanField(
        label="It is about a theme that cuts across threats, such as resources", required=False
    )

    def __init__(self, *args, targets: Targets, threats, people: Iterable[User], **kwargs):
        """`threats` are pairs of code and label."""
        super().__init__(*args, **kwargs)
        self.targets = targets
        self.offer(people)
        self.fields["threat_codes"].choices = list(threats)

    def clean_text(self):
        return self.check_references(self.cleaned_data["text"])


class EarlierRecommendationForm(AddressedForm):
    """One of a paper from before the portal: only its outcome is printed."""

    year = LineField(
        label="Financial year of the paper it was made in",
        max_length=20,  # what is no year is told so, not that it is too long
        help_text="For example, 2015-16.",
        validators=[YEAR_FORMAT],
        widget=forms.TextInput({"class": "govuk-input--width-5"}),
    )

    def clean_year(self) -> str:
        year = self.cleaned_data["year"]
        if (int(year[:4]) + 1) % 100 != int(year[5:]):
            raise ValidationError("Enter a financial year such as 2015-16")
        return year


class OutcomeForm(VersionedForm):
    status = forms.ChoiceField(label="Status", choices=RecommendationStatus, widget=Radios)
    outcome = PlainTextField(
        label="What became of it",
        rows=5,
        max_length=3_000,
        required=False,
        help_text="Printed in this year’s paper as one of a list. Write a whole sentence.",
    )
    outcome_evidence = PlainTextField(
        label="What shows it (optional)",
        rows=2,
        max_length=2_000,
        required=False,
        help_text="Where the evidence is kept. Not printed.",
    )
    outcome_on = DateField(
        label="Date of the outcome (optional)",
        called="Date of the outcome",
        required=False,
        help_text="For example, 7 2 2017.",
    )

    def clean_outcome_on(self):
        date = self.cleaned_data["outcome_on"]
        if date and date > timezone.localdate():
            raise ValidationError("Date of the outcome must be today or in the past")
        return date


class AssignForm(OwnedMixin, VersionedForm):
    field_order = ["owner", "due_on", "version"]

    def __init__(self, *args, people: Iterable[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(people)

    @classmethod
    def initial_of(cls, row) -> dict:
        return {"owner": row.owner_id or "", "due_on": row.due_on, "version": row.version}


def usual_addressees(force: Force, printed: list[str]) -> list[str]:
    """Whom a force's papers address, those of this paper among them, each once."""
    usual = [
        force.chief_officer_title,
        "ACC Security",
        "The Executive Team",
        "Force leads",
        force.body_short_title,
    ]
    return list(dict.fromkeys([*usual, *printed]))
