"""Somebody at a browser. Every page they look at must be accessible and fit a narrow screen."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.test import Client
from playwright.sync_api import Download, Page, expect

BACKEND = "spr_portal.identity.backends.AccountBackend"


class Visitor:
    """Reads and uses pages by what a person sees: headings, links, labels and buttons."""

    def __init__(self, page: Page, url: str, checks: list[Callable[[Page], None]]):
        self.page, self.url, self.checks = page, url, checks

    def sign_in_as(self, person) -> Visitor:
        """Take up a visit that began elsewhere; one journey signs in by the page itself."""
        client = Client()
        client.force_login(person, backend=BACKEND)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.url}
        self.page.context.add_cookies([cookie])
        return self

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)
        self.look()

    def follow(self, link: str, *, exact: bool = False) -> None:
        self.page.get_by_role("link", name=link, exact=exact).first.click()
        self.look()

    def press(self, button: str) -> None:
        """Press a button of a form, or a link that looks like one, and wait for the next page."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).first.click()
        self.look()

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).fill(words)

    def fill_date(self, legend: str, day: str, month: str, year: str) -> None:
        group = self.page.get_by_role("group", name=legend)
        for part, words in (("Day", day), ("Month", month), ("Year", year)):
            group.get_by_label(part).fill(words)

    def choose(self, label: str, *, within: str = "") -> None:
        """Choose a radio button or tick a box by its words."""
        place = self.page.get_by_role("group", name=within) if within else self.page
        place.get_by_label(label, exact=True).check()

    def sees(self, *words: str) -> None:
        for some in words:
            expect(self.page.locator("body")).to_contain_text(some)

    def sees_heading(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def download(self, link: str) -> Download:
        with self.page.expect_download() as started:
            self.page.get_by_role("link", name=link).click()
        return started.value

    def look(self) -> None:
        for check in self.checks:
            check(self.page)
