"""Every address of the portal: strangers, other forces and wrong roles are turned away."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from spr_portal.audit.models import AuditEvent
from tests.guards.addresses import ADDRESSES, EVERYBODY, PUBLIC, PUBLIC_PAPERS
from tests.guards.scene import AGREED, CORRECTING, ISSUED

pytestmark = pytest.mark.django_db
EVERY = sorted(ADDRESSES)
READ_ONLY = [name for name in EVERY if not ADDRESSES[name].post]
SENT_ONLY = [name for name in EVERY if not ADDRESSES[name].get]
WRITTEN = [name for name in EVERY if ADDRESSES[name].post]
REFUSED = {403, 404}
ONLY_READ = {"health", "accessibility", "colour", "robots", "reports:paper_colour"}


def names_in(resolver: URLResolver, namespace: str = ""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"
        else:
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from names_in(entry, namespace + inner)


def address(scene, name: str) -> str:
    return reverse(name, args=ADDRESSES[name].at(scene))


def is_among(person: str, allowed: frozenset[str], scene, name: str) -> bool:
    """Somebody of another force opens the pages that show each person their own force's things."""
    if person == "everything in another force" and allowed:
        return ADDRESSES[name].is_own or not ADDRESSES[name].at(scene)
    return person in allowed


def post(scene, client: Client, name: str):
    """Send what the page's form sends."""
    return client.post(address(scene, name), ADDRESSES[name].data(scene))


def read_to_its_end(response) -> None:
    """A file that is handed out in pieces is open until then."""
    if response.streaming:
        b"".join(response)


def test_every_address_stands_in_the_table():
    assert set(names_in(get_resolver())) == set(ADDRESSES) | PUBLIC


@pytest.mark.parametrize("name", EVERY)
def test_a_stranger_is_asked_to_sign_in(scene, client, name):
    for method in (client.get, client.head, client.post, client.put, client.delete):
        response = method(address(scene, name))

        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", EVERY)
def test_only_the_people_named_open_the_page(scene, name):
    allowed = ADDRESSES[name].get
    for person in sorted(EVERYBODY):
        client = scene.client_of(person)
        with transaction.atomic():
            response = client.get(address(scene, name))
            read_to_its_end(response)
            status = response.status_code
            transaction.set_rollback(True)

        if not allowed:
            assert status == 405, person
        elif is_among(person, allowed, scene, name):
            assert status in {200, 302}, person
        else:
            assert status in REFUSED, person


@pytest.mark.parametrize("name", [n for n in EVERY if "nobody" not in ADDRESSES[n].get])
def test_asking_for_headers_alone_tells_no_more(scene, name):
    response = scene.client_of("nobody").head(address(scene, name))

    # Where a file is taken, headers alone are asked for by no browser.
    is_never_read = name in SENT_ONLY or name == "assessments:take_evidence_file"
    assert response.status_code in REFUSED | ({405} if is_never_read else set())


@pytest.mark.parametrize("name", WRITTEN)
def test_only_the_people_named_send_something(scene, name):
    for person in sorted(EVERYBODY):
        client = scene.client_of(person)
        with transaction.atomic():
            before = AuditEvent.objects.count()
            status = post(scene, client, name).status_code
            was_recorded = AuditEvent.objects.count() > before
            transaction.set_rollback(True)

        if is_among(person, ADDRESSES[name].post, scene, name):
            assert status in {200, 302, 409}, person
        else:
            assert (status in REFUSED, was_recorded) == (True, False), person


@pytest.mark.parametrize("name", WRITTEN)
def test_nothing_is_sent_without_the_pages_own_token(scene, name):
    for person in sorted(ADDRESSES[name].post)[:1]:
        client = scene.new_client_of(person, enforce_csrf_checks=True)

        assert post(scene, client, name).status_code == 403


@pytest.mark.parametrize("name", sorted(PUBLIC - PUBLIC_PAPERS - ONLY_READ))
def test_account_pages_accept_nothing_without_their_token(name):
    arguments = ["1-abc"] if name.endswith("from_key") else []
    path = reverse(name, args=arguments[0].split("-")) if arguments else reverse(name)

    response = Client(enforce_csrf_checks=True).post(path, {})

    assert response.status_code in {403, 405}


@pytest.mark.parametrize("name", READ_ONLY)
def test_a_page_that_is_only_read_accepts_nothing(scene, name):
    client = scene.client_of(sorted(ADDRESSES[name].get)[0])

    for method in (client.post, client.put, client.patch, client.delete):
        assert method(address(scene, name)).status_code == 405


@pytest.mark.parametrize("name", sorted(set(WRITTEN) - {"account_change_password"}))
def test_forms_are_sent_by_post_alone(scene, name):
    client = scene.client_of(sorted(ADDRESSES[name].post)[0])

    for method in (client.put, client.patch, client.delete):
        assert method(address(scene, name)).status_code == 405


@pytest.mark.parametrize("name", sorted(set(EVERY) - set(SENT_ONLY)))
def test_what_a_signed_in_person_sees_is_kept_nowhere_and_runs_nothing_inline(scene, name):
    client = scene.client_of(sorted(ADDRESSES[name].get)[0])
    with transaction.atomic():
        response = client.get(address(scene, name))
        read_to_its_end(response)
        transaction.set_rollback(True)

    assert "no-store" in response["Cache-Control"]
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy or policy == "default-src 'none'; sandbox"
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("health", []),
        ("accessibility", []),
        ("colour", ["1d70b8"]),
        ("reports:paper_colour", ["1d70b8"]),
        ("robots", []),
        ("account_login", []),
        ("account_inactive", []),
        ("account_reset_password", []),
        ("account_reset_password_done", []),
        ("account_reset_password_from_key", ["1", "set-password"]),
        ("account_reset_password_from_key_done", []),
    ],
)
def test_a_stranger_opens_what_is_for_everybody(client, name, arguments):
    assert client.get(reverse(name, args=arguments)).status_code == 200


PUBLIC_PAGES = [
    ("public_paper", ["wmp", ISSUED]),
    ("public_issue", ["wmp", ISSUED, 1]),
    ("public_bundle", ["wmp", ISSUED, 1]),
    *(("public_file", ["wmp", ISSUED, 1, form]) for form in ("html", "pdf", "docx", "json")),
]


def test_every_address_of_public_papers_is_tried():
    assert {name for name, _ in PUBLIC_PAGES} == PUBLIC_PAPERS


@pytest.mark.parametrize(("name", "arguments"), PUBLIC_PAGES)
def test_everybody_opens_a_public_paper_and_is_known_to_nobody(scene, client, name, arguments):
    path = reverse(name, args=arguments)
    as_a_stranger = client.get(path)

    assert as_a_stranger.status_code == 200
    for person in sorted(EVERYBODY):
        response = scene.client_of(person).get(path)
        assert response.content == as_a_stranger.content, person
        assert "Set-Cookie" not in response
        assert not response.cookies
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(path).status_code == 405


@pytest.mark.parametrize(("name", "arguments"), PUBLIC_PAGES)
@pytest.mark.parametrize("other", [("wmp", CORRECTING), ("wmp", AGREED), ("gmp", ISSUED)])
def test_what_is_not_opened_to_the_public_is_not_there(scene, client, name, arguments, other):
    """Issued without a link, not issued, another force: as if there had never been a paper."""
    there = client.get(reverse(name, args=["nobody", "1999-00", *arguments[2:]]))
    response = client.get(reverse(name, args=[*other, *arguments[2:]]))

    assert (response.status_code, response.content) == (404, there.content)
