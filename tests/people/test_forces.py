import io

import pytest
from django.core.management import CommandError, call_command

from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied, Refused
from spr_portal.identity.models import Force, User
from spr_portal.identity.policies import has_role
from spr_portal.people.domain.forces import change_force
from tests.factories import make_force, make_person

FOUNDING = {
    "code": "wmp",
    "name": "West Midlands Police",
    "short_name": "WMP",
    "board_name": "Strategic Policing and Crime Board",
    "administrator_name": "Ada Admin",
    "administrator_email": "Ada@example.org",
}


def test_an_administrator_changes_what_the_force_is_called(administrator):
    force = administrator.force

    change_force(force=force, by=administrator, body_title="Mayor", colour="#003366")

    force.refresh_from_db()
    assert (force.body_title, force.colour) == ("Mayor", "#003366")
    event = AuditEvent.objects.get()
    assert event.action == "force.changed"
    assert event.details["changed"]["body_title"] == ["Police and Crime Commissioner", "Mayor"]


def test_nothing_is_recorded_when_nothing_changes(administrator):
    change_force(force=administrator.force, by=administrator, name=administrator.force.name)

    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_no_other_role_changes_the_force(force, role):
    with pytest.raises(PolicyDenied, match="Only an administrator"):
        change_force(force=force, by=make_person(force=force, role=role), name="X")


def test_an_administrator_changes_no_other_force(administrator):
    with pytest.raises(PolicyDenied, match="your own force only"):
        change_force(force=make_force(), by=administrator, name="X")


@pytest.mark.parametrize("colour", ["#ffdd00", "#777778", "#ffffff"])
def test_a_colour_white_words_cannot_be_read_on_is_refused(administrator, colour):
    with pytest.raises(Refused, match="Choose a darker colour"):
        change_force(force=administrator.force, by=administrator, colour=colour)

    assert administrator.force.colour == "#1d70b8"  # what the page is drawn with
    assert Force.objects.get(pk=administrator.force.pk).colour == "#1d70b8"


@pytest.mark.parametrize("colour", ["#767676", "#000000", "#1d70b8"])
def test_a_dark_enough_colour_is_taken(administrator, colour):
    change_force(force=administrator.force, by=administrator, colour=colour)

    assert Force.objects.get(pk=administrator.force.pk).colour == colour


def test_the_command_founds_a_force_with_an_administrator_who_can_sign_in(client, db):
    out = io.StringIO()

    call_command("create_force", stdout=out, **FOUNDING)

    person = User.objects.get(email="ada@example.org")
    assert has_role(person, Role.ADMINISTRATOR)
    assert person.force == Force.objects.get(code="wmp")
    link = out.getvalue().split()[-1].removeprefix("http://127.0.0.1:8000")
    assert "Set your password" in client.get(link, follow=True).content.decode()
    assert list(AuditEvent.objects.values_list("action", flat=True)) == [
        "force.founded",
        "person.added",
        "person.appointed",
    ]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": "W M P"}, "“W M P” is no code for a force. Use letters, figures and hyphens"),
        ({"name": ""}, "Name: This field cannot be blank"),
        ({"administrator_email": "ada"}, "Email: Enter a valid email address"),
        ({"administrator_name": " "}, "Name: This field cannot be blank"),
    ],
)
def test_the_command_says_what_is_wrong_and_adds_nothing(db, wrong, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("create_force", **FOUNDING | wrong)

    assert not Force.objects.exists()
    assert not User.objects.exists()


def test_a_code_or_an_address_that_is_taken_is_refused(db):
    make_person(force=make_force("wmp"), email="taken@example.org")

    with pytest.raises(CommandError, match="There is a force with the code wmp already"):
        call_command("create_force", **FOUNDING)
    with pytest.raises(CommandError, match="User with this Email address already exists"):
        call_command(
            "create_force", **FOUNDING | {"code": "x", "administrator_email": "Taken@Example.org"}
        )
    assert Force.objects.count() == 1
