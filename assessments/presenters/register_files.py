"""The registers across threats as tables to be taken away: every field, in a column of its own."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from assessments.domain.capacity import shortfall
from assessments.domain.severity import severity_of
from assessments.enums import ItemKind, Marking
from assessments.register_selectors import SoughtItems
from spr_portal.exports import Export
from spr_portal.identity.models import Force


def _missing(figure):
    return shortfall(required=figure.required, held=figure.held, projected=figure.projected)


def _year(item) -> str:
    return item.assessment.cycle.year_in_words


def _draft_by(item) -> str:
    return item.drafted_by_name if item.is_draft else ""


def _first_raised(item) -> str:
    return item.first_raised.replace("-", "/")


PLACE = (("Year", _year), ("Threat", attrgetter("assessment.threat.label")))
STANDING = (
    ("Status", lambda item: item.get_status_display()),
    ("What closed it", attrgetter("outcome")),
    ("First raised", _first_raised),
    ("Reviewed this year", attrgetter("is_reviewed")),
    ("Draft by", _draft_by),
)
COLUMNS = {
    ItemKind.FIGURE: (
        *PLACE,
        ("Unit", attrgetter("unit")),
        ("Level", lambda item: item.get_level_display()),
        ("Required", attrgetter("required")),
        ("Required by", attrgetter("required_by")),
        ("Held", attrgetter("held")),
        ("Held on", attrgetter("held_on")),
        ("Shortfall now", lambda item: _missing(item).now),
        ("Projected", attrgetter("projected")),
        ("Projected by", attrgetter("projected_by")),
        ("Shortfall projected", lambda item: _missing(item).projected),
        ("Accessible", attrgetter("accessible")),
        ("Accessible through", attrgetter("accessible_through")),
        ("Source", attrgetter("source")),
        ("Cleared for publication", attrgetter("is_public")),
        ("Withheld under", lambda item: item.get_withheld_under_display()),
        ("Draft by", _draft_by),
    ),
    ItemKind.VULNERABILITY: (
        *PLACE,
        ("Vulnerability", attrgetter("statement")),
        ("Criterion", lambda item: item.criterion.label if item.criterion else ""),
        ("Likelihood", lambda item: item.get_likelihood_display()),
        ("Impact", lambda item: item.get_impact_display()),
        ("Severity", lambda item: severity_of(item.likelihood, item.impact).label),
        ("Mitigation", attrgetter("mitigation")),
        ("Escalation", attrgetter("escalation")),
        ("Owner", attrgetter("owner")),
        ("Review on", attrgetter("review_on")),
        *STANDING,
    ),
    ItemKind.FINDING: (
        *PLACE,
        ("Inspectorate", attrgetter("body")),
        ("Report", attrgetter("report")),
        ("Dated", attrgetter("dated")),
        ("Kind", lambda item: item.get_finding_kind_display()),
        ("Reference", attrgetter("reference")),
        ("Finding", attrgetter("text")),
        ("Grade", attrgetter("grade")),
        ("Response", attrgetter("response")),
        ("Owner", attrgetter("owner")),
        ("Due on", attrgetter("due_on")),
        *STANDING,
    ),
}


def register_export(
    kind: ItemKind, items: Iterable, *, name: str, title: str, force: Force, sought: SoughtItems
) -> Export:
    """What a register shows, with the same things left out."""
    columns, items = COLUMNS[kind], list(items)
    is_sensitive = any(item.marking == Marking.SENSITIVE for item in items)
    year = sought.year.replace("-", "/")
    return Export(
        title=f"{title}, {force.short_name} {year}",
        name=f"{force.code}-{sought.year}-{name}",
        headings=[heading for heading, _ in columns],
        rows=[[value(item) for _, value in columns] for item in items],
        marking=Marking.SENSITIVE if is_sensitive else Marking.OFFICIAL,
        noted={"sought": {name: value for name, value in vars(sought).items() if value}},
    )
