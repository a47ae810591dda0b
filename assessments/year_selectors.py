"""Reads that compare a year with the one before. What a person may see, the caller has asked."""

from __future__ import annotations

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Trim

from assessments.enums import Standing
from assessments.models import Assessment, Cycle, Response


def ratings_beside(cycle: Cycle) -> QuerySet[Response]:
    """The ratings of a cycle with last year's, one response a threat and C; one query."""
    return (
        Response.objects.filter(
            assessment__cycle=cycle,
            question__kind="rating",
            question__part__criterion__isnull=False,
        )
        .select_related("rating__scale", "carried", "question__part__criterion")
        .defer("text", "question__prompt", "question__guidance", "question__part__guidance")
        .order_by("question__part__order")
    )


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


def assessments_of(cycle: Cycle) -> QuerySet[Assessment]:
    """Every assessment of a cycle in the order of its threats."""
    return cycle.assessments.select_related("threat").order_by("threat__order")
