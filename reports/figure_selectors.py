"""What the figures of a paper are made of, read in two queries, however much there is.

Only of assessments whose status is approved; whether an approval still stands,
the snapshot knows.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from operator import itemgetter

from django.db.models import F, Value
from django.db.models.functions import JSONObject, Trim

from assessments.enums import AssessmentStatus, EvidenceKind, FoiExemption, Marking, Standing
from assessments.models import CapacityFigure, Cycle, EvidenceReference, Response
from assessments.year_selectors import Rated, standing_in_sql
from reports.enums import FigureSource
from threats.models import Level
from threats.selectors import RatingChoice, rating_choices_by_code


@dataclass(frozen=True)
class AnswerRead:
    """An answer without its words; `criterion` is empty where its part asks about none."""

    threat_code: str
    part: str
    part_label: str
    criterion: str
    is_rating: bool
    now: Rated | None
    before: Rated | None
    year_before: str  # "2015-16" where something was carried over, or ""
    standing: Standing


@dataclass(frozen=True)
class Restriction:
    """Who may read a row, and how it is marked: OFFICIAL is not said."""

    is_public: bool
    withheld_under: str  # "Section 31 (law enforcement)"
    marking: str  # "OFFICIAL-SENSITIVE: for the Executive Team only"


@dataclass(frozen=True)
class CapacityRead:
    threat_code: str
    unit: str
    level: str  # "Regional"
    required: int | None
    required_by: str
    held: int | None
    held_on: datetime.date | None
    projected: int | None
    projected_by: datetime.date | None
    accessible: int | None
    accessible_through: str
    restriction: Restriction


@dataclass(frozen=True)
class EvidenceRead:
    threat_code: str
    title: str
    kind: str  # in words
    dated: datetime.date | None
    expires_on: datetime.date | None
    restriction: Restriction


@dataclass(frozen=True)
class YearFigures:
    """What was read. `scale` is the cycle's, best first; empty where nobody has rated anything."""

    answers: tuple[AnswerRead, ...] = ()
    scale: tuple[RatingChoice, ...] = ()
    capacity: tuple[CapacityRead, ...] = ()
    evidence: tuple[EvidenceRead, ...] = ()


def figures_for(cycle: Cycle, sources: Collection[str]) -> YearFigures:
    """What the figures of these sources need: no query, one or two."""
    answers: tuple[AnswerRead, ...] = ()
    if sources & {FigureSource.RATINGS, FigureSource.CHANGES}:
        answers = _answers(cycle, ratings_only=FigureSource.CHANGES not in sources)
    scales = {answer.now.scale for answer in answers if answer.now}
    items = _items(cycle, sources)
    return YearFigures(
        answers=answers,
        scale=rating_choices_by_code(cycle.edition, min(scales)) if scales else (),
        capacity=tuple(
            _capacity(code, values)
            for code, source, values in items
            if source == FigureSource.CAPACITY
        ),
        evidence=tuple(
            _evidence(code, values)
            for code, source, values in items
            if source == FigureSource.EVIDENCE
        ),
    )


def _answers(cycle: Cycle, *, ratings_only: bool) -> tuple[AnswerRead, ...]:
    rows = Response.objects.filter(
        assessment__cycle=cycle, assessment__status=AssessmentStatus.APPROVED
    )
    if ratings_only:
        rows = rows.filter(question__kind="rating", question__part__criterion__isnull=False)
    rows = (
        rows.annotate(trimmed=Trim("text"), standing=standing_in_sql())
        .order_by("assessment__threat__order", "question__part__order", "question__order")
        .values_list(
            "assessment__threat__code", "question__part__code", "question__part__label",
            "question__part__criterion__label", "question__kind", "version", "accepted_version",
            "carried__year", "standing",
            "rating__code", "rating__label", "rating__tone", "rating__symbol",
            "rating__scale__code", "carried__rating_code", "carried__rating_label",
            "carried__rating_tone", "carried__rating_symbol", "carried__scale_code",
        )
    )  # fmt: skip
    return tuple(_answer(*row[:9], row[9:14], row[14:]) for row in rows)


def _answer(
    threat_code, part, label, criterion, kind, version, accepted, year, standing, now, before
) -> AnswerRead:
    is_draft = version > accepted  # no lead has accepted what a contributor wrote
    return AnswerRead(
        threat_code=threat_code,
        part=part,
        part_label=label,
        criterion=criterion or "",
        is_rating=kind == "rating",
        now=Rated(*now) if now[0] and not is_draft else None,
        before=Rated(*before) if before[0] else None,
        year_before=year or "",
        standing=Standing(standing),
    )


_ITEMS = {
    FigureSource.CAPACITY: (
        CapacityFigure,
        (
            "unit", "level", "required", "required_by", "held", "held_on", "projected",
            "projected_by", "accessible", "accessible_through",
        ),
    ),
    FigureSource.EVIDENCE: (EvidenceReference, ("title", "kind", "dated", "expires_on")),
}  # fmt: skip
_RESTRICTION = ("is_public", "withheld_under", "marking", "handling")


def _items(cycle: Cycle, sources: Collection[str]) -> list[tuple[str, str, dict]]:
    """(threat's code, source, values) of the rows of both lists, in order; one query."""
    queries = [
        model.objects.filter(
            assessment__cycle=cycle, assessment__status=AssessmentStatus.APPROVED, is_draft=False
        )
        .order_by()
        .annotate(
            item_source=Value(source.value),
            item_values=JSONObject(**{name: F(name) for name in (*fields, *_RESTRICTION)}),
        )
        .values_list(
            "assessment__threat__order", "assessment__threat__code", "item_source", "order", "pk",
            "item_values",
        )
        for source, (model, fields) in _ITEMS.items()
        if source in sources
    ]  # fmt: skip
    if not queries:
        return []
    rows = queries[0].union(*queries[1:], all=True) if queries[1:] else queries[0]
    ordered = sorted(rows, key=itemgetter(0, 2, 3, 4))
    return [(code, source, values) for _, code, source, _, _, values in ordered]


def _capacity(threat_code: str, values: dict) -> CapacityRead:
    return CapacityRead(
        threat_code=threat_code,
        unit=values["unit"],
        level=Level(values["level"]).label,
        required=values["required"],
        required_by=values["required_by"],
        held=values["held"],
        held_on=_date(values["held_on"]),
        projected=values["projected"],
        projected_by=_date(values["projected_by"]),
        accessible=values["accessible"],
        accessible_through=values["accessible_through"],
        restriction=_restriction(values),
    )


def _evidence(threat_code: str, values: dict) -> EvidenceRead:
    return EvidenceRead(
        threat_code=threat_code,
        title=values["title"],
        kind=EvidenceKind(values["kind"]).label,
        dated=_date(values["dated"]),
        expires_on=_date(values["expires_on"]),
        restriction=_restriction(values),
    )


def _restriction(values: dict) -> Restriction:
    under, marking = values["withheld_under"], values["marking"]
    said = "" if marking == Marking.OFFICIAL else marking
    return Restriction(
        is_public=bool(values["is_public"]),  # SQLite's JSON has 0 and 1
        withheld_under=FoiExemption(under).label if under else "",
        marking=": ".join(filter(None, (said, values["handling"]))) if said else "",
    )


def _date(value: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None
