"""The journeys' own guards, seen to catch what they are for."""

import pytest

PAGE = '<!doctype html><html lang="en-GB"><head><title>Page</title></head><body>{}</body></html>'


def show(page, body: str) -> None:
    page.set_content(PAGE.format(f"<main><h1>Page</h1>{body}</main>"))


def test_a_sound_page_passes(page, assert_accessible, assert_reflows):
    show(page, '<a href="#end">To the end</a><p id="end">The end</p>')

    assert_accessible(page)
    assert_reflows(page)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<input type="text">', "label"),
        ('<a href="#nowhere">Mend this</a>', "link to nothing"),
        ('<p id="a">1</p><p id="a">2</p>', "more than one element"),
        ('<p aria-describedby="nowhere">1</p>', "link to nothing"),
    ],
)
def test_an_inaccessible_page_is_refused(page, assert_accessible, body, reason):
    show(page, body)

    with pytest.raises(AssertionError, match=reason):
        assert_accessible(page)


def test_a_page_wider_than_a_telephone_is_refused(page, assert_reflows):
    show(page, f"<p>{'x' * 200}</p>")

    with pytest.raises(AssertionError, match="pixels wide"):
        assert_reflows(page)


def test_an_error_in_the_console_is_a_complaint(page, complaints):
    page.evaluate("console.error('something broke')")
    page.wait_for_timeout(50)

    assert complaints == ["error: something broke"]
    complaints.clear()


def test_a_page_of_the_portal_answers_without_complaints(live_server, page):
    answer = page.goto(f"{live_server.url}/health/")

    assert answer.status == 200
