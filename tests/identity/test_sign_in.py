from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.test import Client
from django.urls import NoReverseMatch, reverse

from spr_portal.audit.models import AuditEvent
from spr_portal.identity.sign_ins import address_tried
from tests.factories import PASSWORD

LOGIN = "/accounts/login/"
HERE, ELSEWHERE = "198.51.100.1", "198.51.100.2"


def sign_in(client, email="lead@example.org", password=PASSWORD, *, address=HERE, **fields):
    data = {"login": email, "password": password} | fields
    return client.post(LOGIN, data, REMOTE_ADDR=address)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def actions() -> list[str]:
    return list(AuditEvent.objects.values_list("action", flat=True))


def test_a_person_signs_in_by_email_whatever_the_case(client, lead):
    response = sign_in(client, "LEAD@Example.org")

    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_signed_in(client)
    assert actions() == ["sign_in"]


def test_signing_out_takes_a_post_and_is_recorded(client, lead):
    sign_in(client)

    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)
    client.post("/accounts/logout/")

    assert not is_signed_in(client)
    assert actions() == ["sign_in", "sign_out"]


def test_a_wrong_password_and_an_unknown_address_read_the_same(client, lead):
    wrong = sign_in(client, password="not the password")
    unknown = sign_in(client, "nobody@example.org")

    assert wrong.context["form"].errors == unknown.context["form"].errors != {}
    assert "The email address or the password is not right." in wrong.content.decode()
    [of_lead, of_nobody] = AuditEvent.objects.all()
    assert (of_lead.subject, of_lead.force) == (f"person {lead.pk}", lead.force)
    assert (of_nobody.subject, of_nobody.force) == ("an address without an account", None)
    assert of_nobody.details == {"email": "nobody@example.org", "address": HERE}


def test_a_closed_account_is_told_only_to_those_who_know_its_password(client, lead):
    lead.is_active = False
    lead.save()

    wrong = sign_in(client, password="not the password")
    right = sign_in(client)

    assert "The email address or the password is not right." in wrong.content.decode()
    assert right["Location"] == "/accounts/inactive/"
    assert "This account is closed" in client.get(right["Location"]).content.decode()
    assert not is_signed_in(client)
    assert actions() == ["sign_in.failed", "sign_in.failed"]


def test_the_sixth_attempt_is_refused_even_with_the_right_password(client, lead):
    for _ in range(5):
        sign_in(client, password="not the password")

    response = sign_in(client)

    assert response.status_code == 429
    assert "stopped for 15 minutes" in response.content.decode()
    assert not is_signed_in(client)
    assert "sign_in.locked_out" in actions()


def test_the_case_of_letters_and_blanks_open_no_more_attempts(client, lead):
    for email in ("lead@example.org", "LEAD@example.org", "Lead@Example.Org", " lead@example.org"):
        sign_in(client, email, password="not the password")
    sign_in(client, "lEad@example.org", password="not the password")

    assert sign_in(client).status_code == 429


def test_attempts_are_counted_by_the_address_in_lower_case():
    assert address_tried(None, {"email": " LEAD@Example.org "}) == "lead@example.org"


def test_somebody_elsewhere_still_enters_while_an_address_is_locked_here(client, lead):
    for _ in range(6):
        sign_in(client, password="not the password", address=HERE)

    response = sign_in(client, address=ELSEWHERE)

    assert response.status_code == 302
    assert is_signed_in(client)


def test_somebody_else_still_enters_from_a_network_where_one_is_locked(client, lead, administrator):
    for _ in range(6):
        sign_in(client, password="not the password")

    assert sign_in(client, administrator.email).status_code == 302


def test_a_lock_ends_after_fifteen_minutes_though_it_is_tried_meanwhile(client, lead):
    for _ in range(5):
        sign_in(client, password="not the password")
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=14))
    assert sign_in(client).status_code == 429
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=2))

    assert sign_in(client).status_code == 302


def test_attempts_count_anew_after_a_success(client, lead):
    for _ in range(4):
        sign_in(client, password="not the password")
    sign_in(client)
    client.logout()

    for _ in range(4):
        assert sign_in(client, password="not the password").status_code == 200


def test_too_many_attempts_from_one_network_are_refused_in_our_words(client, db):
    for number in range(60):
        sign_in(client, f"nobody{number}@example.org")

    response = sign_in(client, "nobody@example.org")

    assert response.status_code == 429
    assert "Wait a minute and try again" in response.content.decode()


def test_nobody_can_sign_up(client, db):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.post("/accounts/signup/", {"email": "me@example.org"}).status_code == 404


LOCAL = ["/force/", "/force/?a=b"]
FOREIGN = [
    "//evil.example", "///evil.example", "////evil.example", "https://evil.example",
    "http://evil.example/force/", "https:evil.example", "http:///evil.example", "\\\\evil.example",
    "/\\evil.example", "\\/evil.example", "/\t/evil.example", "\t//evil.example",
    " //evil.example", "javascript:alert(1)", "data:text/html,x", "ftp://evil.example",
    "https://testserver@evil.example", "https://testserver.evil.example",
    "//testserver@evil.example",
    "\x00//evil.example", "https://evil.example\\@testserver", "%2f%2fevil.example:80//x",
]  # fmt: skip


@pytest.mark.parametrize("target", LOCAL)
def test_sign_in_leads_on_to_the_page_asked_for(client, lead, target):
    assert sign_in(client, next=target)["Location"] == target


@pytest.mark.parametrize("target", FOREIGN)
def test_sign_in_never_leads_to_another_site(client, lead, target):
    location = sign_in(client, next=target)["Location"]

    # Anything without a scheme or two slashes stays on this host.
    assert location == "/" or location.startswith("%2f")
    assert client.get(LOGIN, {"next": target}).status_code == 302


@pytest.mark.parametrize("target", FOREIGN)
def test_the_sign_in_page_carries_no_other_site_along(client, db, target):
    page = client.get(LOGIN, {"next": target}).content.decode()

    assert 'href="http' not in page.replace('href="https://www.w3.org', "")
    assert f'action="{target}' not in page


def test_a_post_without_a_token_is_refused_with_what_to_do(lead):
    response = Client(enforce_csrf_checks=True).post(LOGIN, {"login": lead.email})

    assert response.status_code == 403
    assert "This page is out of date" in response.content.decode()


def test_closing_an_account_ends_its_visit_at_the_next_page(client, lead):
    sign_in(client)
    assert client.get("/accounts/password/change/").status_code == 200
    lead.is_active = False
    lead.save()

    response = client.get("/accounts/password/change/")

    assert response.status_code == 302
    assert response["Location"].startswith(LOGIN)


def test_the_page_asked_for_is_kept_over_sign_in(client, db):
    response = client.get("/people/?page=2")

    assert response["Location"] == f"{LOGIN}?next=/people/%3Fpage%3D2"


def test_after_a_post_without_a_visit_sign_in_leads_back_to_the_form(client, db):
    response = client.post(
        "/people/1/deactivate/", headers={"referer": "http://testserver/people/1/"}
    )

    assert response["Location"] == f"{LOGIN}?next=/people/1/"
