"""The forms of the register of evidence, and of citing from it."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.utils import timezone

from assessments.domain.evidence import ENTRY_FIELDS
from assessments.domain.evidence_files import MOST_FILES
from assessments.enums import EvidenceKind, Marking
from assessments.evidence_selectors import Sought
from assessments.forms.publishing import PUBLIC, RESTRICTED, PublishedForm
from assessments.models import Evidence
from assessments.wording import FIELD_LABELS
from spr_portal.file_checks import ENDINGS
from spr_portal.form_fields import Checkboxes, DateField, LineField, Radios
from spr_portal.forms import GovukForm
from threats.selectors import AskedPart

LARGEST_VERSION = 2**31 - 1
EXPIRIES = (("", "Any"), ("expired", "Has expired"), ("soon", "Expires within 60 days"))
USES = (("", "Any"), ("used", "Backs an assessment"), ("unused", "Backs none yet"))


def version_field() -> forms.IntegerField:
    """The version that the person began with; what is new has none."""
    return forms.IntegerField(
        required=False, min_value=0, max_value=LARGEST_VERSION, widget=forms.HiddenInput
    )


class EntryForm(GovukForm):
    """A piece of evidence in the register. `values` is what the domain is given."""

    title = LineField(label="Title", max_length=200)
    kind = forms.ChoiceField(
        label="Kind of evidence", choices=[("", "Choose a kind"), *EvidenceKind.choices]
    )
    owner = LineField(
        label="Owner",
        max_length=150,
        required=False,
        help_text="The person, post or department that answers for it.",
    )
    dated = DateField(
        label="Date of the evidence",
        required=False,
        help_text="The day it describes or was finished.",
    )
    expires_on = DateField(
        label="Date it expires",
        called="Date the evidence expires",
        required=False,
        help_text="The last day on which it can be relied on. Leave it empty if it does not age.",
    )
    kept_at = LineField(
        label="Where it is kept",
        max_length=300,
        required=False,
        help_text="A file reference or an address inside the force. A copy can be kept here too.",
    )
    marking = forms.ChoiceField(
        label="Marking",
        choices=Marking.choices,
        initial=Marking.OFFICIAL,
        widget=Radios(attrs={"class": "govuk-radios--inline"}),
        help_text="Nothing above OFFICIAL-SENSITIVE may be kept here.",
    )
    handling = LineField(
        label="Handling instruction",
        max_length=150,
        required=False,
        help_text="Only with OFFICIAL-SENSITIVE: who may see it, or how it is kept.",
    )
    is_shared = forms.BooleanField(
        label="Every force lead and contributor may see it and cite it",
        required=False,
        help_text="Otherwise it is for you, those who work on an assessment it backs, and those "
        "who see every assessment of the force.",
    )
    version = version_field()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("dated") and cleaned["dated"] > timezone.localdate():
            self.add_error("dated", "Date of the evidence must be today or in the past")
        dated, expires = cleaned.get("dated"), cleaned.get("expires_on")
        if dated and expires and expires < dated:
            self.add_error("expires_on", "The evidence cannot expire before its own date")
        return cleaned

    @property
    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in ENTRY_FIELDS}

    @property
    def started_from(self) -> int:
        return self.cleaned_data.get("version") or 0

    def go_on_from(self, version: int) -> None:
        """Let the words in the form be saved over a newer version its writer has now seen."""
        self.data = self.data.copy()
        self.data["version"] = version

    @classmethod
    def initial_of(cls, evidence: Evidence) -> dict:
        return {name: getattr(evidence, name) for name in (*ENTRY_FIELDS, "version")}


class FileForm(GovukForm):
    """A file to keep with a piece of evidence. What it is, the domain finds out."""

    file = forms.FileField(
        label="Add a file",
        help_text=f"{ENDINGS}; up to {settings.EVIDENCE_FILE_LIMIT // 2**20} MB, and up to "
        f"{MOST_FILES} files with one piece of evidence. What pictures hold besides, such as "
        "where they were taken, is removed.",
        error_messages={"required": "Select a file", "empty": "The file is empty"},
    )


class BackingForm(PublishedForm, GovukForm):
    """The answers that a piece of evidence backs, ticked part by part, and who may read of it.

    The marking is the register’s: see `marked`.
    """

    marking = None
    handling = None
    folded = ()
    needs_exemption = False

    publication = forms.ChoiceField(
        label="Who may read that it is cited?",
        choices=[
            (PUBLIC, FIELD_LABELS["is_public"]),
            (RESTRICTED, "Restricted: keep its title out of the public edition"),
        ],
        initial=RESTRICTED,
        required=False,
        widget=Radios,
    )

    backs = forms.MultipleChoiceField(
        label="Which answers does it back?",
        required=False,
        widget=Checkboxes,
        help_text="Tick none if it backs the assessment as a whole.",
        error_messages={"invalid_choice": "Tick only answers that are listed here"},
    )
    version = version_field()

    def __init__(self, *args, parts: Iterable[AskedPart], marked: str = "", **kwargs):
        """`marked` is the marking of the entry in the register."""
        super().__init__(*args, **kwargs)
        self.marked = marked
        self.fields["backs"].choices = [
            (part.label, [(question.code, question.prompt) for question in part.questions])
            for part in parts
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_public") and self.marked == Marking.SENSITIVE:
            self.add_error(
                "publication",
                "The register marks it OFFICIAL-SENSITIVE, so it cannot be cleared for "
                "publication: restrict it",
            )
        return cleaned

    @property
    def clearance(self) -> dict:
        """What the domain is given; nothing where the page did not ask."""
        if "is_public" not in self.cleaned_data:
            return {}
        return {name: self.cleaned_data[name] for name in ("is_public", "withheld_under")}

    @property
    def started_from(self) -> int:
        return self.cleaned_data.get("version") or 0

    def go_on_from(self, version: int) -> None:
        self.data = self.data.copy()
        self.data["version"] = version


class SearchForm(GovukForm):
    """What is looked for in the register. A value that cannot be is as good as none."""

    words = LineField(label="Title, owner or place", max_length=100, required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "Any"), *EvidenceKind.choices], required=False
    )
    expiry = forms.ChoiceField(label="Expiry", choices=EXPIRIES, required=False)
    use = forms.ChoiceField(label="Use", choices=USES, required=False)

    @property
    def sought(self) -> Sought:
        self.is_valid()
        return Sought(**{name: self.cleaned_data.get(name, "") for name in self.fields})
