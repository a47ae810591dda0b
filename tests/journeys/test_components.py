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


def test_second_click_while_the_answer_is_on_its_way_sends_nothing(sample):
    held = []

    def hold_what_is_sent(route):
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    sample.route("**/sample/", hold_what_is_sent)
    button = sample.get_by_role("button", name="Save and continue")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    sample.mouse.click(*place)
    # GOV.UK Frontend's own guard is over after a second.
    sample.wait_for_timeout(1_300)
    sample.mouse.click(*place)
    sample.wait_for_timeout(300)

    assert len(held) == 1
    held[0].continue_()
    sample.get_by_role("heading", name="There is a problem").wait_for()


def test_page_with_nothing_to_type_is_loaded_again_when_its_job_is_over(page, live_server):
    page.goto(f"{live_server.url}/sample/progress/")
    page.get_by_text("Making page 1.").wait_for(timeout=8_000)

    with page.expect_navigation(timeout=15_000):
        pass  # The third look says that the job is over.


def test_end_of_a_job_never_takes_away_what_somebody_types(sample):
    sample.get_by_label("Threat picture").fill("Half a sentence")

    sample.get_by_text("The PDF is ready.").wait_for(timeout=20_000)

    sample.wait_for_timeout(300)
    assert sample.get_by_label("Threat picture").input_value() == "Half a sentence"


def test_page_is_whole_without_javascript(new_context, live_server):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/sample/")

    page.get_by_role("link", name="Check again").wait_for()
    page.get_by_role("button", name="Save and continue").click()

    page.get_by_role("link", name="Select the rating").wait_for()
