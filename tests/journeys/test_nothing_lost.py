"""Nothing typed is lost: whatever becomes of the network, the visit, or the colleague next door."""

import contextlib
import datetime
import json
import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from assessments.domain.assessments import submit_assessment
from assessments.domain.contributors import end_contributor, name_contributor
from assessments.domain.items import add_item, change_item
from assessments.domain.responses import save_response
from assessments.enums import ItemKind
from assessments.models import Response, ResponseVersion, SetAside, Submission
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from tests.factories import PASSWORD, fill_in, make_cycle, make_force, make_person

pytestmark = pytest.mark.django_db(transaction=True)
ONE = "/cycles/2016-17/terrorism/"
CAPACITY = f"{ONE}answers/capacity/"
SOON = 5_000  # the five seconds within which the page must say that it could not save


@pytest.fixture
def force():
    return make_force("wmp", name="West Midlands Police", short_name="WMP")


@pytest.fixture
def assessment(force):
    acc = make_person(force=force, role=Role.ACC_SECURITY, name="Alex Acc")
    return make_cycle(by=acc).assessments.get(threat__code="terrorism")


@pytest.fixture
def lead(force):
    return make_person(force=force, role=Role.FORCE_LEAD, name="Lee Lead", email="lee@example.org")


@pytest.fixture
def other(force):
    return make_person(
        force=force, role=Role.FORCE_LEAD, name="Olga Other", email="olga@example.org"
    )


@pytest.fixture
def expected(complaints):
    """What a browser says of requests that are meant to be refused or cut is no complaint."""
    yield
    kept = [one for one in complaints if not one.startswith(("401 ", "403 ", "404 ", "409 "))]
    complaints[:] = [one for one in kept if "accounts/login" not in one]


@pytest.fixture
def writer(visitor, assessment, lead, expected):
    somebody = visitor(lead)
    somebody.open(CAPACITY)
    return somebody


def box(somebody, code="capacity-local"):
    return somebody.page.locator(f"#{code}")


def line(somebody, code="capacity-local"):
    return somebody.page.locator(f"[data-answer={code}] [data-saved]")


def type_in(somebody, words, code="capacity-local"):
    """Key by key, as a person does."""
    box(somebody, code).focus()
    box(somebody, code).press("End")
    somebody.page.keyboard.type(words)


def is_saved(somebody, code="capacity-local"):
    expect(line(somebody, code)).to_contain_text("aved at ", timeout=SOON)


def answer(assessment, code="capacity-local") -> Response:
    return assessment.responses.get(question__code=code)


def save(assessment, text, *, by, code="capacity-local"):
    response = answer(assessment, code)
    save_response(response=response, text=text, rating=None, started_from=response.version, by=by)


def kept_on_device(somebody) -> dict:
    store = somebody.page.evaluate("Object.entries(localStorage)")
    return {name: value for name, value in store if name.startswith("words:")}


def end_visits():
    Session.objects.all().delete()


def test_an_answer_is_saved_while_it_is_written(writer, assessment):
    type_in(writer, "We hold 62 units.")

    is_saved(writer)
    expect(writer.page.locator("[data-said]")).to_have_text(
        "Saved. Your answers are saved as you write."
    )
    assert answer(assessment).text == "We hold 62 units."
    assert kept_on_device(writer) == {}
    writer.look()


def test_only_the_changed_answer_is_sent_in_less_than_two_kilobytes(writer, assessment):
    with writer.page.expect_request("**/save/") as sent:
        type_in(writer, "We hold 62 units.")
    is_saved(writer)

    body = sent.value.post_data
    assert "capacity-regional" not in body
    assert len(body) + len(json.dumps(sent.value.response().json())) < 2_000


def test_a_rating_is_saved_when_it_is_chosen(writer, assessment):
    writer.page.locator("input[name=capacity-rating][value=amber]").check()

    is_saved(writer, "capacity-rating")
    assert answer(assessment, "capacity-rating").rating.code == "amber"


def test_save_and_continue_after_typing_makes_no_second_version(writer, assessment):
    type_in(writer, "We hold 62 units.")
    is_saved(writer)
    type_in(writer, " And more.")

    writer.press("Save and continue")

    writer.sees("Your answers are saved")
    assert answer(assessment).text == "We hold 62 units. And more."
    assert not SetAside.objects.exists()
    assert kept_on_device(writer) == {}


def test_two_people_at_different_answers_never_touch_each_other(visitor, writer, assessment, other):
    his = visitor(other)
    his.open(CAPACITY)

    type_in(writer, "Hers.")
    type_in(his, "His.", "capacity-regional")
    is_saved(writer)
    is_saved(his, "capacity-regional")
    type_in(writer, " More.")
    type_in(his, " More.", "capacity-regional")
    his.press("Save and continue")
    writer.press("Save and continue")

    assert answer(assessment).text == "Hers. More."
    assert answer(assessment, "capacity-regional").text == "His. More."


