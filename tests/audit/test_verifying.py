"""Tampering as somebody who owns the database would do it: with the triggers dropped."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from spr_portal.audit.chain import FIRST_PREVIOUS_HASH, hash_of
from spr_portal.audit.models import AuditEvent, AuditHead
from spr_portal.audit.recording import record
from spr_portal.audit.verifying import AuditBroken, Head, verify
from spr_portal.frozen import thaw

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """Five events, in a database whose owner has dropped the triggers."""
    events = [
        record(action=f"act.{n}", subject="x", by=None, force=None, details={"n": n})
        for n in range(1, 6)
    ]
    thaw(connection, "audit_auditevent")
    return events


def rows(**at):
    return AuditEvent.objects.filter(**at)


def rewrite_from(sequence):
    """Make the chain follow again after a change, as somebody who knows how would."""
    previous = rows(sequence=sequence - 1).values_list("hash", flat=True).first()
    for event in rows(sequence__gte=sequence).order_by("sequence"):
        event.previous_hash = previous or FIRST_PREVIOUS_HASH
        event.hash = hash_of(event)
        rows(pk=event.pk).update(previous_hash=event.previous_hash, hash=event.hash)
        previous = event.hash


def test_an_untouched_chain_is_whole(chain):
    assert verify() == Head(5, chain[-1].hash)


def test_no_events_are_whole():
    assert verify() == Head(0, FIRST_PREVIOUS_HASH)


@pytest.mark.parametrize(
    "change",
    [
        {"action": "act.9"},
        {"subject": "y"},
        {"details": {"n": 9}},
        {"actor_name": "Somebody"},
        {"at": "2016-01-01T00:00:00Z"},
    ],
)
def test_an_edited_event_is_named(chain, change):
    rows(sequence=3).update(**change)

    with pytest.raises(AuditBroken, match="Event 3 is not as it was written"):
        verify()


def test_an_edited_event_with_a_new_hash_of_its_own_is_named(chain):
    event = rows(sequence=3).get()
    event.action = "act.9"
    rows(sequence=3).update(action="act.9", hash=hash_of(event))

    with pytest.raises(AuditBroken, match="Event 4 does not follow event 3"):
        verify()


def test_a_deleted_event_is_named(chain):
    rows(sequence=3).delete()

    with pytest.raises(AuditBroken, match="Event 3 is missing"):
        verify()


def test_a_deleted_first_event_is_named(chain):
    rows(sequence=1).delete()

    with pytest.raises(AuditBroken, match="Event 1 is missing"):
        verify()


def test_exchanged_events_are_named(chain):
    rows(sequence=2).update(sequence=99)
    rows(sequence=3).update(sequence=2)
    rows(sequence=99).update(sequence=3)

    with pytest.raises(AuditBroken, match="Event 2 is not as it was written"):
        verify()


def test_a_cut_tail_is_named(chain):
    rows(sequence__gte=4).delete()

    with pytest.raises(AuditBroken, match="Event 4 is missing"):
        verify()


def test_a_cut_tail_whose_head_was_moved_too_shows_against_a_kept_head(chain):
    rows(sequence__gte=4).delete()
    AuditHead.objects.update(sequence=3, hash=chain[2].hash)

    assert verify() == Head(3, chain[2].hash)
    with pytest.raises(AuditBroken, match="event 4 and what followed are gone"):
        verify(kept=Head(5, chain[4].hash))


def test_a_chain_written_anew_shows_against_a_kept_head(chain):
    rows(sequence=2).update(action="act.9")
    rewrite_from(2)
    AuditHead.objects.update(hash=rows(sequence=5).get().hash)

    verify()
    with pytest.raises(AuditBroken, match="Event 4 is not the one whose hash was kept"):
        verify(kept=Head(4, chain[3].hash))


def test_a_chain_written_anew_without_the_head_is_named(chain):
    rows(sequence=2).update(action="act.9")
    rewrite_from(2)

    with pytest.raises(AuditBroken, match="Event 5 is not the one the portal wrote last"):
        verify()


def test_an_event_added_by_hand_is_named(chain):
    extra = AuditEvent(
        sequence=6, at=chain[4].at, action="act.6", subject="x", previous_hash=chain[4].hash
    )
    extra.hash = hash_of(extra)
    extra.save(force_insert=True)

    with pytest.raises(AuditBroken, match="Event 6 was not written by the portal"):
        verify()


def test_the_command_prints_the_head_and_takes_it_again(chain, capsys):
    call_command("verify_audit")
    head = capsys.readouterr().out.split("Head: ")[1].strip()

    assert head == f"5:{chain[4].hash}"
    call_command("verify_audit", head=head)


def test_the_command_fails_with_the_fault(chain):
    rows(sequence=3).delete()

    with pytest.raises(CommandError, match="Event 3 is missing"):
        call_command("verify_audit")


@pytest.mark.parametrize("head", ["5", "5:xyz", "five:" + "0" * 64])
def test_the_command_refuses_a_head_that_is_none(head):
    with pytest.raises(CommandError, match="give it as this command printed it"):
        call_command("verify_audit", head=head)
