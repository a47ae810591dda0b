"""Meetings of the SPR board: who runs and reads them, and the agenda made from what is open."""

import datetime

import pytest

from assessments.domain.comments import add_comment
from assessments.domain.items import add_item
from assessments.enums import ItemKind
from assessments.models import Finding, Vulnerability
from reports.domain.agenda import (
    add_agenda_item,
    change_agenda_item,
    make_agenda,
    move_agenda_item,
    remove_agenda_item,
)
from reports.domain.board_actions import report_done
from reports.domain.meetings import (
    call_meeting,
    cancel_meeting,
    change_meeting,
    choose_attendees,
    hold_meeting,
    reopen_meeting,
    write_notes,
)
from reports.domain.workflow import MEETING_TRANSITIONS
from reports.enums import MeetingStatus, MeetingStep, Topic
from reports.exceptions import StalePaperEdit
from reports.meeting_selectors import meetings_visible_to
from reports.policies import can_see_meeting
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from spr_portal.workflow import InvalidTransition, ReasonMissing
from tests.factories import (
    make_action,
    make_cycle,
    make_force,
    make_meeting,
    make_person,
    make_submitted,
)

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2016, 9, 10)


@pytest.fixture
def meeting(acc):
    return make_meeting(by=acc)


@pytest.fixture
def lead(force):
    return make_person(force=force, role=Role.FORCE_LEAD, name="Lee Lead")


@pytest.fixture
def cycle(acc):
    return make_cycle(by=acc)


def headings(meeting, topic):
    return [item.heading for item in meeting.items.filter(topic=topic)]


def add_vulnerability(cycle, *, threat="terrorism", **values):
    values = {"statement": "Few are trained.", "likelihood": "low", "impact": "low"} | values
    return Vulnerability.objects.create(
        assessment=cycle.assessments.get(threat__code=threat), order=1, **values
    )


# --- who


def test_a_meeting_is_read_by_the_chairs_side_the_executive_and_whom_it_is_for(
    meeting, acc, lead, executive, opcc, force
):
    staff = make_person(force=force, role=Role.STAFF_OFFICER)
    contributor = make_person(force=force, role=Role.CONTRIBUTOR)
    nobody = make_person(force=force)
    foreign = make_person(force=make_force(), role=Role.ACC_SECURITY)
    choose_attendees(meeting=meeting, add=[lead, opcc, nobody, foreign], remove=(), by=acc)

    for person in (acc, staff, executive, lead):
        assert list(meetings_visible_to(person)) == [meeting]
        assert can_see_meeting(person, meeting)
    for person in (contributor, opcc, nobody, foreign):
        assert list(meetings_visible_to(person)) == []
        assert not can_see_meeting(person, meeting)
    assert [row.name for row in meeting.attendees.all()] == ["Lee Lead"]


def test_somebody_whose_last_role_ended_reads_the_meeting_no_more(meeting, acc, lead):
    choose_attendees(meeting=meeting, add=[lead], remove=(), by=acc)
    lead.appointments.update(ends_on=datetime.date(2016, 2, 1))
    lead.__dict__.pop("_rights_by_date", None)

    assert not can_see_meeting(lead, meeting)


def test_what_two_people_choose_at_once_adds_up(meeting, acc, lead, executive):
    choose_attendees(meeting=meeting, add=[lead], remove=(), by=acc)
    choose_attendees(meeting=meeting, add=[executive], remove=(), by=acc)
    choose_attendees(meeting=meeting, add=[executive], remove=[lead], by=acc)
    choose_attendees(meeting=meeting, add=[executive], remove=[lead], by=acc)

    assert [row.person for row in meeting.attendees.all()] == [executive]
    assert AuditEvent.objects.filter(action="meeting.attendees_chosen").count() == 3


def test_only_acc_security_and_the_staff_officer_run_meetings(meeting, lead, executive, opcc):
    values = {"title": "Mine", "held_on": TODAY}
    for person in (lead, executive, opcc, make_person(role=Role.ACC_SECURITY)):
        before = AuditEvent.objects.count()
        for act in (
            lambda who: change_meeting(meeting=meeting, values=values, started_from=1, by=who),
            lambda who: write_notes(meeting=meeting, notes="Mine.", started_from=1, by=who),
            lambda who: choose_attendees(meeting=meeting, add=[who], remove=(), by=who),
            lambda who: make_agenda(meeting=meeting, today=TODAY, by=who),
            lambda who: hold_meeting(meeting=meeting, by=who),
        ):
            with pytest.raises(PolicyDenied):
                act(person)
        assert AuditEvent.objects.count() == before
    for person in (lead, executive, opcc):
        with pytest.raises(PolicyDenied):
            call_meeting(values=values, by=person)


# --- steps


def test_every_step_stands_in_the_table():
    assert set(MEETING_TRANSITIONS) == set(MeetingStep)


