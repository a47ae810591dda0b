"""What the figures of a paper are made of, read with what stands beside it: in no further query.

Only of assessments whose status is approved; whether an approval still stands,
the snapshot knows.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from operator import itemgetter

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Trim

from assessments.enums import AssessmentStatus, EvidenceKind, FoiExemption, Marking, Standing
from assessments.models import CapacityFigure, Cycle, EvidenceReference, Response
from assessments.year_selectors import Rated, standing_in_sql
from reports.beside import as_rows
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
    restriction: Restriction


@dataclass(frozen=True)
class YearFigures:
    """What was read. `scale` is the cycle's, best first; empty where nobody has rated anything."""

    answers: tuple[AnswerRead, ...] = ()
    scale: tuple[RatingChoice, ...] = ()
    capacity: tuple[CapacityRead, ...] = ()
    evidence: tuple[EvidenceRead, ...] = ()


def figure_queries(cycle: Cycle, sources: Collection[str]) -> dict[str, QuerySet]:
    """What to read for the figures of these sources, for `rows_of`; nothing for recommendations."""
    queries = {}
    if sources & {FigureSource.RATINGS, FigureSource.CHANGES}:
        rows = Response.objects.filter(_approved(cycle)).annotate(trimmed=Trim("text"))
        if FigureSource.CHANGES not in sources:
            rows = rows.filter(question__kind="rating", question__part__criterion__isnull=False)
        queries["answers"] = as_rows(rows, "answers", _ANSWER)
    for source, (model, fields) in _ITEMS.items():
        if source in sources:
            rows = model.objects.filter(_approved(cycle), is_draft=False)
            queries[source.value] = as_rows(rows, source.value, fields)
    return queries


def figures_of(cycle: Cycle, rows: dict[str, list[dict]]) -> YearFigures:
    """The figures from what `rows_of` has read, in the order of the threats and of each list."""

    def ordered(kind: str, *by: str) -> list[dict]:
        return sorted(rows.get(kind, ()), key=itemgetter("threat_order", *by))

    answers = tuple(_answer(row) for row in ordered("answers", "part_order", "question_order"))
    scales = {answer.now.scale for answer in answers if answer.now}
    return YearFigures(
        answers=answers,
        scale=rating_choices_by_code(cycle.edition, min(scales)) if scales else (),
        capacity=tuple(map(_capacity, ordered(FigureSource.CAPACITY.value, "place", "key"))),
        evidence=tuple(map(_evidence, ordered(FigureSource.EVIDENCE.value, "place", "key"))),
    )


def _approved(cycle: Cycle) -> Q:
    return Q(assessment__cycle=cycle, assessment__status=AssessmentStatus.APPROVED)


def _fields(*names: str, **others: str) -> dict[str, F]:
    return {name: F(name) for name in names} | {name: F(path) for name, path in others.items()}


_THREAT = {"threat_code": "assessment__threat__code", "threat_order": "assessment__threat__order"}
_RATED = ("code", "label", "tone", "symbol", "scale")
_ANSWER = _fields(
    "version", "accepted_version", **_THREAT,
    part="question__part__code", part_label="question__part__label",
    part_order="question__part__order", question_order="question__order",
    criterion="question__part__criterion__label", question_kind="question__kind",
    now_code="rating__code", now_label="rating__label", now_tone="rating__tone",
    now_symbol="rating__symbol", now_scale="rating__scale__code",
    before_code="carried__rating_code", before_label="carried__rating_label",
    before_tone="carried__rating_tone", before_symbol="carried__rating_symbol",
    before_scale="carried__scale_code", year_before="carried__year",
) | {"standing": standing_in_sql()}  # fmt: skip
_RESTRICTION = ("is_public", "withheld_under", "marking", "handling")
_ITEMS = {
    FigureSource.CAPACITY: (
        CapacityFigure,
        _fields(
            "unit", "level", "required", "required_by", "held", "held_on", "projected",
            "projected_by", "accessible", "accessible_through", *_RESTRICTION, **_THREAT,
            place="order",
        ),
    ),
    FigureSource.EVIDENCE: (
        EvidenceReference,
        _fields(
            "title", "dated", *_RESTRICTION, **_THREAT, place="order", evidence_kind="kind"
        ),
    ),
}  # fmt: skip


def _answer(row: dict) -> AnswerRead:
    is_draft = row["version"] > row["accepted_version"]  # of a contributor, not accepted yet
    return AnswerRead(
        threat_code=row["threat_code"],
        part=row["part"],
        part_label=row["part_label"],
        criterion=row["criterion"] or "",
        is_rating=row["question_kind"] == "rating",
        now=None if is_draft else _rated(row, "now"),
        before=_rated(row, "before"),
        year_before=row["year_before"] or "",
        standing=Standing(row["standing"]),
    )


def _rated(row: dict, when: str) -> Rated | None:
    return Rated(*(row[f"{when}_{name}"] for name in _RATED)) if row[f"{when}_code"] else None


def _capacity(values: dict) -> CapacityRead:
    return CapacityRead(
        threat_code=values["threat_code"],
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


def _evidence(values: dict) -> EvidenceRead:
    return EvidenceRead(
        threat_code=values["threat_code"],
        title=values["title"],
        kind=EvidenceKind(values["evidence_kind"]).label,
        dated=_date(values["dated"]),
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
