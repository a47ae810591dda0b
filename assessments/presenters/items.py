"""How the items of an assessment's lists read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.domain.content import ITEM_FIELDS, item_values
from assessments.enums import (
    EvidenceKind,
    FindingKind,
    FoiExemption,
    Impact,
    ItemKind,
    Likelihood,
    RegisterStatus,
)
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
        "is done about it."
    ),
    ItemKind.FINDING: (
        "What an inspectorate found that bears on this threat, and what the force answers."
    ),
    ItemKind.EVIDENCE: (
        "What bears your answers out, and where it is kept. The documents themselves stay there."
    ),
    ItemKind.RECOMMENDATION: (
        "What you would have the board paper recommend. ACC Security decides what is taken up. "
        "What is taken up can be read by everybody unless ACC Security restricts it, so write "
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
    tag: str  # "Public", "Restricted" or empty
    tag_colour: str
    can_move_up: bool
    can_move_down: bool


@dataclass(frozen=True)
class FigureLine:
    """A row of the table of figures; numbers as words, a dash where there is none."""

    identity: str
    unit: str
    level: str
    required: str
    held: str
    projected: str
    accessible: str
    source: str
    position: tuple[str, ...]
    tag: str
    tag_colour: str


def labels_of(parts: Iterable[AskedPart]) -> dict[str, dict[str, str]]:
    """What criteria and parts are called, by their codes."""
    parts = list(parts)
    return {
        "criterion": {part.criterion_code: part.criterion_label for part in parts},
        "part": {part.code: part.label for part in parts},
    }


def cards(kind: ItemKind, items: Iterable, labels: dict[str, dict[str, str]]) -> list[Card]:
    rows = list(items)
    return [card(kind, row, labels, number, len(rows)) for number, row in enumerate(rows, start=1)]


def card(kind: ItemKind, item, labels, number: int = 1, count: int = 1) -> Card:
    values = item_values(kind, item)
    tag, colour = _tag(values)
    return Card(
        identity=item.identity,
        heading=heading_of(kind, values, number),
        rows=tuple(item_rows(kind, values | {"is_public": None} if tag else values, labels)),
        tag=tag,
        tag_colour=colour,
        can_move_up=kind in ORDERED and number > 1,
        can_move_down=kind in ORDERED and number < count,
    )


def heading_of(kind: ItemKind, values: dict, number: int) -> str:
    """Its name, or its place in the list where it has none."""
    name = values.get(HEADING_FIELDS.get(kind, ""))
    return name or f"{ITEM_NOUNS[kind][0].capitalize()} {number}"


def item_rows(kind: ItemKind, values: dict, labels: dict[str, dict[str, str]]) -> list[SummaryRow]:
    """What was filled in of an item, from its plain values; empty fields are left out."""
    rows = []
    for name in ITEM_FIELDS[kind]:
        value = _words(name, values.get(name), labels)
        if value and name != HEADING_FIELDS.get(kind):
            rows.append(SummaryRow(FIELD_LABELS[name], value))
    if kind == ItemKind.FIGURE:
        rows += [SummaryRow("Against the requirement", "\n\n".join(position_of(values)))]
    return rows


def figure_lines(figures: Iterable) -> list[FigureLine]:
    lines = []
    for figure in figures:
        values = item_values(ItemKind.FIGURE, figure)
        tag, colour = _tag(values)
        lines.append(
            FigureLine(
                identity=figure.identity,
                unit=figure.unit,
                level=figure.get_level_display(),
                required=_number(figure.required),
                held=_number(figure.held),
                projected=_beside(figure.projected, "by", _day(figure.projected_by)),
                accessible=_beside(figure.accessible, "through", figure.accessible_through),
                source=figure.source,
                position=tuple(position_of(values)),
                tag=tag,
                tag_colour=colour,
            )
        )
    return lines


def position_of(values: dict) -> list[str]:
    """How what is held, and what will be, stands against what is required, in sentences.

    What is accessible through others is not held, so it covers no shortfall. A
    holding that falls is none while it stays at or above the requirement.
    """
    required = values.get("required")
    if required is None:
        return ["No requirement is set, so there is nothing to compare."]
    sentences = []
    if (held := values.get("held")) is not None:
        sentences.append(f"Held {held:,}, required {required:,}: {_gap(held, required)}.")
    if (projected := values.get("projected")) is not None:
        by = f" by {_day(values['projected_by'])}" if values.get("projected_by") else ""
        sentences.append(
            f"Projected {projected:,}{by}, required {required:,}: {_gap(projected, required)}."
        )
    return sentences or ["What is held is not given, so it cannot be compared."]


def count_in_words(kind: ItemKind, items: Iterable) -> str:
    """ "3 paragraphs: 2 public, 1 restricted"; without the second half where nothing is marked."""
    rows = list(items)
    words = counted(kind, len(rows))
    if not rows or not hasattr(rows[0], "is_public"):
        return words
    public = sum(row.is_public for row in rows)
    return f"{words}: {public} public, {len(rows) - public} restricted"


def _gap(number: int, required: int) -> str:
    return "no shortfall" if number >= required else f"a shortfall of {required - number:,}"


def _words(name: str, value, labels: dict[str, dict[str, str]]) -> str:
    if value is None or value == "":
        return ""
    if name in labels:
        return labels[name].get(value, value)
    if name in CHOICES:
        return dict(CHOICES[name].choices).get(value, value)
    if name in DATES:
        return _day(value)
    if name == "is_public":
        return "Yes" if value else "No"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _tag(values: dict) -> tuple[str, str]:
    if "is_public" not in values:
        return "", ""
    return ("Public", "green") if values["is_public"] else ("Restricted", "red")


def _number(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"


def _beside(number: int | None, word: str, rest: str) -> str:
    return f"{_number(number)} {word} {rest}" if number is not None and rest else _number(number)


def _day(date: datetime.date | str | None) -> str:
    if not date:
        return ""
    if isinstance(date, str):
        date = datetime.date.fromisoformat(date)
    return f"{date.day} {date:%B %Y}"
