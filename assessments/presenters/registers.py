"""How the registers across threats read on a page."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from assessments.domain.severity import severity_of
from assessments.enums import ItemKind, RegisterStatus, Severity
from assessments.presenters.figures import FigureLine, figure_line
from assessments.presenters.items import since_of
from assessments.presenters.tags import STATUS_COLOURS, Tag
from assessments.register_selectors import DATE_FIELDS

BRIEF = 280  # characters of a text in a table; the whole is a click away
SEVERITY_COLOURS = {
    Severity.LOW: "green",
    Severity.MEDIUM: "yellow",
    Severity.HIGH: "orange",
    Severity.VERY_HIGH: "red",
}
# The name of each register in its address, and what it is called.
REGISTERS = {
    "capacity": (ItemKind.FIGURE, "Capacity"),
    "vulnerabilities": (ItemKind.VULNERABILITY, "Vulnerabilities"),
    "findings": (ItemKind.FINDING, "Inspection findings"),
}
NOUNS = {
    ItemKind.FIGURE: ("figure", "figures"),
    ItemKind.VULNERABILITY: ("vulnerability", "vulnerabilities"),
    ItemKind.FINDING: ("finding", "findings"),
}
PASSED = {ItemKind.VULNERABILITY: "Review date passed", ItemKind.FINDING: "Due date passed"}


@dataclass(frozen=True)
class CapacityLine:
    href: str
    threat: str
    figure: FigureLine
    draft_by: str


@dataclass(frozen=True)
class OpenItemLine:
    """A vulnerability or a finding; `history` is where its earlier years are, if it has any."""

    href: str
    threat: str
    title: str
    text: str
    marks: tuple[Tag, ...]
    owner: str
    date: datetime.date | None
    since: str
    history: str
    item: object


def register_lines(kind: ItemKind, items: Iterable, *, today: datetime.date) -> list:
    if kind == ItemKind.FIGURE:
        return [_capacity_line(item) for item in items]
    return [_open_item_line(kind, item, today) for item in items]


def links_to_registers(current: str, year: str) -> list[tuple[str, str, bool]]:
    """Words, address and whether it is the one shown, of each register in the same year."""
    query = f"?year={year}" if year else ""
    links = [
        (words, f"{reverse('assessments:register', args=[name])}{query}", name == current)
        for name, (_, words) in REGISTERS.items()
    ]
    return [*links, ("Evidence", reverse("assessments:evidence"), current == "evidence")]


def count_of(kind: ItemKind, number: int) -> str:
    one, several = NOUNS[kind]
    return f"{number:,} {one if number == 1 else several}"


def brief(text: str) -> str:
    """The beginning of a text, on one line."""
    return textwrap.shorten(text, BRIEF, placeholder=" …")


def is_passed(kind: ItemKind, item, today: datetime.date) -> bool:
    """Whether the day it should have been looked at, or dealt with, is over."""
    date = getattr(item, DATE_FIELDS[kind])
    return bool(date) and date < today and item.status != RegisterStatus.CLOSED


def _capacity_line(figure) -> CapacityLine:
    return CapacityLine(
        href=_href(ItemKind.FIGURE, figure),
        threat=figure.assessment.threat.label,
        figure=figure_line(figure),
        draft_by=figure.drafted_by_name if figure.is_draft else "",
    )


def _open_item_line(kind: ItemKind, item, today: datetime.date) -> OpenItemLine:
    history = [name for name, (found, _) in REGISTERS.items() if found == kind]
    return OpenItemLine(
        href=_href(kind, item),
        threat=item.assessment.threat.label,
        title=_title(kind, item),
        text=brief(item.statement if kind == ItemKind.VULNERABILITY else item.text),
        marks=tuple(_marks(kind, item, today)),
        owner=item.owner,
        date=getattr(item, DATE_FIELDS[kind]),
        since=since_of(item),
        history=reverse("assessments:item_history", args=[*history, item.identity]),
        item=item,
    )


def _title(kind: ItemKind, item) -> str:
    if kind == ItemKind.VULNERABILITY:
        return item.criterion.label if item.criterion else ""
    return ", ".join(words for words in (item.body, item.report, item.reference) if words)


def _marks(kind: ItemKind, item, today: datetime.date) -> Iterable[Tag]:
    """What must be seen at once, the gravest first."""
    if kind == ItemKind.VULNERABILITY:
        severity = severity_of(item.likelihood, item.impact)
        yield Tag(f"{severity.label} severity", SEVERITY_COLOURS[severity])
    yield Tag(item.get_status_display(), STATUS_COLOURS[item.status])
    if is_passed(kind, item, today):
        yield Tag(PASSED[kind], "red")
    if not item.is_reviewed:
        yield Tag("Not yet reviewed", "orange")
    if item.is_draft:
        yield Tag(f"Draft by {item.drafted_by_name}", "yellow")


def _href(kind: ItemKind, item) -> str:
    at = [item.assessment.cycle.year, item.assessment.threat.code, kind.value]
    return f"{reverse('assessments:items', args=at)}#item-{item.identity}"
