"""Journeys run in a real Chromium, and every one fails on what a person would call broken.

script/test runs them as a pytest process of their own: a browser's event loop in the process
makes Django refuse its own database calls, unless it is told that they are safe here.
"""

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from tests.journeys.visitor import Visitor

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

WCAG_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = {"width": 320, "height": 640}  # WCAG 1.4.10: also 1280 pixels at 400 %
# Attributes that name other elements of the page, which axe does not follow in every case.
LOST_LINKS = """() => {
    const lost = [];
    const check = (element, id) => {
        if (id && !document.getElementById(id)) lost.push(element.outerHTML.slice(0, 120));
    };
    for (const link of document.querySelectorAll('a[href^="#"]'))
        check(link, decodeURIComponent(link.getAttribute("href").slice(1)));
    for (const label of document.querySelectorAll("label[for]")) check(label, label.htmlFor);
    for (const name of ["aria-describedby", "aria-labelledby", "aria-controls"])
        for (const element of document.querySelectorAll(`[${name}]`))
            for (const id of element.getAttribute(name).split(/\\s+/)) check(element, id);
    const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
    for (const id of new Set(ids.filter((id, n) => ids.indexOf(id) !== n)))
        lost.push(`more than one element has the id ${id}`);
    return lost;
}"""


def chromium() -> str:
    """Find the browser. It is never skipped: a run without journeys would look like a good one."""
    names = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    found = [path for path in (shutil.which(name) for name in names if name) if path]
    if not found:
        pytest.exit("Journeys need Chromium and none was found. script/test installs it.", 1)
    return found[0]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update"]
    # Chromium's own sandbox does not work in containers; the pages shown are only our own.
    sandbox = ["--no-sandbox", "--disable-dev-shm-usage"]
    return browser_type_launch_args | {"executable_path": chromium(), "args": quiet + sandbox}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Keep SQLite's test database in a file, each process of the run one of its own.

    In memory, the live server would have to share one connection with the test.
    """
    database = settings.DATABASES["default"]
    process = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(
            Path(settings.DATA_DIR) / f"journeys-{process}.sqlite3"
        )


@pytest.fixture
def complaints():
    """What browsers complained of in this test, most of all breaches of the content policy."""
    return []


@pytest.fixture(autouse=True)
def _no_complaints(complaints):
    yield
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def new_context(new_context, complaints):
    """Open a browser window of a new person: `new_context().new_page()`; complaints are kept."""

    def watched(**options) -> BrowserContext:
        context = new_context(**options)
        context.on("console", lambda message: _note_message(message, complaints))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("response", lambda response: _note_response(response, complaints))
        return context

    return watched


def _note_message(message, complaints) -> None:
    # A page may rightly answer 403 or 409; lost files of a page are noted by their responses.
    lost_file = message.text.startswith("Failed to load resource")
    if message.type in {"error", "warning"} and not lost_file:
        complaints.append(f"{message.type}: {message.text}")


def _note_response(response, complaints) -> None:
    if response.status >= 400 and response.request.resource_type != "document":
        complaints.append(f"{response.status} for {response.url}")
    if response.status >= 500:
        complaints.append(f"{response.status} for the page {response.url}")


@pytest.fixture
def assert_accessible():
    """Give a function that fails on any breach of WCAG 2.2 AA, or of axe's best practice."""

    def check(page: Page) -> None:
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG_TAGS}})
        breaches = [
            f"{breach['id']} ({breach['help']}): {node['html'][:160]}"
            for breach in result.response["violations"]
            for node in breach["nodes"]
        ]
        breaches += [f"link to nothing: {link}" for link in page.evaluate(LOST_LINKS)]
        assert not breaches, f"{page.url} is not accessible:\n" + "\n".join(breaches)

    return check


@pytest.fixture
def assert_reflows():
    """Give a function that fails if a page must be scrolled sideways when it is 320 pixels wide."""

    def check(page: Page) -> None:
        before = page.viewport_size
        page.set_viewport_size(NARROW)
        width = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size(before)
        assert width <= NARROW["width"], f"{page.url} is {width} pixels wide on a narrow screen."

    return check


@pytest.fixture
def visitor(new_context, live_server, assert_accessible, assert_reflows):
    """Sit somebody at a browser of their own: `visitor(person)`, or nobody yet."""

    def sit_down(person=None, *, javascript: bool = True) -> Visitor:
        page = new_context(java_script_enabled=javascript).new_page()
        # What checks pages runs in them, so without JavaScript there is nothing to run.
        checks = [assert_accessible, assert_reflows] if javascript else []
        visitor = Visitor(page, live_server.url, checks)
        return visitor.sign_in_as(person) if person else visitor

    return sit_down
