"""What changed since last year, per threat and C: for the chair's view and the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assessments.enums import Standing
from assessments.models import Assessment, CarriedAnswer, Cycle, Response
from assessments.presenters.statuses import rating_cell
from assessments.selectors import cycle_before
from assessments.year_selectors import assessments_of, ratings_beside, standings_of
from spr_portal.components import RatingCell
from threats.models import Criterion, Relation
from threats.selectors import Descent, RatingChoice, descents, rating_choices


class Direction(StrEnum):
    """Where a rating went since last year. Nothing is made of what cannot be compared."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NEW = "new"  # nobody rated it last year
    NOT_YET = "not yet"  # nobody has rated it this year
    NOT_COMPARABLE = "not comparable"  # another scale, or not rated in one of the years


# Words and symbol: colour never speaks alone, and this needs none.
DIRECTION_WORDS = {
    Direction.BETTER: ("Better", "▲"),
    Direction.SAME: ("The same", "="),
    Direction.WORSE: ("Worse", "▼"),
    Direction.NEW: ("New", "+"),
    Direction.NOT_YET: ("Not yet rated", ""),
    Direction.NOT_COMPARABLE: ("Not comparable", "≠"),
}


@dataclass(frozen=True)
class CriterionYears:
    """One of the Cs of a threat: its rating now and last year, None where there is none."""

    code: str
    label: str
    now: RatingCell | None
    before: RatingCell | None
    direction: Direction

    @property
    def words(self) -> str:
        return DIRECTION_WORDS[self.direction][0]

    @property
    def symbol(self) -> str:
        return DIRECTION_WORDS[self.direction][1]


@dataclass(frozen=True)
class ThreatYears:
    """A threat's year beside the one before it.

    `criteria` stand in the order of the task list; `standings` has every
    Standing with the number of answers. `origin` says in a sentence where the
    threat comes from, where that is not the same threat; empty in a first year.
    """

    assessment: Assessment  # with its threat; the status is its own
    year_before: str  # "2015/16", or "" where there was none
    relation: Relation | None
    origin: str
    criteria: tuple[CriterionYears, ...]
    standings: dict[Standing, int]

    @property
    def moved(self) -> tuple[CriterionYears, ...]:
        """The criteria whose rating is better or worse than it was."""
        moves = (Direction.BETTER, Direction.WORSE)
        return tuple(row for row in self.criteria if row.direction in moves)


def year_on_year(cycle: Cycle) -> list[ThreatYears]:
    """Every threat of a cycle in the edition's order; 4 queries, however many there are."""
    before = cycle_before(cycle)
    origins = descents(cycle.edition, before.edition) if before else {}
    year_before = before.year_in_words if before else ""
    scale = {choice.code: choice for choice in rating_choices(cycle.edition, cycle.rating_scale)}
    ratings: dict[int, list[Response]] = {}
    for response in ratings_beside(cycle):
        ratings.setdefault(response.assessment_id, []).append(response)
    standings = standings_of(cycle)
    return [
        ThreatYears(
            assessment=assessment,
            year_before=year_before,
            relation=origins[code].relation if code in origins else None,
            origin=origin_in_words(origins.get(code), edition=cycle.edition.issued_in_words),
            criteria=tuple(
                _criterion(row, scale, cycle.rating_scale.code)
                for row in ratings.get(assessment.pk, ())
            ),
            standings={
                standing: standings.get(assessment.pk, {}).get(standing, 0) for standing in Standing
            },
        )
        for assessment in assessments_of(cycle)
        for code in [assessment.threat.code]
    ]


def origin_in_words(descent: Descent | None, *, edition: str) -> str:
    """Why last year's words are absent, or whose they are; "" where that needs no saying."""
    if descent is None or descent.relation == Relation.SAME:
        return ""
    names = _listed([threat.label for threat in descent.earlier])
    return {
        Relation.NEW: f"New in the edition of {edition}, so there is nothing from last year.",
        Relation.RENAMED: f"Last year this threat was called “{names}”.",
        Relation.MERGED: f"This threat joins what were {names}: last year’s words stand under "
        "each name.",
        Relation.SPLIT: f"This threat was part of {names} last year, so the words of then may "
        "tell of more than this one.",
    }[descent.relation]


def carried_cell(carried: CarriedAnswer | None) -> RatingCell | None:
    """Last year's rating as it was shown then."""
    if carried is None or not carried.rating_code:
        return None
    return RatingCell(
        word=carried.rating_label, symbol=carried.rating_symbol, tone=carried.rating_tone
    )


def _criterion(
    response: Response, scale: Mapping[str, RatingChoice], scale_code: str
) -> CriterionYears:
    carried = getattr(response, "carried", None)
    criterion: Criterion = response.question.part.criterion
    return CriterionYears(
        code=criterion.code,
        label=criterion.label,
        now=rating_cell(response.rating),
        before=carried_cell(carried),
        direction=_direction(response, carried, scale, scale_code),
    )


def _direction(
    response: Response,
    carried: CarriedAnswer | None,
    scale: Mapping[str, RatingChoice],
    scale_code: str,
) -> Direction:
    if response.rating is None:
        return Direction.NOT_YET
    if carried is None or not carried.rating_code:
        return Direction.NEW
    now, then = scale.get(response.rating.code), scale.get(carried.rating_code)
    known = carried.scale_code == scale_code and now and then
    if not known or then.label != carried.rating_label or now.is_not_rated or then.is_not_rated:
        return Direction.NOT_COMPARABLE
    order = list(scale)  # best first
    step = order.index(then.code) - order.index(now.code)
    if step == 0:
        return Direction.SAME
    return Direction.BETTER if step > 0 else Direction.WORSE


def _listed(names: Iterable[str]) -> str:
    """ "A", "A and B" or "A, B and C"."""
    names = list(names)
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
