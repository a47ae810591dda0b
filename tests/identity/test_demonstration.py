from datetime import timedelta

import pytest
from django.utils import timezone

from spr_portal.identity.demonstration import (
    DEMONSTRATION_PASSWORD,
    ORDER,
    demonstration_people,
)
from spr_portal.identity.enums import Role
from tests.factories import make_appointment, make_person

LOGIN = "/accounts/login/"


@pytest.fixture
def invented(force):
    return make_person(
        force=force,
        role=Role.FORCE_LEAD,
        name="Ingrid Invented",
        email="ingrid@wmp.example",
        password=DEMONSTRATION_PASSWORD,
    )


def test_people_to_sign_in_as_are_shown_in_demonstration_mode(client, invented, settings):
    settings.DEMONSTRATION = True

    page = client.get(LOGIN).content.decode()

    assert "Ingrid Invented" in page
    assert "Force lead, terrorism" in page


def test_they_stand_in_the_order_of_a_years_work(client, force, invented, settings):
    settings.DEMONSTRATION = True
    for role in Role:
        if role not in (Role.FORCE_LEAD, Role.CONTRIBUTOR):
            make_person(force=force, role=role, email=f"{role}@wmp.example")

    roles = [entry.first_role for entry in demonstration_people()]

    assert roles[0] == Role.ACC_SECURITY
    assert roles[-2:] == [Role.OPCC, Role.ADMINISTRATOR]
    assert set(ORDER) == set(Role)


def test_they_are_shown_in_no_other_mode(client, invented):
    page = client.get(LOGIN).content.decode()

    assert "Ingrid" not in page
    assert DEMONSTRATION_PASSWORD not in page


def test_real_former_and_closed_people_are_not_shown(client, force, lead, settings):
    settings.DEMONSTRATION = True
    former = make_person(force=force, name="Former", email="former@wmp.example")
    make_appointment(
        person=former, role=Role.OPCC, ends_on=timezone.localdate() - timedelta(days=1)
    )
    make_person(force=force, role=Role.OPCC, name="Closed", email="c@wmp.example", is_active=False)

    page = client.get(LOGIN).content.decode()

    assert lead.name not in page
    assert "Former" not in page
    assert "Closed" not in page


def test_their_button_signs_in_and_leads_on(client, invented, settings):
    settings.DEMONSTRATION = True
    assert 'name="next" value="/people/"' in client.get(f"{LOGIN}?next=/people/").content.decode()

    response = client.post(
        LOGIN,
        {"login": invented.email, "password": DEMONSTRATION_PASSWORD, "next": "/people/"},
    )

    assert response["Location"] == "/people/"