def test_a_meeting_is_held_once_and_its_agenda_is_locked_then(meeting, acc):
    make_agenda(meeting=meeting, today=TODAY, by=acc)
    hold_meeting(meeting=meeting, by=acc)

    with pytest.raises(InvalidTransition):
        hold_meeting(meeting=meeting, by=acc)
    with pytest.raises(PolicyDenied, match="The meeting is held, so its agenda is locked"):
        make_agenda(meeting=meeting, today=TODAY, by=acc)
    assert reopen_meeting(meeting=meeting, reason="Wrong one.", by=acc).status == "planned"


def test_a_meeting_is_cancelled_with_a_reason_only(meeting, acc):
    with pytest.raises(ReasonMissing):
        cancel_meeting(meeting=meeting, reason=" ", by=acc)

    assert cancel_meeting(meeting=meeting, reason="Snow.", by=acc).status == MeetingStatus.CANCELLED


def test_a_date_and_the_notes_are_changed_apart(meeting, acc):
    change_meeting(meeting=meeting, values={"place": "Room 4"}, started_from=1, by=acc)
    written = write_notes(meeting=meeting, notes="All agreed.", started_from=1, by=acc)

    assert (written.place, written.notes) == ("Room 4", "All agreed.")
    with pytest.raises(StalePaperEdit) as stale:
        write_notes(meeting=meeting, notes="Other.", started_from=1, by=acc)
    assert (stale.value.newer.notes, stale.value.newer.version) == ("All agreed.", 2)


# --- the agenda


def test_the_agenda_is_made_from_what_is_open(meeting, acc, lead, cycle):
    lead_of_cyber = make_person(force=cycle.force, role=Role.FORCE_LEAD, threat="cyber")
    add_vulnerability(cycle)
    Finding.objects.create(
        assessment=cycle.assessments.get(threat__code="cyber"),
        order=1,
        body="HMIC",
        report="PEEL",
        finding_kind="recommendation",
        text="Train more.\n\nSoon.",
        due_on=datetime.date(2016, 9, 1),
    )
    add_comment(
        assessment=make_submitted(cycle=cycle, threat="cyber", by=lead_of_cyber),
        place="capacity-local",
        text="A word that is for the two of us.",
        by=acc,
    )
    earlier = make_meeting(by=acc, held_on=datetime.date(2016, 6, 1))
    report_done(
        action=make_action(meeting=earlier, owner=lead, by=acc, text="Exercise it."),
        text="It was exercised.",
        by=lead,
    )
    hold_meeting(meeting=earlier, by=acc)

    made = make_agenda(meeting=meeting, today=TODAY, by=acc)

    assert made.added == meeting.items.count()
    assert headings(meeting, Topic.OPENING) == [
        "Welcome and apologies",
        "Notes of the meeting of 1 June 2016",
    ]
    assert headings(meeting, Topic.ACTIONS) == ["Exercise it."]
    assert "Last report: It was exercised." in meeting.items.get(topic=Topic.ACTIONS).text
    late = headings(meeting, Topic.ASSESSMENTS)
    assert len(late) == 5
    assert "Terrorism 2016/17: late, not started" in late
    assert headings(meeting, Topic.VULNERABILITIES) == ["Terrorism: Few are trained."]
    finding = meeting.items.get(topic=Topic.FINDINGS)
    assert (
        "Train more.\n\nSoon.\n\n- Recommendation: HMIC, PEEL\n- Was due on 1 September 2016"
        in (finding.text)
    )
    assert headings(meeting, Topic.COMMENTS) == [
        "National cyber security incident 2016/17: 1 unresolved comment"
    ]
    assert not meeting.items.filter(text__contains="for the two of us").exists()
    assert headings(meeting, Topic.OTHER) == ["Any other business"]
    assert AuditEvent.objects.filter(action="agenda.made").count() == 1


def test_made_again_it_adds_only_what_is_new_and_keeps_what_was_written(meeting, acc, cycle):
    first = add_vulnerability(cycle)
    add_vulnerability(cycle, statement="Another one.")
    make_agenda(meeting=meeting, today=TODAY, by=acc)
    count = meeting.items.count()
    edited = meeting.items.get(heading="Terrorism: Few are trained.")
    change_agenda_item(
        meeting=meeting,
        identity=edited.identity,
        values={"topic": Topic.OTHER, "heading": "My words", "text": ""},
        started_from=1,
        by=acc,
    )
    Vulnerability.objects.filter(pk=first.pk).update(statement="Nobody is trained.")
    Vulnerability.objects.filter(statement="Another one.").update(statement="A second one.")
    add_vulnerability(cycle, statement="A third one.")

    made = make_agenda(meeting=meeting, today=TODAY, by=acc)
    again = make_agenda(meeting=meeting, today=TODAY, by=acc)

    assert (made.added, made.refreshed) == (1, 1)
    assert (again.added, again.refreshed) == (0, 0)
    assert meeting.items.count() == count + 1
    assert headings(meeting, Topic.OTHER) == ["Any other business", "My words"]
    assert headings(meeting, Topic.VULNERABILITIES) == [
        "Terrorism: A second one.",
        "Terrorism: A third one.",
    ]


