"""Forms for the meetings of the SPR board, their agendas and their actions."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError

from assessments.enums import Marking
from reports.enums import Topic
from reports.forms.versioned import VersionedForm
from reports.models import AgendaItem, BoardAction
from spr_portal.form_fields import Checkboxes, DateField, LineField, PlainTextField, Radios
from spr_portal.forms import GovukForm
from spr_portal.identity.models import User

NO_OWNER = ("", "Select a person")


class MeetingForm(VersionedForm):
    title = LineField(label="Title", max_length=200)
    held_on = DateField(label="Date of the meeting", help_text="For example, 15 9 2026.")
    starts_at = LineField(
        label="Time (optional)",
        max_length=40,
        required=False,
        help_text="For example, 10am to noon.",
        widget=forms.TextInput({"class": "govuk-input--width-20"}),
    )
    place = LineField(label="Place (optional)", max_length=200, required=False)
    chair = LineField(
        label="Chair (optional)", max_length=200, required=False, help_text="Name and post."
    )
    marking = forms.ChoiceField(
        label="Marking of the pack",
        choices=Marking.choices,
        widget=Radios,
        help_text="Printed at the head and the foot of every page.",
    )


class NotesForm(VersionedForm):
    notes = PlainTextField(
        label="Notes",
        required=False,
        rows=18,
        max_length=50_000,
        help_text=(
            "What was said and decided. A blank line starts a new paragraph. A line that starts "
            "with a dash and a space is a bullet."
        ),
    )


class AgendaItemForm(VersionedForm):
    topic = forms.ChoiceField(label="Topic", choices=Topic.choices)
    heading = LineField(label="Heading", max_length=200)
    text = PlainTextField(
        label="What the people of the meeting should know (optional)",
        required=False,
        max_length=50_000,
        help_text=(
            "A blank line starts a new paragraph. A line that starts with a dash and a space is "
            "a bullet."
        ),
    )

    @classmethod
    def initial_of(cls, row: AgendaItem) -> dict:
        return {name: getattr(row, name) for name in ("topic", "heading", "text", "version")}


class AttendeesForm(GovukForm):
    """`shown` are those who were ticked when the page was opened."""

    attendees = forms.MultipleChoiceField(
        label="People of the meeting",
        required=False,
        widget=Checkboxes,
        help_text="Those without a role in the portal cannot be chosen.",
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10_000)

    def __init__(self, *args, people: Iterable[User], chosen: Iterable[User], **kwargs):
        chosen = sorted(str(person.pk) for person in chosen)
        initial = {"attendees": chosen, "shown": ",".join(chosen)}
        super().__init__(*args, initial=initial, **kwargs)
        self._people = {str(person.pk): person for person in people}
        self.fields["attendees"].choices = [
            (key, _named(person)) for key, person in self._people.items()
        ]

    def clean_shown(self) -> set[str]:
        return set(filter(None, self.cleaned_data["shown"].split(",")))

    @property
    def add(self) -> list[User]:
        """Those ticked since the page was opened."""
        return self._those(set(self.cleaned_data["attendees"]) - self.cleaned_data["shown"])

    @property
    def remove(self) -> list[User]:
        return self._those(self.cleaned_data["shown"] - set(self.cleaned_data["attendees"]))

    def _those(self, keys: set[str]) -> list[User]:
        return [person for key, person in self._people.items() if key in keys]


class ActionForm(VersionedForm):
    text = PlainTextField(label="What is to be done", rows=5, max_length=5_000)
    owner = forms.ChoiceField(
        label="Owner", help_text="They are told, and it stands in their work until it is done."
    )
    due_on = DateField(label="Due date", help_text="For example, 1 12 2026.")

    def __init__(self, *args, people: Iterable[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [
            NO_OWNER, *((str(person.pk), _named(person)) for person in people)
        ]  # fmt: skip

    def clean_owner(self) -> int:
        return int(self.cleaned_data["owner"])

    @classmethod
    def initial_of(cls, row: BoardAction) -> dict:
        return {
            "text": row.text,
            "owner": str(row.owner_id),
            "due_on": row.due_on,
            "version": row.version,
        }


class ReportForm(GovukForm):
    text = PlainTextField(
        label="What has been done",
        rows=6,
        max_length=5_000,
        help_text="The people of the meeting read it.",
    )
    is_done = forms.ChoiceField(
        label="Is the action done?",
        choices=[("no", "No, this is how far it is"), ("yes", "Yes, it is done")],
        widget=Radios,
    )


class StepReasonForm(GovukForm):
    reason = PlainTextField(
        label="Reason", rows=5, max_length=2_000, help_text="Everybody who can see this reads it."
    )

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"]
        if not reason.strip():
            raise ValidationError("Enter the reason")
        return reason


def _named(person: User) -> str:
    return f"{person.name}, {person.post}" if person.post else person.name
