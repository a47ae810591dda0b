"""The paper is written beside its preview: edited, referred within, told otherwise, let pass."""

import pytest
from playwright.sync_api import expect

from reports.models import CheckWaiver, PaperParagraph, ParagraphOverride
from spr_portal.identity.enums import Role
from tests.factories import make_force, make_paper, make_person

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = "/papers/2016-17/"
POSITION = f"{PAPER}sections/conclusion/paragraphs/position/"
PREVIEW = "[data-live-paper]"


@pytest.fixture
def acc(visitor):
    force = make_force("wmp", name="West Midlands Police", short_name="WMP")
    person = make_person(force=force, role=Role.ACC_SECURITY, name="Alex Acc")
    make_paper(by=person, restricted="Kept from the public.")
    return visitor(person)


def test_the_preview_follows_what_is_typed_in_either_edition(acc):
    acc.open(POSITION)
    preview = acc.page.locator(PREVIEW)

    acc.fill("Text", "What I am typing at this moment; it costs XX.")

    expect(preview).to_contain_text("What I am typing at this moment")
    expect(preview.locator(".portal-written")).to_be_in_viewport()
    acc.sees("1 thing is missing or contradictory", "It is not saved yet.")
    expect(preview).to_contain_text("Kept from the public.")
    acc.page.get_by_role("button", name="Public edition").click()
    expect(preview).not_to_contain_text("Kept from the public.")
    expect(preview).to_contain_text("What I am typing at this moment")
    acc.look()
    assert not PaperParagraph.objects.filter(text__startswith="What I am typing").exists()

    acc.press("Save")
    acc.sees("The paragraph is saved.", "What I am typing at this moment; it costs XX.")


def test_who_leaves_with_unsaved_words_is_warned_and_finds_them_again(acc):
    acc.open(POSITION)
    warned = []
    acc.page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    acc.page.get_by_label("Text", exact=True).press_sequentially("Mine. ")
    expect(acc.page.locator(PREVIEW)).to_contain_text("Mine.")
    acc.page.wait_for_timeout(700)  # the device keeps them half a second after the last key

    acc.page.goto(acc.url + PAPER)

    assert warned == ["beforeunload"]
    acc.open(POSITION)
    acc.sees("Your words are brought back from this device.")
    expect(acc.page.locator(PREVIEW)).to_contain_text("Mine.")


def test_a_reference_is_put_in_where_the_cursor_stands(acc):
    acc.open(f"{PAPER}sections/conclusion/paragraphs/add/")
    box = acc.page.get_by_label("Text", exact=True)
    box.fill("As  says.")
    box.evaluate("box => box.setSelectionRange(3, 3)")

    acc.page.get_by_label("Insert a reference").select_option("[[recommendation:submit]]")
    acc.page.get_by_role("button", name="Insert where the cursor stands").click()

    expect(box).to_have_value("As [[recommendation:submit]] says.")
    expect(acc.page.locator(PREVIEW)).to_contain_text("As recommendation 2 says.")
    acc.look()
    acc.press("Save")
    acc.sees("As recommendation 2 says.")


def test_a_paragraph_of_a_threat_is_told_otherwise_and_put_back(acc):
    acc.open(f"{PAPER}sections/terrorism/")
    acc.page.get_by_role("link", name="Rewrite it or leave it out").first.click()
    acc.sees("What the assessment says")
    acc.fill("What the paper says", "What the board is told on terrorism.")
    expect(acc.page.locator(PREVIEW)).to_contain_text("What the board is told on terrorism.")
    acc.look()

    acc.press("Save")
    acc.sees("Rewritten", "What the board is told on terrorism.", "What the board reads")
    assert ParagraphOverride.objects.count() == 1

    acc.follow("Put it back")
    acc.press("Put it back")
    acc.sees("The paper says again what the assessment says.")
    assert not ParagraphOverride.objects.exists()


def test_what_a_check_finds_is_let_pass_with_a_reason(acc):
    PaperParagraph.objects.filter(identity="position").update(text="It costs XX pounds.")
    acc.open(PAPER)
    acc.sees("“XX” still waits to be filled in.")

    acc.follow("Let it pass")
    acc.fill("Why may the paper go on with this?", "The sum is the board’s to fill in.")
    acc.press("Let it pass")

    acc.sees("Let pass by Alex Acc", "The sum is the board’s to fill in.")
    acc.follow("What was let pass, and why")
    acc.sees("Counts.")
    with acc.page.expect_navigation():
        acc.page.get_by_role("button", name="Let it count again").click()
    acc.sees("What the check finds counts again.", "Ended by Alex Acc")
    assert CheckWaiver.objects.get().ended_at is not None