def test_someone_writing_on_an_item_brought_up_to_date_meanwhile_is_told(meeting, acc, cycle):
    row = add_vulnerability(cycle)
    make_agenda(meeting=meeting, today=TODAY, by=acc)
    item = meeting.items.get(topic=Topic.VULNERABILITIES)
    Vulnerability.objects.filter(pk=row.pk).update(statement="Nobody is trained.")
    make_agenda(meeting=meeting, today=TODAY, by=acc)

    with pytest.raises(StalePaperEdit) as stale:
        change_agenda_item(
            meeting=meeting,
            identity=item.identity,
            values={"heading": "Mine"},
            started_from=1,
            by=acc,
        )
    assert stale.value.newer.heading == "Terrorism: Nobody is trained."


def test_a_heading_is_the_first_paragraph_of_somebodys_words_cut_between_words(acc, cycle):
    long = "Nobody is trained for it. " * 6
    add_vulnerability(cycle, statement="- Few are trained.\n\nFewer are asked.")
    add_vulnerability(cycle, statement=long)
    meeting = make_meeting(by=acc)

    make_agenda(meeting=meeting, today=meeting.held_on, by=acc)

    first, second = meeting.items.filter(topic=Topic.VULNERABILITIES)
    assert first.heading == "Terrorism: Few are trained."
    assert first.text.startswith("- Few are trained.\n\nFewer are asked.")
    assert second.heading == f"Terrorism: {'Nobody is trained for it. ' * 4}Nobody is…"
    assert second.text.startswith(long.strip())


def test_a_vulnerability_the_board_has_had_comes_back_only_with_a_reason(acc, cycle):
    add_vulnerability(cycle, statement="Small and known.", is_reviewed=True)
    add_vulnerability(cycle, statement="Grave.", likelihood="high", impact="medium")
    add_vulnerability(cycle, statement="Closed.", status="closed")
    add_vulnerability(cycle, statement="A draft.", is_draft=True)
    first = make_meeting(by=acc, held_on=datetime.date(2016, 6, 1))
    make_agenda(meeting=first, today=TODAY, by=acc)
    hold_meeting(meeting=first, by=acc)
    second = make_meeting(by=acc)

    make_agenda(meeting=second, today=TODAY, by=acc)

    assert headings(first, Topic.VULNERABILITIES) == [
        "Terrorism: Small and known.",
        "Terrorism: Grave.",
    ]
    assert headings(second, Topic.VULNERABILITIES) == ["Terrorism: Grave."]
    assert (
        "- Severity high: likelihood high, impact medium"
        in second.items.get(topic=Topic.VULNERABILITIES).text
    )


def test_nothing_of_another_force_comes_in(meeting, acc, cycle):
    foreign = make_cycle(force=make_force())
    add_vulnerability(foreign, statement="Theirs.")
    make_action(meeting=make_meeting(force=make_force()), text="Theirs too.")

    make_agenda(meeting=meeting, today=TODAY, by=acc)

    assert not meeting.items.filter(heading__contains="Theirs").exists()


def test_a_force_without_a_cycle_has_an_agenda_too(meeting, acc):
    assert make_agenda(meeting=meeting, today=TODAY, by=acc).added == 2


def test_items_are_added_moved_under_their_topic_and_removed(meeting, acc):
    for words in ("One", "Two"):
        add_agenda_item(
            meeting=meeting, values={"topic": Topic.OTHER, "heading": words, "text": ""}, by=acc
        )
    add_agenda_item(
        meeting=meeting, values={"topic": Topic.OPENING, "heading": "First", "text": ""}, by=acc
    )
    two = meeting.items.get(heading="Two")

    move_agenda_item(meeting=meeting, identity=two.identity, up=True, by=acc)
    move_agenda_item(meeting=meeting, identity=two.identity, up=True, by=acc)
    moved = headings(meeting, Topic.OTHER)
    remove_agenda_item(meeting=meeting, identity=two.identity, by=acc)
    remove_agenda_item(meeting=meeting, identity=two.identity, by=acc)

    assert moved == ["Two", "One"]
    assert headings(meeting, Topic.OTHER) == ["One"]
    assert AuditEvent.objects.filter(action="agenda.item_removed").count() == 1
    assert AuditEvent.objects.filter(action="agenda.item_moved").count() == 1


def test_a_contributors_lists_are_read_as_they_were_accepted(meeting, acc, lead, cycle):
    add_item(
        assessment=cycle.assessments.get(threat__code="terrorism"),
        kind=ItemKind.VULNERABILITY,
        values={"statement": "Accepted.", "likelihood": "low", "impact": "low"},
        by=lead,
    )

    make_agenda(meeting=meeting, today=TODAY, by=acc)

    assert headings(meeting, Topic.VULNERABILITIES) == ["Terrorism: Accepted."]
