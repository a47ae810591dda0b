"""Without a network, signed out or too late: the words are kept and come back to their writer."""

import contextlib
import datetime

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from assessments.domain.assessments import submit_assessment
from assessments.domain.contributors import end_contributor, name_contributor
from assessments.models import SetAside, Submission
from spr_portal.identity.enums import Role
from tests.factories import PASSWORD, fill_in, make_person
from tests.journeys.writing import (
    CAPACITY,
    ONE,
    SOON,
    answer,
    assessment,
    box,
    expected,
    force,
    is_saved,
    kept_on_device,
    lead,
    line,
    other,
    type_in,
    writer,
)

__all__ = ["assessment", "expected", "force", "lead", "other", "writer"]

pytestmark = pytest.mark.django_db(transaction=True)


def end_visits():
    Session.objects.all().delete()


def test_offline_the_page_says_so_keeps_the_words_and_saves_them_when_it_is_back(
    writer, assessment
):
    type_in(writer, "Before. ")
    is_saved(writer)

    writer.page.context.set_offline(True)
    type_in(writer, "Written on the train.")
    expect(line(writer)).to_contain_text("Not saved", timeout=SOON)
    writer.page.wait_for_timeout(500)
    kept = kept_on_device(writer)
    assert len(kept) == 1
    assert "train" not in str(kept)
    assert "capacity" not in str(kept)
    writer.page.context.set_offline(False)

    is_saved(writer)
    assert answer(assessment).text == "Before. Written on the train."
    assert kept_on_device(writer) == {}
    expect(writer.page.locator("[data-said]")).to_have_text("Saved again.")


def test_words_of_a_page_that_was_closed_without_a_network_come_back(writer, assessment):
    # What a page sends on its last breath goes by every other way of cutting it off.
    writer.page.evaluate("() => { window.fetch = () => Promise.reject(new Error()) }")
    type_in(writer, "Written on the train.")
    expect(line(writer)).to_contain_text("Not saved", timeout=SOON)
    writer.page.wait_for_timeout(500)
    writer.page.goto("about:blank")
    assert answer(assessment).text == ""

    writer.open(CAPACITY)

    expect(box(writer)).to_have_value("Written on the train.")
    expect(line(writer)).to_contain_text("Brought back and saved at", timeout=SOON)
    assert answer(assessment).text == "Written on the train."


def test_a_server_that_hangs_is_no_silence(writer, assessment):
    hung = []
    writer.page.route("**/save/", lambda route: hung.append(route))
    type_in(writer, "Is anybody there?")

    expect(line(writer)).to_contain_text("Not saved", timeout=SOON)
    writer.page.unroute("**/save/")
    with contextlib.suppress(Exception):
        hung[0].abort()

    expect(line(writer)).to_contain_text("aved at ", timeout=15_000)
    assert answer(assessment).text == "Is anybody there?"


def test_an_answer_of_the_server_that_is_lost_on_the_way_makes_no_second_version(
    writer, assessment
):
    """The words arrive, the page never learns of it, and sends more: that is no other tab."""

    def lose(route):
        route.fetch()
        route.abort()

    writer.page.route("**/save/", lose, times=1)
    type_in(writer, "First")
    expect(line(writer)).to_contain_text("Not saved", timeout=SOON)
    type_in(writer, " and second.")

    is_saved(writer)
    assert answer(assessment).text == "First and second."
    assert not SetAside.objects.exists()


def sign_in(somebody, email):
    somebody.fill("Email address", email)
    somebody.page.locator("#id_password").fill(PASSWORD)
    somebody.press("Sign in")


def test_after_a_visit_that_expired_mid_sentence_the_same_person_finds_every_word(
    writer, assessment
):
    type_in(writer, "The force holds ")
    is_saved(writer)
    end_visits()
    type_in(writer, "62 police support units, of whi")
    writer.page.get_by_role("alert").get_by_text("You are signed out").wait_for(timeout=2 * SOON)
    expect(line(writer)).to_contain_text("Not saved")
    writer.look()
    assert answer(assessment).text == "The force holds"

    writer.page.locator("[data-notices]").get_by_role("link", name="Sign in again").click()
    sign_in(writer, "lee@example.org")

    assert writer.page.url.endswith(CAPACITY)
    expect(box(writer)).to_have_value("The force holds 62 police support units, of whi")
    expect(line(writer)).to_contain_text("Brought back and saved at", timeout=SOON)
    assert answer(assessment).text == "The force holds 62 police support units, of whi"
    assert kept_on_device(writer) == {}
    writer.look()


def test_another_person_at_the_same_browser_finds_none(writer, assessment):
    end_visits()
    type_in(writer, "My own words.")
    writer.page.get_by_role("alert").get_by_text("You are signed out").wait_for(timeout=2 * SOON)
    writer.page.wait_for_timeout(500)

    writer.page.locator("[data-notices]").get_by_role("link", name="Sign in again").click()
    make_person(
        force=assessment.force, role=Role.FORCE_LEAD, name="Olga Other", email="olga@example.org"
    )
    sign_in(writer, "olga@example.org")
    writer.page.wait_for_timeout(1_000)

    expect(box(writer)).to_have_value("")
    assert "My own words" not in writer.page.content()
    assert "Brought back" not in writer.page.content()
    assert answer(assessment).text == ""
    assert len(kept_on_device(writer)) == 1  # for the one who wrote them
    writer.page.context.clear_cookies()
    writer.open(CAPACITY)
    sign_in(writer, "lee@example.org")
    expect(box(writer)).to_have_value("My own words.")


