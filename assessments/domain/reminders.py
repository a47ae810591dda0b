"""What people are reminded of as the days go by: what is due soon, what is late, the day's e-mail.

Everything here may run at any time, twice at once, and again after a crash: a
reminder is noted under its key in the transaction that queues its e-mail.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from assessments.enums import EDITABLE, Notice
from assessments.models import Assessment, Cycle, DigestLine, SentReminder
from assessments.notices import listed, notify, send
from assessments.selectors import leads_by_threat
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Force, User
from spr_portal.identity.selectors import people_with

DAYS_BEFORE = (30, 7, 1)
# The day's e-mail leaves with the first run after this hour, local time.
DIGEST_HOUR = 7


def remind_force(force: Force, *, today: datetime.date) -> int:
    """Remind the leads of the force's newest cycle, and its reviewers of what is late.

    Returns how many people were told something. Whoever is told of two threats
    is told once.
    """
    cycle = Cycle.objects.filter(force=force).order_by("-year").first()
    if cycle is None or cycle.closed_at or cycle.tasked_on > today:
        return 0
    open_work = list(
        cycle.assessments.filter(status__in=EDITABLE).select_related("cycle__force", "threat")
    )
    leads = leads_by_threat(force)
    work_of: dict[User, list[Assessment]] = {}
    for assessment in open_work:
        for person in leads.get(assessment.threat.code, ()):
            work_of.setdefault(person, []).append(assessment)
    told = {person.pk for person, work in work_of.items() if _remind(person, work, today=today)}
    if cycle.due_on < today and open_work:
        reviewers = people_with(Role.ACC_SECURITY, Role.STAFF_OFFICER, force=force)
        told |= {person.pk for person in reviewers if _tell_what_is_late(person, open_work)}
    return len(told)


def send_digests(*, now: datetime.datetime) -> int:
    """Send everybody what waited for the day's one e-mail; returns how many e-mails that makes."""
    local = timezone.localtime(now)
    if local.hour < DIGEST_HOUR:
        return 0
    waiting = DigestLine.objects.filter(sent_at__isnull=True, at__lte=now)
    people = User.objects.filter(pk__in=waiting.order_by().values("person"), is_active=True)
    return sum(_send_digest(person, now=now) for person in people.order_by("pk"))


def remind_once(person: User, key: str) -> bool:
    """Whether this is the first time; noted in the caller's transaction, and undone with it."""
    _, is_first = SentReminder.objects.get_or_create(
        person=person, key=key, defaults={"at": timezone.now()}
    )
    return is_first


def stage_of(due_on: datetime.date, *, today: datetime.date, told_on: datetime.date) -> str:
    """Which reminder it is time for: "30", "7" or "1" days before, "late", or "" for none.

    Nobody is reminded within the days in which they were told of the date at
    all (`told_on`): the first e-mail named it.
    """
    left = (due_on - today).days
    if left < 0:
        return "late"
    reached = [days for days in DAYS_BEFORE if left <= days]
    if not reached or (due_on - told_on).days <= reached[-1]:
        return ""
    return str(reached[-1])


@transaction.atomic
def _remind(person: User, work: Iterable[Assessment], *, today: datetime.date) -> bool:
    """One e-mail with what has come nearer since the last one, if anything has."""
    news: dict[str, list[Assessment]] = {}
    for assessment in work:
        cycle = assessment.cycle
        stage = stage_of(cycle.due_on, today=today, told_on=timezone.localdate(cycle.opened_at))
        if stage and remind_once(person, f"{stage}:{assessment.reference}:{cycle.due_on}"):
            news.setdefault(stage, []).append(assessment)
    for assessments in news.values():
        _tell_of_date(person, assessments, today=today)
    return bool(news)


def _tell_of_date(person: User, assessments: list[Assessment], *, today: datetime.date) -> None:
    cycle = assessments[0].cycle
    is_late, is_one = cycle.due_on < today, len(assessments) == 1
    due = f"{cycle.due_on.day} {cycle.due_on:%B %Y}"
    if is_late:
        when = f"{'was' if is_one else 'were'} due on {due}, and you have not submitted"
        when += " it" if is_one else " them"
    else:
        when = f"{'is' if is_one else 'are'} due on {due}, {_in_days((cycle.due_on - today).days)}"
    notify(
        person,
        notice=Notice.LATE if is_late else Notice.DUE,
        subject=f"Self-assessment for {cycle.year_in_words}: "
        + (f"late since {due}" if is_late else f"due on {due}"),
        sentence=f"Your {_titles(assessments)} {when}.",
        path=assessments[0].get_absolute_url() if is_one else reverse("reports:home"),
    )


@transaction.atomic
def _tell_what_is_late(person: User, late: Iterable[Assessment]) -> bool:
    news = [
        assessment
        for assessment in late
        if remind_once(person, f"others late:{assessment.reference}:{assessment.cycle.due_on}")
    ]
    if news:
        cycle = news[0].cycle
        notify(
            person,
            notice=Notice.LATE,
            subject=f"Self-assessments for {cycle.year_in_words}: {len(news)} late",
            sentence=f"Not submitted, though due on {cycle.due_on.day} {cycle.due_on:%B %Y}: "
            f"the {_titles(news)}. The leads are reminded too.",
            path=cycle.get_absolute_url(),
        )
    return bool(news)


@transaction.atomic
def _send_digest(person: User, *, now: datetime.datetime) -> bool:
    """The lines that wait, marked as sent in the transaction that queues their e-mail."""
    if not remind_once(person, f"digest:{timezone.localdate(now)}"):
        return False
    lines = list(
        DigestLine.objects.filter(person=person, sent_at__isnull=True, at__lte=now).order_by("at")
    )
    if not lines:
        return False
    number = len(lines)
    send(
        person,
        subject=f"SPR Portal: {number} {'thing' if number == 1 else 'things'} you should know",
        template="digest",
        lines=_without_repeats(lines),
    )
    DigestLine.objects.filter(pk__in=[line.pk for line in lines]).update(sent_at=now)
    return True


def _without_repeats(lines: list[DigestLine]) -> list[dict]:
    """The same sentence about the same place once, with how often."""
    counted: dict[tuple[str, str], int] = {}
    for line in lines:
        counted[line.sentence, line.path] = counted.get((line.sentence, line.path), 0) + 1
    return [
        {"sentence": sentence, "path": path, "times": times}
        for (sentence, path), times in counted.items()
    ]


def _titles(assessments: list[Assessment]) -> str:
    """ "2016/17 self-assessments on Terrorism and Public order"."""
    year = assessments[0].cycle.year_in_words
    noun = "self-assessment" if len(assessments) == 1 else "self-assessments"
    return f"{year} {noun} on {listed([one.threat.label for one in assessments])}"


def _in_days(left: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
