"""The paper: composed, edited, sent, agreed, made into files, issued; and taken by the OPCC."""

import hashlib

import pytest
from playwright.sync_api import expect

from reports.enums import PaperStatus
from reports.models import BoardPaper, Download
from spr_portal.identity.enums import Role
from tests.background.working import work_off
from tests.factories import (
    approve_at_once,
    make_cycle,
    make_force,
    make_person,
    shipped_template,
)

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = "/papers/2016-17/"


@pytest.fixture
def people():
    force = make_force("wmp", name="West Midlands Police", short_name="WMP")
    return {
        role: make_person(force=force, role=role, name=f"{role.label} Person")
        for role in (Role.ACC_SECURITY, Role.EXECUTIVE, Role.OPCC)
    }


def test_the_paper_from_the_first_word_to_the_commissioners_office(visitor, people):
    shipped_template()
    cycle = make_cycle(by=people[Role.ACC_SECURITY])
    for assessment in cycle.assessments.select_related("threat", "cycle__force"):
        approve_at_once(assessment, restricted="Not for the public.")
    acc = visitor(people[Role.ACC_SECURITY])
    acc.open("/")
    acc.open(f"{PAPER}compose/")
    acc.choose("Board paper with recommendations at the end (version 2)")
    acc.press("Start the board paper")
    acc.open(f"{PAPER}sections/purpose/paragraphs/purpose/")
    acc.fill("Text", "To tell the board how ready the force is.")
    acc.press("Save")
    acc.sees("The paragraph is saved.")
    acc.open(f"{PAPER}preview/public/")
    acc.sees("To tell the board how ready the force is.")
    assert "Not for the public." not in acc.page.content()
    acc.open(f"{PAPER}send/")
    acc.press("Send to the Executive Team")
    acc.sees("The paper is with the Executive Team.")

    executive = visitor(people[Role.EXECUTIVE])
    executive.open(f"{PAPER}agree/")
    executive.sees("Not for the public.")
    executive.press("Agree this paper")
    executive.sees("You have agreed the paper.")

    acc.open(f"{PAPER}files/")
    acc.sees("0 of 6")
    work_off()
    expect(acc.page.locator("[data-poll]")).to_have_count(
        0, timeout=20_000
    )  # it loads itself again
    acc.look()
    acc.open(f"{PAPER}issue/")
    acc.press("Issue the paper")
    acc.sees("The paper is issued.")
    assert BoardPaper.objects.get().status == PaperStatus.ISSUED

    opcc = visitor(people[Role.OPCC])
    opcc.open("/")
    opcc.follow("Strategic Policing Requirement")
    taken = [take(opcc, number) for number in range(3)]

    assert sorted(name.rsplit(".")[-1] for name in taken) == ["docx", "html", "pdf"]
    assert Download.objects.filter(by=people[Role.OPCC]).count() == 3


def take(somebody, number: int) -> str:
    """Download a file and compare its bytes with the sum printed beside it; its name."""
    entry = (
        somebody.page.locator("main li, main dd, main tr").filter(has_text="SHA-256").nth(number)
    )
    with somebody.page.expect_download() as started:
        entry.get_by_role("link").click()
    path = started.value.path()
    assert hashlib.sha256(path.read_bytes()).hexdigest() in entry.inner_text().replace(" ", "")
    return started.value.suggested_filename
