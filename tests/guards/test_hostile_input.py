"""Whatever is sent to a form or typed as an address: a clear answer, and nothing half-done."""

from __future__ import annotations

import itertools
import re
from urllib.parse import quote_plus

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from assessments.models import Assessment
from reports.models import BoardPaper
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.models import Appointment, Force, User
from tests.guards.addresses import ADDRESSES
from tests.guards.poison import PAYLOAD

pytestmark = pytest.mark.django_db
WRITTEN = sorted(name for name in ADDRESSES if ADDRESSES[name].post)
FORM = "application/x-www-form-urlencoded"
NAME_OF_FIELD = re.compile(rb'<(?:input|textarea|select)[^>]* name="([^"]+)"')
# As they travel: some of them are no text that Python could encode.
HOSTILE = {
    "empty": "",
    "control characters": "a%00b%07%1B%7F",
    "half a character": "%ED%A0%80",
    "not UTF-8": "%FF%FE",
    "markup": quote_plus(PAYLOAD),
    "from right to left": quote_plus("\u202eabc\u202c \u0645\u0631\u062d\u0628\u0627 \u200b\ufeff"),
    "below nought": "-1",
    "a huge number": "9" * 400,
    "digits of another script": quote_plus("\u0663\u00b2"),
    "no date": "31%2F02%2F0000",
    "a path": "..%2F..%2Fetc%2Fpasswd",
    "a reference to nowhere": "%5B%5Brecommendation%3Anowhere%5D%5D",
    "lines and lines": "%0D%0A" * 500,
}
TELLING = (
    "control characters",
    "half a character",
    "markup",
    "below nought",
    "a huge number",
    "digits of another script",
)
MEGABYTE = "x" * 1_000_000
EXTRA = {
    "status": "approved", "force": "1", "force_id": "1", "is_staff": "1", "is_superuser": "1",
    "is_active": "", "submitted_by": "1", "approved_by": "1", "approved_hash": "a" * 64,
    "agreed_hash": "a" * 64, "role": "administrator", "version": "1", "order": "0", "id": "1",
}  # fmt: skip


def body(values: dict[str, str]) -> str:
    return "&".join(f"{quote_plus(name)}={value}" for name, value in values.items())


def send(scene, name: str, values: dict[str, str]):
    """Send it as the right person, and undo what came of it."""
    client = scene.client_of(sorted(ADDRESSES[name].post)[0])
    path = reverse(name, args=ADDRESSES[name].at(scene))
    with transaction.atomic():
        response = client.post(path, body(values), content_type=FORM)
        transaction.set_rollback(True)
    return response


def fields_of(scene, name: str) -> list[str]:
    """The names of all fields on the page, but for the token."""
    client = scene.client_of(sorted(ADDRESSES[name].post)[0])
    page = client.get(reverse(name, args=ADDRESSES[name].at(scene))).content
    found = {match.decode() for match in NAME_OF_FIELD.findall(page)}
    return sorted((found | set(ADDRESSES[name].data(scene))) - {"csrfmiddlewaretoken"})


def sound_values(scene, name: str) -> dict[str, str]:
    data = ADDRESSES[name].data(scene)
    return {key: quote_plus(value) for key, value in data.items() if isinstance(value, str)}


@pytest.mark.parametrize("name", WRITTEN)
def test_hostile_values_in_every_field_at_once_are_answered(scene, name):
    fields = fields_of(scene, name)
    for kind, value in HOSTILE.items():
        response = send(scene, name, dict.fromkeys(fields, value))

        assert response.status_code < 500, kind
        assert b"<script>alert" not in response.content, kind


@pytest.mark.parametrize("name", [n for n in WRITTEN if n != "account_change_password"])
def test_one_hostile_value_among_sound_ones_is_answered(scene, name):
    sound = sound_values(scene, name)
    for field, kind in itertools.product(sound, TELLING):
        value = HOSTILE[kind]
        response = send(scene, name, sound | {field: value})

        assert response.status_code < 500, (field, kind)
        assert b"<script>alert" not in response.content, (field, kind)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_megabyte_is_answered(scene, name):
    sound = sound_values(scene, name)
    for field in sound:
        assert send(scene, name, sound | {field: MEGABYTE}).status_code < 500


