"""Every component and field in a real browser: readable by all, on any screen, sent only once."""

import pytest

from tests.frontend.sample import sample_pages

__all__ = ["sample_pages"]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("sample_pages"),
]
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def sample(page, live_server):
    page.goto(f"{live_server.url}/sample/")
    return page


def test_components_and_fields_are_accessible(sample, assert_accessible):
    assert_accessible(sample)


def test_fields_with_errors_are_accessible(sample, assert_accessible):
    sample.get_by_role("button", name="Save and continue").click()
    sample.get_by_role("heading", name="There is a problem").wait_for()

    assert_accessible(sample)


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_page_never_scrolls_sideways(page, live_server, width):
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("/sample/", "/accessibility/"):
        page.goto(live_server.url + address)

        assert not page.evaluate(OVERFLOWS)


def test_wide_table_scrolls_by_keyboard(page, live_server):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/sample/")
    region = page.get_by_role("region", name="Figures by criterion")

    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)

    assert region.evaluate("element => element.scrollLeft") > 0


def test_each_line_of_the_error_summary_leads_to_its_field(sample):
    sample.get_by_label("Month").fill("Juin")
    sample.get_by_label("Day").fill("1")
    sample.get_by_label("Year").fill("2016")
    sample.get_by_role("button", name="Save and continue").click()
    links = sample.locator(".govuk-error-summary__list a")
    links.first.wait_for()

    reached = []
    for number in range(links.count()):
        links.nth(number).click()
        reached.append(sample.evaluate("document.activeElement.id"))

    assert reached == [
        "id_title",
        "id_narrative",
        "id_email",
        "id_password",
        "id_held",
        "id_as_at_month",
        "id_threat",
        "id_rating_0",
        "id_levels_0",
        "id_is_true",
        "id_attachment",
    ]


def test_second_click_sends_nothing(sample):
    sent = []
    sample.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    sample.evaluate(
        """() => {
            const button = document.querySelector("main form button[type=submit].govuk-button");
            button.form.requestSubmit(button);
            button.form.requestSubmit(button);
        }"""
    )
    sample.get_by_role("heading", name="There is a problem").wait_for()

    assert len(sent) == 1


def test_progress_of_a_job_is_told_without_loading_the_page_again(sample):
    sample.get_by_text("Making page 1.").wait_for(timeout=8_000)

    with sample.expect_navigation(timeout=15_000):
        pass  # The third look says that the job is over, and the page is loaded anew.


def test_page_is_whole_without_javascript(new_context, live_server):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/sample/")

    page.get_by_role("link", name="Check again").wait_for()
    page.get_by_role("button", name="Save and continue").click()

    page.get_by_role("link", name="Select the rating").wait_for()
