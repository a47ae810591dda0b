"""Loading the recommendations of the year before and of this one."""

from __future__ import annotations

from assessments.models import Cycle
from reports.enums import RecommendationStatus
from reports.models import Recommendation
from spr_portal.cycle_file.checks.recommendations import (
    NO_OUTCOME,
    known_recommendations,
    outcome_of,
    outcome_of_row,
)
from spr_portal.cycle_file.loading.identities import Identities, published
from spr_portal.cycle_file.setting import Setting
from spr_portal.strict_yaml import Document


def load_recommendations(document: Document, setting: Setting, cycle: Cycle) -> None:
    """Those that the portal has already agree with the file; a later outcome is taken over."""
    data = document.data
    if previous := data.get("previous_recommendations"):
        _load_year(setting, cycle, previous["year"], previous["recommendations"])
    _load_year(setting, cycle, cycle.year, data.get("recommendations", []))


def _load_year(setting: Setting, cycle: Cycle, year: str, rows: list[dict]) -> None:
    if known := known_recommendations(setting, year):
        for was, row in zip(known, rows, strict=False):
            _take_over_outcome(was, row)
        return
    identities = Identities(f"{cycle.force.code}-{year}/recommendations", rows)
    Recommendation.objects.bulk_create(
        Recommendation(
            force=cycle.force,
            year=year,
            identity=identities.of(row, row["text"]),
            order=order,
            heading=row.get("heading", ""),
            addressee=row["addressee"],
            text=row["text"],
            threat_codes=row.get("threats", []),
            proposed_in=row.get("proposed_in", ""),
            status=row.get("status", RecommendationStatus.OPEN),
            outcome=row.get("outcome", ""),
            outcome_on=row.get("outcome_on"),
            version=row.get("version", 1),
            **published(row),
        )
        for order, row in enumerate(rows, start=1)
    )


def _take_over_outcome(was: Recommendation, row: dict) -> None:
    """The file may know what became of a recommendation that the portal has as open."""
    given = outcome_of_row(row)
    if given == NO_OUTCOME or outcome_of(was) != NO_OUTCOME:
        return
    for name, value in given.items():
        setattr(was, name, value)
    was.version = max(row.get("version", 1), was.version + 1)
    was.save()
