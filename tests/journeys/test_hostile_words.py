"""Markup that people typed does nothing in a real browser: no dialog, no breach of the policy."""

import pytest
from django.urls import reverse

from tests.guards.addresses import ADDRESSES
from tests.guards.poison import poison_every_text
from tests.guards.scene import build_scene
from tests.journeys.test_every_page import NOT_PAGES

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_page_runs_what_people_typed(visitor):
    scene = build_scene(before_papers_go_on=poison_every_text)
    seated, dialogs = {}, []

    for name, address in ADDRESSES.items():
        if not address.get or name in NOT_PAGES:
            continue
        person = sorted(address.get)[0]
        if person not in seated:
            seated[person] = visitor(scene.people[person])
            seated[person].checks = []
            seated[person].page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        seated[person].open(reverse(name, args=address.at(scene)))

        assert seated[person].page.locator("img[src=x], main script").count() == 0, name

    assert dialogs == []