def test_nothing_is_saved_in_the_name_of_another_who_signed_in_meanwhile(writer, assessment, other):
    writer.sign_in_as(other)  # in another tab of the same browser
    type_in(writer, "Lee wrote this.")

    writer.page.get_by_role("alert").get_by_text("Somebody else has signed in").wait_for(
        timeout=2 * SOON
    )
    assert answer(assessment).text == ""
    writer.look()


def test_whose_part_has_ended_is_told_so_and_can_copy_the_words(
    visitor, assessment, lead, force, expected
):
    colleague = make_person(force=force, name="Cara Moss")
    named = name_contributor(assessment=assessment, person=colleague, question_codes=[], by=lead)
    writer = visitor(colleague)
    writer.open(CAPACITY)
    end_contributor(contributor=named, by=lead)

    type_in(writer, "My own words.")

    writer.page.get_by_role("alert").get_by_text("You have no part in this").wait_for(
        timeout=2 * SOON
    )
    writer.sees("These words are not saved", "Copy these words")
    expect(box(writer)).to_have_value("My own words.")


def test_signing_in_again_in_another_tab_is_enough(writer, assessment, lead):
    end_visits()
    type_in(writer, "Mid-sentence")
    writer.page.get_by_role("alert").get_by_text("You are signed out").wait_for(timeout=2 * SOON)

    writer.sign_in_as(lead)
    writer.page.evaluate("window.dispatchEvent(new Event('focus'))")

    is_saved(writer)
    expect(writer.page.get_by_text("You are signed out")).to_have_count(0)
    assert answer(assessment).text == "Mid-sentence"


def test_a_tab_that_is_stale_after_submission_is_told_and_its_words_can_be_copied(
    writer, assessment, lead, other
):
    fill_in(assessment, by=lead)
    writer.open(CAPACITY)
    submit_assessment(assessment=assessment, by=other)
    type_in(writer, " One more thing.")

    writer.page.get_by_text("This assessment was submitted by Olga Other on").wait_for(
        timeout=2 * SOON
    )
    expect(line(writer)).to_contain_text("These words are not saved")
    expect(box(writer)).to_have_value("An answer to capacity-local. One more thing.")
    assert box(writer).get_attribute("readonly") is not None
    writer.page.get_by_role("button", name="Copy these words").click()
    writer.look()
    assert answer(assessment).text == "An answer to capacity-local."
    assert Submission.objects.count() == 1


def test_long_words_of_other_forms_wait_on_the_device_until_they_are_sent(writer, assessment):
    add = f"{ONE}lists/vulnerabilities/add/"
    writer.open(add)
    statement = writer.page.locator("textarea[name=statement]")
    statement.fill("Few officers are trained.")
    writer.page.wait_for_timeout(1_000)
    assert len(kept_on_device(writer)) == 1

    writer.open(add)

    expect(statement).to_have_value("Few officers are trained.")
    writer.sees("Your words are brought back from this device. They are not saved yet.")
    writer.look()
    for name in ("likelihood", "impact"):
        writer.page.locator(f"input[name={name}][value=low]").check()
    writer.press("Save")
    assert assessment.vulnerabilities.get().statement == "Few officers are trained."
    writer.page.wait_for_timeout(500)
    assert kept_on_device(writer) == {}
    writer.open(add)
    expect(statement).to_have_value("")


def test_a_form_sent_after_the_visit_ended_is_filled_again_after_sign_in(writer, assessment):
    add = f"{ONE}lists/vulnerabilities/add/"
    writer.open(add)
    statement = writer.page.locator("textarea[name=statement]")
    statement.fill("Few officers are trained.")
    end_visits()
    writer.press("Save")
    writer.sees("You are signed out", "Few officers are trained.")

    writer.page.goto(writer.url + add)
    sign_in(writer, "lee@example.org")

    expect(statement).to_have_value("Few officers are trained.")


def test_the_person_is_warned_before_the_visit_ends_and_can_stay(writer, lead):
    [session] = Session.objects.all()
    store = session.get_decoded()
    half_an_hour_ago = int((timezone.now() - datetime.timedelta(minutes=28)).timestamp())
    seen = "visit_seen_at"
    writer.page.evaluate("localStorage.clear()")
    writer.page.clock.install()
    writer.open(CAPACITY)
    Session.objects.update(session_data=Session.objects.encode(store | {seen: half_an_hour_ago}))
    writer.page.clock.fast_forward("28:00")

    notice = writer.page.get_by_role("region", name="Your visit")
    expect(notice).to_contain_text("You will be signed out at")
    writer.look()
    notice.get_by_role("button", name="Stay signed in").click()

    expect(notice).to_be_hidden()
    [session] = Session.objects.all()
    assert session.get_decoded()[seen] > half_an_hour_ago
