"""What can be looked for in the registers across threats."""

from __future__ import annotations

from django import forms

from assessments.enums import FindingKind, ItemKind, RegisterStatus, Severity
from assessments.register_selectors import NOT_CLOSED, Seen, SoughtItems
from spr_portal.form_fields import LineField
from spr_portal.forms import GovukForm
from threats.models import Level

STATUSES = (("", "Any"), (NOT_CLOSED, "Open or in progress"), *RegisterStatus.choices)
WORDS = {"max_length": 100, "required": False}


class RegisterForm(GovukForm):
    """Of one register. Without a year it is the newest that the person sees."""

    year = forms.ChoiceField(label="Year", required=False)
    threat = forms.ChoiceField(label="Threat", required=False)
    sort = forms.ChoiceField(label="Order", required=False)
    sorts: tuple[tuple[str, str], ...]

    def __init__(self, *args, seen: Seen, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen = seen
        years = [(year, year.replace("-", "/")) for year in seen.years]
        self.fields["year"].choices = years
        self.fields["threat"].choices = [("", "All"), *seen.threats.items()]
        self.fields["sort"].choices = self.sorts
        if "criterion" in self.fields:
            self.fields["criterion"].choices = [("", "Any"), *seen.criteria.items()]

    @property
    def sought(self) -> SoughtItems:
        """Only of a form that is valid."""
        chosen = self.cleaned_data | {"year": self.chosen_year}
        return SoughtItems(**chosen)

    @property
    def chosen_year(self) -> str:
        """The year asked for; the newest where none was, or none such; empty without any."""
        asked = getattr(self, "cleaned_data", {}).get("year")
        return asked or next(iter(self.seen.years), "")

    @property
    def year_in_words(self) -> str:
        return self.chosen_year.replace("-", "/")

    @property
    def applied(self) -> list[str]:
        """What is looked for, in words, as it stands above a printed register."""
        words = []
        for name, value in self.cleaned_data.items():
            if value and name not in ("year", "sort"):
                field = self.fields[name]
                is_ticked = isinstance(field, forms.BooleanField)
                chosen = dict(getattr(field, "choices", ())).get(value, value)
                words.append(field.label if is_ticked else f"{field.label}: {chosen}")
        return words


class CapacityRegisterForm(RegisterForm):
    level = forms.ChoiceField(label="Level", required=False, choices=[("", "Any"), *Level.choices])
    words = LineField(label="Words in it", **WORDS)
    is_short = forms.BooleanField(label="Shortfalls only", required=False)
    sorts = (
        ("", "By threat"),
        ("shortfall", "Largest shortfall first"),
        ("unit", "By unit"),
    )
    field_order = ["year", "threat", "level", "words", "sort", "is_short"]


class VulnerabilityRegisterForm(RegisterForm):
    severity = forms.ChoiceField(
        label="Severity", required=False, choices=[("", "Any"), *reversed(Severity.choices)]
    )
    status = forms.ChoiceField(label="Status", required=False, choices=STATUSES)
    criterion = forms.ChoiceField(label="Which C", required=False)
    owner = LineField(label="Owner", **WORDS)
    words = LineField(label="Words in it", **WORDS)
    is_overdue = forms.BooleanField(label="Review date passed", required=False)
    is_unreviewed = forms.BooleanField(label="Not yet reviewed this year", required=False)
    sorts = (
        ("", "Most severe first"),
        ("review", "By review date"),
        ("threat", "By threat"),
    )
    field_order = [
        "year", "threat", "severity", "status", "criterion", "owner", "words", "sort",
        "is_overdue", "is_unreviewed",
    ]  # fmt: skip


class FindingRegisterForm(RegisterForm):
    finding_kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Any"), *FindingKind.choices]
    )
    status = forms.ChoiceField(label="Status", required=False, choices=STATUSES)
    owner = LineField(label="Owner", **WORDS)
    words = LineField(label="Words in it", **WORDS)
    is_overdue = forms.BooleanField(label="Due date passed", required=False)
    is_unreviewed = forms.BooleanField(label="Not yet reviewed this year", required=False)
    sorts = (
        ("", "By due date"),
        ("dated", "Newest report first"),
        ("threat", "By threat"),
    )
    field_order = [
        "year", "threat", "finding_kind", "status", "owner", "words", "sort", "is_overdue",
        "is_unreviewed",
    ]  # fmt: skip


REGISTER_FORMS: dict[ItemKind, type[RegisterForm]] = {
    ItemKind.FIGURE: CapacityRegisterForm,
    ItemKind.VULNERABILITY: VulnerabilityRegisterForm,
    ItemKind.FINDING: FindingRegisterForm,
}
