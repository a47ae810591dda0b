import pytest
from django.db import OperationalError, connection

from tests.factories import PASSWORD

PAGES = ["/accounts/login/", "/accounts/password/change/", "/people/", "/no-such-page/", "/health/"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_forbids_what_it_does_not_need(client, administrator, path):
    client.force_login(administrator)

    headers = client.get(path).headers

    policy = {
        part.split(" ", 1)[0]: part.split(" ", 1)[1]
        for part in headers["Content-Security-Policy"].split("; ")
    }
    assert policy == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
        "base-uri": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "no-store" in headers["Cache-Control"]


def test_a_refusal_has_the_headers_too(client, lead):
    client.force_login(lead)

    response = client.get("/people/")

    assert response.status_code == 403
    assert "Content-Security-Policy" in response.headers


def test_cookies_are_kept_from_scripts_and_other_sites(client, lead):
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": lead.email, "password": PASSWORD})

    for name in ("session", "csrf"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"
    assert not client.cookies["session"]["max-age"]  # gone when the browser is closed


def test_health_says_that_the_portal_works_and_nothing_else(client, db):
    response = client.get("/health/")

    assert (response.status_code, response.content) == (200, b"The portal is working.\n")


def test_health_says_when_the_database_does_not_answer(client, db, monkeypatch):
    def refuse():
        raise OperationalError("secret details of the server")

    with monkeypatch.context() as moment:
        moment.setattr(connection, "cursor", refuse)
        response = client.get("/health/")

    assert (response.status_code, response.content) == (503, b"The portal is not working.\n")


def test_what_a_policy_refuses_is_a_page_that_says_why(client, lead):
    client.force_login(lead)

    response = client.get("/people/", headers={"referer": "http://testserver/cycles/?a=b"})

    page = response.content.decode()
    assert response.status_code == 403
    assert "Only an administrator can change people and their appointments." in page
    assert 'href="/cycles/?a=b"' in page


@pytest.mark.parametrize("referer", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_the_way_back_never_leads_to_another_site(client, lead, referer):
    client.force_login(lead)

    page = client.get("/people/", headers={"referer": referer}).content.decode()

    assert "evil.example" not in page
    assert "javascript:x" not in page


def test_an_unknown_page_says_so_in_our_look(client, lead):
    client.force_login(lead)

    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


def test_a_request_for_a_foreign_host_is_refused(client, db):
    response = client.get("/accounts/login/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()
