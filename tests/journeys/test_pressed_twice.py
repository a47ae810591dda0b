"""A double click on any button of any page does once what one click does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection
from django.urls import resolve, reverse
from lxml import html
from playwright.sync_api import Page, Route

from assessments.domain.content import content_of, hash_of
from spr_portal.audit.models import AuditEvent
from tests.evidence.uploads import a_picture
from tests.guards.addresses import ACC, ADDRESSES
from tests.guards.scene import DRAFT, SUBMITTED, Scene, build_scene
from tests.guards.test_pressed_twice import everything
from tests.journeys.test_every_page import NOT_PAGES

pytestmark = pytest.mark.django_db(transaction=True)

BUTTONS = "//form[translate(@method, 'POST', 'post')='post']//button[not(@type) or @type='submit']"
HALVES = (lambda view: view.startswith("reports:"), lambda view: not view.startswith("reports:"))
# Presses that write nothing, and why.
NOTHING_WRITTEN = {
    "account_change_password",  # without the old one
    "assessments:word_form_upload",  # shows what would change
    "reports:attendees",  # the same people stay
    "reports:make_agenda",  # it is made, and nothing has changed since
    "reports:remove_section",  # its paragraphs must go first
    "/papers/2016-17/sections/purpose/paragraphs/purpose/move/",  # there is no other place
}
MOVES = {"place": "1"}
UPLOADS = {"assessments:add_evidence_file", "reports:brand_logo", "reports:past_papers"}
# What the address table says of a form goes in; the rest stays, and a choice not made is made.
FILL = """(button, given) => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    const fields = [...button.form.elements].filter(field => field.name);
    for (const name of new Set(fields.map(field => field.name))) {
        const all = fields.filter(field => field.name === name), [field] = all;
        const isGiven = name in given, asked = all.find(one => one.value === String(given[name]));
        if (["hidden", "submit", "file"].includes(field.type)) continue;
        if (field.type === "radio") {
            if (asked) asked.checked = true;
            else if (!all.some(one => one.checked)) field.checked = true;
        } else if (field.type === "checkbox") {
            if (asked || all.length === 1) (asked || field).checked = true;
        } else if (isGiven) {
            field.value = String(given[name]);
        } else if (name === `${button.name}:${button.value}`) {
            field.value = "Other words.";
        }
    }
}"""

WORDS = {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"Words."}
PICTURE = {"name": "crest.png", "mimeType": "image/png", "buffer": a_picture("PNG")}


@dataclass(frozen=True)
class Button:
    page: str  # the address it stands on
    person: str  # who presses it
    view: str  # what its form is sent to
    name: str
    value: str
    words: str

    number: int  # of the page's buttons


def buttons(scene: Scene) -> list[Button]:
    """One of each kind on all pages: rows of a list have the same buttons, and so have colleagues.

    Found by reading every page as everybody who may open it.
    """
    found: dict[tuple, Button] = {}
    for path, person in pages(scene):
        for button in _buttons_on(scene, path, person):
            kind = (button.view, button.name, button.value.partition(":")[0])
            found.setdefault(kind, button)
    return list(found.values())


def pages(scene: Scene) -> Iterator[tuple[str, str]]:
    """Every page, as everybody who may open it; and some as links lead to them."""
    for name, address in ADDRESSES.items():
        if address.get and name not in NOT_PAGES:
            for person in sorted(address.get):
                yield reverse(name, args=address.at(scene)), person
    submitted = scene.assessment(SUBMITTED)
    shown = hash_of(content_of(submitted))
    yield f"{reverse('assessments:approve', args=[DRAFT, SUBMITTED])}?content={shown}", ACC
    yield f"{reverse('assessments:open_cycle')}?edition={submitted.cycle.edition.code}", ACC


def _buttons_on(scene: Scene, path: str, person: str) -> Iterator[Button]:
    answer = scene.client_of(person).get(path, follow=True)
    at = answer.redirect_chain[-1][0] if answer.redirect_chain else path
    for number, button in enumerate(html.fromstring(answer.content).xpath(BUTTONS)):
        if button.get("aria-hidden") or button.get("data-insert"):
            continue  # not for people; the script inserts by itself and sends nothing
        form = next(button.iterancestors("form"))
        action = urljoin(at, button.get("formaction") or form.get("action") or "")
        yield Button(
            page=at,
            person=person,
            view=resolve(urlsplit(action).path).view_name,
            name=button.get("name", ""),
            value=button.get("value", ""),
            words=" ".join(button.text_content().split()),
            number=number,
        )


class Rewinding:
    """Puts the database back to where it was, in a few milliseconds."""

    def __init__(self):
        connection.ensure_connection()
        self.kept = sqlite3.connect(":memory:")
        connection.connection.backup(self.kept)

    def rewind(self) -> None:
        self.kept.backup(connection.connection)


def press_twice(page: Page, button: Button, given: dict) -> list[dict]:
    """Double-click as a person does; what stood in the database after each time it was sent.

    The page's script lets one click through. Here the server gets it twice all
    the same, as from a page without a script. (Files cannot be sent again so.)
    """
    after = []

    def send_twice(route: Route) -> None:
        request = route.request
        if request.method != "POST" or not request.is_navigation_request():
            return route.continue_()
        if "multipart" not in request.headers["content-type"]:
            route.fetch(max_redirects=0)
        after.append(everything())
        return route.continue_()

    pressed = page.locator(f"xpath={BUTTONS}").nth(button.number)
    pressed.evaluate(FILL, given)
    for file in pressed.locator("xpath=ancestor::form").locator("input[type=file]").all():
        file.set_input_files(PICTURE if button.view == "reports:brand_logo" else WORDS)
    page.route("**/*", send_twice)
    with page.expect_navigation():
        pressed.dblclick()
    page.unroute("**/*")
    return [*after, everything()]


def given_for(scene: Scene, button: Button) -> dict:
    address = ADDRESSES.get(button.view)
    data = MOVES | (address.data(scene) if address else {})
    given = {name: value[0] if isinstance(value, list) else value for name, value in data.items()}
    return {name: str(value) for name, value in given.items() if isinstance(value, str | int)}


def what_went_wrong(page: Page, button: Button, states: list[dict], before: int) -> Iterator[str]:
    events = AuditEvent.objects.order_by("pk")[before:].values_list("action", flat=True)
    is_refusal = bool({button.view, button.page} & NOTHING_WRITTEN)
    if len(states) != 2:
        yield f"the browser sent it {len(states) - 1} times"
    if states[0] != states[-1] and button.view not in UPLOADS:
        changed = [name for name in states[0] if states[0][name] != states[-1][name]]
        yield f"the second time changed {changed}"
    if len(events) != len(set(events)):
        yield f"the audit says {list(events)}"
    if bool(events) == is_refusal:
        yield f"{list(events)} was recorded: {page.locator('main').inner_text()[:300]}"
    heading = page.locator("h1").first.inner_text()
    is_refused = page.locator(".govuk-error-summary").count() or " not " in f" {heading} "
    if is_refused and not is_refusal:
        yield f"the page says {heading!r}: {page.locator('main').inner_text()[:300]}"


@pytest.mark.parametrize("half", HALVES)
def test_a_double_click_on_any_button_does_what_one_does(visitor, live_server, half):
    scene = build_scene()
    pressed = [button for button in buttons(scene) if half(button.view)]
    seats = {person: visitor(scene.people[person]) for person in {one.person for one in pressed}}
    cookies = {person: seat.page.context.cookies() for person, seat in seats.items()}
    rewinding, before, wrong = Rewinding(), AuditEvent.objects.count(), []

    for button in pressed:
        page = seats[button.person].page
        page.context.clear_cookies()
        page.context.add_cookies(cookies[button.person])
        page.goto(live_server.url + button.page)
        states = press_twice(page, button, given_for(scene, button))
        found = what_went_wrong(page, button, states, before)
        wrong += [f"{button.words!r} on {button.page}: {what}" for what in found]
        rewinding.rewind()

    assert len(pressed) > 30
    assert not wrong, "\n\n".join(wrong)
