"""The recommendations of the year before and of this one, against what the portal knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reports.enums import RecommendationStatus
from reports.models import Recommendation
from spr_portal.cycle_file.checks.common import (
    duplicate_identities,
    publication_problems,
    unknown,
)
from spr_portal.cycle_file.checks.cycle import year_problems
from spr_portal.cycle_file.setting import Setting
from spr_portal.strict_yaml import DataPath, Document, Problem
from threats.models import Threat

# What a row must agree in, by the file's names. Its outcome may be told later, see `newer_outcome`.
WORDS = ("heading", "addressee", "text", "threats", "withheld_under", "proposed_in")
OUTCOME = ("status", "outcome", "outcome_on")
NO_OUTCOME = {"status": RecommendationStatus.OPEN, "outcome": "", "outcome_on": None}


def recommendation_problems(document: Document, setting: Setting) -> Iterator[Problem]:
    data = document.data
    previous = data.get("previous_recommendations")
    year = data["cycle"]["year"]
    if previous:
        path = ("previous_recommendations",)
        yield from year_problems(document, (*path, "year"), previous["year"])
        if previous["year"] >= year:
            yield document.problem(
                (*path, "year"), f"expected a year before {year}; found {previous['year']}."
            )
        # An earlier year may stand on an edition with other threats.
        codes = sorted(set(Threat.objects.values_list("code", flat=True)))
        rows, place = previous["recommendations"], (*path, "recommendations")
        yield from _list_problems(document, rows, place, codes)
        yield from _agreement(document, setting, previous["year"], rows, place)
        yield from _years_between(document, setting, previous["year"])
    rows = data.get("recommendations", [])
    yield from _list_problems(document, rows, ("recommendations",), setting.threats)
    yield from _agreement(document, setting, year, rows, ("recommendations",))


def _list_problems(
    document: Document, rows: list[dict], path: DataPath, codes: Collection[str]
) -> Iterator[Problem]:
    yield from duplicate_identities(document, rows, path)
    for index, row in enumerate(rows):
        yield from publication_problems(document, row, (*path, index))
        for number, code in enumerate(row.get("threats", [])):
            if code not in codes:
                yield document.problem(
                    (*path, index, "threats", number), unknown("threat", code, codes)
                )


def _years_between(document: Document, setting: Setting, previous: str) -> Iterator[Problem]:
    year = document.data["cycle"]["year"]
    between = (
        Recommendation.objects.filter(force=setting.force, year__gt=previous, year__lt=year)
        .order_by("-year")
        .first()
    )
    if between:
        yield document.problem(
            ("previous_recommendations", "year"),
            f"the portal has recommendations of {between.year}, and a paper reports on the latest "
            f"before it; expected {between.year}, found {previous}.",
        )


def _agreement(
    document: Document, setting: Setting, year: str, rows: list[dict], path: DataPath
) -> Iterator[Problem]:
    """What the portal has of that year already must be what the file says."""
    known = known_recommendations(setting, year)
    if not known:
        return
    if len(known) != len(rows):
        yield document.problem(
            path,
            f"the portal has {len(known)} recommendations of {year} already; expected the same "
            f"ones, found {len(rows)}.",
        )
        return
    for index, (row, was) in enumerate(zip(rows, known, strict=True)):
        for name in disagreements(row, was):
            yield document.problem(
                (*path, index, name),
                f"recommendation {index + 1} of {year} is in the portal already with another "
                f"{name.replace('_', ' ')}; expected “{_as_file(was, name)}”. Nothing was changed.",
            )


def known_recommendations(setting: Setting, year: str) -> list[Recommendation]:
    if setting.force is None:
        return []
    rows = Recommendation.objects.filter(force=setting.force, year=year)
    return list(rows.order_by("order", "pk"))


def disagreements(row: dict, was: Recommendation) -> list[str]:
    """The names in which a row of the file differs from the one the portal has."""
    different = [name for name in WORDS if row.get(name, _blank(name)) != _as_file(was, name)]
    if row.get("identity", was.identity) != was.identity:
        different.append("identity")
    given, held = outcome_of_row(row), outcome_of(was)
    if given != held and NO_OUTCOME not in (given, held):
        different += [name for name in OUTCOME if given[name] != held[name]]
    return different


def outcome_of_row(row: dict) -> dict:
    return {name: row.get(name, NO_OUTCOME[name]) for name in OUTCOME}


def outcome_of(was: Recommendation) -> dict:
    return {name: getattr(was, name) for name in OUTCOME}


def _blank(name: str):
    return [] if name == "threats" else ""


def _as_file(was: Recommendation, name: str):
    return was.threat_codes if name == "threats" else getattr(was, name)
