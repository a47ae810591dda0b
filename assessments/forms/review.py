"""What a reviewer writes."""

from django import forms

from spr_portal.form_fields import PlainTextField
from spr_portal.forms import GovukForm


class CommentForm(GovukForm):
    place = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    text = PlainTextField(
        label="Your comment",
        rows=3,
        max_length=4000,
        help_text="The leads, ACC Security and the Executive Team can read it.",
    )


class ReasonForm(GovukForm):
    reason = PlainTextField(
        label="Why, and what is to change",
        rows=6,
        max_length=4000,
        help_text="The leads read this on top of the assessment.",
    )


class ApproveForm(GovukForm):
    content_hash = forms.CharField(widget=forms.HiddenInput)
    has_read = forms.BooleanField(label="I have read the assessment and approve it")
