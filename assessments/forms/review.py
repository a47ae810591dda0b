"""What a reviewer writes, and what is said in threads."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django import forms

from spr_portal.form_fields import Checkboxes, PlainTextField, Radios
from spr_portal.forms import GovukForm
from threats.selectors import RatingChoice


class CommentForm(GovukForm):
    """A comment on a place or, with the identity of a thread, a reply there."""

    place = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    thread = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    text = PlainTextField(
        label="Your comment",
        rows=3,
        max_length=4000,
        error_messages={"required": "Write your comment first"},
        help_text="The leads, their contributors, ACC Security and the Executive Team can read it.",
    )


class ReasonForm(GovukForm):
    reason = PlainTextField(
        label="Why, and what is to change",
        rows=6,
        max_length=4000,
        help_text="The leads read this on top of the assessment.",
    )


class ReturnForm(ReasonForm):
    """The reason of a return, and the answers and lists it asks to change.

    `places` are their codes and names, in the order of the page; those with
    `unresolved` threads are ticked at first.
    """

    places = forms.MultipleChoiceField(
        label="What is to change",
        required=False,
        help_text="Answers with unresolved comments are ticked already. The leads see this list "
        "with links.",
        widget=Checkboxes(attrs={"class": "govuk-checkboxes--small"}),
    )

    def __init__(self, *args, places: Iterable[tuple[str, str]], unresolved: Collection[str], **kw):
        super().__init__(*args, **kw)
        places = list(places)
        self.fields["places"].choices = places
        self.fields["places"].initial = [code for code, _ in places if code in unresolved]


class ProposalForm(GovukForm):
    """Another rating of an answer; `now` is the code of the one it has."""

    rating = forms.ChoiceField(label="The rating you propose")
    reason = PlainTextField(
        label="Your reason",
        error_messages={"required": "Enter your reason"},
        rows=5,
        max_length=4000,
        help_text="The leads read it beside the rating, and agree or answer.",
    )

    def __init__(self, *args, choices: Iterable[RatingChoice], now: str, **kwargs):
        super().__init__(*args, **kwargs)
        others = [choice for choice in choices if choice.code != now]
        hints = {choice.code: choice.description for choice in others if choice.description}
        self.fields["rating"].widget = Radios(hints=hints)
        self.fields["rating"].choices = [(choice.code, choice.label) for choice in others]


class ApproveForm(GovukForm):
    content_hash = forms.CharField(widget=forms.HiddenInput)
    has_read = forms.BooleanField(label="I have read the assessment and approve it")
