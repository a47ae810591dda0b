"""Loading the recommendations of this year and of those before."""

from __future__ import annotations

from assessments.models import Cycle
from reports.domain.recommendations import verb_of
from reports.enums import RecommendationStatus
from reports.models import Recommendation, RecommendationChange
from spr_portal.cycle_file.checks.recommendations import (
    NO_OUTCOME,
    known_recommendations,
    lists_of,
    outcome_of,
    outcome_of_row,
)
from spr_portal.cycle_file.loading.history import keep_history
from spr_portal.cycle_file.loading.identities import Identities, published
from spr_portal.cycle_file.people import People
from spr_portal.cycle_file.setting import Setting
from spr_portal.strict_yaml import Document

COPIED = (
    "heading", "proposed_in", "first_made_in", "carried_to", "due_on", "outcome", "outcome_on",
    "outcome_evidence", "version",
)  # fmt: skip


def load_recommendations(
    document: Document, setting: Setting, cycle: Cycle, people: People
) -> None:
    """Those that the portal has already agree with the file; what followed is taken over."""
    for year, rows, _ in lists_of(document):
        _load_year(setting, cycle, year, rows, people)


def _load_year(setting: Setting, cycle: Cycle, year: str, rows: list[dict], people: People) -> None:
    if known := known_recommendations(setting, year):
        for was, row in zip(known, rows, strict=False):
            _take_over(was, row, people)
        return
    identities = Identities(f"{cycle.force.code}-{year}/recommendations", rows)
    made = Recommendation.objects.bulk_create(
        Recommendation(
            force=cycle.force,
            year=year,
            identity=identities.of(row, row["text"]),
            order=order,
            addressee=row["addressee"],
            verb=row.get("verb", verb_of(row["text"])),
            text=row["text"],
            threat_codes=row.get("threats", []),
            is_cross_cutting=row.get("cross_cutting", False),
            status=row.get("status", RecommendationStatus.OPEN),
            **_owner(row, people),
            **{name: row[name] for name in COPIED if name in row},
            **published(row),
        )
        for order, row in enumerate(rows, start=1)
    )
    for recommendation, row in zip(made, rows, strict=True):
        keep_history(
            RecommendationChange, recommendation, row.get("status_changes", []), (), people
        )


def _owner(row: dict, people: People) -> dict:
    if "given_to" not in row:
        return {}
    return {
        "owner": people.user(row["given_to"]),
        "owner_name": people.by_value(row["given_to"])["by_name"],
    }


def _take_over(was: Recommendation, row: dict, people: People) -> None:
    """The file may know what became of a recommendation that the portal has as open."""
    news = {}
    if outcome_of_row(row) != NO_OUTCOME and outcome_of(was) == NO_OUTCOME:
        news |= outcome_of_row(row)
    if was.owner_id is None:
        news |= _owner(row, people)
    news |= {
        name: row[name]
        for name in ("due_on", "carried_to")
        if not getattr(was, name) and row.get(name)
    }
    if row.get("status_changes") and not was.status_changes.exists():
        keep_history(RecommendationChange, was, row["status_changes"], (), people)
    if not news:
        return
    for name, value in news.items():
        setattr(was, name, value)
    was.version = max(row.get("version", 1), was.version + 1)
    was.save()
