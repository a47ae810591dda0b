"""The recommendations of this year and of those before, against what the portal knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reports.enums import RecommendationStatus, RecommendationStep
from reports.models import Recommendation
from spr_portal.cycle_file.checks.common import (
    duplicate_identities,
    publication_problems,
    unknown,
)
from spr_portal.cycle_file.checks.cycle import year_problems
from spr_portal.cycle_file.moments import read_time
from spr_portal.cycle_file.people import People
from spr_portal.cycle_file.setting import Setting
from spr_portal.strict_yaml import DataPath, Document, Problem
from threats.models import Threat

# What a row must agree in: the file's names, the portal's, and what is usual. What followed may be
# told later, see `_told_later`.
WORDS = {
    "heading": ("heading", ""),
    "addressee": ("addressee", ""),
    "text": ("text", ""),
    "threats": ("threat_codes", []),
    "cross_cutting": ("is_cross_cutting", False),
    "withheld_under": ("withheld_under", ""),
    "marking": ("marking", "OFFICIAL"),
    "handling": ("handling", ""),
    "proposed_in": ("proposed_in", ""),
    "first_made_in": ("first_made_in", ""),
}
OUTCOME = ("status", "outcome", "outcome_on", "outcome_evidence")
NO_OUTCOME = {
    "status": RecommendationStatus.OPEN,
    "outcome": "",
    "outcome_on": None,
    "outcome_evidence": "",
}
List = tuple[str, list[dict], DataPath]


def lists_of(document: Document) -> list[List]:
    """Every year's recommendations of a file, the oldest first: the year, the rows, the place."""
    data = document.data
    lists = [
        (row["year"], row["recommendations"], ("earlier_recommendations", index, "recommendations"))
        for index, row in enumerate(data.get("earlier_recommendations", []))
    ]
    if previous := data.get("previous_recommendations"):
        path = ("previous_recommendations", "recommendations")
        lists.append((previous["year"], previous["recommendations"], path))
    return [*lists, (data["cycle"]["year"], data.get("recommendations", []), ("recommendations",))]


def recommendation_problems(
    document: Document, setting: Setting, people: People
) -> Iterator[Problem]:
    *earlier, (_, rows, path) = lists_of(document)
    # An earlier year may stand on an edition with other threats.
    codes = sorted(set(Threat.objects.values_list("code", flat=True))) if earlier else []
    yield from _year_problems(document, [(year, place[:-1]) for year, _, place in earlier])
    for year, past, place in earlier:
        yield from _list_problems(document, past, place, codes)
        yield from _agreement(document, setting, people, year, past, place)
    if "previous_recommendations" in document.data:
        yield from _years_between(document, setting, earlier)
    yield from _list_problems(document, rows, path, setting.threats)
    yield from _agreement(document, setting, people, document.data["cycle"]["year"], rows, path)


def _year_problems(document: Document, earlier: list[tuple[str, DataPath]]) -> Iterator[Problem]:
    this_year = document.data["cycle"]["year"]
    seen: set[str] = set()
    for year, place in earlier:
        yield from year_problems(document, (*place, "year"), year)
        if year >= this_year:
            yield document.problem(
                (*place, "year"), f"expected a year before {this_year}; found {year}."
            )
        if year in seen:
            yield document.problem((*place, "year"), f"{year} stands here twice.")
        seen.add(year)
    if "previous_recommendations" in document.data and earlier[-1][0] < max(seen):
        yield document.problem(
            ("previous_recommendations", "year"),
            f"a paper reports on the latest year before it; expected {max(seen)}.",
        )


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
        yield from _history_problems(document, row, (*path, index, "status_changes"))


def _history_problems(document: Document, row: dict, path: DataPath) -> Iterator[Problem]:
    """What a paper tells may lead from any status to any; each begins where the last one ended."""
    now = earlier = None
    for index, change in enumerate(row.get("status_changes", [])):
        for name, known in (
            ("action", RecommendationStep.values),
            ("from", RecommendationStatus.values),
            ("to", RecommendationStatus.values),
        ):
            if change[name] not in known:
                reason = unknown("action" if name == "action" else "status", change[name], known)
                yield document.problem((*path, index, name), reason)
        if now is not None and change["from"] != now:
            yield document.problem(
                (*path, index, "from"),
                f"expected {now}, where it stood then; found {change['from']}.",
            )
        at = read_time(change["at"])
        if earlier and at < earlier:
            yield document.problem(
                (*path, index, "at"),
                "expected a time that is not before that of the step before it.",
            )
        now, earlier = change["to"], at
    status = row.get("status", RecommendationStatus.OPEN)
    if now is not None and now != status:
        yield document.problem(path, f"the status is {status}, but its last change leads to {now}.")


def _years_between(document: Document, setting: Setting, earlier: list[List]) -> Iterator[Problem]:
    previous, year = earlier[-1][0], document.data["cycle"]["year"]
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
    document: Document, setting: Setting, people: People, year: str, rows: list, path: DataPath
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
        for name, expected in disagreements(row, was, people):
            yield document.problem(
                (*path, index, name),
                f"recommendation {index + 1} of {year} is in the portal already with another "
                f"{name.replace('_', ' ')}; expected “{expected}”. Nothing was changed.",
            )


def known_recommendations(setting: Setting, year: str) -> list[Recommendation]:
    if setting.force is None:
        return []
    rows = Recommendation.objects.filter(force=setting.force, year=year).select_related("owner")
    return list(rows.order_by("order", "pk"))


def disagreements(row: dict, was: Recommendation, people: People) -> Iterator[tuple[str, str]]:
    """The names in which a row of the file differs from the one the portal has."""
    for name, (field, usual) in WORDS.items():
        if row.get(name, usual) != getattr(was, field):
            yield name, getattr(was, field)
    if row.get("identity", was.identity) != was.identity:
        yield "identity", was.identity
    given, held = outcome_of_row(row), outcome_of(was)
    if given != held and NO_OUTCOME not in (given, held):
        yield from ((name, held[name]) for name in OUTCOME if given[name] != held[name])
    yield from _told_later(row, was, people)


def _told_later(row: dict, was: Recommendation, people: People) -> Iterator[tuple[str, str]]:
    """What only one of the two may know yet: who sees to it, by when, and what was reported."""
    if "given_to" in row and was.owner and people.address(row["given_to"]) != was.owner.email:
        yield "given_to", was.owner.email
    for name in ("due_on", "carried_to"):
        if row.get(name) and getattr(was, name) not in ("", None, row[name]):
            yield name, getattr(was, name)
    if row.get("status_changes"):
        held = list(was.status_changes.values_list("action", "at"))
        given = [(change["action"], read_time(change["at"])) for change in row["status_changes"]]
        if held and held != given:
            yield "status_changes", f"{len(held)} that the portal has"


def outcome_of_row(row: dict) -> dict:
    return {name: row.get(name, NO_OUTCOME[name]) for name in OUTCOME}


def outcome_of(was: Recommendation) -> dict:
    return {name: getattr(was, name) for name in OUTCOME}
