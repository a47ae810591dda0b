"""Who may read a paragraph, a figure or a recommendation: everybody, or the force, and why."""

from __future__ import annotations

from django import forms

from assessments.enums import FoiExemption
from assessments.wording import FIELD_LABELS
from spr_portal.form_fields import Radios

PUBLIC, RESTRICTED = "public", "restricted"


class PublishedForm(forms.Form):
    """The two fields of assessments.models.items.Published, with no state in between."""

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
        cleaned["is_public"] = publication == PUBLIC
        if publication == PUBLIC and cleaned.get("withheld_under"):
            self.add_error(
                "withheld_under",
                "What is cleared for publication has no exemption: choose one or the other",
            )
        if publication == RESTRICTED and cleaned.get("withheld_under") == "":
            self.add_error("withheld_under", "Select the exemption it is kept out under")
        return cleaned

    def with_publication(self, values: dict) -> dict:
        """Values for the domain: `is_public` in place of the field of the page."""
        return {name: value for name, value in values.items() if name != "publication"}


def publication_of(row) -> dict:
    return {
        "publication": PUBLIC if row.is_public else RESTRICTED,
        "withheld_under": row.withheld_under,
    }
