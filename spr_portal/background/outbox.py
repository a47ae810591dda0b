"""E-mail that leaves when, and only when, the change it tells of is kept."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django_tasks import TaskContext, task

from spr_portal.background.retries import retried

# A mail server may be away for a weekend's maintenance: 46 hours in all.
WAITS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60)
)


def send_later(*, to: str, subject: str, body: str) -> None:
    """Queue an e-mail in the caller's transaction: rolled back with it, sent soon after it.

    Line breaks in the subject become spaces, so that it cannot add a header.
    """
    send_email.enqueue(to=to, subject=" ".join(subject.split()), body=body)


@retried(after=WAITS)
@task(takes_context=True)
def send_email(context: TaskContext, *, to: str, subject: str, body: str) -> None:
    """Hand one e-mail to the mail server; raises what the server or the network raises.

    Every attempt carries the same Message-ID: should the server have taken an
    e-mail whose acceptance we never heard of, it can tell the second is the same.
    """
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    message_id = f"<{context.task_result.id}@{address.rpartition('@')[2]}>"
    EmailMessage(subject=subject, body=body, to=[to], headers={"Message-ID": message_id}).send()
