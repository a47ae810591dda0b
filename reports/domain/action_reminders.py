"""Reminding owners of their actions of the SPR board, each once for each stage."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from assessments.domain.reminders import DAYS_BEFORE, remind_once, stage_of
from assessments.enums import Notice
from assessments.notices import notify
from reports.meeting_selectors import actions_due
from reports.models import BoardAction
from spr_portal.identity.models import Force, User


def remind_of_actions(force: Force, *, today: datetime.date) -> int:
    """Remind owners of what is due in 30, 7 or 1 days and of what is late.

    Returns how many people were told something. May run at any time, and again.
    """
    actions_of: dict[User, list[BoardAction]] = {}
    for action in actions_due(force, by=today + datetime.timedelta(days=max(DAYS_BEFORE))):
        actions_of.setdefault(action.owner, []).append(action)
    return sum(_remind(owner, actions, today=today) for owner, actions in actions_of.items())


@transaction.atomic
def _remind(owner: User, actions: Iterable[BoardAction], *, today: datetime.date) -> bool:
    """One e-mail for each day that has come nearer since the last one, if any has."""
    news: dict[datetime.date, list[BoardAction]] = {}
    for action in actions:
        stage = stage_of(action.due_on, today=today, told_on=action.given_on)
        if stage and remind_once(owner, f"{stage}:action {action.reference}:{action.due_on}"):
            news.setdefault(action.due_on, []).append(action)
    for due_on, those in news.items():
        _tell(owner, due_on, those, today=today)
    return bool(news)


def _tell(
    owner: User, due_on: datetime.date, actions: list[BoardAction], *, today: datetime.date
) -> None:
    is_late, is_one = due_on < today, len(actions) == 1
    what = "An action" if is_one else f"{len(actions)} actions"
    verb = ("was" if is_one else "were") if is_late else ("is" if is_one else "are")
    day = f"{due_on.day} {due_on:%B %Y}"
    not_yet = ", and you have not reported that it is done" if is_one else (
        ", and you have not reported that they are done"
    )  # fmt: skip
    notify(
        owner,
        notice=Notice.ACTION,
        subject=f"{what} of the SPR board: {'late since' if is_late else 'due on'} {day}",
        sentence=f"{what} of the SPR board that {'is' if is_one else 'are'} yours {verb} due on "
        f"{day}{not_yet if is_late else ''}.",
        path=actions[0].get_absolute_url() if is_one else reverse("reports:actions"),
    )
