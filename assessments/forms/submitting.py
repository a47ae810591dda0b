"""The declaration under which an assessment is submitted."""

from django import forms

from assessments.domain.assessments import DECLARATION
from spr_portal.forms import GovukForm


class DeclarationForm(GovukForm):
    content_hash = forms.CharField(required=False, widget=forms.HiddenInput)
    is_declared = forms.BooleanField(
        label=DECLARATION,
        error_messages={"required": "Tick the declaration to submit the assessment"},
    )
