"""A reviewer and a lead talk beside the answers, and agree on another rating."""

import pytest
from playwright.sync_api import expect

from assessments.domain.comments import add_comment
from assessments.enums import AssessmentStatus
from assessments.models import Comment
from spr_portal.identity.enums import Role
from tests.factories import fill_in, make_cycle, make_force, make_person, make_submitted

pytestmark = pytest.mark.django_db(transaction=True)
ONE = "/cycles/2016-17/terrorism/"
WORDS = {
    "reply": "Send the reply",
    "new": "Send the comment",
    "resolve": "Resolve",
    "agree": "Agree to this rating",
}
with_and_without_javascript = pytest.mark.parametrize("javascript", [True, False])


@pytest.fixture
def acc():
    force = make_force("wmp", name="West Midlands Police", short_name="WMP")
    return make_person(force=force, role=Role.ACC_SECURITY, name="Alex Acc")


@pytest.fixture
def lead(acc):
    return make_person(force=acc.force, role=Role.FORCE_LEAD, name="Lee Lead")


@pytest.fixture
def assessment(acc, lead):
    found = make_cycle(by=acc).assessments.get(threat__code="terrorism")
    fill_in(found, by=lead)
    return found


def text_of(assessment, code):
    return assessment.responses.get(question__code=code).text


def button(visitor, step):
    """The button of a thread that takes a step: their words go on with what they are about."""
    named = visitor.page.get_by_role("button", name=WORDS[step])
    return named.and_(visitor.page.locator(f"button[value^='{step}:']")).first


def press(visitor, step):
    with visitor.page.expect_navigation():
        button(visitor, step).click()
    visitor.look()


@with_and_without_javascript
def test_a_reply_loses_no_answer_and_the_reviewer_resolves(
    visitor, acc, lead, assessment, javascript
):
    add_comment(assessment=assessment, place="capacity-local", text="How many units?", by=acc)
    writer = visitor(lead, javascript=javascript)
    writer.open(ONE)
    writer.sees("1 unresolved comment")
    writer.open(f"{ONE}answers/capacity/")
    writer.sees("How many units?")
    writer.page.locator("#capacity-regional").fill("Two neighbours would help.")
    writer.page.get_by_text("Reply to Alex Acc").click()
    writer.fill("Your reply", "Sixty-two.")
    press(writer, "reply")

    writer.sees("Your reply is saved.", "Sixty-two.")
    expect(writer.page.locator("#capacity-regional")).to_have_value("Two neighbours would help.")
    assert text_of(assessment, "capacity-regional") == "Two neighbours would help."

    reviewer = visitor(acc, javascript=javascript)
    reviewer.open(f"{ONE}review/")
    reviewer.sees("Unresolved comments", "Sixty-two.")
    press(reviewer, "resolve")
    reviewer.sees("The thread is resolved.", "1 resolved")
    assert "Unresolved comments" not in reviewer.page.content()


@with_and_without_javascript
def test_a_comment_that_was_begun_stays_when_the_answers_are_saved(
    visitor, lead, assessment, javascript
):
    writer = visitor(lead, javascript=javascript)
    writer.open(f"{ONE}answers/capacity/")
    talk = writer.page.locator("#talk-capacity-local")
    talk.get_by_text("Comment on").click()
    talk.get_by_label("Your comment").fill("Do reserves count?")
    writer.page.locator("#capacity-local").fill("We hold 62.")
    writer.press("Save and continue")

    writer.sees("A comment that you began is not sent yet.")
    expect(talk.get_by_label("Your comment")).to_have_value("Do reserves count?")
    assert text_of(assessment, "capacity-local") == "We hold 62."
    press(writer, "new")
    assert Comment.objects.get().text == "Do reserves count?"


def test_enter_in_a_rating_presses_no_button_of_a_comment(visitor, acc, lead, assessment):
    add_comment(assessment=assessment, place="capacity-rating", text="Sure?", by=lead)
    writer = visitor(lead, javascript=False)
    writer.open(f"{ONE}answers/capacity/")

    with writer.page.expect_navigation():
        writer.page.locator("input[name=capacity-rating]").first.press("Enter")

    assert Comment.objects.get().is_open
    assert "/answers/capacity/" not in writer.page.url  # saved, and on to the next part


def test_two_quick_clicks_send_one_reply(visitor, acc, lead, assessment):
    add_comment(assessment=assessment, place="capacity-local", text="How many units?", by=acc)
    writer = visitor(lead)
    writer.open(f"{ONE}answers/capacity/")
    writer.page.get_by_text("Reply to Alex Acc").click()
    writer.fill("Your reply", "Sixty-two.")

    with writer.page.expect_navigation():
        button(writer, "reply").dblclick()

    writer.sees("Your reply is saved.")
    assert Comment.objects.count() == 2


@with_and_without_javascript
def test_another_rating_is_proposed_agreed_and_approved(visitor, acc, lead, javascript):
    assessment = make_submitted(cycle=make_cycle(by=acc), by=lead)
    reviewer = visitor(acc, javascript=javascript)
    reviewer.open(f"{ONE}review/")
    reviewer.follow("Propose another rating for How do you rate capacity")
    reviewer.choose("Amber", within="The rating you propose")
    reviewer.fill("Your reason", "The exercise showed gaps.")
    reviewer.press("Propose this rating")
    reviewer.sees("Your proposal is saved.", "A proposed rating waits")

    writer = visitor(lead, javascript=javascript)
    writer.open(f"{ONE}answers/capacity/")
    writer.sees("The exercise showed gaps.")
    press(writer, "agree")
    writer.sees("You agreed: the rating is Amber now.")
    writer.open(f"{ONE}history/capacity-rating/")
    writer.sees("Proposed by Alex Acc and agreed")

    reviewer.open(f"{ONE}review/")
    reviewer.press("Approve")
    reviewer.page.get_by_role("checkbox").check()
    reviewer.press("Approve")
    reviewer.sees("The assessment is approved.")
    assessment.refresh_from_db()
    assert assessment.status == AssessmentStatus.APPROVED
    rating = assessment.responses.get(question__code="capacity-rating").rating
    assert rating.label == "Amber"
