"""Every page that the portal has, looked at once by somebody who may open it."""

import pytest
from django.urls import reverse

from tests.guards.addresses import ADDRESSES
from tests.guards.scene import ISSUED, build_scene

pytestmark = pytest.mark.django_db(transaction=True)
NOT_PAGES = {
    "assessments:grid_file",
    "assessments:take_evidence_file",
    "assessments:word_form_file",
    "reports:download",
    "reports:bundle",
    "reports:bundle_of_issue",
    "reports:download_of_issue",
    "reports:download_draft",
    "reports:download_pack",
    "reports:files_progress",
    "reports:packs_progress",
    "reports:past_file",
    "visit",  # who is signed in, for the script that keeps words
}


def test_every_page_is_accessible_and_needs_no_scrolling_sideways(visitor):
    scene = build_scene()
    seated, found = {}, []

    for name, address in ADDRESSES.items():
        if not address.get or name in NOT_PAGES:
            continue
        person = sorted(address.get)[0]
        if person not in seated:
            seated[person] = visitor(scene.people[person])
        try:
            seated[person].open(reverse(name, args=address.at(scene)))
        except AssertionError as breach:
            found.append(f"{name}: {breach}")

    assert not found, "\n\n".join(found)


def test_pages_for_strangers_are_accessible(visitor):
    build_scene()
    somebody = visitor()
    for name in ("account_login", "account_reset_password", "accessibility", "account_inactive"):
        somebody.open(reverse(name))
    somebody.open(reverse("public_paper", args=["wmp", ISSUED]))
    somebody.sees("The public edition, as it was issued on")
