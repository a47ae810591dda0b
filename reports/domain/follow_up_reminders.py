"""Reminding leads of what the board asked, each once for each stage."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from assessments.domain.reminders import DAYS_BEFORE, remind_once, stage_of
from assessments.enums import Notice
from assessments.notices import notify
from assessments.selectors import leads_by_threat
from reports.board_selectors import decision_followed_up, follow_ups_on, threats_asked
from reports.models import BoardDecision
from reports.paper_address import PaperAddress
from reports.references import long_date
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Force, User
from spr_portal.identity.selectors import people_with


def remind_of_follow_ups(force: Force, *, today: datetime.date) -> int:
    """Remind those who have not answered the board of the day in 30, 7 or 1 days, and after it.

    Returns how many people were told something. May run at any time, and again.
    """
    decision = decision_followed_up(force)
    horizon = today + datetime.timedelta(days=max(DAYS_BEFORE))
    if decision is None or decision.follow_up_on > horizon:
        return 0
    issued = decision.issued
    answered = {
        row.threat_code for row in follow_ups_on(force, PaperAddress(issued.year, issued.kind))
    }
    asked = {threat.code for threat in threats_asked(issued)}
    waited_for = {
        lead
        for code, leads in leads_by_threat(force).items()
        if code in asked - answered
        for lead in leads
    }
    if "" not in answered:
        waited_for |= set(people_with(Role.ACC_SECURITY, force=force))
    people = sorted(waited_for, key=lambda person: person.pk)
    return sum(_remind(person, decision, today=today) for person in people)


@transaction.atomic
def _remind(person: User, decision: BoardDecision, *, today: datetime.date) -> bool:
    issued, due_on = decision.issued, decision.follow_up_on
    told_on = timezone.localdate(decision.recorded_at)
    stage = stage_of(due_on, today=today, told_on=told_on)
    key = f"{stage}:follow-up {issued.force.code}-{issued.address}:{due_on}"
    if not stage or not remind_once(person, key):
        return False
    is_late, day = due_on < today, long_date(due_on)
    notify(
        person,
        notice=Notice.ACTION,
        subject=f"What is new for the board: {'late since' if is_late else 'due on'} {day}",
        sentence=f"The board asked what is new since it met on {long_date(decision.decided_on)}. "
        f"Your answer {'was' if is_late else 'is'} due on {day}.",
        path=reverse("reports:follow_ups", args=[issued.address]),
    )
    return True
