"""A force lead fills in and submits; ACC Security returns; the lead corrects; ACC approves."""

import pytest

from assessments.enums import AssessmentStatus
from assessments.models import Response, SummaryParagraph
from spr_portal.identity.enums import Role
from tests.factories import PASSWORD, fill_in, make_cycle, make_force, make_person, make_submitted

pytestmark = pytest.mark.django_db(transaction=True)
ONE = "/cycles/2016-17/terrorism/"
with_and_without_javascript = pytest.mark.parametrize("javascript", [True, False])


@pytest.fixture
def force():
    return make_force("wmp", name="West Midlands Police", short_name="WMP")


@pytest.fixture
def lead(force):
    return make_person(force=force, role=Role.FORCE_LEAD, name="Lee Lead", email="lee@example.org")


@pytest.fixture
def acc(force):
    return make_person(force=force, role=Role.ACC_SECURITY, name="Alex Acc")


@pytest.fixture
def nearly_done(acc, lead):
    """An assessment that lacks its threat picture, its rating of capacity and its summary."""
    assessment = make_cycle(by=acc).assessments.get(threat__code="terrorism")
    fill_in(assessment, by=lead)
    SummaryParagraph.objects.all().delete()
    Response.objects.filter(
        assessment=assessment, question__code__in=["threat-picture", "capacity-rating"]
    ).update(text="", rating=None)
    return assessment


@with_and_without_javascript
def test_force_lead_signs_in_fills_in_and_submits(visitor, nearly_done, javascript):
    lead = visitor(javascript=javascript)
    lead.open("/")
    lead.fill("Email address", "lee@example.org")
    lead.page.locator("#id_password").fill(PASSWORD)
    lead.press("Sign in")

    lead.follow("Terrorism")
    lead.sees("In progress")
    lead.follow("Check your answers")
    lead.sees("What is missing")
    lead.page.get_by_role("link", name="Threat picture:").click()
    lead.page.locator("#threat-picture").fill("The threat is severe.\n\n- first\n- second")
    lead.press("Save and continue")
    lead.sees("Your answers are saved")

    lead.open(f"{ONE}answers/capacity/")
    lead.page.locator("input[name=capacity-rating][value=amber]").check()
    lead.press("Save and return to the task list")

    lead.follow("Summary for the board")
    lead.press("Add a paragraph")
    lead.press("Save")
    lead.sees("There is a problem")
    lead.fill("Text", "The force is ready.")
    lead.page.locator("input[name=publication][value=public]").check()
    lead.press("Save")
    lead.sees("The force is ready.")

    lead.open(f"{ONE}check/")
    lead.press("Submit the assessment")
    lead.sees("There is a problem")
    lead.page.get_by_role("checkbox").check()
    lead.press("Submit the assessment")
    lead.sees_heading("Assessment submitted")
    nearly_done.refresh_from_db()
    assert nearly_done.status == AssessmentStatus.SUBMITTED


@with_and_without_javascript
def test_reviewer_returns_lead_corrects_reviewer_approves(visitor, acc, lead, javascript, client):
    assessment = make_submitted(cycle=make_cycle(by=acc), by=lead)
    reviewer = visitor(acc, javascript=javascript)
    reviewer.open("/cycles/2016-17/")
    reviewer.follow("Terrorism")
    reviewer.open(f"{ONE}comments/?place=capacity-local")
    reviewer.fill("Your comment", "How many officers?")
    reviewer.page.locator("main button[type=submit]").click()
    reviewer.sees("How many officers?")
    reviewer.open(f"{ONE}review/")
    reviewer.press("Return to the leads")
    reviewer.fill("Why, and what is to change", "Say more on capacity.")
    reviewer.page.locator("main button[type=submit]").click()
    reviewer.sees("The assessment is returned.")

    writer = visitor(lead, javascript=javascript)
    writer.open(ONE)
    writer.sees("Say more on capacity.", "Alex Acc", "1 unresolved comment", "Not changed yet")
    writer.open(f"{ONE}answers/capacity/")
    writer.sees("How many officers?")
    writer.page.locator("#capacity-local").fill("There are 62 officers.")
    writer.press("Save and continue")
    writer.open(f"{ONE}check/")
    writer.page.get_by_role("checkbox").check()
    writer.press("Submit the assessment")

    reviewer.open(f"{ONE}changes/")
    reviewer.sees("There are 62 officers.")
    reviewer.open(f"{ONE}review/")
    reviewer.press("Approve")
    reviewer.page.get_by_role("checkbox").check()
    reviewer.press("Approve")
    reviewer.sees("The assessment is approved.")
    assessment.refresh_from_db()
    assert assessment.status == AssessmentStatus.APPROVED


def test_each_line_of_the_error_summary_leads_to_its_field(visitor, nearly_done, lead):
    somebody = visitor(lead)
    somebody.open(f"{ONE}lists/vulnerabilities/add/")
    somebody.press("Save")
    links = somebody.page.locator(".govuk-error-summary__list a")
    assert links.count() == 3  # the statement, the likelihood and the impact

    for number in range(links.count()):
        target = links.nth(number).get_attribute("href").removeprefix("#")
        links.nth(number).click()
        assert somebody.page.evaluate("document.activeElement.id") == target
        assert somebody.page.evaluate(
            "document.activeElement.matches('textarea, input:not([type=hidden])')"
        )


def test_a_form_is_filled_in_by_keyboard_alone(visitor, nearly_done, lead):
    somebody = visitor(lead)
    somebody.open(f"{ONE}lists/vulnerabilities/add/")
    keyboard = somebody.page.keyboard

    def tab_to(selector: str) -> None:
        for _ in range(40):
            if somebody.page.evaluate(f"document.activeElement.matches({selector!r})"):
                return
            keyboard.press("Tab")
        raise AssertionError(f"The Tab key does not reach {selector}")

    keyboard.press("Tab")
    assert somebody.page.evaluate("document.activeElement.className") == "govuk-skip-link"
    tab_to("[name=statement]")
    keyboard.type("Few officers are trained.")
    tab_to("[name=likelihood]")
    keyboard.press("Space")
    tab_to("[name=impact]")
    keyboard.press("ArrowDown")
    tab_to("main button[type=submit]")
    with somebody.page.expect_navigation():
        keyboard.press("Enter")

    somebody.sees("Few officers are trained.")
    row = nearly_done.vulnerabilities.get()
    assert (row.likelihood, row.impact) == ("low", "medium")
