import pytest
from django.db import DatabaseError, connection, transaction

from spr_portal.audit.chain import FIRST_PREVIOUS_HASH, hash_of
from spr_portal.audit.models import AuditEvent, AuditHead, AuditIsFixed
from spr_portal.audit.recording import AuditOutsideTransaction, record
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def record_one(action="force.changed", **details):
    return record(action=action, subject="force wmp", by=None, force=None, details=details)


def test_each_event_holds_the_hash_of_the_one_before():
    first, second = record_one(), record_one()

    assert first.previous_hash == FIRST_PREVIOUS_HASH
    assert second.previous_hash == first.hash
    assert second.sequence == first.sequence + 1
    assert AuditHead.objects.get().hash == second.hash


def test_what_the_database_gives_back_has_the_hash_that_was_written():
    person = make_person(name="Zoë O’Neil")
    written = record(
        action="person.added",
        subject="person 1",
        by=person,
        force=person.force,
        details={"ß": [1, None, 1.5, {"when": person.joined_at}], "line": "a\r\nb\x00"},
    )

    kept = AuditEvent.objects.get(pk=written.pk)

    assert kept.hash == hash_of(kept) == written.hash
    assert kept.actor_name == "Zoë O’Neil"


def test_recording_takes_three_queries(django_assert_num_queries):
    record_one()

    with django_assert_num_queries(3):
        record_one()


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused():
    with pytest.raises(AuditOutsideTransaction):
        record_one()


def test_an_event_cannot_be_changed_or_deleted_through_its_model():
    event = record_one()

    with pytest.raises(AuditIsFixed):
        event.save()
    with pytest.raises(AuditIsFixed):
        event.delete()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_auditevent SET action = 'x'", "DELETE FROM audit_auditevent"]
)
def test_the_database_itself_refuses_to_change_events(statement):
    event = record_one()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(statement)

    assert AuditEvent.objects.get().action == event.action


def test_an_event_cannot_be_replaced_on_sqlite():
    """SQLite's REPLACE deletes the row that is in the way, by itself without any trigger."""
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite knows REPLACE.")
    record_one()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute("REPLACE INTO audit_auditevent SELECT * FROM audit_auditevent")


def test_what_looks_like_an_escaped_character_is_kept_as_it_was_typed():
    event = record_one(text="C:\\u0000, \\\\u0000 and \x00a null")

    assert AuditEvent.objects.get(pk=event.pk).details["text"] == "C:\\u0000, \\\\u0000 and a null"


def test_a_table_of_events_cannot_be_emptied_on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("Only PostgreSQL knows TRUNCATE.")
    record_one()
    connection.check_constraints()  # or PostgreSQL refuses because these are still to be checked

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute("TRUNCATE audit_auditevent")


def test_what_is_undone_leaves_no_event():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record_one()
        1 / 0  # noqa: B018

    assert not AuditEvent.objects.exists()
