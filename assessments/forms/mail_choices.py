"""The form with which a person says which e-mails they want."""

from __future__ import annotations

from django import forms

from assessments.enums import MailTiming, Notice
from spr_portal.form_fields import Radios
from spr_portal.forms import GovukForm

INLINE = {"class": "govuk-radios--inline govuk-radios--small"}


class MailChoicesForm(GovukForm):
    """One question a kind of notice: those that the person's roles can bring."""

    def __init__(self, *args, notices: list[Notice], **kwargs):
        super().__init__(*args, **kwargs)
        for notice in notices:
            self.fields[notice.value] = forms.ChoiceField(
                label=notice.label,
                choices=MailTiming.choices,
                widget=Radios(attrs=INLINE),
                error_messages={"required": f"Select when to be told: {notice.label}"},
            )

    @property
    def choices(self) -> dict[Notice, MailTiming]:
        return {Notice(name): MailTiming(timing) for name, timing in self.cleaned_data.items()}
