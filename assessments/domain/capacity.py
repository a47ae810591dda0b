"""How what a force has stands against what is required of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shortfall:
    """What is missing now and at the date of the projection; None where nothing can be compared.

    0 is "no shortfall": what is required is there.
    """

    now: int | None
    projected: int | None

    @property
    def is_any(self) -> bool:
        return bool(self.now or self.projected)

    @property
    def largest(self) -> int:
        return max(self.now or 0, self.projected or 0)


def shortfall(*, required: int | None, held: int | None, projected: int | None) -> Shortfall:
    """What is missing of a requirement.

    A planned fall that stays at or above the requirement is no shortfall. What
    is accessible through others is not asked for: it is not the force's to
    count on, so it covers none.
    """
    return Shortfall(now=_missing(required, held), projected=_missing(required, projected))


def _missing(required: int | None, number: int | None) -> int | None:
    if required is None or number is None:
        return None
    return max(required - number, 0)
