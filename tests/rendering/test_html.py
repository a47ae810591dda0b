"""The HTML: one accessible file, and the same words within a page of the portal."""

import re

import pytest

from reports.document import CrossReference, Paragraph, Text
from reports.renderers.html import paper_body, render_html
from tests.rendering.papers import board_paper, numbered, paper_of, recommendations, unnumbered
from tests.rendering.reading import parsed_html


@pytest.fixture(scope="module")
def rendered() -> str:
    return render_html(board_paper()).decode()


def tags_of(content: str) -> list[tuple[str, dict]]:
    return parsed_html(content.encode()).tags


def test_it_refers_to_nothing_outside_itself(rendered):
    tags = tags_of(rendered)

    assert not {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "object"}
    assert [a["href"] for _, a in tags if not a.get("href", "#").startswith("#")] == []
    assert "url(" not in rendered
    assert "@import" not in rendered


def test_it_has_language_title_and_headings_in_order(rendered):
    tags = tags_of(rendered)

    assert ("html", {"lang": "en-GB"}) in tags
    title = "Strategic Policing Requirement, West Midlands Police, 7 February 2017, Public edition"
    assert f"<title>{title}</title>" in rendered
    headings = [tag for tag, _ in tags if re.fullmatch(r"h\d", tag)]
    assert headings == ["h1", *["h2"] * 3, *["h3"] * 6, *["h2"] * 4]


def test_numbers_are_text(rendered):
    numbers = re.findall(r'<span class="paper-number">([^<]+) </span>', rendered)

    assert numbers == [f"{n}." for n in range(1, 42)] + [f"{n})" for n in range(1, 9)]


def test_every_id_stands_once_and_every_link_has_its_place():
    there, away = CrossReference("p1", "paragraph 1"), CrossReference("gone", "annex A")
    blocks = (recommendations(), numbered(1, "One."), recommendations(), unnumbered("x", there))

    content = render_html(paper_of(*blocks, unnumbered("y", away))).decode()

    ids = [attributes["id"] for _, attributes in tags_of(content) if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert '<a href="#paragraph-1">paragraph 1</a>' in content
    assert ">annex A</p>" in content


def test_a_users_markup_is_words():
    words = "<script>alert(1)</script> & <b>bold</b> {{ paper }} {% now %}"
    paper = paper_of(numbered(1, words), heading="<i>&</i>", title='"><script>')

    content = render_html(paper).decode()

    assert "<script>" not in content
    assert "&lt;b&gt;bold&lt;/b&gt; {{ paper }} {% now %}" in content
    assert "<i>" not in content


def test_within_a_page_the_paper_starts_at_the_second_level():
    headings = [tag for tag, _ in tags_of(str(paper_body(board_paper()))) if tag[0] == "h"]

    assert "h1" not in headings
    assert headings[:2] == ["header", "h2"]


def test_a_paragraph_leads_back_to_the_answer_it_came_from():
    body = paper_body(board_paper(), trace_links={"p2": "/cycles/2016-17/terrorism/#a2"})

    assert '<a href="/cycles/2016-17/terrorism/#a2">From: Answer 2</a>' in body
    assert body.count("paper-trace") == 1


def test_an_issued_paper_has_no_way_back(rendered):
    assert "From: Answer" not in rendered


def test_the_addressee_opens_the_sentence():
    (item,) = recommendations().items[:1]
    for words, read in (
        ("to plan.", "</strong> to plan."),
        (", in planning", "</strong>, in planning"),
        (" to plan", "</strong> to plan"),
    ):
        changed = type(item)(**{**vars(item), "inlines": (Text(words),)})
        content = render_html(paper_of(type(recommendations())((changed,)))).decode()

        assert f"<strong>The Chief Constable{read}" in content


def test_two_paragraphs_with_one_number_keep_their_own_place():
    first, second = numbered(1, "One."), Paragraph("other", 1, (Text("Another."),))

    content = render_html(paper_of(first, second)).decode()

    assert 'id="paragraph-1"' in content
    assert 'id="paragraph-1a"' in content
