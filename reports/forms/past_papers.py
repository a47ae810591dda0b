"""Forms for papers that were made before the portal was used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms
from django.core.exceptions import ValidationError

from assessments.forms.publishing import PublishedForm, publication_of
from reports.domain.past_pieces import cells_of, text_of
from reports.forms.versioned import VersionedForm
from reports.models import PastPaperDraft, PastPaperPiece, Recommendation
from reports.past_papers.proposal import PieceKind
from reports.past_papers.wording import verb_of
from spr_portal.form_fields import Checkboxes, DateField, LineField, PlainTextField, Radios
from spr_portal.forms import GovukForm
from threats.models import Edition

KINDS = {
    PieceKind.TITLE: "Title of the paper",
    PieceKind.HEADER: "Line of the header: agenda item, report of",
    PieceKind.HEADING: "Heading",
    PieceKind.PARAGRAPH: "Paragraph",
    PieceKind.BULLET: "Bullet of the paragraph before it",
    PieceKind.TABLE: "Table",
    PieceKind.RECOMMENDATION: "Recommendation",
    PieceKind.REPEATED: "Recommendation, printed once more",
    PieceKind.LEFT_OUT: "Running head or foot, page number, contents list",
    PieceKind.UNPLACED: "Not placed",
}


class BringForm(PublishedForm, GovukForm):
    """The file of a paper, and what nobody can read from it."""

    file = forms.FileField(
        label="The paper",
        help_text="PDF, Word (docx) or plain text (txt). Nothing is taken in before you have "
        "looked through it.",
        widget=forms.ClearableFileInput({"accept": ".pdf,.docx,.txt"}),
        error_messages={"required": "Select the file of the paper", "empty": "The file is empty"},
    )
    year = forms.ChoiceField(
        label="Year it reports on", error_messages={"required": "Select the year it reports on"}
    )
    edition = forms.ChoiceField(
        label="Edition of the requirement it reports against",
        help_text="Its threats are looked for in the headings.",
        widget=Radios,
        error_messages={"required": "Select the edition it reports against"},
    )
    field_order = ["file", "year", "edition", "publication", "withheld_under"]

    def __init__(self, *args, years: Iterable[str], editions: Iterable[Edition], **kwargs):
        super().__init__(*args, **kwargs)
        self._editions = {edition.code: edition for edition in editions}
        self.fields["publication"].label = "Was it public?"
        self.fields["publication"].choices = [
            ("public", "Yes, all of it was published"),
            ("restricted", "No"),
        ]
        self.fields["withheld_under"].label = "If not, under which exemption is it kept back?"
        self.fields["withheld_under"].help_text = ""
        self.fields["year"].choices = [
            ("", "Choose a year"),
            *((year, year.replace("-", "/")) for year in years),
        ]
        self.fields["edition"].choices = [
            (code, edition.title) for code, edition in self._editions.items()
        ]

    @property
    def chosen_edition(self) -> Edition:
        return self._editions[self.cleaned_data["edition"]]


class PastHeadForm(PublishedForm, VersionedForm):
    title = LineField(label="Title", max_length=200)
    board_name = LineField(label="Board", max_length=120)
    meeting_on = DateField(label="Day of the meeting")

    def __init__(self, *args, month: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if month:
            self.fields[
                "meeting_on"
            ].help_text = f"The paper prints no day, only month {int(month[5:])} of {month[:4]}."
        self.fields["publication"].label = "Was it public?"
        self.fields["publication"].choices = [
            ("public", "Yes, all of it was published"),
            ("restricted", "No"),
        ]
        self.fields["withheld_under"].label = "If not, under which exemption is it kept back?"
        self.fields["withheld_under"].help_text = ""

    @property
    def values(self) -> dict:
        return self.with_publication(super().values)

    @classmethod
    def initial_of(cls, row: PastPaperDraft) -> dict:
        names = ("title", "board_name", "meeting_on", "version")
        return {name: getattr(row, name) for name in names} | publication_of(row)


class KindForm(VersionedForm):
    kind = forms.ChoiceField(label="What it is", choices=list(KINDS.items()))


class PieceForm(VersionedForm):
    """What a piece says. Which fields there are depends on what it is."""

    number = LineField(
        label="Number (optional)",
        max_length=20,
        required=False,
        help_text="As it is printed, such as 7, 1.2 or 3(a).",
        widget=forms.TextInput({"class": "govuk-input--width-5"}),
    )
    level = forms.TypedChoiceField(
        label="Where it stands",
        choices=[("2", "It heads a section"), ("3", "It stands within a section")],
        widget=Radios,
        coerce=int,
    )
    label = LineField(label="Label", max_length=200, help_text="Such as “Report of”.")
    heading = LineField(label="What it is about (optional)", max_length=200, required=False)
    addressee = LineField(
        label="Who is to act?",
        max_length=100,
        required=False,
        help_text="It opens the sentence that the words go on.",
    )
    text = PlainTextField(label="Words", max_length=100_000, rows=7)
    threat = forms.ChoiceField(label="Threat it is about", required=False)
    threat_codes = forms.MultipleChoiceField(
        label="Threats it is about",
        required=False,
        widget=Checkboxes,
        help_text="Tick none if it is about the requirement as a whole.",
    )
    repeats = forms.ChoiceField(label="Which recommendation it is", required=False)
    field_order = [
        "number", "heading", "addressee", "label", "text", "level", "threat", "threat_codes",
        "repeats", "version",
    ]  # fmt: skip

    def __init__(
        self,
        *args,
        kind: str,
        threats: Iterable[tuple[str, str]],
        recommendations: Iterable[tuple[str, str]],
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.kind = PieceKind(kind)
        for name in set(self.fields) - FIELDS[self.kind] - {"version"}:
            del self.fields[name]
        choices = {
            "threat": [("", "None"), *threats],
            "threat_codes": list(threats),
            "repeats": [("", "Choose one"), *recommendations],
        }
        for name in choices.keys() & self.fields.keys():
            self.fields[name].choices = choices[name]
        if self.kind in (PieceKind.TITLE, PieceKind.HEADER, PieceKind.HEADING):
            self.fields["text"].widget.attrs["rows"] = 2
        if self.kind == PieceKind.TABLE:
            self.fields["text"].help_text = "One row a line, its cells parted by |."

    def clean_text(self):
        text = self.cleaned_data["text"]
        if self.kind == PieceKind.TABLE and not any(cells_of(text)):
            raise ValidationError("Enter the rows of the table")
        return text

    @property
    def values(self) -> dict:
        values = super().values
        if self.kind == PieceKind.TABLE:
            return {"rows": cells_of(values["text"]), "text": ""}
        if "threat" in values:
            threat = values.pop("threat")
            values["threat_codes"] = [threat] if threat else []
        if self.kind == PieceKind.RECOMMENDATION:
            values["verb"] = verb_of(values["text"])[:60]
        return values

    def initial_of(self, row: PastPaperPiece) -> dict:
        return {
            "number": row.number,
            "level": str(row.level or 2),
            "label": row.label,
            "heading": row.heading,
            "addressee": row.addressee,
            "text": text_of(row),
            "threat": (row.threat_codes or [""])[0],
            "threat_codes": row.threat_codes,
            "repeats": row.repeats,
            "version": row.version,
        }


FIELDS: Mapping[PieceKind, frozenset[str]] = {
    PieceKind.TITLE: frozenset({"text"}),
    PieceKind.HEADER: frozenset({"label", "text"}),
    PieceKind.HEADING: frozenset({"number", "text", "level", "threat"}),
    PieceKind.PARAGRAPH: frozenset({"number", "text"}),
    PieceKind.BULLET: frozenset({"text"}),
    PieceKind.TABLE: frozenset({"text"}),
    PieceKind.RECOMMENDATION: frozenset({"number", "heading", "addressee", "text", "threat_codes"}),
    PieceKind.REPEATED: frozenset({"repeats"}),
    PieceKind.LEFT_OUT: frozenset({"text"}),
    PieceKind.UNPLACED: frozenset({"text"}),
}


class SplitForm(VersionedForm):
    text = PlainTextField(
        label="Its words",
        max_length=100_000,
        rows=10,
        help_text="Put a blank line where the next part begins. Change no words here.",
    )


class TakeInForm(GovukForm):
    """Which recommendations somebody has entered already, and whether words may stay unplaced."""

    def __init__(
        self,
        *args,
        pieces: Iterable[PastPaperPiece],
        entered: list[Recommendation],
        proposed: Mapping[str, str],
        has_unplaced: bool,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        made = [piece for piece in pieces if piece.kind == PieceKind.RECOMMENDATION]
        choices = [("", "Nobody entered it before")]
        choices += [(row.identity, f"Entered: {row.addressee} {row.text}"[:120]) for row in entered]
        for place, piece in enumerate(made if entered else (), start=1):
            said = f"{piece.addressee} {piece.text}"
            self.fields[f"match-{piece.identity}"] = forms.ChoiceField(
                label=f"Recommendation {piece.number or place}: {said}"[:200],
                choices=choices,
                required=False,
                initial=proposed.get(piece.identity, ""),
            )
        if has_unplaced:
            self.fields["leaves_unplaced"] = forms.BooleanField(
                label="What is not placed may be left out of the paper",
                help_text="It stays in the file, which is kept as it is.",
                error_messages={"required": "Say that what is not placed may be left out"},
            )

    def clean(self):
        cleaned = super().clean()
        chosen = [value for name, value in cleaned.items() if name.startswith("match-") and value]
        for name, value in list(cleaned.items()):
            if name.startswith("match-") and value and chosen.count(value) > 1:
                self.add_error(name, "Two recommendations cannot be the same one entered before")
        return cleaned

    @property
    def matches(self) -> dict[str, str]:
        return {
            name.removeprefix("match-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("match-") and value
        }

    @property
    def leaves_unplaced(self) -> bool:
        return bool(self.cleaned_data.get("leaves_unplaced"))
