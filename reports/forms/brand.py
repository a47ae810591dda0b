"""Forms for what a force's papers look like."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from reports.domain.brand import LOGO_LIMIT, colour_in_full, problem_with_colour
from reports.forms.versioned import VersionedForm
from spr_portal.form_fields import LineField, PlainTextField
from spr_portal.forms import GovukForm


class BrandForm(VersionedForm):
    colour = LineField(
        label="Colour of headings and lines (optional)",
        max_length=7,
        required=False,
        help_text="Six figures and letters after a hash, such as #1d3a5f. It must be dark enough "
        "to be read on white.",
        widget=forms.TextInput({"class": "govuk-input--width-10", "spellcheck": "false"}),
    )
    head_words = LineField(
        label="Words under the name of the force (optional)",
        max_length=200,
        required=False,
        help_text="Such as a motto, or the address of headquarters.",
    )
    foot_words = PlainTextField(
        label="Words after the last section (optional)",
        max_length=2_000,
        rows=4,
        required=False,
        help_text="Such as whom to ask for the paper in another format. Each line is printed as a "
        "paragraph, in both editions.",
    )

    def clean_colour(self):
        colour = colour_in_full(self.cleaned_data["colour"])
        if problem := problem_with_colour(colour):
            raise ValidationError(problem)
        return colour


class LogoForm(GovukForm):
    file = forms.FileField(
        label="Picture",
        help_text=f"A PNG or JPEG picture of up to {LOGO_LIMIT // 2**20} MB. It is drawn anew, on "
        "white, and made no larger than it is printed.",
        error_messages={"required": "Select a file", "empty": "The file is empty"},
    )
    description = LineField(
        label="What the logo shows",
        max_length=150,
        help_text="Read aloud in the picture’s place, such as: Crest of West Midlands Police.",
        error_messages={"required": "Enter what the logo shows"},
    )
