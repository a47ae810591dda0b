"""The forms for what stays open from year to year: vulnerabilities and inspection findings."""

from __future__ import annotations

import datetime

from django import forms

from assessments.enums import FindingKind, Impact, ItemKind, Likelihood, RegisterStatus
from assessments.forms.item_base import INLINE, PARAGRAPH_LIMIT, MarkedItemForm
from assessments.suggestions import INSPECTORATES
from spr_portal.form_fields import DateField, LineField, PlainTextField, Radios, SuggestingInput
from threats.selectors import criteria_of


class OpenItemForm(MarkedItemForm):
    """Where the item stands: what is closed says what closed it, and nothing else does."""

    status = forms.ChoiceField(
        label="Status",
        choices=RegisterStatus.choices,
        initial=RegisterStatus.OPEN,
        widget=Radios(
            hints={
                RegisterStatus.OPEN: "Nothing has been done about it yet.",
                RegisterStatus.IN_PROGRESS: "It is being worked on.",
                RegisterStatus.CLOSED: "It is dealt with. It does not come over to next year.",
            }
        ),
    )
    outcome = PlainTextField(
        label="What closed it",
        max_length=PARAGRAPH_LIMIT,
        rows=3,
        required=False,
        help_text="Only where the status is Closed.",
    )

    def clean(self):
        cleaned = super().clean()
        is_closed = self.is_closed
        if is_closed and self.is_left_out("outcome"):
            self.add_error("outcome", "Enter what closed it")
        if cleaned.get("status") and not is_closed and cleaned.get("outcome"):
            self.add_error("outcome", "Select the status Closed, or remove what closed it")
        return cleaned

    @property
    def is_closed(self) -> bool:
        return self.cleaned_data.get("status") == RegisterStatus.CLOSED


class VulnerabilityForm(OpenItemForm):
    kind = ItemKind.VULNERABILITY

    statement = PlainTextField(
        label="What is the vulnerability?",
        max_length=PARAGRAPH_LIMIT,
        rows=5,
        help_text="What could go wrong, and what would come of it.",
        error_messages={"required": "Enter the vulnerability"},
    )
    criterion = forms.ModelChoiceField(
        label="Which C it touches",
        queryset=None,
        required=False,
        to_field_name="code",
        empty_label="None of them in particular",
    )
    likelihood = forms.ChoiceField(
        label="Likelihood", choices=Likelihood.choices, widget=Radios(attrs=INLINE)
    )
    impact = forms.ChoiceField(label="Impact", choices=Impact.choices, widget=Radios(attrs=INLINE))
    mitigation = PlainTextField(
        label="What is done about it", max_length=PARAGRAPH_LIMIT, rows=5, required=False
    )
    escalation = PlainTextField(
        label="Escalation",
        max_length=PARAGRAPH_LIMIT,
        rows=3,
        required=False,
        help_text="To whom it goes, and when, if what is done about it is not enough.",
    )
    owner = LineField(
        label="Owner",
        max_length=150,
        required=False,
        help_text="The post that looks after it, rather than a name.",
    )
    review_on = DateField(label="Review date", required=False)
    field_order = [
        "statement", "criterion", "likelihood", "impact", "mitigation", "escalation", "owner",
        "review_on", "status", "outcome", "marking", "handling", "version", "instead_of",
    ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["criterion"].queryset = criteria_of(self.assessment.cycle.edition)

    def clean(self):
        cleaned = super().clean()
        self.refuse_far("review_on")
        date, start = cleaned.get("review_on"), self.assessment.cycle.tasked_on
        # What is closed keeps the date of its last review, which may be of an earlier year.
        if date and date < start and not self.is_closed and "review_on" not in self.errors:
            self.add_error(
                "review_on",
                f"Review date must not be before the cycle began on {_day(start)}",
            )
        return cleaned


class FindingForm(OpenItemForm):
    kind = ItemKind.FINDING

    body = LineField(
        label="Inspectorate",
        max_length=120,
        widget=SuggestingInput(suggestions=INSPECTORATES),
        help_text="Such as HMICFRS. Choose one that is suggested, or type another.",
    )
    report = LineField(label="Report", max_length=250, help_text="Its title, as it was published.")
    dated = DateField(label="Date of the report", required=False)
    # Not the form's own `kind`: this is the field of that name.
    kind_of_finding = forms.ChoiceField(
        label="Kind of finding", choices=FindingKind.choices, widget=Radios()
    )
    reference = LineField(
        label="Its number in the report",
        max_length=60,
        required=False,
        help_text="Such as Recommendation 4.",
    )
    text = PlainTextField(
        label="What was found",
        max_length=PARAGRAPH_LIMIT,
        rows=5,
        error_messages={"required": "Enter what was found"},
    )
    grade = LineField(
        label="Grade, if one was given",
        max_length=60,
        required=False,
        help_text="In the inspectorate’s own words, such as Requires improvement.",
    )
    response = PlainTextField(
        label="What the force answers",
        max_length=PARAGRAPH_LIMIT,
        rows=5,
        required=False,
        help_text="What has been done about it, and what will be.",
    )
    owner = LineField(
        label="Owner",
        max_length=150,
        required=False,
        help_text="The post that answers for it, rather than a name.",
    )
    due_on = DateField(
        label="Due date", required=False, help_text="The day by which it is to be dealt with."
    )
    field_order = [
        "body", "report", "dated", "kind_of_finding", "reference", "text", "grade", "response",
        "owner", "due_on", "status", "outcome", "marking", "handling", "version", "instead_of",
    ]  # fmt: skip

    @property
    def values(self) -> dict:
        return super().values | {"finding_kind": self.cleaned_data["kind_of_finding"]}

    def clean(self):
        cleaned = super().clean()
        self.refuse_future("dated")
        self.refuse_far("due_on")
        dated, due_on = cleaned.get("dated"), cleaned.get("due_on")
        if dated and due_on and due_on < dated:
            self.add_error("due_on", f"Due date must not be before the report of {_day(dated)}")
        return cleaned


def _day(date: datetime.date) -> str:
    return f"{date.day} {date:%B %Y}"
