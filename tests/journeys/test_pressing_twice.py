"""A second press and Back: nothing is sent twice, and what stands is shown."""

import pytest
from playwright.sync_api import expect

from assessments.domain.assessments import submit_assessment
from assessments.domain.items import add_item, change_item
from assessments.domain.responses import save_response
from assessments.enums import ItemKind
from assessments.models import ResponseVersion, SetAside, Submission
from spr_portal.audit.models import AuditEvent
from tests.factories import fill_in
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
    lead,
    line,
    other,
    save,
    type_in,
    writer,
)

__all__ = ["assessment", "expected", "force", "lead", "other", "writer"]

pytestmark = pytest.mark.django_db(transaction=True)


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
