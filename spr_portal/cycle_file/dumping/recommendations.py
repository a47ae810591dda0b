"""Recommendations as the data of a cycle file: what they say, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable

from assessments.models import Cycle
from assessments.selectors import cycle_before
from reports.domain.recommendations import verb_of
from reports.models import Recommendation
from reports.selectors import recommendations_of, recommendations_reported_in
from spr_portal.cycle_file.dumping.common import (
    given,
    named_then,
    published,
    status_changes,
    version_of,
)


def recommendations_data(cycle: Cycle) -> list[dict]:
    """Those of the year's paper."""
    return _rows(recommendations_of(cycle))


def previous_data(cycle: Cycle) -> dict | None:
    """Those whose outcome the year's paper tells."""
    previous = list(recommendations_reported_in(cycle).select_related("owner"))
    if not previous:
        return None
    return {"year": previous[0].year, "recommendations": [_row(row) for row in previous]}


def earlier_data(cycle: Cycle) -> list[dict]:
    """Those of years before that have no file of their own: each stands in exactly one file."""
    before = cycle_before(cycle)
    rows = Recommendation.objects.filter(force_id=cycle.force_id, year__lt=cycle.year)
    if before:
        rows = rows.filter(year__gt=before.year)
    years = sorted(set(rows.values_list("year", flat=True)))
    return [
        {"year": year, "recommendations": _rows(rows.filter(year=year).order_by("order", "pk"))}
        for year in years[:-1]  # the last of them is what the year's paper tells of
    ]


def _rows(rows: Iterable[Recommendation]) -> list[dict]:
    return [_row(row) for row in rows.select_related("owner")]


def _row(row: Recommendation) -> dict:
    data = given({
        "identity": row.identity,
        "version": version_of(row),
        "heading": row.heading,
        "addressee": row.addressee,
        "text": row.text,
        "threats": row.threat_codes,
        "cross_cutting": row.is_cross_cutting or None,
        "proposed_in": row.proposed_in,
        **published(row),
        "first_made_in": row.first_made_in,
        "carried_to": row.carried_to,
        "given_to": row.owner and named_then(row.owner, row.owner_name),
        "due_on": row.due_on,
        "status": row.status,
        "outcome": row.outcome,
        "outcome_on": row.outcome_on,
        "outcome_evidence": row.outcome_evidence,
        "status_changes": status_changes(row),
    })  # fmt: skip
    if row.verb != verb_of(row.text):
        data["verb"] = row.verb
    return data
