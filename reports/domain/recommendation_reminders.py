"""Reminding owners of the recommendations they see to, each once for each stage."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.urls import reverse

from assessments.domain.reminders import DAYS_BEFORE, remind_once, stage_of
from assessments.enums import Notice
from assessments.notices import notify
from reports.models import Recommendation
from reports.recommendation_selectors import recommendations_due
from spr_portal.identity.models import Force, User


def remind_of_recommendations(force: Force, *, today: datetime.date) -> int:
    """Remind owners of what is due in 30, 7 or 1 days and of what is late.

    Returns how many people were told something. May run at any time, and again.
    """
    of_owner: dict[User, list[Recommendation]] = {}
    horizon = today + datetime.timedelta(days=max(DAYS_BEFORE))
    for row in recommendations_due(force, by=horizon):
        of_owner.setdefault(row.owner, []).append(row)
    return sum(_remind(owner, rows, today=today) for owner, rows in of_owner.items())


@transaction.atomic
def _remind(owner: User, rows: list[Recommendation], *, today: datetime.date) -> bool:
    """One e-mail for each day that has come nearer since the last one, if any has."""
    news: dict[datetime.date, list[Recommendation]] = {}
    for row in rows:
        stage = stage_of(row.due_on, today=today, told_on=datetime.date.min)
        if stage and remind_once(owner, f"{stage}:recommendation {row.reference}:{row.due_on}"):
            news.setdefault(row.due_on, []).append(row)
    for due_on, those in news.items():
        _tell(owner, due_on, those, is_late=due_on < today)
    return bool(news)


def _tell(owner: User, due_on: datetime.date, rows: list[Recommendation], *, is_late: bool) -> None:
    is_one = len(rows) == 1
    what = "A recommendation" if is_one else f"{len(rows)} recommendations"
    verb = ("was" if is_one else "were") if is_late else ("is" if is_one else "are")
    day = f"{due_on.day} {due_on:%B %Y}"
    notify(
        owner,
        notice=Notice.ACTION,
        subject=f"{what} that you see to: {'late since' if is_late else 'due on'} {day}",
        sentence=f"{what} of the board paper that you see to {verb} due on {day}. Report on "
        f"{'it' if is_one else 'them'}, so that the next paper can tell what was done.",
        path=rows[0].get_absolute_url() if is_one else reverse("reports:recommendation_register"),
    )
