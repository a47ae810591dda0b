"""The administrator's forms."""

from __future__ import annotations

import datetime

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

from spr_portal.form_fields import DateField, LineField, Radios
from spr_portal.forms import GovukForm
from spr_portal.identity.enums import THREAT_ROLES, Role

ROLE_HINTS = {
    Role.FORCE_LEAD: "Answers for one threat: writes and submits its assessment.",
    Role.CONTRIBUTOR: "Drafts for the lead of one threat.",
    Role.ACC_SECURITY: "Opens the cycle, approves assessments and issues the paper.",
    Role.STAFF_OFFICER: "Prepares the cycle and the paper for ACC Security.",
    Role.EXECUTIVE: "Agrees the paper before it is issued.",
    Role.OPCC: "Reads the papers that have been issued.",
    Role.ADMINISTRATOR: "Looks after people, their appointments and the force’s settings.",
}


class PersonForm(GovukForm):
    name = LineField(label="Full name", max_length=150)
    post = LineField(
        label="Rank and post", max_length=150, required=False, help_text="Such as ACC (Security)."
    )
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        error_messages={
            "invalid": "Enter an email address in the correct format, like name@example.com"
        },
    )


class AppointForm(GovukForm):
    """Appoint to a role; the threats to choose from are given, as (code, label) pairs."""

    role = forms.ChoiceField(label="Role", choices=Role.choices, widget=Radios(hints=ROLE_HINTS))
    threat_code = forms.ChoiceField(
        label="Threat", required=False, help_text="For a force lead or a contributor only."
    )
    starts_on = DateField(label="First day")
    ends_on = DateField(
        label="Last day", required=False, help_text="Leave empty if there is none yet."
    )

    def __init__(self, *args, threats: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["threat_code"].choices = [("", "None"), *threats]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("role"):
            return cleaned
        cleaned["role"] = Role(cleaned["role"])
        if cleaned["role"] in THREAT_ROLES and not cleaned.get("threat_code"):
            self.add_error(
                "threat_code", f"Select the threat the {cleaned['role'].label.lower()} is for"
            )
        return cleaned


class EndAppointmentForm(GovukForm):
    AT_ONCE, ON_A_DAY = "at_once", "on_a_day"

    when = forms.ChoiceField(
        label="When does the appointment end?",
        choices=[(AT_ONCE, "Now"), (ON_A_DAY, "At the end of a day")],
        widget=Radios(hints={AT_ONCE: "Their rights end at once."}),
        error_messages={"required": "Select when the appointment ends"},
    )
    last_day = DateField(label="Last day", required=False, help_text="If it ends on a day.")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("when") == self.AT_ONCE:
            cleaned["last_day"] = timezone.localdate() - datetime.timedelta(days=1)
        elif cleaned.get("when") and not cleaned.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", "Enter the last day")
        return cleaned


class ForceForm(GovukForm):
    name = LineField(label="Name of the force", max_length=100)
    short_name = LineField(label="Short name", max_length=40)
    chief_officer_title = LineField(label="Title of the chief officer", max_length=80)
    body_title = LineField(
        label="Title of the local policing body",
        max_length=100,
        help_text="Such as Police and Crime Commissioner, Mayor or Police Authority Board.",
    )
    body_short_title = LineField(
        label="What the body is called in running text",
        max_length=60,
        help_text="Such as Commissioner, Mayor or Board.",
    )
    body_office = LineField(label="Name of the body’s office", max_length=120)
    board_name = LineField(label="Name of the board that receives the paper", max_length=120)
    colour = forms.CharField(
        label="Colour",
        help_text="Six digits after #, such as #1d70b8. White words on it must be readable.",
        max_length=7,
        validators=[RegexValidator(r"\A#[0-9a-f]{6}\Z", "Enter a colour such as #1d70b8")],
    )

    def __init__(self, data=None, **kwargs):
        if data and "colour" in data:
            data = data.copy()
            data["colour"] = data["colour"].strip().lower()
        super().__init__(data, **kwargs)
