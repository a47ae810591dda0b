"""What changed since last year, per threat and C: for the chair's view and the board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.domain.year_on_year import Direction, direction_of
from assessments.enums import Standing
from assessments.models import Assessment, CarriedAnswer, Cycle
from assessments.selectors import cycle_before
from assessments.year_selectors import (
    Rated,
    RatedAnswer,
    assessments_of_year,
    ratings_of_year,
    standings_of,
)
from spr_portal.components import RatingCell
from threats.models import Relation
from threats.selectors import Descent, RatingChoice, descents, rating_choices

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
    scale = rating_choices(cycle.edition, cycle.rating_scale)
    assessments = assessments_of_year(cycle)
    ratings: dict[int, list[RatedAnswer]] = {}
    for answer in ratings_of_year(assessments):
        ratings.setdefault(answer.assessment, []).append(answer)
    standings = standings_of(cycle)
    return [
        ThreatYears(
            assessment=assessment,
            year_before=year_before,
            relation=origins[code].relation if code in origins else None,
            origin=origin_in_words(origins.get(code), edition=cycle.edition.issued_in_words),
            criteria=tuple(_criterion(answer, scale) for answer in ratings.get(assessment.pk, ())),
            standings={
                standing: standings.get(assessment.pk, {}).get(standing, 0) for standing in Standing
            },
        )
        for assessment in assessments
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


def shown(rated: Rated | None) -> RatingCell | None:
    return RatingCell(word=rated.label, symbol=rated.symbol, tone=rated.tone) if rated else None


def accepted(answer: RatedAnswer) -> Rated | None:
    """This year's rating, unless it is a draft that no lead has accepted."""
    return None if answer.is_draft else answer.now


def _criterion(answer: RatedAnswer, scale: Sequence[RatingChoice]) -> CriterionYears:
    now = accepted(answer)
    return CriterionYears(
        code=answer.criterion,
        label=answer.label,
        now=shown(now),
        before=shown(answer.before),
        direction=direction_of(now, answer.before, scale),
    )


def _listed(names: Iterable[str]) -> str:
    """ "A", "A and B" or "A, B and C"."""
    names = list(names)
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
