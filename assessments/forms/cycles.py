"""Opening a cycle and changing its dates and leads."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping

from django import forms
from django.core.exceptions import ValidationError

from assessments.domain.cycles import FIRST_YEARS, CycleDates, dates_around
from spr_portal.form_fields import DateField, LineField, Radios
from spr_portal.forms import GovukForm
from spr_portal.identity.models import User
from threats.models import Edition, RatingScale, Threat

# Each date with what it must not come before.
ORDER = (
    ("due_on", "tasked_on", "The due date must be the same as or after the tasked date"),
    ("executive_on", "due_on", "The Executive Team date must be the same as or after the due date"),
    ("board_on", "executive_on", "The board date must be the same as or after the Executive date"),
)


class CycleDatesForm(GovukForm):
    """The dates of a cycle, and whom to add as a lead on each threat of `threats`.

    `leads` are today's, by threat code: they stay, and are said beside the field.
    """

    as_at = DateField(label="As-at date", help_text="The day that the answers describe.")
    tasked_on = DateField(label="Tasked date", help_text="When the leads are asked to begin.")
    due_on = DateField(label="Due date", help_text="When self-assessments must be submitted.")
    executive_on = DateField(label="Executive Team date", help_text="When the paper is agreed.")
    board_on = DateField(label="Board date", help_text="When the board meets.")

    def __init__(
        self,
        *args,
        threats: Iterable[Threat],
        people: Iterable[User],
        leads: Mapping[str, list[User]],
        **kwargs,
    ):
        self.threats, self.people = list(threats), {str(person.pk): person for person in people}
        super().__init__(*args, **kwargs)
        choices = [("", "Nobody more")]
        choices += [(key, _name(person)) for key, person in self.people.items()]
        for threat in self.threats:
            now = ", ".join(person.name for person in leads.get(threat.code, []))
            self.fields[f"lead-{threat.code}"] = forms.ChoiceField(
                label=threat.label,
                choices=choices,
                required=False,
                help_text=f"Leads now: {now}." if now else "Nobody leads on it yet.",
            )

    def clean(self):
        cleaned = super().clean()
        for name, not_before, sentence in ORDER:
            later, earlier = cleaned.get(name), cleaned.get(not_before)
            if later and earlier and later < earlier:
                self.add_error(name, ValidationError(sentence))
        year = cleaned.get("year") or self.initial.get("year")
        if year:
            self._refuse_dates_far_from(year, cleaned)
        return cleaned

    def _refuse_dates_far_from(self, year: str, cleaned: dict) -> None:
        """A mistyped year; a cycle file with such a date could not be loaded again either."""
        earliest, latest = dates_around(year)
        for name in CycleDates.__dataclass_fields__:
            date = cleaned.get(name)
            if date and not earliest <= date <= latest:
                self.add_error(
                    name,
                    f"{self.fields[name].called} must be near the financial year "
                    f"{year.replace('-', '/')}: from {_in_words(earliest)} to {_in_words(latest)}",
                )

    @property
    def dates(self) -> CycleDates:
        names = CycleDates.__dataclass_fields__
        return CycleDates(**{name: self.cleaned_data[name] for name in names})

    @property
    def leads(self) -> dict[str, list[User]]:
        """Threat code to the person chosen, for threats that have one."""
        return {
            threat.code: [self.people[chosen]]
            for threat in self.threats
            if (chosen := self.cleaned_data.get(f"lead-{threat.code}"))
        }

    @property
    def date_fields(self):
        return [self[name] for name in CycleDates.__dataclass_fields__]

    @property
    def lead_fields(self):
        return [self[f"lead-{threat.code}"] for threat in self.threats]


class OpenCycleForm(CycleDatesForm):
    """A new cycle on an edition that was chosen before, as its threats decide the leads."""

    year = LineField(
        label="Financial year", max_length=7, help_text="Such as 2016/17, from April to March."
    )
    rating_scale = forms.ChoiceField(
        label="Rating scale",
        widget=Radios(),
        help_text="No national scale exists. “Not rated” is always possible.",
    )

    def __init__(self, *args, scales: Iterable[RatingScale], **kwargs):
        super().__init__(*args, **kwargs)
        self.scales = {scale.code: scale for scale in scales}
        field = self.fields["rating_scale"]
        field.choices = [(code, scale.label) for code, scale in self.scales.items()]
        field.widget.hints = {
            code: ", ".join(point.label for point in scale.points.all())
            for code, scale in self.scales.items()
        }

    def clean_year(self) -> str:
        year = self.cleaned_data["year"].replace("/", "-").replace("–", "-")
        match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", year)
        if not match or int(match[1]) not in FIRST_YEARS:
            raise ValidationError("Enter a financial year such as 2016/17")
        if (int(match[1]) + 1) % 100 != int(match[2]):
            raise ValidationError("Enter a financial year such as 2016/17")
        return year

    @property
    def scale(self) -> RatingScale:
        return self.scales[self.cleaned_data["rating_scale"]]


class EditionForm(GovukForm):
    """Which edition a new cycle is pinned to."""

    edition = forms.ChoiceField(
        label="Which edition does the cycle assess against?",
        widget=Radios(),
        help_text="A cycle stays on its edition for ever. The newest is proposed.",
    )

    def __init__(self, *args, editions: Iterable[Edition], **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["edition"]
        field.choices = [(edition.code, edition.title) for edition in editions]


def _name(person: User) -> str:
    return f"{person.name}, {person.post}" if person.post else person.name


def _in_words(date: datetime.date) -> str:
    return f"{date.day} {date:%B %Y}"
