import datetime

import pytest
from django.utils import timezone

from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from tests.factories import make_appointment, make_force, make_person

GET_PAGES = [
    "/people/", "/people/add/", "/people/{person}/", "/people/{person}/change/",
    "/people/{person}/appoint/", "/people/{person}/appointments/{appointment}/end/", "/force/",
]  # fmt: skip
POST_PAGES = [
    "/people/{person}/deactivate/", "/people/{person}/reactivate/", "/people/{person}/invite/",
]  # fmt: skip
FORMS = [path for path in GET_PAGES if path.endswith(("add/", "change/", "appoint/", "end/"))]
OF_A_PERSON = [page for page in GET_PAGES + POST_PAGES if "{person}" in page]


def filled(path: str, person: User) -> str:
    return path.format(person=person.pk, appointment=person.appointments.get().pk)


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def date(value: datetime.date, name: str) -> dict[str, str]:
    return {f"{name}_{part}": getattr(value, part) for part in ("day", "month", "year")}


@pytest.mark.parametrize("path", GET_PAGES)
def test_an_administrator_sees_every_page(signed_in, lead, path):
    assert signed_in.get(filled(path, lead)).status_code == 200


@pytest.mark.parametrize("path", GET_PAGES + POST_PAGES)
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_every_other_role_is_denied_with_the_reason(client, force, lead, path, role):
    client.force_login(make_person(force=force, role=role))

    response = client.post(filled(path, lead)) if path in POST_PAGES else client.get(
        filled(path, lead)
    )  # fmt: skip

    assert response.status_code == 403
    assert "Only an administrator can change" in response.content.decode()


@pytest.mark.parametrize("path", GET_PAGES + POST_PAGES)
def test_a_stranger_is_asked_to_sign_in(client, lead, path):
    response = client.post(filled(path, lead)) if path in POST_PAGES else client.get(
        filled(path, lead)
    )  # fmt: skip

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", OF_A_PERSON)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_person_of_another_force_is_not_found(signed_in, path, method):
    stranger = make_person(force=make_force(), role=Role.FORCE_LEAD)

    response = getattr(signed_in, method)(filled(path, stranger))

    takes_it = path in (GET_PAGES if method == "get" else [*POST_PAGES, *FORMS])
    assert response.status_code == (404 if takes_it else 405)
    assert User.objects.get(pk=stranger.pk).is_active


def test_an_appointment_of_somebody_else_is_not_found_under_a_person(
    signed_in, administrator, lead
):
    of_lead = lead.appointments.get()

    page = f"/people/{administrator.pk}/appointments/{of_lead.pk}/end/"

    assert signed_in.get(page).status_code == 404


def test_the_list_shows_people_of_the_force_with_appointments_now_and_formerly(
    signed_in, force, lead
):
    make_appointment(
        person=lead,
        role=Role.CONTRIBUTOR,
        starts_on=datetime.date(2014, 4, 1),
        ends_on=datetime.date(2015, 12, 31),
    )
    stranger = make_person(force=make_force(), name="Stella Stranger")

    page = signed_in.get("/people/").content.decode()

    assert lead.name in page
    assert "Force lead, terrorism" in page
    assert "1 April 2014 to 31 December 2015" in page
    assert stranger.name not in page


def test_the_list_takes_as_many_queries_for_sixty_people_as_for_two(
    signed_in, force, lead, django_assert_max_num_queries
):
    signed_in.get("/people/")
    for _ in range(60):
        make_person(force=force, role=Role.CONTRIBUTOR)

    with django_assert_max_num_queries(6):
        signed_in.get("/people/")


def test_a_person_is_added_and_appointed(signed_in, administrator):
    added = signed_in.post(
        "/people/add/", {"name": " New\tPerson ", "email": "new@example.org", "post": ""}
    )
    person = User.objects.get(email="new@example.org")
    assert added["Location"] == f"/people/{person.pk}/appoint/"

    appointed = signed_in.post(
        added["Location"], {"role": "executive"} | date(timezone.localdate(), "starts_on")
    )

    assert appointed["Location"] == f"/people/{person.pk}/"
    assert person.name == "New Person"
    assert person.appointments.get().role == Role.EXECUTIVE


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Enter the full name"),
        ({"email": "nobody"}, "Enter an email address in the correct format"),
        ({"email": "lead@example.org"}, "already has an account with this address"),
        ({"name": "x" * 151}, "must be 150 characters or fewer"),
        ({"email": "x" * 250 + "@example.org"}, "at most 254 characters"),
        ({"name": "a\x00b"}, ""),
    ],
)
def test_what_is_wrong_with_a_new_person_is_said_and_nothing_typed_is_lost(
    signed_in, lead, fields, sentence
):
    data = {"name": "New Person", "email": "new@example.org", "post": "Kept words"} | fields

    response = signed_in.post("/people/add/", data)

    if sentence:
        assert response.status_code == 200
        assert sentence in response.content.decode()
        assert "Kept words" in response.content.decode()
        assert User.objects.count() == 2
    else:
        assert "\x00" not in User.objects.get(email="new@example.org").name


