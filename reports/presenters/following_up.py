"""Recommendations as they are followed up: lines of the register, facts, steps, history."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from assessments.notices import listed
from reports.domain.workflow import RECOMMENDATION_TRANSITIONS, RECOMMENDATIONS
from reports.enums import RecommendationStatus, RecommendationStep
from reports.models import Recommendation, RecommendationChange
from reports.presenters.meetings import HistoryLine
from reports.presenters.words import STEP_DONE, year_in_words
from reports.recommendation_selectors import UNFINISHED
from spr_portal.components import SummaryRow
from spr_portal.exports import Export
from spr_portal.identity.models import User
from spr_portal.templatetags.portal import day

FIRST_STEPS = (RecommendationStep.ACCEPT, RecommendationStep.PROGRESS)


@dataclass(frozen=True)
class RegisterLine:
    number: int
    year: str
    href: str
    heading: str
    addressee: str
    text: str
    about: str
    owner: str
    due_on: datetime.date | None
    status: str
    carried_to: str  # the year in words; empty unless a later paper makes it again
    is_late: bool
    is_public: bool


@dataclass(frozen=True)
class StepLink:
    words: str
    href: str
    kind: str  # of the button


def years_in(rows: QuerySet[Recommendation]) -> list[str]:
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def lines(
    rows: Iterable[Recommendation], numbers: Mapping[int, int], *, today: datetime.date
) -> list[RegisterLine]:
    """`numbers` holds what each was printed with, by its key."""
    return [
        RegisterLine(
            number=numbers[row.pk],
            year=year_in_words(row.year),
            href=row.get_absolute_url(),
            heading=row.heading,
            addressee=row.addressee,
            text=row.text,
            about=about(row),
            owner=row.owner_name,
            due_on=row.due_on,
            status=row.status,
            carried_to=year_in_words(row.carried_to),
            is_late=is_late(row, today=today),
            is_public=row.is_public,
        )
        for row in rows
    ]


def about(row: Recommendation) -> str:
    """What it is about, in words."""
    threats = listed([code.replace("-", " ") for code in row.threat_codes])
    if row.is_cross_cutting:
        return f"A theme across threats{f': {threats}' if threats else ''}"
    return threats.capitalize() if threats else "The requirement as a whole"


def is_late(row: Recommendation, *, today: datetime.date) -> bool:
    is_open = row.status in UNFINISHED and not row.carried_to
    return bool(is_open and row.due_on and row.due_on < today)


def facts(
    row: Recommendation, years: list[Recommendation], numbers: Mapping[int, int]
) -> list[SummaryRow]:
    """`years` holds the same recommendation in each paper that made it."""
    others = [
        f"recommendation {numbers[one.pk]} of {year_in_words(one.year)}"
        for one in years
        if one.pk != row.pk
    ]
    found = [
        SummaryRow("About", about(row)),
        SummaryRow("Seen to by", row.owner_name or "Nobody yet"),
        SummaryRow("Due", day(row.due_on) if row.due_on else "No date is set"),
        SummaryRow("Also made as", listed(others)),
        SummaryRow("What became of it", row.outcome),
        SummaryRow("What shows it", row.outcome_evidence),
        SummaryRow("Ended on", day(row.outcome_on) if row.outcome_on else ""),
    ]
    return [one for one in found if one.value]


def steps(row: Recommendation, user: User) -> list[StepLink]:
    """What the person may do with it now."""
    if row.carried_to:
        return []
    return [
        StepLink(
            words=step.label,
            href=reverse(f"reports:{step.value}_recommendation", args=[row.year, row.identity]),
            kind="" if step in FIRST_STEPS else "secondary",
        )
        for step in RECOMMENDATIONS.allowed_from(RecommendationStatus(row.status))
        if RECOMMENDATION_TRANSITIONS[step].policy(user, row)
    ]


def history(changes: Iterable[RecommendationChange]) -> list[HistoryLine]:
    return [
        HistoryLine(
            words=STEP_DONE[RecommendationStep(change.action)],
            by=", ".join(filter(None, (change.by_name, change.by_post))),
            at=change.at,
            reason=change.reason,
        )
        for change in changes
    ]


def crumbs(row: Recommendation | None = None) -> list[tuple[str, str]]:
    found = [
        ("My work", reverse("reports:home")),
        ("Recommendations", reverse("reports:recommendation_register")),
    ]
    if row:
        found.append((f"Recommendation of {year_in_words(row.year)}", row.get_absolute_url()))
    return found


def export_of(rows: Iterable[Recommendation], numbers: Mapping[int, int]) -> Export:
    """The register as a table to be taken away."""
    return Export(
        title="Recommendations",
        name="recommendations",
        headings=(
            "Year",
            "Number",
            "Heading",
            "Addressee",
            "Text",
            "About",
            "Owner",
            "Due on",
            "Status",
            "First made in",
            "Carried to",
            "Outcome",
            "Ended on",
            "Public",
        ),
        rows=[
            (
                year_in_words(row.year),
                numbers[row.pk],
                row.heading,
                row.addressee,
                row.text,
                about(row),
                row.owner_name,
                row.due_on,
                row.get_status_display(),
                year_in_words(row.made_in),
                year_in_words(row.carried_to),
                row.outcome,
                row.outcome_on,
                "Yes" if row.is_public else "No",
            )
            for row in rows
        ],
    )
