"""People are reminded of what is due and late, as they chose, each thing once."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.domain import reminders
from assessments.domain.assessments import reopen_assessment, return_assessment
from assessments.domain.mail_choices import choose_mail
from assessments.domain.reminders import remind_force, send_digests, stage_of
from assessments.emails import tell_of_comment
from assessments.enums import MailTiming, Notice
from assessments.models import Comment, Cycle, DigestLine, SentReminder
from spr_portal.identity.enums import Role
from tests.background.working import work_off
from tests.factories import (
    make_appointment,
    make_approved,
    make_cycle,
    make_force,
    make_person,
    make_submitted,
)

DUE = datetime.date(2016, 8, 31)
TASKED = datetime.date(2016, 2, 15)


@pytest.fixture
def force():
    return make_force("wmp")


@pytest.fixture
def acc(force):
    return make_person(force=force, role=Role.ACC_SECURITY)


@pytest.fixture
def lead(force):
    return make_person(force=force, role=Role.FORCE_LEAD, threat="terrorism", name="Lee Lead")


@pytest.fixture
def cycle(force, acc, lead):
    """Opened on the day of its tasking, with nobody told of anything yet."""
    cycle = make_cycle(by=acc)
    noon = datetime.datetime.combine(TASKED, datetime.time(12), datetime.UTC)
    Cycle.objects.filter(pk=cycle.pk).update(opened_at=noon)
    forget_what_was_sent()
    return cycle


def forget_what_was_sent():
    DBTaskResult.objects.all().delete()


def queued() -> list[dict]:
    """The e-mails that wait for a worker, oldest first."""
    return [row.args_kwargs["kwargs"] for row in DBTaskResult.objects.order_by("enqueued_at")]


def told(person) -> list[str]:
    return [message["subject"] for message in queued() if message["to"] == person.email]


def test_reminders_come_30_7_and_1_days_before_and_once_it_is_late():
    stages = {
        left: stage_of(DUE, today=DUE - datetime.timedelta(days=left), told_on=TASKED)
        for left in (31, 30, 8, 7, 2, 1, 0, -1, -40)
    }

    assert stages == {
        31: "", 30: "30", 8: "30", 7: "7", 2: "7", 1: "1", 0: "1", -1: "late", -40: "late",
    }  # fmt: skip


def test_nobody_is_reminded_of_a_date_they_have_just_been_told():
    told_on = DUE - datetime.timedelta(days=10)

    assert stage_of(DUE, today=told_on, told_on=told_on) == ""
    assert stage_of(DUE, today=DUE - datetime.timedelta(days=7), told_on=told_on) == "7"


@pytest.mark.django_db
def test_a_lead_is_reminded_once_a_stage_however_often_the_command_runs(force, lead, cycle):
    for left in range(31, -3, -1):
        for _ in range(3):
            remind_force(force, today=DUE - datetime.timedelta(days=left))

    assert told(lead) == [
        "Self-assessment for 2016/17: due on 31 August 2016",
        "Self-assessment for 2016/17: due on 31 August 2016",
        "Self-assessment for 2016/17: due on 31 August 2016",
        "Self-assessment for 2016/17: late since 31 August 2016",
    ]


@pytest.mark.django_db
def test_a_run_that_was_missed_sends_what_it_is_time_for_and_nothing_older(force, lead, cycle):
    remind_force(force, today=DUE - datetime.timedelta(days=3))

    [message] = [message for message in queued() if message["to"] == lead.email]
    assert "due on 31 August 2016, in 3 days." in message["body"]


@pytest.mark.django_db
def test_a_lead_of_two_threats_gets_one_email(force, lead, cycle):
    make_appointment(person=lead, role=Role.FORCE_LEAD, threat="public-order")

    remind_force(force, today=DUE - datetime.timedelta(days=7))

    [message] = [message for message in queued() if message["to"] == lead.email]
    assert (
        "self-assessments on Public order and Terrorism are due on 31 August 2016"
        in message["body"]
    )


@pytest.mark.django_db
def test_who_has_handed_in_is_not_reminded(force, lead, cycle):
    make_submitted(cycle=cycle, by=lead)
    forget_what_was_sent()

    remind_force(force, today=DUE + datetime.timedelta(days=1))

    assert told(lead) == []


@pytest.mark.django_db
def test_a_new_due_date_is_reminded_of_anew(force, lead, cycle):
    remind_force(force, today=DUE - datetime.timedelta(days=7))
    Cycle.objects.filter(pk=cycle.pk).update(due_on=DUE + datetime.timedelta(days=7))
    remind_force(force, today=DUE)

    assert told(lead) == [
        "Self-assessment for 2016/17: due on 31 August 2016",
        "Self-assessment for 2016/17: due on 7 September 2016",
    ]


@pytest.mark.django_db
def test_reviewers_are_told_what_is_late_once_and_in_one_email(force, acc, cycle):
    for _ in range(2):
        remind_force(force, today=DUE + datetime.timedelta(days=1))

    assert told(acc) == ["Self-assessments for 2016/17: 6 late"]


@pytest.mark.django_db
def test_nothing_is_late_in_a_closed_year(force, acc, lead, cycle):
    Cycle.objects.filter(pk=cycle.pk).update(closed_at=timezone.now())

    remind_force(force, today=DUE + datetime.timedelta(days=1))

    assert queued() == []


@pytest.mark.django_db
def test_leads_of_another_force_are_not_reminded_of_this_ones_year(force, cycle):
    elsewhere = make_person(role=Role.FORCE_LEAD, threat="terrorism")

    remind_force(force, today=DUE - datetime.timedelta(days=1))

    assert told(elsewhere) == []


@pytest.mark.django_db
def test_a_run_that_breaks_off_is_made_up_for_by_the_next(force, lead, cycle, monkeypatch):
    def broken(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(reminders, "notify", broken)
    with pytest.raises(ConnectionError):
        remind_force(force, today=DUE - datetime.timedelta(days=7))
    monkeypatch.undo()

    remind_force(force, today=DUE - datetime.timedelta(days=7))

    assert len(told(lead)) == 1


@pytest.mark.django_db
def test_each_person_is_told_at_once_daily_or_not_at_all_as_they_chose(force, acc, lead, cycle):
    others = [make_person(force=force, role=Role.FORCE_LEAD, threat="terrorism") for _ in range(2)]
    choose_mail(choices={Notice.DUE: MailTiming.DAILY}, by=others[0])
    choose_mail(choices={Notice.DUE: MailTiming.NEVER}, by=others[1])

    remind_force(force, today=DUE - datetime.timedelta(days=7))

    assert [len(told(person)) for person in (lead, *others)] == [1, 0, 0]
    assert [line.person for line in DigestLine.objects.all()] == [others[0]]


def on_the_day(hour: int, day: int = 1) -> datetime.datetime:
    return datetime.datetime(2030, 1, day, hour, 5, tzinfo=datetime.UTC)


@pytest.mark.django_db
def test_what_can_wait_comes_in_one_email_a_day_after_seven(force, acc, lead, cycle):
    assessment = make_submitted(cycle=cycle, by=lead)
    comment = Comment.objects.create(
        assessment=assessment, text="A very secret remark.", by=acc, by_name=acc.name,
        at=timezone.now(),
    )  # fmt: skip
    for _ in range(3):
        tell_of_comment(comment, by=acc)
    forget_what_was_sent()

    sent = [send_digests(now=on_the_day(hour, day)) for hour, day in
            ((6, 1), (7, 1), (8, 1), (23, 1), (8, 2))]  # fmt: skip

    assert sent == [0, 1, 0, 0, 0]
    [message] = queued()
    assert message["to"] == lead.email
    assert message["subject"] == "SPR Portal: 3 things you should know"
    assert message["body"].count("has commented on") == 1
    assert "(3 times)" in message["body"]
    assert "secret" not in message["body"]


@pytest.mark.django_db
def test_what_happens_after_the_days_email_comes_with_the_next(force, acc, lead, cycle):
    for day in (1, 2):
        DigestLine.objects.create(
            person=lead, notice=Notice.COMMENTED, sentence=f"On day {day}.", path="/",
            at=on_the_day(9, day - 1 or 1),
        )  # fmt: skip
        DigestLine.objects.filter(sentence="On day 1.").update(at=on_the_day(1))
        send_digests(now=on_the_day(8, day))

    assert [("On day 1." in m["body"], "On day 2." in m["body"]) for m in queued()] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.django_db
def test_people_whose_account_is_closed_are_told_nothing(force, acc, lead, cycle):
    assessment = make_submitted(cycle=cycle, by=lead)
    lead.is_active = False
    lead.save()
    forget_what_was_sent()

    return_assessment(assessment=assessment, reason="Say more.", by=acc)
    remind_force(force, today=DUE + datetime.timedelta(days=3))

    assert told(lead) == []


@pytest.mark.django_db(transaction=True)
def test_emails_of_the_steps_read_as_a_person_would_write_them(force, acc, lead, cycle):
    assessment = make_approved(cycle=cycle, by=acc)
    forget_what_was_sent()
    reopen_assessment(assessment=assessment, reason="A secret reason.", by=acc)
    work_off()

    [message] = [message for message in mail.outbox if message.to == [lead.email]]
    assert message.subject == "Terrorism, 2016/17: reopened"
    assert message.body.startswith(
        f"Lee Lead,\n\n{acc.name} has reopened the 2016/17 self-assessment on Terrorism."
    )
    assert message.body.rstrip().endswith("/e-mails/")
    assert "secret" not in message.body


def test_two_runs_at_once_and_a_mail_server_that_is_down_tell_everybody_once(portal, mail_server):
    today = timezone.localdate()
    acc = make_person(role=Role.ACC_SECURITY)
    leads = [
        make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism") for _ in range(5)
    ]
    cycle = make_cycle(by=acc)
    Cycle.objects.filter(pk=cycle.pk).update(
        tasked_on=today - datetime.timedelta(days=90),
        due_on=today + datetime.timedelta(days=7),
        executive_on=today + datetime.timedelta(days=60),
        board_on=today + datetime.timedelta(days=90),
        opened_at=timezone.now() - datetime.timedelta(days=90),
    )
    forget_what_was_sent()

    for process in [portal.start("send_reminders") for _ in range(3)]:
        portal.wait_for_end(process)
    portal.work_off(SPR_EMAIL_URL=mail_server.url)
    mail_server.controller.start()
    DBTaskResult.objects.update(run_after=timezone.now())
    portal.work_off(SPR_EMAIL_URL=mail_server.url)
    call_command("send_reminders")
    portal.work_off(SPR_EMAIL_URL=mail_server.url)

    assert sorted(m["To"] for m in mail_server.messages) == sorted(p.email for p in leads)
    assert SentReminder.objects.count() == len(leads)
