"""Telling a person something as they chose: at once, in one e-mail a day, or not at all.

An e-mail says that something waits, never what was written: answers, reasons
and comments stay in the portal. Everything is queued in the caller's
transaction, so it leaves when, and only when, the change it tells of is kept.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from assessments.enums import MailTiming, Notice
from assessments.models import DigestLine, MailChoice
from spr_portal.background.outbox import send_later
from spr_portal.identity.models import User

# For who has chosen nothing. What asks a person to act goes at once; what can wait, once a day.
USUAL_TIMINGS: dict[Notice, MailTiming] = {
    Notice.TASKED: MailTiming.NOW,
    Notice.NAMED: MailTiming.NOW,
    Notice.DUE: MailTiming.NOW,
    Notice.LATE: MailTiming.NOW,
    Notice.COMMENTED: MailTiming.DAILY,
    Notice.RETURNED: MailTiming.NOW,
    Notice.SUBMITTED: MailTiming.NOW,
    Notice.APPROVED: MailTiming.NOW,
    Notice.DATES: MailTiming.NOW,
    Notice.ACTION: MailTiming.NOW,
}
SENTENCE_LIMIT = DigestLine._meta.get_field("sentence").max_length


def notify(
    person: User,
    *,
    notice: Notice,
    sentence: str,
    path: str,
    subject: str = "",
    template: str = "notice",
    **context,
) -> None:
    """Tell one person; see `notify_all`."""
    notify_all(
        [person],
        notice=notice,
        sentence=sentence,
        path=path,
        subject=subject,
        template=template,
        **context,
    )


def notify_all(
    people: Iterable[User],
    *,
    notice: Notice,
    sentence: str,
    path: str,
    subject: str = "",
    template: str = "notice",
    **context,
) -> None:
    """Tell each of the people once; who is named twice is told once.

    `sentence` stands in the digest, and in an e-mail of its own where no other
    template is named; it must not quote what anybody wrote. `path` is where in
    the portal it waits. Without a subject, that is the sentence.
    """
    people = {person.pk: person for person in people if person.is_active}
    chosen = timings_of(people.values(), notice)
    for person in people.values():
        if chosen[person.pk] == MailTiming.NOW:
            send(
                person,
                subject=subject or sentence,
                template=template,
                sentence=sentence,
                path=path,
                **context,
            )
        elif chosen[person.pk] == MailTiming.DAILY:
            DigestLine.objects.create(
                person=person,
                notice=notice,
                sentence=sentence[:SENTENCE_LIMIT],
                path=path,
                at=timezone.now(),
            )


def timings_of(people: Iterable[User], notice: Notice) -> dict[int, MailTiming]:
    """When each person wants this notice, by their keys; one query."""
    people = list(people)
    chosen = dict(
        MailChoice.objects.filter(person__in=people, notice=notice).values_list("person", "timing")
    )
    return {
        person.pk: MailTiming(chosen.get(person.pk, USUAL_TIMINGS[notice])) for person in people
    }


def send(person: User, *, subject: str, template: str, **context) -> None:
    """Queue one e-mail of a template in emails/, whatever the person chose."""
    body = render_to_string(
        f"emails/{template}.txt",
        {
            "to": person,
            "base_url": settings.BASE_URL,
            "choices_path": reverse("assessments:mail_choices"),
            **context,
        },
    )
    send_later(to=person.email, subject=subject, body=body)


def listed(names: list[str]) -> str:
    """ "terrorism", "terrorism and public order", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
