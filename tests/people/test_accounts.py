import pytest
from allauth.account.models import EmailAddress

from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied, Refused
from spr_portal.identity.models import User
from spr_portal.people.domain.accounts import (
    add_person,
    change_person,
    deactivate_person,
    invite_again,
    reactivate_person,
)
from tests.factories import PASSWORD, make_force, make_person

OTHERS = [role for role in Role if role != Role.ADMINISTRATOR]


def last_event() -> AuditEvent:
    return AuditEvent.objects.latest("sequence")


def add(by, force=None, email="New@Example.org", **fields):
    return add_person(force=force or by.force, name="New Person", email=email, by=by, **fields)


def test_an_administrator_adds_a_person_who_gets_a_link(administrator, emails_at_once):
    person = add(administrator, post="Chief Inspector")

    assert (person.email, person.force) == ("new@example.org", administrator.force)
    assert not person.has_usable_password()
    assert [email.to for email in emails_at_once] == [["new@example.org"]]
    assert "/accounts/password/reset/key/" in emails_at_once[0].body
    event = last_event()
    assert (event.action, event.actor, event.subject) == (
        "person.added",
        administrator,
        f"person {person.pk}",
    )


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_changes_people(force, lead, role):
    person = make_person(force=force, role=role)

    for attempt in (
        lambda: add(person),
        lambda: change_person(person=lead, name="X", email=lead.email, post="", by=person),
        lambda: deactivate_person(person=lead, by=person),
        lambda: reactivate_person(person=lead, by=person),
        lambda: invite_again(person=lead, by=person),
    ):
        with pytest.raises(PolicyDenied, match="Only an administrator can change people"):
            attempt()
    assert User.objects.count() == 2
    assert not AuditEvent.objects.exists()


def test_an_administrator_of_another_force_changes_nobody(lead):
    stranger = make_person(role=Role.ADMINISTRATOR)

    with pytest.raises(PolicyDenied, match="your own force only"):
        add(stranger, force=lead.force)
    with pytest.raises(PolicyDenied, match="your own force only"):
        deactivate_person(person=lead, by=stranger)


def test_an_address_of_the_force_is_said_to_be_taken(administrator, lead):
    with pytest.raises(Refused, match=f"{lead.name} already has an account"):
        add(administrator, email="LEAD@example.org")


def test_an_address_of_another_force_is_refused_without_telling_whose_it_is(administrator):
    stranger = make_person(force=make_force(), name="Secret Stranger")

    with pytest.raises(Refused) as refusal:
        add(administrator, email=stranger.email)

    assert "cannot be used here" in str(refusal.value)
    assert "Stranger" not in str(refusal.value)


def test_a_changed_address_closes_the_old_way_in(client, administrator, lead):
    EmailAddress.objects.create(user=lead, email=lead.email, primary=True, verified=True)

    change_person(person=lead, name=lead.name, email="moved@example.org", post="", by=administrator)

    client.post("/accounts/login/", {"login": "lead@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post("/accounts/login/", {"login": "moved@example.org", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(lead.pk)


def test_what_changed_is_recorded_and_nothing_is_when_nothing_did(administrator, lead):
    before = lead.name
    change_person(person=lead, name="Renamed", email=lead.email, post=lead.post, by=administrator)

    assert last_event().details["changed"] == {"name": [before, "Renamed"]}
    change_person(person=lead, name="Renamed", email=lead.email, post=lead.post, by=administrator)
    assert AuditEvent.objects.filter(action="person.changed").count() == 1


def test_a_closed_account_is_opened_again(administrator, lead):
    deactivate_person(person=lead, by=administrator)
    assert not User.objects.get(pk=lead.pk).is_active

    reactivate_person(person=lead, by=administrator)

    assert User.objects.get(pk=lead.pk).is_active
    assert list(AuditEvent.objects.values_list("action", flat=True)) == [
        "person.deactivated",
        "person.reactivated",
    ]


def test_closing_an_account_twice_is_recorded_once(administrator, lead):
    deactivate_person(person=lead, by=administrator)
    deactivate_person(person=lead, by=administrator)

    assert AuditEvent.objects.count() == 1


def test_nobody_closes_their_own_account(administrator):
    with pytest.raises(PolicyDenied, match="You cannot close your own account"):
        deactivate_person(person=administrator, by=administrator)


def test_a_closed_account_gets_no_link(administrator, lead, emails_at_once):
    deactivate_person(person=lead, by=administrator)

    with pytest.raises(Refused, match="Open it first"):
        invite_again(person=lead, by=administrator)
    assert not emails_at_once


def test_an_administrator_does_not_change_somebody_of_no_force(administrator):
    nobodys = User.objects.create_superuser("root@example.org", "any", name="Root")

    with pytest.raises(PolicyDenied):
        change_person(
            person=nobodys, name="Root", email="mine@example.org", post="", by=administrator
        )
