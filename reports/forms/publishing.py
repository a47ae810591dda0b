"""Who may read a paragraph or a recommendation: everybody, or the force alone and why."""

from __future__ import annotations

from django import forms

from assessments.enums import FoiExemption
from spr_portal.form_fields import Radios

CLEARED, RESTRICTED = "cleared", "restricted"


class PublishedForm(forms.Form):
    """The two fields of assessments.models.items.Published, with no state in between."""

    publication = forms.ChoiceField(
        label="Who may read it?",
        choices=[(CLEARED, "Everybody: cleared for publication"), (RESTRICTED, "Restricted")],
        widget=Radios(
            hints={RESTRICTED: "The public edition says in its place that it is withheld, and why."}
        ),
        error_messages={"required": "Select who may read it"},
    )
    withheld_under = forms.ChoiceField(
        label="Exemption",
        help_text=(
            "Only if it is restricted: the section of the Freedom of Information Act 2000 that "
            "allows it to be withheld."
        ),
        choices=[("", "Choose an exemption"), *FoiExemption.choices],
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        is_restricted = cleaned.get("publication") == RESTRICTED
        if cleaned.get("publication") == CLEARED:
            cleaned["withheld_under"] = ""
        elif is_restricted and cleaned.get("withheld_under") == "":
            self.add_error("withheld_under", "Select the exemption it is withheld under")
        return cleaned

    def with_publication(self, values: dict) -> dict:
        """Values for the domain: `is_public` in place of the field of the page."""
        values = dict(values)
        return values | {"is_public": values.pop("publication") == CLEARED}


def publication_of(row) -> dict:
    return {
        "publication": CLEARED if row.is_public else RESTRICTED,
        "withheld_under": row.withheld_under,
    }
