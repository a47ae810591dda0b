import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from spr_portal.audit.models import AuditEvent
from tests.factories import PASSWORD

NEW = "three quiet wooden boats"


def link_in(email) -> str:
    return re.search(r"http://127.0.0.1:8000(/accounts/password/reset/key/\S+)", email.body)[1]


def test_a_reset_link_sets_a_password_once(client, lead, emails_at_once):
    client.post("/accounts/password/reset/", {"email": "Lead@example.org"})
    link = link_in(emails_at_once[0])
    form = client.get(link, follow=True)

    done = client.post(
        form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW}, follow=True
    )

    assert "Your password is set" in done.content.decode()
    lead.refresh_from_db()
    assert lead.check_password(NEW)
    assert [email.subject for email in emails_at_once] == [
        "Set a new password for the SPR Portal",
        "Your password for the SPR Portal was changed",
    ]
    assert "This link no longer works" in client.get(link, follow=True).content.decode()
    assert AuditEvent.objects.filter(action="password.reset", actor=lead).count() == 1


def test_the_link_never_takes_its_host_from_the_request(client, lead, emails_at_once, settings):
    settings.ALLOWED_HOSTS = ["*"]

    client.post(
        "/accounts/password/reset/", {"email": lead.email}, headers={"host": "evil.example"}
    )

    assert "evil.example" not in emails_at_once[0].body
    assert settings.BASE_URL in emails_at_once[0].body


def test_a_reset_reads_the_same_for_an_address_without_an_account(client, lead, emails_at_once):
    known = client.post("/accounts/password/reset/", {"email": lead.email}, follow=True)
    unknown = client.post("/accounts/password/reset/", {"email": "no@example.org"}, follow=True)

    strip = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert strip.sub("", known.content.decode()) == strip.sub("", unknown.content.decode())
    assert [email.to for email in emails_at_once] == [[lead.email], ["no@example.org"]]
    assert "No account has this address" in emails_at_once[1].body


def test_a_closed_account_gets_no_link(client, lead, emails_at_once):
    lead.is_active = False
    lead.save()

    client.post("/accounts/password/reset/", {"email": lead.email})

    assert "/reset/key/" not in emails_at_once[0].body


def test_a_person_changes_their_password_and_stays_signed_in(client, lead, emails_at_once):
    client.force_login(lead)

    response = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/accounts/password/change/").status_code == 200
    assert AuditEvent.objects.filter(action="password.changed", actor=lead).count() == 1


def test_changing_a_password_ends_visits_elsewhere(client, lead, emails_at_once):
    elsewhere = Client()
    elsewhere.force_login(lead)
    client.force_login(lead)

    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )

    assert elsewhere.get("/accounts/password/change/").status_code == 302


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"oldpassword": "wrong"}, "Enter your current password"),
        ({"password2": "something else again"}, "The two passwords are not the same"),
        ({"password1": "short", "password2": "short"}, "at least 12 characters"),
        ({"password1": "", "password2": ""}, "Enter a new password"),
    ],
)
def test_what_is_wrong_with_a_new_password_is_said(client, lead, fields, sentence):
    client.force_login(lead)
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW} | fields

    response = client.post("/accounts/password/change/", data)

    assert sentence in response.content.decode()
    lead.refresh_from_db()
    assert lead.check_password(PASSWORD)


@pytest.mark.parametrize("password", ["three quiet boats", "aaaabbbbcccc", "the the the the"])
def test_passwords_are_judged_by_length_and_not_by_composition(password):
    validate_password(password)


@pytest.mark.parametrize("password", ["abcdefghijk", "password1234", "1234567891011"])
def test_short_and_very_common_passwords_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)
