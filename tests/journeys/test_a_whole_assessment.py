"""One whole assessment, from the first page to the submission: by keyboard alone, without
JavaScript, and on a telephone's screen.

SPR_JOURNEY_PICTURES names a folder in which every page on the way is kept as a picture.
"""

import os
from itertools import count
from pathlib import Path

import pytest

from assessments.enums import AssessmentStatus
from spr_portal.identity.enums import Role
from tests.factories import make_cycle, make_force, make_person

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 375, "height": 667}


class Pointer:
    """Fills in a page as somebody with a mouse or a finger does."""

    def __init__(self, visitor, name: str):
        self.visitor, self.page, self.name = visitor, visitor.page, name
        self.numbers = count(1)

    def look(self) -> None:
        self.visitor.look()
        if folder := os.environ.get("SPR_JOURNEY_PICTURES"):
            path = Path(folder) / f"{self.name}-{next(self.numbers):02}.png"
            self.page.screenshot(path=path, full_page=True)

    def open(self, path: str) -> None:
        self.page.goto(self.visitor.url + path)
        self.look()

    def go(self, selector: str) -> None:
        """Press a button or follow a link that leads to another page."""
        with self.page.expect_navigation():
            self.reach(selector)
        self.look()

    def reach(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def write(self, selector: str, words: str) -> None:
        self.page.locator(selector).first.fill(words)

    def choose(self, selector: str) -> None:
        self.page.locator(selector).first.check()


class Keyboard(Pointer):
    """Fills in a page with the Tab key, letters, Space and Enter, and nothing else."""

    def tab_to(self, selector: str) -> None:
        """Go on from where the focus is, round the page once at most."""
        wanted = self.page.locator(selector).first
        for _ in range(250):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"The Tab key does not reach {selector} on {self.page.url}")

    def reach(self, selector: str) -> None:
        self.tab_to(selector)
        self.page.keyboard.press("Enter")

    def write(self, selector: str, words: str) -> None:
        self.tab_to(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def choose(self, selector: str) -> None:
        self.tab_to(selector)
        self.page.keyboard.press("Space")
        assert self.page.locator(selector).first.is_checked()


WAYS = {
    "keyboard": lambda visitor, lead: Keyboard(visitor(lead), "keyboard"),
    "no-javascript": lambda visitor, lead: Pointer(
        visitor(lead, javascript=False), "no-javascript"
    ),
    "phone": lambda visitor, lead: Pointer(_on_a_phone(visitor(lead)), "phone"),
}


def _on_a_phone(visitor):
    visitor.page.set_viewport_size(PHONE)
    return visitor


@pytest.mark.parametrize("way", WAYS)
def test_a_lead_fills_in_and_submits_a_whole_assessment(visitor, way):
    acc = make_person(force=make_force("wmp"), role=Role.ACC_SECURITY)
    lead = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism")
    assessment = make_cycle(by=acc).assessments.get(threat__code="terrorism")
    hand = WAYS[way](visitor, lead)

    hand.open("/")
    hand.go("main a:has-text('Terrorism')")
    hand.go("main .govuk-task-list__link")
    while "/answers/" in hand.page.url:
        answer_every_question(hand)
        hand.go("main .govuk-button:has-text('Save and continue')")
    fill_in_the_lists(hand)
    hand.open(f"{assessment.get_absolute_url()}check/")
    hand.choose("main input[type=checkbox]")
    hand.go("main button:has-text('Submit the assessment')")

    assessment.refresh_from_db()
    assert assessment.status == AssessmentStatus.SUBMITTED
    kept = {row.question.code: row for row in assessment.responses.select_related("question")}
    assert all(row.is_answered for row in kept.values())
    assert kept["threat-picture"].text == "Words on threat-picture."
    assert [row.unit for row in assessment.figures.all()] == ["Police support units"]
    assert [row.text for row in assessment.summary.all()] == ["The force is ready."]


def answer_every_question(hand) -> None:
    names = "names => [...new Set(names.map(element => element.name))]"
    fields = "main textarea[name]:not([name^='talk:']), main input[type=radio][name]"
    for name in hand.page.locator(fields).evaluate_all(names):
        field = f'[name="{name}"]'
        if hand.page.locator(f"textarea{field}").count():
            hand.write(f"textarea{field}", f"Words on {name}.")
        else:
            hand.choose(f"input{field}")


def fill_in_the_lists(hand) -> None:
    hand.go("main a:has-text('Add a figure')")
    hand.write("[name=unit]", "Police support units")
    hand.choose("[name=level]")
    hand.write("[name=required]", "19")
    hand.write("[name=held]", "62")
    hand.choose("[name=publication][value=public]")
    hand.go("main button:has-text('Save')")
    hand.open(hand.page.url.removeprefix(hand.visitor.url).replace("figures", "summary"))
    hand.go("main a:has-text('Add a paragraph')")
    hand.write("textarea[name=text]", "The force is ready.")
    hand.choose("[name=publication][value=public]")
    hand.go("main button:has-text('Save')")
