"""Whom a lead asks to draft, which answers, and who acts for a lead."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from spr_portal.form_fields import Checkboxes, DateField, Radios
from spr_portal.forms import GovukForm
from spr_portal.identity.models import User
from threats.selectors import AskedPart

EVERYTHING, SOME = "everything", "some"


class ScopeForm(GovukForm):
    """Which answers of an assessment; `parts` are what it asks."""

    scope = forms.ChoiceField(
        label="What do they draft?",
        choices=[(EVERYTHING, "All of the assessment"), (SOME, "Some of its answers")],
        widget=Radios(
            hints={
                EVERYTHING: "With its lists: figures, vulnerabilities, findings, evidence and "
                "words for the board.",
                SOME: "Tick them below. The rest they can read.",
            }
        ),
        error_messages={"required": "Select what they draft"},
    )

    def __init__(self, *args, parts: Iterable[AskedPart], chosen: Iterable[str] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.parts, chosen = list(parts), set(chosen)
        for part in self.parts:
            codes = [question.code for question in part.questions]
            self.fields[f"part-{part.code}"] = forms.MultipleChoiceField(
                label=part.label,
                choices=[(question.code, question.prompt) for question in part.questions],
                widget=Checkboxes(),
                required=False,
                initial=[code for code in codes if code in chosen],
                error_messages={"invalid_choice": "Select from the answers shown"},
            )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("scope") == SOME and not self.errors and not self.codes:
            self.add_error("scope", "Tick the answers they draft, or select all of the assessment")
        return cleaned

    @property
    def codes(self) -> list[str]:
        """The codes of the questions chosen; none for all of the assessment."""
        if self.cleaned_data.get("scope") == EVERYTHING:
            return []
        return [code for part in self.parts for code in self.cleaned_data[f"part-{part.code}"]]

    @property
    def part_fields(self):
        return [self[f"part-{part.code}"] for part in self.parts]


class PersonField(forms.ChoiceField):
    """One of these people, by name; `people` is asked when the form is made."""

    def __init__(self, *, label: str, missing: str):
        messages = {"required": missing, "invalid_choice": missing}
        super().__init__(label=label, error_messages=messages)

    def offer(self, people: Iterable[User]) -> None:
        self.people = {str(person.pk): person for person in people}
        self.choices = [
            ("", "Select a person"),
            *(
                (key, f"{person.name}, {person.post}" if person.post else person.name)
                for key, person in self.people.items()
            ),
        ]

    def clean(self, value) -> User:
        return self.people[super().clean(value)]


class NameContributorForm(ScopeForm):
    person = PersonField(label="Who drafts?", missing="Select who drafts")
    field_order = ["person", "scope"]

    def __init__(self, *args, people: Iterable[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)


class ActingForm(GovukForm):
    person = PersonField(label="Who acts for them?", missing="Select who acts for them")
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day", help_text="They can act to the end of this day.")

    def __init__(self, *args, people: Iterable[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)
