import pytest

from spr_portal.identity.enums import Role
from tests.factories import make_force, make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["people/", "people/add/", "people/{pk}/", "people/{pk}/change/", "people/{pk}/appoint/", "people/{pk}/appointments/{appointment}/end/", "force/", "accounts/password/change/", "accounts/logout/"])
def test_admin(client, name):
    force = make_force()
    admin = make_person(force=force, role=Role.ADMINISTRATOR)
    lead = make_person(force=force, role=Role.FORCE_LEAD)
    client.force_login(admin)
    r = client.get("/" + name.format(pk=lead.pk, appointment=lead.appointments.get().pk))
    assert r.status_code == 200, r.content.decode()


@pytest.mark.parametrize("name", ["login/", "password/reset/", "password/reset/done/", "password/reset/key/done/", "inactive/", "password/reset/key/a-b/"])
def test_stranger(client, name):
    assert client.get("/accounts/" + name).status_code == 200