@pytest.mark.parametrize("name", WRITTEN)
def test_fields_that_are_not_on_the_page_set_nothing(scene, name):
    client = scene.client_of(sorted(ADDRESSES[name].post)[0])
    path, sound = reverse(name, args=ADDRESSES[name].at(scene)), sound_values(scene, name)

    with transaction.atomic():
        client.post(path, body(sound), content_type=FORM)
        after_sound = what_nobody_may_set()
        transaction.set_rollback(True)
    with transaction.atomic():
        client.post(path, body(EXTRA | sound), content_type=FORM)
        after_extra = what_nobody_may_set()
        transaction.set_rollback(True)

    assert after_extra == after_sound


def what_nobody_may_set() -> list:
    rows = (
        User.objects.order_by("email").values_list("email", "force", "is_superuser", "is_active"),
        Appointment.objects.order_by("pk").values_list("person", "role", "threat_code"),
        Force.objects.order_by("code").values_list("code", "name"),
        Assessment.objects.order_by("pk").values_list("status", "submitted_by", "approved_by"),
        BoardPaper.objects.order_by("pk").values_list("status", "agreed_hash", "cycle"),
    )
    return [list(some) for some in rows]


STRANGE = {
    "pk": ["0", "99999999999999999999999999"],
    "appointment_pk": ["0", "99999999999999999999999999"],
    "key": ["0", "99999999999999999999999999"],
    "number": ["0", "99999999999999999999999999"],
    "person_pk": ["0", "99999999999999999999999999"],
    "year": ["9999-99", "0000-00"],
    "address": ["9999-99", "0000-00-statement"],
}


@pytest.mark.parametrize("name", [n for n in sorted(ADDRESSES) if ":" in n or "person" in n])
def test_unknown_things_in_an_address_are_not_found(scene, name):
    arguments = ADDRESSES[name].at(scene)
    namespace, _, short = name.rpartition(":")
    resolver = get_resolver()
    if namespace:
        resolver = resolver.namespace_dict[namespace][1]
    [(_, parameters)] = resolver.reverse_dict.getlist(short)[0][0]
    allowed = sorted(ADDRESSES[name].get or ADDRESSES[name].post)[0]
    client = scene.client_of(allowed)

    for place, parameter in enumerate(parameters):
        for strange in STRANGE.get(parameter, ["nowhere", "x" * 300, "-_-"]):
            path = reverse(name, args=[*arguments[:place], strange, *arguments[place + 1 :]])
            with transaction.atomic():
                read, before = client.get(path).status_code, AuditEvent.objects.count()
                answer = client.post(path).status_code
                changes = AuditEvent.objects.count() - before
                transaction.set_rollback(True)

            assert read in {403, 404, 405}, path
            # What somebody else has removed meanwhile may be removed, or written, once more.
            assert (answer < 500, changes) == (True, 0), path


@pytest.mark.parametrize(
    "query",
    [
        "edition=%00",
        "place=%00%ED%A0%80",
        "place=" + "x" * 5000,
        "words=%00%ED%A0%80",
        "format=%00",
        "page=%00",
        "year=%ED%A0%80",
        "owner=" + "x" * 5000,
    ],
)
def test_hostile_queries_are_answered(scene, query):
    for name in (
        "assessments:open_cycle",
        "assessments:comment",
        "assessments:register",
        "assessments:evidence",
        "assessments:export",
        "reports:home",
        "people",
    ):
        client = scene.client_of(sorted(ADDRESSES[name].get)[0])
        path = reverse(name, args=ADDRESSES[name].at(scene))

        assert client.get(f"{path}?{query}").status_code < 500
