import re
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

PAGE = "/accounts/password/change/"
MINUTE, HOUR = 60, 3600
OWN = {"Origin": "http://testserver", "Referer": "http://testserver/cycles/open/"}


@pytest.fixture
def clock(monkeypatch):
    """The middleware's clock; move it by setting `now`."""
    clock = SimpleNamespace(now=1_800_000_000)
    monkeypatch.setattr("spr_portal.middleware.time", SimpleNamespace(time=lambda: clock.now))
    return clock


@pytest.fixture
def visitor(client, lead, clock):
    client.force_login(lead)
    assert client.get(PAGE).status_code == 200
    return client


def test_a_visit_ends_after_half_an_hour_without_a_page(visitor, clock):
    clock.now += 30 * MINUTE

    response = visitor.get(PAGE, follow=True)

    assert response.redirect_chain[0][0] == f"/accounts/login/?next={PAGE}"
    assert "signed out because you opened no page for 30 minutes" in response.content.decode()


def test_a_visit_with_a_page_now_and_then_goes_on(visitor, clock):
    for _ in range(20):
        clock.now += 29 * MINUTE
        assert visitor.get(PAGE).status_code == 200


def test_a_visit_ends_after_twelve_hours_however_busy(visitor, clock):
    for _ in range(36):
        clock.now += 20 * MINUTE - 1
        assert visitor.get(PAGE).status_code == 200
    clock.now += 36

    response = visitor.get(PAGE, follow=True)

    assert "signed out because you signed in 12 hours ago" in response.content.decode()


def test_what_was_sent_too_late_is_said_to_be_lost(visitor, clock):
    clock.now += HOUR

    response = visitor.post(PAGE, {"oldpassword": "x"}, follow=True)

    assert "What you sent with the last page was not saved" in response.content.decode()


WORDS = "Half an hour of careful words."


def test_words_sent_too_late_are_given_back_to_be_copied(visitor, clock):
    clock.now += HOUR

    response = visitor.post("/cycles/open/", {"text": WORDS}, headers=OWN)

    assert response.status_code == 403
    assert f"\n{WORDS}</textarea>" in response.content.decode()
    assert "signed out because you opened no page for 30 minutes" in response.content.decode()


def test_words_of_a_page_of_an_earlier_visit_are_given_back(lead):
    """Signing in again in another tab makes the page out of date."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(lead)

    response = strict.post("/cycles/open/", {"text": WORDS}, headers=OWN)

    assert response.status_code == 403
    assert f"\n{WORDS}</textarea>" in response.content.decode()


def test_words_are_given_back_without_choices_and_versions(lead):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(lead)
    typed = {"text": "Football.", "owner": "PSU"}
    chosen = {"level": "local", "marking": "OFFICIAL", "version": "3", "csrfmiddlewaretoken": "Ab1"}

    response = strict.post("/cycles/open/", typed | chosen, headers=OWN)

    given_back = re.findall(r"readonly>\s*(.*?)</textarea>", response.text)
    assert given_back == ["Football.", "PSU"]


def test_more_than_a_page_may_send_is_refused_with_how_much_it_may(lead):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(lead)
    out_of_date = strict.post("/cycles/open/", {"text": "x" * 3_000_000}, headers=OWN)
    strict.cookies["csrftoken"] = "x" * 32
    much = {"text": "x" * 3_000_000}

    page = strict.post("/cycles/open/", much, headers=OWN)
    script = strict.post("/cycles/open/", much, headers=OWN | {"Accept": "application/json"})

    assert out_of_date.status_code == 403
    assert page.status_code == script.status_code == 400
    assert "Nothing was saved." in page.text
    assert "longer than 2.5 MB" in page.text
    assert 'href="/cycles/open/">Go back</a>' in page.text
    assert script.json()["state"] == "wrong"
    assert "longer than 2.5 MB" in script.json()["reason"]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/cycles/open/", {"Origin": "https://elsewhere.example"}),
        ("/cycles/open/", {"Origin": "null", "Referer": "http://testserver/"}),
        ("/cycles/open/", {}),
        (PAGE, {"Origin": "http://testserver"}),
    ],
)
def test_nothing_from_elsewhere_and_no_password_is_repeated(lead, path, headers):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(lead)

    response = strict.post(path, {"text": WORDS}, headers=headers)

    assert response.status_code == 403
    assert WORDS not in response.content.decode()


def test_signing_in_again_starts_a_new_visit(visitor, lead, clock):
    clock.now += 13 * HOUR
    visitor.get(PAGE)
    visitor.force_login(lead)

    assert visitor.get(PAGE).status_code == 200


def test_pages_within_a_minute_do_not_write_the_session(visitor, clock, lead):
    before = Session.objects.values_list("session_data", flat=True).get()

    clock.now += MINUTE - 1
    visitor.get(PAGE)
    within = Session.objects.values_list("session_data", flat=True).get()
    clock.now += 1
    visitor.get(PAGE)

    assert within == before
    assert Session.objects.values_list("session_data", flat=True).get() != before


def test_a_clock_set_back_an_hour_signs_nobody_out(visitor, clock):
    clock.now -= HOUR

    assert visitor.get(PAGE).status_code == 200
