"""The three formats say the same."""

import dataclasses

import pytest

from reports.document import Audience, Paragraph, Strong, Text
from reports.editions import for_audience
from reports.renderers.docx import render_docx
from reports.renderers.html import render_html
from reports.renderers.pdf import render_pdf
from reports.renderers.wording import UnclearedWords
from tests.rendering.papers import (
    board_paper,
    capacity_table,
    numbered,
    paper_by_section,
    paper_of,
    recommendations,
    unnumbered,
)
from tests.rendering.reading import docx_words, html_words, pdf_words

RENDERERS = (render_html, render_pdf, render_docx)
SECRET = "Bravo base holds nine"


def withheld(number: int) -> Paragraph:
    return numbered(
        number,
        "This paragraph is withheld under section 31 (law enforcement).",
        bullets=((Text(SECRET),),),
        is_public=False,
        is_withheld=True,
        withheld_under="section 31 (law enforcement)",
    )


PAPERS = {
    "the paper of 2017": board_paper(),
    "a draft": board_paper(is_draft=True),
    "one long enough for contents": board_paper(times=4),
    "numbers that skip": paper_of(numbered(3, "Three."), numbered(4, "Four."), numbered(9, "Nine")),
    "recommendations twice": paper_of(recommendations(), numbered(1, "Mid"), recommendations()),
    "a withheld paragraph": paper_of(numbered(1, "Open."), withheld(2), numbered(3, "Open.")),
    "restricted words": paper_of(
        numbered(1, "Nine.", is_public=False, withheld_under="section 24"),
        dataclasses.replace(capacity_table(), is_public=False),
        audience=Audience.FULL,
    ),
    "strong words": paper_of(unnumbered("a", Text("It is "), Strong("most"), Text(" urgent."))),
    "numbers by section": paper_by_section(),
    "numbers by section, for the public": for_audience(paper_by_section(), Audience.PUBLIC),
    "bullets alone": paper_of(unnumbered("a"), Paragraph("b", None, (), ((Text("One"),),) * 2)),
    "an empty section": paper_of(),
    "no heading": paper_of(numbered(1, "One."), heading=""),
    "a long table": paper_of(capacity_table(rows=90)),
    "characters without a glyph": paper_of(numbered(1, "One\u0007 ≥ 漢 👍🏽 ŵŷ a\u200bb\u2028c")),
}


@pytest.mark.parametrize("name", PAPERS)
def test_html_and_word_say_the_same(name):
    words = html_words(render_html(PAPERS[name]))

    assert docx_words(render_docx(PAPERS[name])) == words


# Contents have page numbers in the PDF, and a long table its header again on each page.
@pytest.mark.parametrize("name", [n for n in PAPERS if "contents" not in n and "long" not in n])
def test_html_and_pdf_say_the_same(name):
    words = html_words(render_html(PAPERS[name]))

    assert pdf_words(render_pdf(PAPERS[name])) == words


@pytest.mark.parametrize("render", RENDERERS)
def test_what_is_restricted_never_reaches_a_public_paper(render):
    paper = paper_of(numbered(1, SECRET, is_public=False), audience=Audience.PUBLIC)

    with pytest.raises(UnclearedWords, match="p1"):
        render(paper)


@pytest.mark.parametrize("withheld_part", [withheld(2)])
def test_nothing_beside_a_withheld_sentence_is_printed(withheld_part):
    item = dataclasses.replace(
        recommendations().items[0],
        heading=SECRET,
        addressee=SECRET,
        inlines=(Text("This recommendation is withheld."),),
        is_public=False,
        is_withheld=True,
    )
    listed = dataclasses.replace(recommendations(), items=(item,))

    words = " ".join(html_words(render_html(paper_of(withheld_part, listed))))

    assert "2. This paragraph is withheld under section 31" in words
    assert "1) This recommendation is withheld." in words
    assert SECRET not in words


def test_a_full_paper_says_what_is_not_for_publication():
    words = " ".join(html_words(render_html(PAPERS["restricted words"])))

    assert "Nine. [Not for publication: section 24]" in words