@pytest.mark.parametrize(
    ("button", "stands"),
    [
        ("Save my words", "We hold 62 units."),
        ("Keep the saved words", "We hold 40 units."),
        ("Put both in the box", "We hold 40 units.\n\nWe hold 62 units. That is all."),
    ],
)
def test_two_people_at_the_same_answer_see_both_and_choose(
    writer, assessment, other, button, stands
):
    save(assessment, "We hold 40 units.", by=other)
    type_in(writer, "We hold 62 units.")

    expect(line(writer)).to_contain_text("choose between the two versions", timeout=SOON)
    writer.sees("This answer was saved by Olga Other while you were writing")
    assert answer(assessment).text == "We hold 40 units."
    assert SetAside.objects.get().values["text"] == "We hold 62 units."
    marked = writer.page.locator("[data-answer=capacity-local] ins")
    assert [re.sub(r"\D", "", words) for words in marked.all_inner_texts()] == ["62", "40"]
    writer.look()
    writer.page.get_by_role("button", name=button).click()
    if "both" in button:
        expect(box(writer)).to_have_value("We hold 40 units.\n\nWe hold 62 units.")
        writer.page.keyboard.press("Control+End")
        writer.page.keyboard.type(" That is all.")

    is_saved(writer)
    expect(box(writer)).to_have_value(stands)
    assert answer(assessment).text == stands
    assert not SetAside.objects.filter(settled_at=None).exists()
    assert kept_on_device(writer) == {}
    writer.look()


def test_to_save_the_page_is_no_choice_between_two_versions(writer, assessment, other):
    save(assessment, "Hers.", by=other)
    type_in(writer, "Mine.")
    expect(line(writer)).to_contain_text("choose between the two versions", timeout=SOON)

    writer.press("Save and continue")

    writer.sees("Nothing you wrote is lost")
    assert answer(assessment).text == "Hers."
    assert SetAside.objects.count() == 1


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


def test_a_second_press_of_save_is_no_second_save(writer, assessment):
    box(writer).fill("We hold 62 units.")

    writer.page.get_by_role("button", name="Save and continue").dblclick()

    writer.sees("Your answers are saved")
    assert ResponseVersion.objects.count() == 1
    assert AuditEvent.objects.filter(action="response.saved").count() == 1


def test_a_second_press_of_submit_is_no_second_submission(writer, assessment, lead):
    fill_in(assessment, by=lead)
    writer.open(f"{ONE}check/")
    writer.page.get_by_role("checkbox").check()

    writer.page.get_by_role("button", name="Submit the assessment").dblclick()

    writer.sees_heading("Assessment submitted")
    assert Submission.objects.count() == 1
    assert AuditEvent.objects.filter(action="assessment.submit").count() == 1


def test_a_second_press_of_a_choice_between_versions_is_no_second_save(writer, assessment, other):
    save(assessment, "Hers.", by=other)
    type_in(writer, "Mine.")
    expect(line(writer)).to_contain_text("choose between the two versions", timeout=SOON)

    writer.page.get_by_role("button", name="Save my words").dblclick()

    is_saved(writer)
    assert ResponseVersion.objects.count() == 2
    assert answer(assessment).text == "Mine."


def test_back_after_saving_shows_the_saved_answer(writer, assessment):
    type_in(writer, "We hold 62 units.")
    writer.press("Save and continue")

    writer.page.go_back()
    expect(box(writer)).to_have_value("We hold 62 units.")
    type_in(writer, " And two.")

    is_saved(writer)
    assert answer(assessment).text == "We hold 62 units. And two."
    assert not SetAside.objects.exists()


def test_back_shows_what_a_colleague_saved_meanwhile(writer, assessment, other):
    """Chromium would put the old words back into the box, beside the number of the new ones."""
    type_in(writer, "We hold 62 units.")
    is_saved(writer)
    writer.open("/")
    response = answer(assessment)
    save_response(
        response=response, text="We hold 63.", rating=None, started_from=response.version, by=other
    )

    writer.page.go_back()

    expect(box(writer)).to_have_value("We hold 63.")


def test_back_shows_the_item_as_a_colleague_saved_it(writer, assessment, lead, other):
    values = {"statement": "Few trained.", "likelihood": "low", "impact": "low"}
    kind = ItemKind.VULNERABILITY
    item = add_item(assessment=assessment, kind=kind, values=values, by=lead)
    writer.open(f"{ONE}lists/vulnerabilities/{item.identity}/")
    statement = writer.page.locator("textarea[name=statement]")
    statement.fill("Nobody trained.")
    writer.press("Save")
    change_item(
        assessment=assessment,
        kind=kind,
        identity=item.identity,
        values=values | {"statement": "Ten trained."},
        started_from=item.version + 1,
        by=other,
    )

    writer.page.go_back()

    expect(statement).to_have_value("Ten trained.")


def test_back_after_submission_shows_no_form(writer, assessment, lead):
    fill_in(assessment, by=lead)
    writer.open(CAPACITY)
    writer.open(f"{ONE}check/")
    submit_assessment(assessment=assessment, by=lead)

    writer.page.go_back()

    writer.sees("This assessment is submitted")
    expect(writer.page.locator("textarea[name=capacity-local]")).to_have_count(0)


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


def test_without_javascript_two_versions_are_chosen_between_by_buttons(
    visitor, assessment, lead, other
):
    somebody = visitor(lead, javascript=False)
    somebody.open(CAPACITY)
    box(somebody).fill("We hold 62 units.")
    save(assessment, "We hold 40 units.", by=other)
    somebody.press("Save and continue")
    somebody.sees("Nothing you wrote is lost", "This answer was saved by Olga Other")

    somebody.page.get_by_role("button", name="Put both in the box").click()
    expect(box(somebody)).to_have_value("We hold 40 units.\n\nWe hold 62 units.")
    box(somebody).fill("We hold 62 units, 40 of them ready.")
    somebody.press("Save and continue")

    assert answer(assessment).text == "We hold 62 units, 40 of them ready."
    assert not SetAside.objects.filter(settled_at=None).exists()
