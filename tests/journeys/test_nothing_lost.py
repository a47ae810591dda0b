"""Nothing typed is lost: whatever becomes of the network, the visit, or the colleague next door."""

import json
import re

import pytest
from playwright.sync_api import expect

from assessments.models import SetAside
from tests.journeys.writing import (
    CAPACITY,
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
    save,
    type_in,
    writer,
)

__all__ = ["assessment", "expected", "force", "lead", "other", "writer"]

pytestmark = pytest.mark.django_db(transaction=True)


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
