"""The administrator adds a person and appoints them; they can then work."""

import pytest

from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from tests.factories import make_cycle, make_force, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_administrator_adds_a_person_and_appoints_them(visitor):
    force = make_force("wmp", name="West Midlands Police", short_name="WMP")
    make_cycle(force=force)
    administrator = visitor(make_person(force=force, role=Role.ADMINISTRATOR))
    administrator.open("/people/")
    administrator.press("Add a person")
    administrator.press("Add the person")
    administrator.sees("There is a problem", "Enter the full name")
    administrator.fill("Full name", "Nora New")
    administrator.fill("Email address", "nora@example.org")
    administrator.press("Add the person")
    administrator.sees_heading("Appoint Nora New")
    administrator.page.locator("input[name=role][value=force_lead]").check()
    administrator.page.locator("select[name=threat_code]").select_option("terrorism")
    administrator.fill_date("First day", "1", "2", "2016")
    administrator.press("Appoint")
    administrator.sees("Nora New has been appointed.")

    nora = visitor(User.objects.get(email="nora@example.org"))
    nora.open("/")
    nora.follow("Terrorism")
    nora.sees("Not started")
