"""Actions of the SPR board: given, reported on, confirmed, and who is told of them."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from reports.domain.action_reminders import remind_of_actions
from reports.domain.board_actions import (
    change_action,
    confirm_action,
    drop_action,
    give_action,
    reopen_action,
    report_done,
    report_progress,
)
from reports.domain.workflow import ACTION_TRANSITIONS
from reports.enums import ActionStatus, ActionStep
from reports.exceptions import StalePaperEdit
from reports.meeting_selectors import actions_to_confirm, actions_visible_to, actions_waiting_for
from reports.models import ActionChange
from reports.policies import can_see_action
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied, Refused
from spr_portal.workflow import InvalidTransition
from tests.factories import make_action, make_force, make_meeting, make_person

pytestmark = pytest.mark.django_db
DUE = datetime.date(2016, 12, 1)
SECRET = "Ring the harbour master before Friday."


@pytest.fixture
def owner(force):
    return make_person(force=force, role=Role.FORCE_LEAD, name="Olu Owner", post="Supt")


@pytest.fixture
def action(acc, owner):
    return make_action(meeting=make_meeting(by=acc), owner=owner, by=acc, text=SECRET)


def told():
    """The e-mails that wait to leave: whom each is for, its subject and its words."""
    tasks = DBTaskResult.objects.order_by("enqueued_at")
    calls = [task.args_kwargs["kwargs"] for task in tasks]
    return [(call["to"], call["subject"], call["body"]) for call in calls if "to" in call]


def values_of(action, **changed):
    return {"text": action.text, "owner": action.owner_id, "due_on": action.due_on} | changed


def test_every_step_stands_in_the_table():
    assert set(ACTION_TRANSITIONS) == set(ActionStep)


def test_an_action_stands_in_its_owners_work_until_they_report_it_done(action, acc, owner):
    assert list(actions_waiting_for(owner)) == [action]
    assert list(actions_waiting_for(acc)) == []

    report_progress(action=action, text="Half of it.", by=owner)
    still = list(actions_waiting_for(owner))
    report_done(action=action, text="All of it.", by=owner)

    assert still == [action]
    assert list(actions_waiting_for(owner)) == []
    assert list(actions_to_confirm(acc)) == [action]
    assert list(actions_to_confirm(owner)) == []
    assert confirm_action(action=action, by=acc).status == ActionStatus.DONE
    assert list(actions_to_confirm(acc)) == []
    assert [row.reason for row in action.status_changes.all()] == ["Half of it.", "All of it.", ""]


def test_its_owner_sees_an_action_and_not_its_meeting(action, owner, executive, opcc, force):
    contributor = make_person(force=force, role=Role.CONTRIBUTOR)
    foreign = make_person(force=make_force(), role=Role.ACC_SECURITY)

    assert can_see_action(owner, action)
    assert can_see_action(executive, action)
    for person in (contributor, opcc, foreign):
        assert not can_see_action(person, action)
        assert list(actions_visible_to(person)) == []


def test_an_owner_without_a_role_sees_their_action_all_the_same(acc, force):
    owner = make_person(force=force)
    action = make_action(meeting=make_meeting(by=acc), owner=owner, by=acc)

    assert list(actions_waiting_for(owner)) == [action]


def test_only_the_owner_reports_and_only_acc_security_decides(action, owner, executive, acc):
    for person in (acc, executive):
        with pytest.raises(PolicyDenied):
            report_progress(action=action, text="Mine.", by=person)
    for person in (owner, executive):
        for decide in (confirm_action, drop_action, reopen_action):
            reason = {} if decide is confirm_action else {"reason": "Why."}
            with pytest.raises(PolicyDenied):
                decide(action=action, by=person, **reason)
        with pytest.raises(PolicyDenied):
            change_action(action=action, values=values_of(action), started_from=1, by=person)
    assert not ActionChange.objects.exists()


def test_nobody_of_the_office_or_of_another_force_is_given_an_action(acc, opcc):
    meeting = make_meeting(by=acc)
    gone = make_person(force=acc.force, is_active=False)
    for person in (opcc, make_person(force=make_force(), role=Role.FORCE_LEAD), gone):
        with pytest.raises(Refused):
            give_action(
                meeting=meeting,
                values={"text": "Act.", "owner": person.pk, "due_on": DUE},
                by=acc,
            )
    assert not meeting.actions.exists()


def test_the_same_report_sent_twice_is_kept_once_and_told_once(action, owner, acc):
    before = len(told())
    for _ in range(2):
        report_progress(action=action, text="Half of it.", by=owner)
    for _ in range(2):
        report_done(action=action, text="All of it.", by=owner)

    assert action.status_changes.count() == 2
    assert [to for to, _, _ in told()[before:]] == [acc.email]
    assert AuditEvent.objects.filter(subject__startswith="action ").count() == 3


def test_a_late_report_changes_nothing(action, owner, acc):
    drop_action(action=action, reason="No need.", by=acc)

    with pytest.raises(InvalidTransition, match="it is dropped"):
        report_progress(action=action, text="Half of it.", by=owner)


def test_a_dropped_action_can_be_opened_again(action, owner, acc):
    dropped = drop_action(action=action, reason="No need.", by=acc)
    again = reopen_action(action=action, reason="A need.", by=acc)

    assert dropped.closed_at is not None
    assert (again.status, again.closed_at) == (ActionStatus.OPEN, None)
    assert list(actions_waiting_for(owner)) == [action]


def test_a_stale_change_keeps_both(action, acc):
    change_action(action=action, values=values_of(action, text="Theirs."), started_from=1, by=acc)

    with pytest.raises(StalePaperEdit) as stale:
        change_action(action=action, values=values_of(action, text="Mine."), started_from=1, by=acc)
    assert stale.value.newer.text == "Theirs."


def test_people_are_told_that_there_is_an_action_never_what_it_says(action, owner, acc, force):
    other = make_person(force=force, role=Role.FORCE_LEAD)
    change_action(action=action, values=values_of(action, owner=other.pk), started_from=1, by=acc)
    report_done(action=action, text=SECRET, by=other)
    reopen_action(action=action, reason=SECRET, by=acc)
    drop_action(action=action, reason=SECRET, by=acc)

    assert [to for to, _, _ in told()] == [
        owner.email, other.email, owner.email, acc.email, other.email, other.email
    ]  # fmt: skip
    for _, subject, body in told():
        assert "harbour" not in subject + body
        assert "SPR board" in subject
    assert (
        "Alex Acc has given you an action of the SPR board. It is due on 1 December 2016."
        in (told()[0][2])
    )


def test_an_action_given_twice_by_a_double_click_is_given_once(action, owner, acc):
    again = make_action(meeting=action.meeting, owner=owner, by=acc, text=SECRET)

    assert again == action
    assert len(told()) == 1


def test_what_is_reported_done_is_opened_again_before_another_gets_it(action, owner, acc, force):
    other = make_person(force=force, role=Role.FORCE_LEAD)
    report_done(action=action, text="Done.", by=owner)

    with pytest.raises(Refused, match="Open the action again"):
        change_action(
            action=action, values=values_of(action, owner=other.pk), started_from=1, by=acc
        )
    action.refresh_from_db()
    assert (action.owner, action.version) == (owner, 1)


def test_a_change_of_words_alone_tells_nobody(action, acc):
    before = len(told())

    change_action(action=action, values=values_of(action, text="Other."), started_from=1, by=acc)

    assert len(told()) == before


@pytest.mark.parametrize(
    ("today", "subjects"),
    [
        (datetime.date(2016, 10, 1), []),
        (datetime.date(2016, 11, 3), ["An action of the SPR board: due on 1 December 2016"]),
        (datetime.date(2016, 11, 25), ["An action of the SPR board: due on 1 December 2016"]),
        (datetime.date(2016, 12, 9), ["An action of the SPR board: late since 1 December 2016"]),
    ],
)
def test_an_owner_is_reminded_once_at_each_stage(action, owner, today, subjects):
    type(action).objects.update(given_on=datetime.date(2016, 9, 1))
    before = len(told())

    people = [remind_of_actions(action.force, today=today) for _ in range(3)]

    assert people == [len(subjects), 0, 0]
    assert [subject for _, subject, _ in told()[before:]] == subjects
    assert all("harbour" not in body for _, _, body in told())


def test_actions_due_on_one_day_are_told_of_in_one_e_mail(action, owner, acc):
    make_action(meeting=action.meeting, owner=owner, by=acc)
    type(action).objects.update(given_on=datetime.date(2016, 9, 1))
    before = len(told())

    remind_of_actions(action.force, today=datetime.date(2016, 11, 25))

    [(_, subject, body)] = told()[before:]
    assert subject == "2 actions of the SPR board: due on 1 December 2016"
    assert "2 actions of the SPR board that are yours are due on 1 December 2016." in body


def test_what_is_reported_done_is_reminded_of_no_more(action, owner):
    report_done(action=action, text="Done.", by=owner)

    assert remind_of_actions(action.force, today=datetime.date(2017, 1, 1)) == 0


def test_the_command_reminds_of_actions_too(action, capsys):
    type(action).objects.update(given_on=datetime.date(2016, 9, 1))

    call_command("send_reminders")

    assert capsys.readouterr().out.startswith("1 person reminded")
    assert not mail.outbox


# --- pages


def test_an_owner_reports_on_their_page(action, owner, sign_in):
    client = sign_in(owner)
    page = client.get(action.get_absolute_url()).content.decode()
    address = reverse("reports:report_action", args=[action.identity])
    empty = client.post(address, {"text": "", "is_done": ""})
    client.post(address, {"text": "Half of it.", "is_done": "no"})
    client.post(address, {"text": "All of it.", "is_done": "yes"})

    assert SECRET in page
    assert "Report on it" in page
    assert action.meeting.get_absolute_url() not in page
    assert empty.context["form"].errors.keys() == {"text", "is_done"}
    action.refresh_from_db()
    assert (action.status, action.outcome) == (ActionStatus.REPORTED, "All of it.")
    assert "Half of it." in client.get(action.get_absolute_url()).content.decode()


def test_a_report_that_comes_too_late_can_be_copied(action, owner, acc, sign_in):
    confirm_action(action=action, by=acc)

    response = sign_in(owner).post(
        reverse("reports:report_action", args=[action.identity]),
        {"text": "A long report.", "is_done": "no"},
    )

    assert response.status_code == 409
    assert "A long report." in response.content.decode()


def test_acc_security_gives_changes_and_drops_actions(acc, owner, force, sign_in):
    meeting, client = make_meeting(by=acc), sign_in(acc)
    due = {"due_on_day": "1", "due_on_month": "12", "due_on_year": "2016"}
    client.post(
        reverse("reports:add_action", args=[meeting.identity]),
        {"text": "Test the plans.", "owner": owner.pk, **due},
    )
    action = meeting.actions.get()
    stale = client.post(
        reverse("reports:change_action", args=[action.identity]),
        {"text": "Mine.", "owner": owner.pk, "version": 7, **due},
    )
    refused = client.post(reverse("reports:drop_action", args=[action.identity]), {"reason": " "})
    client.post(reverse("reports:drop_action", args=[action.identity]), {"reason": "No need."})

    assert stale.status_code == 409
    assert "Test the plans." in stale.content.decode()
    assert "Olu Owner, Supt" in stale.content.decode()
    assert "reason" in refused.context["form"].errors
    action.refresh_from_db()
    assert (action.status, action.text) == (ActionStatus.DROPPED, "Test the plans.")
    closed = client.get(reverse("reports:actions") + "?show=closed").content.decode()
    assert "Test the plans." in closed


def test_the_list_holds_three_hundred_actions_in_pages(acc, owner, sign_in):
    meeting = make_meeting(by=acc)
    for number in range(60):
        make_action(meeting=meeting, owner=owner, by=acc, text=f"Action {number}.")

    page = sign_in(acc).get(reverse("reports:actions")).content.decode()

    assert page.count("Action 1") > 1
    assert 'rel="next"' in page
    assert "No action is yours." in page
