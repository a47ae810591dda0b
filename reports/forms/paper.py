"""Forms for the paper itself: starting it, its header, its sections and its steps."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError

from assessments.forms.publishing import PUBLIC, RESTRICTED, PublishedForm, publication_of
from reports.domain.template_sections import OptionalSection, optional_sections
from reports.enums import FoiClass, ItemType, MeetingPart, Numbering
from reports.forms.versioned import ReferringMixin, VersionedForm
from reports.models import PaperTemplate
from reports.references import Targets
from spr_portal.form_fields import Checkboxes, LineField, PlainTextField, Radios
from spr_portal.forms import GovukForm


class ComposeForm(GovukForm):
    template = forms.ChoiceField(label="Template", widget=Radios)
    optional = forms.MultipleChoiceField(
        label="Further sections (optional)",
        required=False,
        widget=Checkboxes,
        help_text="A paper gets those that its template has. They can also be added later.",
    )

    def __init__(
        self,
        *args,
        templates: list[PaperTemplate],
        words: dict[str, str],
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.fields["optional"].choices = _choices(
            row for template in templates for row in optional_sections(template.content, words)
        )
        if not self.fields["optional"].choices:
            del self.fields["optional"]
        self._templates = {str(template.pk): template for template in templates}
        self.fields["template"].choices = [
            (key, f"{template.title} (version {template.version})")
            for key, template in self._templates.items()
        ]

    @property
    def chosen(self) -> PaperTemplate:
        return self._templates[self.cleaned_data["template"]]

    @property
    def chosen_sections(self) -> list[str]:
        return self.cleaned_data.get("optional", [])


def _choices(offered: Iterable[OptionalSection]) -> list[tuple[str, str]]:
    """Each key once: two templates may offer the same section."""
    return list({section.key: section.heading for section in offered}.items())


class OptionalSectionsForm(GovukForm):
    sections = forms.MultipleChoiceField(
        label="Which sections should be added?",
        widget=Checkboxes,
        help_text="Each goes where the template has it, and can be moved, changed or removed.",
        error_messages={"required": "Tick the sections that should be added"},
    )

    def __init__(self, *args, offered: Iterable[OptionalSection], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sections"].choices = _choices(offered)


class HeaderForm(VersionedForm):
    """The title and the lines at the head of the paper: both editions print them."""

    title = LineField(
        label="Title",
        max_length=200,
        help_text="The title and the lines below it are printed in both editions, so everybody "
        "may read them. Write nothing here that must not be published.",
    )
    agenda_item = LineField(
        label="Agenda item (optional)",
        max_length=40,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-5"}),
    )
    report_of = LineField(
        label="Report of (optional)",
        max_length=150,
        required=False,
        help_text="In whose name the paper is put before the board.",
    )
    author = LineField(label="Author (optional)", max_length=150, required=False)
    marking = LineField(
        label="Marking of the full edition",
        max_length=80,
        help_text="Printed at the head and foot of every page. What is OFFICIAL-SENSITIVE in the "
        "paper raises it by itself; you can state a higher one here, never a lower one. The "
        "public edition is always marked OFFICIAL.",
        widget=forms.TextInput({"class": "govuk-input--width-20"}),
    )
    item_type = forms.ChoiceField(
        label="What is the board to do?",
        choices=[*ItemType.choices, ("", "Do not say")],
        required=False,
        widget=Radios,
    )
    meeting_part = forms.ChoiceField(
        label="In which part of the meeting is it taken?",
        choices=[*MeetingPart.choices, ("", "Do not say")],
        required=False,
        widget=Radios,
    )
    foi_class = forms.ChoiceField(
        label="Classification under the Freedom of Information Act 2000",
        choices=[*FoiClass.choices, ("", "Do not say")],
        required=False,
        widget=Radios,
        help_text="It is printed at the head of both editions. What is withheld from the public "
        "edition is decided part by part.",
    )
    numbering = forms.ChoiceField(
        label="How are paragraphs numbered?",
        choices=Numbering.choices,
        widget=Radios,
        help_text="References follow. By section, every heading but an annex’s takes a number.",
    )


class SectionForm(ReferringMixin, PublishedForm, VersionedForm):
    heading = LineField(label="Heading", max_length=200)
    numbering = forms.ChoiceField(
        label="Are its paragraphs numbered?",
        choices=[("yes", "Yes, as in the rest of the paper"), ("no", "No")],
        widget=Radios,
    )

    publication = forms.ChoiceField(
        label="Who may read this section?",
        choices=[
            (PUBLIC, "Everybody, as far as its paragraphs are cleared"),
            (RESTRICTED, "Restricted: keep its heading and all under it out of the public edition"),
        ],
        widget=Radios,
        error_messages={"required": "Select who may read this section"},
    )
    field_order = [
        "heading", "numbering", "publication", "withheld_under", "marking", "handling", "version",
    ]  # fmt: skip

    def __init__(self, *args, targets: Targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.targets = targets

    def clean_heading(self):
        return self.check_references(self.cleaned_data["heading"])

    @property
    def values(self) -> dict:
        values = self.with_publication(super().values)
        return {
            "heading": values.pop("heading"),
            "has_numbers": values.pop("numbering") == "yes",
            "publication": values,
        }

    @classmethod
    def initial_of(cls, row) -> dict:
        return {
            "heading": row.heading,
            "numbering": "yes" if row.has_numbers else "no",
            "version": row.version,
        } | publication_of(row)


class ParagraphForm(ReferringMixin, PublishedForm, VersionedForm):
    text = PlainTextField(
        label="Text",
        help_text=(
            "A blank line starts a new paragraph. A line that starts with a dash and a space is "
            "a bullet."
        ),
    )
    field_order = ["text", "publication", "withheld_under", "marking", "handling", "version"]

    def __init__(self, *args, targets: Targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.targets = targets

    def clean_text(self):
        return self.check_references(self.cleaned_data["text"])

    @property
    def values(self) -> dict:
        return self.with_publication(super().values)

    @classmethod
    def initial_of(cls, row) -> dict:
        return {"text": row.text, "version": row.version} | publication_of(row)


class ReasonForm(GovukForm):
    reason = PlainTextField(
        label="Reason", rows=5, max_length=2_000, help_text="Everybody who sees the paper reads it."
    )


CORRECTION_HINT = (
    "It is printed at the head of the new paper, in both editions, and shown beside the old one. "
    "Write what anybody may read."
)


class CorrectionReasonForm(GovukForm):
    reason = PlainTextField(
        label="What the correction changes", rows=5, max_length=2_000, help_text=CORRECTION_HINT
    )


class CorrectionForm(VersionedForm):
    text = PlainTextField(
        label="What the correction changes", rows=5, max_length=2_000, help_text=CORRECTION_HINT
    )

    @classmethod
    def initial_of(cls, paper) -> dict:
        return {"text": paper.correction, "version": paper.version}


class PaperCommentForm(GovukForm):
    text = PlainTextField(
        label="Your comment",
        rows=4,
        max_length=4_000,
        error_messages={"required": "Write your comment first"},
        help_text="ACC Security, the staff officer and the Executive Team read it. It is never "
        "printed.",
    )

    def __init__(self, *args, label: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if label or self.prefix:
            self.fields["text"].label = label or "Your reply"


class PlaceForm(GovukForm):
    """Where something should stand among the others of its list, in words."""

    place = forms.ChoiceField(
        label="Where should it stand?", error_messages={"required": "Select where it should stand"}
    )

    def __init__(self, *args, others: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [
            ("1", "1. In the first place"),
            *((str(n), f"{n}. After “{other}”") for n, other in enumerate(others, start=2)),
        ]

    @property
    def chosen(self) -> int:
        return int(self.cleaned_data["place"])


class WaiverForm(VersionedForm):
    reason = PlainTextField(
        label="Why may the paper go on with this?",
        rows=4,
        max_length=2_000,
        help_text="It stays on record under your name. Everybody who sees the draft reads it; it "
        "is printed nowhere.",
    )


class AgreeForm(GovukForm):
    """`document` is the hash of what the person was shown."""

    document = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean_document(self):
        document = self.cleaned_data["document"]
        if len(document) != 64:
            raise ValidationError("Open this page again: it does not say what you were shown")
        return document


class IssueForm(GovukForm):
    """`agreed` is the hash of the paper that was agreed when the page was opened."""

    agreed = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