def test_fields_nobody_offered_change_nothing(signed_in, lead):
    other = make_force()

    signed_in.post(
        f"/people/{lead.pk}/change/",
        {"name": "N", "email": lead.email, "post": "", "force": other.pk, "is_superuser": "on",
         "is_active": "", "password": "x"},
    )  # fmt: skip

    changed = User.objects.get(pk=lead.pk)
    assert (changed.name, changed.force, changed.is_superuser) == ("N", lead.force, False)
    assert changed.is_active
    assert changed.password == lead.password


def test_a_lead_needs_a_threat(signed_in, lead):
    response = signed_in.post(
        f"/people/{lead.pk}/appoint/",
        {"role": "force_lead", "threat_code": ""} | date(timezone.localdate(), "starts_on"),
    )

    assert "Select the threat the force lead is for" in response.content.decode()


def test_an_unknown_threat_or_role_is_refused(signed_in, lead):
    response = signed_in.post(
        f"/people/{lead.pk}/appoint/",
        {"role": "emperor", "threat_code": "dragons"} | date(timezone.localdate(), "starts_on"),
    )

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"role", "threat_code"}


def test_an_appointment_is_ended_at_once(signed_in, lead):
    page = f"/people/{lead.pk}/appointments/{lead.appointments.get().pk}/end/"

    assert signed_in.post(page, {"when": "at_once"}).status_code == 302

    assert lead.appointments.get().ends_on == timezone.localdate() - datetime.timedelta(days=1)


def test_an_appointment_is_ended_on_a_day(signed_in, lead):
    page = f"/people/{lead.pk}/appointments/{lead.appointments.get().pk}/end/"
    day = timezone.localdate() + datetime.timedelta(days=30)

    assert "Enter the last day" in signed_in.post(page, {"when": "on_a_day"}).content.decode()
    assert signed_in.post(page, {"when": "on_a_day"} | date(day, "last_day")).status_code == 302

    assert lead.appointments.get().ends_on == day


def test_the_last_administrator_is_told_why_the_appointment_cannot_end(signed_in, administrator):
    page = f"/people/{administrator.pk}/appointments/{administrator.appointments.get().pk}/end/"

    assert "left without an administrator" in signed_in.get(page).content.decode()
    assert "left without an administrator" in signed_in.post(
        page, {"when": "at_once"}
    ).content.decode()  # fmt: skip


def test_rights_taken_away_are_gone_on_the_next_request(signed_in, administrator, force):
    make_person(force=force, role=Role.ADMINISTRATOR)
    assert signed_in.get("/people/").status_code == 200
    administrator.appointments.update(ends_on=timezone.localdate() - datetime.timedelta(days=1))

    assert signed_in.get("/people/").status_code == 403


def test_closing_and_opening_an_account_by_its_buttons(signed_in, lead):
    closed = signed_in.post(f"/people/{lead.pk}/deactivate/", follow=True)
    assert "account is closed" in closed.content.decode()

    signed_in.post(f"/people/{lead.pk}/reactivate/")

    assert User.objects.get(pk=lead.pk).is_active


@pytest.mark.parametrize("colour", ["#FFDD00", "yellow", "#12345", "#1d70b8;}", ""])
def test_a_bad_colour_is_refused_beside_its_field(signed_in, force, colour):
    fields = {
        "name": "N", "short_name": "S", "chief_officer_title": "C", "body_title": "B",
        "body_short_title": "B", "body_office": "O", "board_name": "B", "colour": colour,
    }  # fmt: skip

    response = signed_in.post("/force/", fields)

    assert list(response.context["form"].errors) == ["colour"]
    force.refresh_from_db()
    assert force.colour == "#1d70b8"


def test_force_settings_are_saved(signed_in, force):
    fields = {
        "name": "N", "short_name": "S", "chief_officer_title": "C", "body_title": "Mayor",
        "body_short_title": "B", "body_office": "O", "board_name": "B", "colour": "#AA0000",
    }  # fmt: skip

    assert signed_in.post("/force/", fields | {"code": "changed"}).status_code == 302

    force.refresh_from_db()
    assert (force.code, force.body_title, force.colour) == ("wmp", "Mayor", "#aa0000")


def test_words_of_people_are_never_markup(signed_in, lead):
    lead.name = "<script>alert(1)</script>"
    lead.save()

    for page in ("/people/", f"/people/{lead.pk}/", f"/people/{lead.pk}/appoint/"):
        content = signed_in.get(page).content.decode()
        assert "<script>alert" not in content
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content
