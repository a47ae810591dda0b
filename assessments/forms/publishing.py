"""How a thing is marked, and who may read it: everybody, or the force alone, and why.

One form part for all that bears a marking, so that it reads the same everywhere.
"""

from __future__ import annotations

from django import forms

from assessments.enums import FoiExemption, Marking
from assessments.wording import FIELD_LABELS
from spr_portal.form_fields import LineField, Radios
from spr_portal.forms import GovukForm

PUBLIC, RESTRICTED = "public", "restricted"


class MarkedForm(forms.Form):
    """The two fields of assessments.models.items.Marked.

    The page folds them away while they have their usual value. A page that does
    not ask leaves both as they are.
    """

    folded = ("marking", "handling")

    marking = forms.ChoiceField(
        label="Marking",
        choices=Marking.choices,
        initial=Marking.OFFICIAL,
        required=False,
        widget=Radios(attrs={"class": "govuk-radios--inline"}),
        help_text="Nothing above OFFICIAL-SENSITIVE may be kept here. What is OFFICIAL-SENSITIVE "
        "is never in the public edition.",
    )
    handling = LineField(
        label="Handling instruction",
        max_length=150,
        required=False,
        help_text="Only with OFFICIAL-SENSITIVE: who may see it, or how it is kept, such as “for "
        "the Executive Team only”. It is printed with the marking.",
    )

    def clean(self):
        cleaned = super().clean()
        if "marking" in self.errors or "marking" not in self.fields:
            return cleaned
        if not cleaned.get("marking"):
            cleaned.pop("marking", None)
        is_sensitive = cleaned.get("marking") == Marking.SENSITIVE
        if is_sensitive and not cleaned.get("handling") and "handling" not in self.errors:
            self.add_error("handling", "Enter the handling instruction for OFFICIAL-SENSITIVE")
        if cleaned.get("handling") and not is_sensitive:
            self.add_error(
                "handling",
                "A handling instruction goes with OFFICIAL-SENSITIVE: choose that, or remove it",
            )
        if "marking" not in cleaned:
            cleaned.pop("handling", None)
        return cleaned

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.folded if name in self.fields]

    @property
    def is_unfolded(self) -> bool:
        """Whether somebody has to see them at once: another value than the usual, or an error."""
        marked = self["marking"].value() not in (None, "", Marking.OFFICIAL)
        return marked or any(name in self.errors for name in self.folded)


class PublishedForm(MarkedForm):
    """The fields of assessments.models.items.Published, with no state in between."""

    needs_exemption = True

    publication = forms.ChoiceField(
        label="Who may read this?",
        choices=[
            (PUBLIC, FIELD_LABELS["is_public"]),
            (RESTRICTED, "Restricted: keep it out of the public edition"),
        ],
        widget=Radios,
        error_messages={"required": "Select who may read this"},
    )
    withheld_under = forms.ChoiceField(
        label="If restricted, under which exemption?",
        help_text="The public edition says that something is withheld under it, and no more.",
        choices=[("", "Choose an exemption"), *FoiExemption.choices],
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        publication = cleaned.get("publication")
        if publication or self.needs_exemption:
            cleaned["is_public"] = publication == PUBLIC
        if publication == PUBLIC and cleaned.get("withheld_under"):
            self.add_error(
                "withheld_under",
                "What is cleared for publication has no exemption: choose one or the other",
            )
        if publication == PUBLIC and cleaned.get("marking") == Marking.SENSITIVE:
            self.add_error(
                "publication",
                "What is OFFICIAL-SENSITIVE cannot be cleared for publication: restrict it, or "
                "mark it OFFICIAL",
            )
        is_nameless = cleaned.get("withheld_under") == "" and self.needs_exemption
        if publication == RESTRICTED and is_nameless:
            self.add_error("withheld_under", "Select the exemption it is kept out under")
        return cleaned

    def with_publication(self, values: dict) -> dict:
        """Values for the domain: `is_public` in place of the field of the page."""
        return {name: value for name, value in values.items() if name != "publication"}


class MarkingForm(MarkedForm, GovukForm):
    """The marking of a whole, asked for on a page of its own."""

    folded = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["marking"].required = True


def marking_of(row) -> dict:
    return {"marking": row.marking, "handling": row.handling}


def publication_of(row) -> dict:
    """What the form begins with; without the marking where the row has it in words only."""
    return {
        "publication": PUBLIC if row.is_public else RESTRICTED,
        "withheld_under": row.withheld_under,
    } | (marking_of(row) if hasattr(row, "handling") else {})
