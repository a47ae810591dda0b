"""Times of day: as a file writes them, and where it gives none."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def read_time(text: str) -> datetime.datetime:
    """The moment a file names, such as 2016-08-31T09:30:00+01:00; the schema has checked it."""
    return datetime.datetime.fromisoformat(text)


def write_time(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).isoformat()


def at_hour(date: datetime.date, hour: int) -> datetime.datetime:
    """A full hour of a day where the portal is used: a past paper tells days and no times."""
    return datetime.datetime.combine(date, datetime.time(hour), tzinfo=ZoneInfo(settings.TIME_ZONE))
