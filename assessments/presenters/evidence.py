"""How evidence reads: in the register, where it is cited, and beside the answers it backs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from assessments.domain.evidence import ENTRY_FIELDS
from assessments.enums import EvidenceKind, Marking
from assessments.evidence_selectors import EXPIRES_SOON
from assessments.models import Assessment, Evidence, EvidenceReference
from assessments.wording import FIELD_LABELS
from spr_portal.components import SummaryRow
from threats.selectors import AskedPart, parts_for

CHOICES = {"kind": EvidenceKind, "marking": Marking}
EXPORT_HEADINGS = (
    "Title", "Kind", "Owner", "Dated", "Expires on", "Where it is kept", "Marking",
    "Handling instruction", "Shared", "Assessments it backs", "Files",
)  # fmt: skip
WHOLE = "The assessment as a whole"


@dataclass(frozen=True)
class Tag:
    text: str
    colour: str


@dataclass(frozen=True)
class RegisterLine:
    identity: str
    title: str
    kind: str
    owner: str
    dated: datetime.date | None
    expires_on: datetime.date | None
    expiry: Tag | None
    marking: str
    use_count: int
    file_count: int


@dataclass(frozen=True)
class UseLine:
    """An assessment that cites an entry, and the answers it backs there."""

    name: str
    href: str
    backs: tuple[str, ...]


@dataclass(frozen=True)
class CitedCard:
    """A piece of evidence as one assessment cites it."""

    identity: str
    title: str
    expiry: Tag | None
    rows: tuple[SummaryRow, ...]
    backs: tuple[str, ...]
    evidence: str  # the entry's identity, if there is one and the reader may open it
    draft_by: str


@dataclass(frozen=True)
class Piece:
    title: str
    expiry: Tag | None


@dataclass(frozen=True)
class EvidenceBeside:
    """What backs one answer, and where to cite more; `href` is empty for who cannot."""

    pieces: tuple[Piece, ...]
    href: str = ""

    @property
    def words(self) -> str:
        count = len(self.pieces)
        return (
            f"{count} piece{'' if count == 1 else 's'} of evidence "
            f"back{'s' if count == 1 else ''} this answer"
        )

    @property
    def expired_count(self) -> int:
        return sum(
            piece.expiry is not None and piece.expiry.colour == "red" for piece in self.pieces
        )


@dataclass(frozen=True)
class Expired:
    """Evidence that an assessment cites and that had expired: what is said before submitting."""

    sentence: str
    href: str


@dataclass(frozen=True)
class Prompts:
    """What the questions of one threat are called, and which of them each part asks."""

    names: Mapping[str, str] = field(default_factory=dict)
    by_part: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Iterable[AskedPart]) -> Prompts:
        parts = list(parts)
        return cls(
            names={q.code: f"{part.label}: {q.prompt}" for part in parts for q in part.questions},
            by_part={part.code: tuple(q.code for q in part.questions) for part in parts},
        )

    def known(self, codes: Iterable[str]) -> list[str]:
        return [self.names[code] for code in codes if code in self.names]

    def codes_backed(self, backs: Iterable[str], part: str | None) -> tuple[str, ...]:
        """The answers ticked, or all of the part that it was said to back before there were ticks.

        Nothing where it backs the assessment as a whole.
        """
        ticked = set(backs)
        if ticked or not part:
            return tuple(code for code in self.names if code in ticked)
        return self.by_part.get(part, ())

    def ticked_in(self, reference: EvidenceReference) -> tuple[str, ...]:
        part = reference.part.code if reference.part else None
        return self.codes_backed(reference.backs, part)

    def backed(self, reference: EvidenceReference) -> tuple[str, ...]:
        """The names of the answers, for a list that is never empty."""
        return tuple(self.names[code] for code in self.ticked_in(reference)) or (WHOLE,)


def expiry_tag(expires_on: datetime.date | None, today: datetime.date) -> Tag | None:
    """Evidence can be relied on until the end of the day it expires on."""
    if expires_on is None or expires_on > today + EXPIRES_SOON:
        return None
    return Tag("Expired", "red") if expires_on < today else Tag("Expires soon", "yellow")


def entry_rows(entry: Evidence, names: Iterable[str] = ENTRY_FIELDS) -> list[SummaryRow]:
    """What was filled in of an entry or of a copy of one; empty fields are left out."""
    rows = [SummaryRow(FIELD_LABELS[name], _words(name, getattr(entry, name))) for name in names]
    return [row for row in rows if row.value]


def typed_rows(form) -> list[SummaryRow]:
    """What was typed into a form of an entry, to be read and copied."""
    typed = {bound.name: bound.value() for bound in form if not bound.is_hidden}
    rows = [SummaryRow(FIELD_LABELS[name], _typed(name, value)) for name, value in typed.items()]
    return [row for row in rows if row.value.strip()]


def register_lines(entries: Iterable[Evidence], today: datetime.date) -> list[RegisterLine]:
    return [
        RegisterLine(
            identity=entry.identity,
            title=entry.title,
            kind=entry.get_kind_display(),
            owner=entry.owner,
            dated=entry.dated,
            expires_on=entry.expires_on,
            expiry=expiry_tag(entry.expires_on, today),
            marking=entry.marking,
            use_count=entry.use_count,
            file_count=entry.file_count,
        )
        for entry in entries
    ]


def export_rows(entries: Iterable[Evidence]) -> list[list]:
    """The register as rows under EXPORT_HEADINGS."""
    return [
        [
            entry.title, entry.get_kind_display(), entry.owner, entry.dated, entry.expires_on,
            entry.kept_at, entry.marking, entry.handling, "Yes" if entry.is_shared else "No",
            entry.use_count, entry.file_count,
        ]
        for entry in entries
    ]  # fmt: skip


def use_lines(references: Iterable[EvidenceReference]) -> list[UseLine]:
    lines = []
    for reference in references:
        one = reference.assessment
        prompts = Prompts.of(parts_for(one.cycle.edition, one.threat.code))
        at = [one.cycle.year, one.threat.code, "evidence"]
        href = reverse("assessments:items", args=at)
        lines.append(UseLine(str(one), href, prompts.backed(reference)))
    return lines


def cited_cards(
    references: Iterable[EvidenceReference],
    parts: Iterable[AskedPart],
    *,
    today: datetime.date,
    readable: frozenset[int],
) -> list[CitedCard]:
    """`readable` are the keys of the entries that the reader may open."""
    prompts = Prompts.of(parts)
    names = ("kind", "owner", "dated", "expires_on", "kept_at", "marking", "handling")
    return [
        CitedCard(
            identity=reference.identity,
            title=reference.title,
            expiry=expiry_tag(reference.expires_on, today),
            rows=(*entry_rows(reference, names), _clearance(reference)),
            backs=prompts.backed(reference),
            evidence=reference.evidence.identity if reference.evidence_id in readable else "",
            draft_by=reference.drafted_by_name if reference.is_draft else "",
        )
        for reference in references
    ]


def _clearance(reference: EvidenceReference) -> SummaryRow:
    """Whether the public edition may name it."""
    words = "Yes" if reference.is_public else "No"
    if reference.withheld_under:
        words += f", withheld under {reference.withheld_under}"
    return SummaryRow(FIELD_LABELS["is_public"], words)


def evidence_beside(
    assessment: Assessment,
    cited: Iterable[Mapping],
    parts: Iterable[AskedPart],
    *,
    today: datetime.date,
    may_cite: bool = False,
) -> dict[str, EvidenceBeside]:
    """What backs each answer of the parts, by the question's code; every question is there.

    `cited` are plain values, from `cited_in` or of the list in `items_as_data`.
    """
    prompts = Prompts.of(parts)
    pieces: dict[str, list[Piece]] = {code: [] for code in prompts.names}
    for values in cited:
        piece = Piece(values["title"], expiry_tag(_date(values.get("expires_on")), today))
        for code in prompts.codes_backed(
            values.get("backs", ()), values.get("part_code") or values.get("part")
        ):
            pieces[code].append(piece)
    at = [assessment.cycle.year, assessment.threat.code]
    href = reverse("assessments:choose_evidence", args=at) if may_cite else ""
    return {
        code: EvidenceBeside(tuple(found), f"{href}?backs={code}" if href else "")
        for code, found in pieces.items()
    }


def expired_in(
    assessment: Assessment, cited: Iterable[Mapping], *, today: datetime.date
) -> list[Expired]:
    """What is cited and out of date, from the plain values of the list (`items_as_data`).

    Both days count: what had expired on the as-at date cannot bear out what the
    answers say of that day, and what expired since needs a newer piece by the
    time the board reads them.
    """
    as_at = assessment.cycle.as_at
    at = [assessment.cycle.year, assessment.threat.code, "evidence"]
    found = []
    for values in cited:
        expires = _date(values.get("expires_on"))
        if expires is None or expires >= max(as_at, today):
            continue
        when = "before the as-at date" if expires < as_at else "since the as-at date"
        verb = "expired" if expires < today else "expires"
        sentence = f"{values['title']} {verb} on {_day(expires)}, {when}"
        href = reverse("assessments:change_item", args=[*at, values["identity"]])
        found.append(Expired(sentence, href))
    return found


def _date(value: datetime.date | str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def _day(date: datetime.date) -> str:
    return f"{date.day} {date:%B %Y}"


def _typed(name: str, value) -> str:
    return " ".join(value) if isinstance(value, list) else _words(name, value)


def _words(name: str, value) -> str:
    if name == "is_shared":
        return "Every force lead and contributor may see it and cite it" if value else ""
    if name in CHOICES:
        return dict(CHOICES[name].choices).get(value, value)
    if isinstance(value, datetime.date):
        return _day(value)
    return value or ""
