"""The status changes of an assessment or a paper: as given, or as they must have been."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import models

from spr_portal.cycle_file.moments import read_time
from spr_portal.cycle_file.people import People


@dataclass(frozen=True)
class Step:
    """A step that a file does not tell but that must have been taken."""

    action: StrEnum
    from_status: StrEnum
    to_status: StrEnum
    by: str | dict | None
    at: datetime.datetime


def keep_history(
    history: type[models.Model],
    subject: models.Model,
    given: list[dict],
    understood: Iterable[Step],
    people: People,
) -> None:
    """Write the changes given, or else the steps understood."""
    steps = [
        (Step(row["action"], row["from"], row["to"], row["by"], read_time(row["at"])), row)
        for row in given
    ] or [(step, {}) for step in understood]
    history.objects.bulk_create(
        history(
            subject=subject,
            action=step.action,
            from_status=step.from_status,
            to_status=step.to_status,
            by=people.user(step.by),
            **people.by_value(step.by),
            at=step.at,
            reason=row.get("reason", ""),
            **({"places": row["places"]} if "places" in row else {}),
        )
        for step, row in steps
    )
