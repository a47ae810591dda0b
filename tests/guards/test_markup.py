"""Markup that people typed, wherever they can, stands on every page as the words it is."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.guards.addresses import ADDRESSES, EVERYBODY
from tests.guards.poison import poison_every_text
from tests.guards.scene import build_scene

pytestmark = pytest.mark.django_db
# Their own tests: tests/rendering, tests/exports.
FILES = {
    "reports:download",
    "reports:bundle",
    "reports:bundle_of_issue",
    "reports:download_draft",
    "reports:download_of_issue",
    "reports:download_pack",
    "assessments:grid_file",
    "assessments:take_evidence_file",
    "assessments:word_form_file",
}


def test_words_with_markup_stay_words_on_every_page():
    scene = build_scene(before_papers_go_on=poison_every_text)
    shown = []

    for name, address in ADDRESSES.items():
        if not address.get or name in FILES:
            continue
        for person in sorted(address.get & EVERYBODY):
            with transaction.atomic():
                response = scene.client_of(person).get(reverse(name, args=address.at(scene)))
                page = response.content
                transaction.set_rollback(True)

            assert b"<script>alert" not in page, name
            assert b"<img src=x" not in page, name
            assert b"<b>{{" not in page, name
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                shown.append((name, b"&lt;script&gt;alert" in page))

    assert dict(shown)["reports:preview"]
    assert sum(is_shown for _, is_shown in shown) > len(shown) * 0.9  # the header names the force
