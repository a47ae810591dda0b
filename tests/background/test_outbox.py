"""E-mail leaves when the change it tells of is kept: not before, not without, and once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from spr_portal.background.outbox import WAITS, send_later
from tests.background.working import work_off


def send(**fields):
    send_later(**{"to": "lead@example.org", "subject": "Due", "body": "Please."} | fields)


def let_the_wait_pass():
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_email_of_a_change_that_is_rolled_back_is_never_sent():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send(subject="Rolled back")
        raise ZeroDivisionError
    with transaction.atomic():
        send(subject="Kept")
        sent_before_commit = list(mail.outbox)

    work_off()

    assert sent_before_commit == []
    assert [message.subject for message in mail.outbox] == ["Kept"]


@pytest.mark.django_db(transaction=True)
def test_line_breaks_in_a_subject_cannot_add_a_header():
    send(subject="Returned:\r\nBcc: everybody@example.org\n\tnow")

    work_off()

    [message] = mail.outbox
    assert message.subject == "Returned: Bcc: everybody@example.org now"
    assert message.recipients() == ["lead@example.org"]


def test_email_waits_for_a_mail_server_that_is_down_and_arrives_once(portal, mail_server):
    send(subject="Returned", body="Please read the reviewer’s reasons.")

    portal.work_off(SPR_EMAIL_URL=mail_server.url)
    [waiting] = DBTaskResult.objects.all()
    mail_server.controller.start()
    for _ in range(2):
        let_the_wait_pass()
        portal.work_off(SPR_EMAIL_URL=mail_server.url)

    assert waiting.status == TaskResultStatus.READY
    assert timedelta() < waiting.run_after - timezone.now() <= WAITS[0]
    [message] = mail_server.messages
    assert message["Subject"] == "Returned"
    assert (
        message.get_payload(decode=True).decode().strip() == "Please read the reviewer’s reasons."
    )


def test_every_attempt_at_an_email_carries_the_same_identity(portal, mail_server, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    mail_server.controller.start()
    mail_server.refusals = 1
    send()
    send()

    work_off()
    refused = [r for r in DBTaskResult.objects.all() if r.status == TaskResultStatus.READY]
    let_the_wait_pass()
    work_off()

    first, second = (message["Message-ID"] for message in mail_server.messages)
    assert [str(task.pk) in second for task in refused] == [True]
    assert first != second


def test_waits_for_a_mail_server_add_up_to_about_two_days():
    assert timedelta(days=1.5) < sum(WAITS, timedelta()) < timedelta(days=2.5)
