"""The pages of meetings: planned, attended, an agenda written by two people."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.domain.agenda import make_agenda
from reports.domain.meetings import hold_meeting
from reports.enums import MeetingStatus, Topic
from reports.models import Meeting
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from tests.factories import make_cycle, make_force, make_meeting, make_person

pytestmark = pytest.mark.django_db
DAY = {"held_on_day": "15", "held_on_month": "9", "held_on_year": "2030"}
ITEM = {"topic": "other", "heading": "A point", "text": "Some words."}


def url(meeting, name, *further):
    return reverse(f"reports:{name}", args=[meeting.identity, *further])


@pytest.fixture
def meeting(acc):
    return make_meeting(by=acc)


@pytest.fixture
def client(acc, sign_in):
    return sign_in(acc)


@pytest.fixture
def lead(force):
    return make_person(force=force, role=Role.FORCE_LEAD, name="Lee Lead")


def test_a_meeting_is_planned_and_stands_first_in_the_list(client, meeting):
    page = client.get(reverse("reports:add_meeting"))
    missing = client.post(reverse("reports:add_meeting"), {"title": "", "marking": "SECRET"})
    client.post(
        reverse("reports:add_meeting"),
        {"title": "Autumn meeting", "marking": "OFFICIAL-SENSITIVE", **DAY},
    )

    listed = client.get(reverse("reports:meetings")).content.decode()
    assert page.context["form"].initial["marking"] == "OFFICIAL-SENSITIVE"
    assert missing.context["form"].errors.keys() == {"title", "held_on", "marking"}
    assert listed.index("Autumn meeting") < listed.index("that has passed")
    assert listed.index("that has passed") < listed.index(meeting.title)
    assert Meeting.objects.get(title="Autumn meeting").marking == "OFFICIAL-SENSITIVE"


def test_what_is_sent_twice_by_a_double_click_is_made_once(client, meeting):
    for _ in range(2):
        client.post(
            reverse("reports:add_meeting"), {"title": "Autumn", "marking": "OFFICIAL", **DAY}
        )
        client.post(url(meeting, "add_agenda_item"), ITEM)

    assert Meeting.objects.filter(title="Autumn").count() == 1
    assert meeting.items.count() == 1


def test_the_address_stays_when_the_date_moves(client, meeting):
    address = meeting.get_absolute_url()
    fields = {"title": "Moved", "marking": "OFFICIAL", "version": 1, **DAY}
    client.post(url(meeting, "change_meeting"), fields)
    stale = client.post(url(meeting, "change_meeting"), fields | {"title": "Mine"})

    meeting.refresh_from_db()
    assert (meeting.title, meeting.held_on.year) == ("Moved", 2030)
    assert "15 September 2030" in client.get(address).content.decode()
    assert stale.status_code == 409
    assert 'value="Mine"' in stale.content.decode()


def test_two_people_writing_one_item_lose_no_words(client, meeting, acc):
    client.post(url(meeting, "add_agenda_item"), ITEM)
    item = meeting.items.get()
    address = url(meeting, "agenda_item", item.identity)
    client.post(address, ITEM | {"text": "Theirs.", "version": 1})
    stale = client.post(address, ITEM | {"text": "Mine.", "version": 1})
    kept = meeting.items.get().text
    client.post(address, ITEM | {"text": "Both.", "version": 2})

    text = stale.content.decode()
    assert stale.status_code == 409
    assert "Theirs." in text
    assert "Mine." in text
    assert 'name="version" value="2"' in text
    assert kept == "Theirs."
    assert meeting.items.get().text == "Both."


def test_words_for_an_item_that_is_gone_or_an_agenda_that_is_locked_can_be_copied(
    client, meeting, acc
):
    client.post(url(meeting, "add_agenda_item"), ITEM)
    item = meeting.items.get()
    client.post(url(meeting, "remove_agenda_item", item.identity))
    gone = client.post(url(meeting, "agenda_item", item.identity), ITEM | {"version": 1})
    hold_meeting(meeting=meeting, by=acc)
    locked = client.post(url(meeting, "add_agenda_item"), ITEM)

    assert (gone.status_code, locked.status_code) == (409, 403)
    for response in (gone, locked):
        assert "Some words." in response.content.decode()
        assert meeting.get_absolute_url() in response.content.decode()
    assert "its agenda is locked" in locked.content.decode()
    assert client.get(url(meeting, "add_agenda_item")).status_code == 403
    assert client.get(url(meeting, "agenda_item", item.identity)).status_code == 403


def test_two_people_writing_the_notes_lose_no_words(client, meeting):
    address = url(meeting, "meeting_notes")
    client.post(address, {"notes": "Theirs.", "version": 1})
    stale = client.post(address, {"notes": "Mine.", "version": 1})

    meeting.refresh_from_db()
    assert meeting.notes == "Theirs."
    assert stale.status_code == 409
    assert "Mine." in stale.content.decode()


def test_making_the_agenda_says_what_was_done_and_a_double_click_adds_nothing(client, meeting, acc):
    make_cycle(by=acc)
    first = client.post(url(meeting, "make_agenda"), follow=True).content.decode()
    count = meeting.items.count()
    second = client.post(url(meeting, "make_agenda"), follow=True).content.decode()

    assert f"{count} items are added." in first
    assert "Everything that is open stands on the agenda already." in second
    assert meeting.items.count() == count
    assert AuditEvent.objects.filter(action="agenda.made").count() == 1


def test_the_page_says_plainly_what_the_people_of_the_meeting_read(client, meeting, lead, sign_in):
    page = client.get(url(meeting, "attendees")).content.decode()
    client.post(url(meeting, "attendees"), {"attendees": [lead.pk], "shown": ""})
    strange = client.post(
        url(meeting, "attendees"),
        {"attendees": [make_person(force=make_force(), role=Role.FORCE_LEAD).pk], "shown": ""},
    )

    assert "Whoever you choose reads all of the pack" in page
    assert [row.name for row in meeting.attendees.all()] == ["Lee Lead"]
    assert "attendees" in strange.context["form"].errors
    text = sign_in(lead).get(meeting.get_absolute_url()).content.decode()
    assert "Lee Lead" in text
    for offered in ("Give an action", "Add an item", "Write the notes", "Choose the people"):
        assert offered not in text


def test_who_was_added_meanwhile_is_not_taken_off_by_an_older_page(
    client, meeting, lead, executive
):
    client.post(url(meeting, "attendees"), {"attendees": [lead.pk], "shown": ""})
    client.post(url(meeting, "attendees"), {"attendees": [executive.pk], "shown": ""})
    both = {row.person for row in meeting.attendees.all()}
    client.post(
        url(meeting, "attendees"),
        {"attendees": [executive.pk], "shown": f"{lead.pk},{executive.pk}"},
    )

    assert both == {lead, executive}
    assert [row.person for row in meeting.attendees.all()] == [executive]


def test_a_meeting_is_held_cancelled_and_planned_again_after_a_question(client, meeting):
    page = client.get(url(meeting, "hold_meeting")).content.decode()
    client.post(url(meeting, "hold_meeting"))
    twice = client.post(url(meeting, "hold_meeting"))
    late = client.get(url(meeting, "cancel_meeting")).content.decode()
    client.post(url(meeting, "reopen_meeting"), {"reason": "It was another one."})
    client.post(url(meeting, "cancel_meeting"), {"reason": "Snow."})

    meeting.refresh_from_db()
    assert "Its agenda is locked from now on." in page
    assert twice.status_code == 409
    assert "It cannot be cancelled now: it is held." in late
    assert meeting.status == MeetingStatus.CANCELLED
    assert "Snow." in client.get(meeting.get_absolute_url()).content.decode()


def test_a_reason_that_comes_too_late_can_be_copied(client, meeting, acc):
    hold_meeting(meeting=meeting, by=acc)

    response = client.post(url(meeting, "cancel_meeting"), {"reason": "A long reason."})

    assert response.status_code == 409
    assert "A long reason." in response.content.decode()


def test_a_meeting_whose_day_has_passed_waits_to_be_recorded(client, acc):
    passed = make_meeting(by=acc, held_on=timezone.localdate() - datetime.timedelta(days=1))

    before = client.get(reverse("reports:meetings")).content.decode()
    hold_meeting(meeting=passed, by=acc)
    after = client.get(reverse("reports:meetings")).content.decode()

    assert before.index("Planned for a day that has passed") < before.index(passed.title)
    assert "Earlier" not in before
    assert "Planned for a day that has passed" not in after
    assert after.index("Earlier") < after.index(passed.title)


def test_a_lead_who_comes_to_nothing_has_an_empty_list(meeting, lead, sign_in):
    text = sign_in(lead).get(reverse("reports:meetings")).content.decode()

    assert "No meeting that you come to is planned for today or later." in text
    assert meeting.get_absolute_url() not in text


def test_an_item_moves_under_its_topic(client, meeting, acc):
    make_agenda(meeting=meeting, today=meeting.held_on, by=acc)
    client.post(url(meeting, "add_agenda_item"), ITEM)
    item = meeting.items.get(heading="A point")
    client.post(url(meeting, "move_agenda_item", item.identity), {"move": "up"})

    assert [row.heading for row in meeting.items.filter(topic=Topic.OTHER)] == [
        "A point",
        "Any other business",
    ]
