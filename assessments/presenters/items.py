"""How the items of an assessment's lists read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.domain.content import ITEM_FIELDS, item_values
from assessments.domain.severity import severity_of
from assessments.enums import (
    EvidenceKind,
    FindingKind,
    FoiExemption,
    Impact,
    ItemKind,
    Likelihood,
    Marking,
    RegisterStatus,
)
from assessments.presenters.figures import day_of, position_of
from assessments.presenters.tags import Tag, tags_of
from assessments.wording import FIELD_LABELS, ITEM_NOUNS, counted
from spr_portal.components import SummaryRow
from threats.models import Level
from threats.selectors import AskedPart

CHOICES = {
    "level": Level,
    "likelihood": Likelihood,
    "impact": Impact,
    "kind": EvidenceKind,
    "withheld_under": FoiExemption,
    "status": RegisterStatus,
    "finding_kind": FindingKind,
}
DATES = frozenset({"held_on", "projected_by", "dated", "review_on", "expires_on", "due_on"})
HEADING_FIELDS = {ItemKind.FIGURE: "unit", ItemKind.EVIDENCE: "title"}
# Where the order means something to a reader, it can be changed.
ORDERED = frozenset({ItemKind.SUMMARY, ItemKind.RECOMMENDATION, ItemKind.VULNERABILITY})
GUIDANCE = {
    ItemKind.FIGURE: (
        "Four different numbers: what is required, what is held, what will be held by a date, and "
        "what is accessible through others. A holding that falls is no shortfall while it stays "
        "at or above the requirement."
    ),
    ItemKind.VULNERABILITY: (
        "What could go wrong in meeting this threat, how likely and how bad it would be, and what "
        "is done about it. What is not closed comes over to next year."
    ),
    ItemKind.FINDING: (
        "What an inspectorate found that bears on this threat, and what the force answers. What "
        "is not closed comes over to next year."
    ),
    ItemKind.EVIDENCE: (
        "What bears your answers out, from the force’s register. Say of each piece which answers "
        "it backs. It follows the register until you submit."
    ),
    ItemKind.RECOMMENDATION: (
        "What you would have the board paper recommend. ACC Security decides what is taken up. "
        "What is taken up can be read by everybody unless it is restricted, so write "
        "nothing here that must not be published. Having none is fine."
    ),
    ItemKind.SUMMARY: (
        "These words are printed in the board paper, in this order, as numbered paragraphs. "
        "Of the rest of your assessment only proposed recommendations can be. A restricted "
        "paragraph stands in the full edition only; the public edition says in its place that "
        "it is withheld."
    ),
}


@dataclass(frozen=True)
class Card:
    """One item to be read, with what can be done to it."""

    identity: str
    heading: str
    rows: tuple[SummaryRow, ...]
    tags: tuple[Tag, ...]
    can_move_up: bool
    can_move_down: bool
    since: str  # the earlier year it was first raised in, "2015/16"; else empty
    version: int
    is_reviewed: bool  # False for one from last year that nobody has looked at


def labels_of(parts: Iterable[AskedPart]) -> dict[str, dict[str, str]]:
    """What criteria, parts and questions are called, by their codes."""
    parts = list(parts)
    return {
        "criterion": {part.criterion_code: part.criterion_label for part in parts},
        "part": {part.code: part.label for part in parts},
        "backs": {
            question.code: f"{part.label}: {question.prompt}"
            for part in parts
            for question in part.questions
        },
    }


def cards(kind: ItemKind, items: Iterable, labels: dict[str, dict[str, str]]) -> list[Card]:
    rows = list(items)
    return [card(kind, row, labels, number, len(rows)) for number, row in enumerate(rows, start=1)]


def card(kind: ItemKind, item, labels, number: int = 1, count: int = 1) -> Card:
    values = item_values(kind, item)
    tagged = dict.fromkeys({"is_public", "status"} & set(values))
    return Card(
        identity=item.identity,
        heading=heading_of(kind, values, number),
        rows=tuple(item_rows(kind, values | tagged, labels)),
        tags=tags_of(values, item),
        can_move_up=kind in ORDERED and number > 1,
        can_move_down=kind in ORDERED and number < count,
        since=since_of(item),
        version=item.version,
        is_reviewed=getattr(item, "is_reviewed", True),
    )


def since_of(item) -> str:
    """The year in which what came over was first raised; empty for what is new or never comes."""
    raised = getattr(item, "first_raised", "")
    return raised.replace("-", "/") if raised and raised < item.assessment.cycle.year else ""


def heading_of(kind: ItemKind, values: dict, number: int) -> str:
    """Its name, or its place in the list where it has none."""
    name = values.get(HEADING_FIELDS.get(kind, ""))
    if kind == ItemKind.FINDING:
        name = ", ".join(word for word in (values["body"], values["reference"]) if word)
    return name or f"{ITEM_NOUNS[kind][0].capitalize()} {number}"


def item_rows(kind: ItemKind, values: dict, labels: dict[str, dict[str, str]]) -> list[SummaryRow]:
    """What was filled in of an item, from its plain values; empty fields are left out."""
    rows = []
    for name in ITEM_FIELDS[kind]:
        value = words_of(name, values.get(name), labels)
        if value and name != HEADING_FIELDS.get(kind):
            rows.append(SummaryRow(FIELD_LABELS[name], value))
        if value and name == "impact" and values.get("likelihood"):
            severity = severity_of(values["likelihood"], values["impact"])
            rows.append(SummaryRow("Severity", severity.label))
    if kind == ItemKind.FIGURE:
        rows.append(SummaryRow("Against the requirement", "\n\n".join(position_of(values))))
    return rows


def count_in_words(kind: ItemKind, items: Iterable) -> str:
    """ "3 paragraphs: 2 public, 1 restricted"; without the second half where nothing is marked."""
    rows = list(items)
    words = counted(kind, len(rows))
    if not rows or not hasattr(rows[0], "is_public"):
        return words
    public = sum(row.is_public for row in rows)
    return f"{words}: {public} public, {len(rows) - public} restricted"


def words_of(name: str, value, labels: dict[str, dict[str, str]]) -> str:
    """A value of an item as it reads; `labels` is what `labels_of` gives."""
    if value is None or value in ("", [], Marking.OFFICIAL):
        return ""
    if isinstance(value, list):
        return "; ".join(labels.get(name, {}).get(code, code) for code in value)
    if name in labels:
        return labels[name].get(value, value)
    if name in CHOICES:
        return dict(CHOICES[name].choices).get(value, value)
    if name in DATES:
        return day_of(value)
    if name == "is_public":
        return "Yes" if value else "No"
    return f"{value:,}" if isinstance(value, int) else str(value)
