"""The office reads, searches, compares, decides, and opens a paper to everybody."""

from __future__ import annotations

import pytest

from reports.models import BoardDecision
from spr_portal.identity.enums import Role
from tests.factories import make_force, make_issued, make_person
from tests.reports.test_board_pages import make_past, with_words

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "Quartzfield"


def test_from_the_first_word_read_to_a_stranger_reading(visitor):
    force = make_force("wmp", name="West Midlands Police", short_name="WMP")
    acc = make_person(force=force, role=Role.ACC_SECURITY)
    lead = make_person(force=force, role=Role.FORCE_LEAD, threat="terrorism")
    issued = make_issued(by=acc, restricted=SECRET)
    make_past(issued, change=with_words("A gannet was seen."))
    stranger = visitor()
    stranger.page.goto(f"{stranger.url}/public/wmp/2016-17/")
    stranger.sees("Page not found")

    office = visitor(make_person(force=force, role=Role.OPCC))
    office.open("/")
    office.sees("Made before the portal was used")
    office.fill("Words to look for", "gannet")
    office.press("Search")
    office.sees("1 place")
    office.follow("Text of 2015/16")
    office.sees("A gannet was seen.")
    office.open("/published/2016-17/compare/")
    office.sees("1 gone", "A gannet was seen.")

    office.open("/published/2016-17/decision/")
    office.press("Record the decision")
    office.choose("Partly assured")
    office.fill("The decision as the minutes have it (optional)", "The board was partly assured.")
    office.fill_date("Day of the follow-up (optional)", "1", "9", "2027")
    office.press("Save")
    office.sees("The board’s decision is recorded.", "The board was partly assured.")
    assert BoardDecision.objects.get().follow_up_on.year == 2027

    writer = visitor(lead)
    writer.open("/")
    writer.follow("Say what is new since the board met")
    writer.fill("What is new since the board met?", "Ten more are trained.")
    writer.press("Save")
    writer.sees("Your answer is saved.", "Ten more are trained.")

    office.open("/published/2016-17/public-link/")
    office.choose("Anybody who has the link; search engines are asked not to list it")
    office.press("Save")
    office.sees("It is on.")
    stranger.open("/public/wmp/2016-17/")
    stranger.sees("What is restricted is left out")
    assert SECRET not in stranger.page.content()
    assert stranger.page.context.cookies() == []
