"""Reads of a whole year, and of it beside the one before: few queries, however many threats.

What a person may see, the caller has asked: who sees a cycle sees all of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Case, CharField, Count, F, Q, Value, When
from django.db.models.functions import Trim

from assessments.enums import RegisterStatus, Standing
from assessments.models import (
    Assessment,
    CapacityFigure,
    CarriedAnswer,
    Comment,
    Cycle,
    EvidenceReference,
    Finding,
    Response,
    Vulnerability,
)
from assessments.selectors import cycle_before
from threats.selectors import descent_of

# A contributor's item that no lead has accepted in any form says nothing for the force yet.
ACCEPTED = Q(is_draft=False) | Q(accepted_values__isnull=False)


def assessments_of_year(cycle: Cycle) -> list[Assessment]:
    """In the order of the threats, each with the cycle; one query."""
    assessments = list(cycle.assessments.select_related("threat").order_by("threat__order"))
    for one in assessments:
        one.cycle = cycle
    return assessments


class Open(StrEnum):
    """What is open in an assessment."""

    COMMENT = "comment"
    PROPOSAL = "proposal"  # of another rating, not agreed or withdrawn
    FINDING = "finding"
    EXPIRED = "expired"  # evidence that is cited


def open_in(cycle: Cycle, *, today: datetime.date) -> dict[tuple[int, Open], int]:
    """How much of each kind is open, by the assessment's key; one query."""
    threads = Comment.objects.filter(thread__isnull=True, resolved_at__isnull=True)
    rows = {
        Open.COMMENT: threads.filter(proposed_rating__isnull=True),
        Open.PROPOSAL: threads.filter(proposed_rating__isnull=False),
        Open.FINDING: Finding.objects.filter(ACCEPTED).exclude(status=RegisterStatus.CLOSED),
        Open.EXPIRED: EvidenceReference.objects.filter(ACCEPTED, expires_on__lt=today),
    }
    first, *others = (
        found.filter(assessment__cycle=cycle)
        .order_by()
        .values_list("assessment", Value(str(kind)))
        .annotate(number=Count("pk"))
        for kind, found in rows.items()
    )
    return {(key, Open(kind)): number for key, kind, number in first.union(*others, all=True)}


@dataclass(frozen=True)
class Rated:
    """A rating by value. `tone` and `symbol` are how it looks, `scale` the code of its scale."""

    code: str
    label: str
    tone: str
    symbol: str
    scale: str


@dataclass(frozen=True)
class RatedAnswer:
    """The rating of a threat against one of the five Cs, and last year's. None where there is none.

    A draft is what no lead has accepted yet.
    """

    assessment: int
    part: str
    criterion: str
    label: str  # of the criterion
    is_draft: bool
    now: Rated | None
    before: Rated | None


def ratings_of_year(assessments: Iterable[Assessment]) -> list[RatedAnswer]:
    """One for each threat and C, in the order of the parts; one query of little more than codes."""
    rows = (
        Response.objects.filter(
            question__kind="rating",
            question__part__criterion__isnull=False,
            assessment__in=[one.pk for one in assessments],
        )
        .order_by("question__part__order", "question__order")
        .values_list(
            "assessment_id", "question__part__code", "question__part__criterion__code",
            "question__part__criterion__label", "version", "accepted_version",
            "rating__code", "rating__label", "rating__tone", "rating__symbol",
            "rating__scale__code", "carried__rating_code", "carried__rating_label",
            "carried__rating_tone", "carried__rating_symbol", "carried__scale_code",
        )
    )  # fmt: skip
    return [
        RatedAnswer(
            assessment=key,
            part=part,
            criterion=criterion,
            label=label,
            is_draft=version > accepted,
            now=Rated(*values[:5]) if values[0] else None,
            before=Rated(*values[5:]) if values[5] else None,
        )
        for key, part, criterion, label, version, accepted, *values in rows
    ]


def vulnerabilities_counted(cycle: Cycle) -> list[tuple[int, str, str, int]]:
    """(assessment, likelihood, impact, how many) of those that are not closed; one query."""
    rows = (
        Vulnerability.objects.filter(ACCEPTED, assessment__cycle=cycle)
        .exclude(status=RegisterStatus.CLOSED)
        .order_by()
        .values("assessment", "likelihood", "impact")
        .annotate(number=Count("pk"))
    )
    return list(rows.values_list("assessment", "likelihood", "impact", "number"))


@dataclass(frozen=True)
class UnitFigure:
    """The numbers that are given of one unit; `assessment` is the key of its assessment."""

    assessment: int
    unit: str
    level: str
    required: int | None
    held: int | None
    projected: int | None


def figures_of_year(cycle: Cycle) -> list[UnitFigure]:
    """The capacity figures of the year in the order of the threats; one narrow query."""
    rows = CapacityFigure.objects.filter(ACCEPTED, assessment__cycle=cycle)
    ordered = rows.order_by("assessment__threat__order", "order", "id")
    return [
        UnitFigure(*values)
        for values in ordered.values_list(
            "assessment", "unit", "level", "required", "held", "projected"
        )
    ]


def standings_of(cycle: Cycle) -> dict[int, dict[Standing, int]]:
    """How many answers of each assessment stand how to last year's; one query."""
    counts: dict[int, dict[Standing, int]] = {}
    rows = (
        Response.objects.filter(assessment__cycle=cycle)
        .order_by()
        .annotate(trimmed=Trim("text"), standing=standing_in_sql())
        .values_list("assessment", "standing")
        .annotate(number=Count("pk"))
    )
    for key, standing, number in rows:
        counts.setdefault(key, {})[Standing(standing)] = number
    return counts


def standing_in_sql() -> Case:
    """What `assessments.domain.carry_over.standing_of` says, beside a text that is `trimmed`."""
    is_empty = Q(trimmed="", rating__isnull=True)
    says_the_same = (
        Q(text=F("carried__text"))
        & (Q(rating__code=F("carried__rating_code")) | Q(rating=None, carried__rating_code=""))
        & (Q(rating__label=F("carried__rating_label")) | Q(rating=None))
    )
    return Case(
        When(is_empty & Q(carried__isnull=False), then=Value(Standing.NOT_REVIEWED)),
        When(is_empty, then=Value(Standing.EMPTY)),
        When(carried__isnull=True, then=Value(Standing.NEW)),
        When(says_the_same, then=Value(Standing.UNCHANGED)),
        default=Value(Standing.CHANGED),
        output_field=CharField(),
    )


def carried_answer(assessment: Assessment, question_code: str) -> CarriedAnswer | None:
    """What stands beside one answer from last year."""
    return CarriedAnswer.objects.filter(
        response__assessment=assessment, response__question__code=question_code
    ).first()


def figures_last_year(assessment: Assessment) -> list[CapacityFigure]:
    """The capacity figures of the threats that this one follows from, as they stood last year."""
    before = cycle_before(assessment.cycle)
    if before is None:
        return []
    descent = descent_of(assessment.cycle.edition, assessment.threat.code, before.edition)
    figures = CapacityFigure.objects.filter(
        ACCEPTED,
        assessment__cycle=before,
        assessment__threat__code__in=[threat.code for threat in descent.earlier],
    )
    ordered = figures.order_by("assessment__threat__order", "order", "pk")
    return list(ordered.select_related("assessment__cycle"))
