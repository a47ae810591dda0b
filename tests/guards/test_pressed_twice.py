"""What a page sends twice happens once, and its sender is led where the first one led."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from spr_portal.background.models import SentForm
from spr_portal.background.sent_forms import SAME_CLICK, WAIT, forget_sent_forms
from spr_portal.identity.enums import Role
from tests.guards.addresses import ADDRESSES
from tests.guards.scene import DRAFT, IN_PROGRESS

pytestmark = pytest.mark.django_db
POSTS = sorted(name for name, address in ADDRESSES.items() if address.post)
NOT_COUNTED = {"sessions.Session", "background.SentForm"}
# What the table of addresses sends there is answered by a page, or does not start from there.
LEAD_NOWHERE = {
    "account_change_password",  # with the wrong old one: the scene's person stays signed in
    "assessments:autosave",
    "assessments:open_cycle",
    "assessments:word_form_upload",
    "reports:live_preview",
    "reports:remove_section",
    "reports:reopen_action",
    "reports:reopen_meeting",
    "reports:send",
}
ONE_PAGE, ANOTHER = "one page's token", "another page's token"


def everything() -> dict[str, list]:
    """All rows of all tables, to see that nothing happened."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values_list())
        for model in apps.get_models()
        if model._meta.managed and model._meta.label not in NOT_COUNTED
    }


def send(client, path, data, *, page=ONE_PAGE):
    for value in data.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
    return client.post(path, data | {"csrfmiddlewaretoken": page})


@pytest.mark.parametrize("name", POSTS)
def test_what_is_sent_twice_happens_once(scene, name):
    address = ADDRESSES[name]
    path, data = reverse(name, args=address.at(scene)), address.data(scene)
    client = scene.client_of(sorted(address.post)[0])

    first = send(client, path, data)
    after_one = everything()
    second = send(client, path, data)

    assert (first.status_code == 302) == (name not in LEAD_NOWHERE)
    assert everything() == after_one
    assert second.status_code == first.status_code
    assert second.headers.get("Location") == first.headers.get("Location")


@pytest.fixture
def adding(scene):
    """What adds a vulnerability to the lead's list, and how many there are."""
    path = reverse("assessments:add_item", args=[DRAFT, IN_PROGRESS, "vulnerabilities"])
    data = ADDRESSES["assessments:add_item"].data(scene)
    vulnerabilities = scene.assessment(IN_PROGRESS).vulnerabilities

    def add(*, page=ONE_PAGE, person=Role.FORCE_LEAD, **changed):
        before = vulnerabilities.count()
        send(scene.client_of(person), path, data | changed, page=page)
        return vulnerabilities.count() - before

    return add


def test_other_words_another_page_and_another_person_are_another_wish(adding):
    assert adding() == 1
    assert adding(statement="More words.") == 1
    assert adding(page=ANOTHER) == 1
    assert adding(person=Role.CONTRIBUTOR) == 1
    assert adding() == 0


def test_a_form_that_was_refused_can_be_sent_again(adding):
    assert adding(statement="") == 0
    assert not SentForm.objects.exists()
    assert adding(statement="") == 0
    assert adding() == 1


def test_after_a_minute_it_is_no_second_click(adding):
    adding()
    SentForm.objects.update(sent_at=timezone.now() - SAME_CLICK)

    assert adding() == 1
    assert adding() == 0


def test_what_a_killed_process_left_under_way_is_taken_over(adding):
    adding()
    SentForm.objects.update(led_to="", sent_at=timezone.now() - WAIT)

    assert adding() == 1
    assert adding() == 0


def test_another_file_of_the_same_name_is_another_wish(scene):
    address = ADDRESSES["assessments:add_evidence_file"]
    path = reverse("assessments:add_evidence_file", args=address.at(scene))
    client = scene.client_of(Role.FORCE_LEAD)

    for words in (b"One.", b"Two.", b"Two."):
        send(client, path, {"file": SimpleUploadedFile("plan.txt", words)})

    [identity] = address.at(scene)
    kept = scene.force.evidence.get(identity=identity).files.filter(name="plan.txt")
    assert kept.count() == 2


def test_what_was_sent_is_forgotten_and_never_readable(adding):
    adding(statement="Unheard-of words.")
    [sent] = SentForm.objects.all()
    assert "Unheard" not in f"{sent.mark} {sent.led_to}"

    forget_sent_forms()
    assert SentForm.objects.exists()
    SentForm.objects.update(sent_at=timezone.now() - SAME_CLICK - WAIT)
    forget_sent_forms()
    assert not SentForm.objects.exists()
