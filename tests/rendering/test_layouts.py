"""A paper numbered by section, with annexes, brand and markings, read back from each format."""

import io
import re

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from reports.document import Audience, Text
from reports.editions import for_audience
from reports.renderers import wording
from reports.renderers.docx import render_docx
from reports.renderers.html import paper_body, render_html
from reports.renderers.pdf import render_pdf
from tests.rendering.papers import board_paper, numbered, paper_by_section, paper_of, unnumbered
from tests.rendering.reading import (
    failures,
    html_words,
    parsed_html,
    pdf_pages,
    pdf_tags,
    word_paragraphs,
)

HEADINGS = [
    "1. Purpose",
    "2. What is recommended",
    "3. The threats",
    "3.2 Terrorism",
    "3.3 Cyber",
    "4. Plans",
    "Legal implications",
    "5. Conclusion",
    "6. Recommendations",
    "Annex A: Capacity",
    "Annex B: Words",
]


@pytest.fixture(scope="module")
def word() -> bytes:
    return render_docx(paper_by_section())


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(paper_by_section())


@pytest.fixture(scope="module")
def html() -> bytes:
    return render_html(paper_by_section())


def test_word_counts_headings_and_paragraphs_in_one_list(word):
    lines = [(style, label, text) for style, label, text in word_paragraphs(word) if label]
    headings = [f"{label} {text}" for style, label, text in lines if style.startswith("Heading")]
    numbers = [label for style, label, _ in lines if style == "Numbered Paragraph"]

    assert headings == [heading for heading in HEADINGS if heading[0].isdigit()]
    assert numbers == [
        "1.1", "1.2", "3.1", "3.2.1", "3.2.2", "3.3.1", "4.1", "5.1", "5.2", "A1", "B1", "B2",
    ]  # fmt: skip


def test_in_word_the_commonest_depth_needs_no_number_of_its_own(word):
    """So that a paragraph added in Word is counted too."""
    document = docx.Document(io.BytesIO(word))
    own = [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.style.name == "Numbered Paragraph"
        and paragraph._p.pPr.find(qn("w:numPr")) is not None
    ]

    assert own == [
        "What stands at 3.2.1.",
        "What stands at 3.2.2.",
        "What stands at 3.3.1.",
        *(f"What stands at {number}." for number in ("A1", "B1", "B2")),
    ]


def test_a_recommendation_has_its_number_in_each_place(word, html):
    printed = [label for style, label, _ in word_paragraphs(word) if style == "Recommendation"]
    words = re.findall(r'<span class="paper-number">(\d+\)) </span>', html.decode())

    whole = [f"{n})" for n in range(1, 9)]
    assert printed == words == [*whole, "4)", *whole]


def test_a_reference_leads_to_the_first_place_of_a_recommendation(html):
    ids = [attributes.get("id") for _, attributes in parsed_html(html).tags]

    assert ids.count("recommendation-4") == 1
    assert ids.index("recommendation-4") < ids.index("paragraph-3-2-1")


def test_every_reference_is_a_link_in_every_format(word, html, pdf):
    targets = [a["href"] for tag, a in parsed_html(html).tags if tag == "a"]
    linked = [
        link.get(qn("w:anchor"))
        for link in docx.Document(io.BytesIO(word)).element.body.iter(qn("w:hyperlink"))
    ]

    assert targets == ["#section-3", "#paragraph-3-2-2", "#table-1", "#section-11"]
    assert linked == [target[1:].replace("-", "_") for target in targets]
    assert sum(tag == "/Link" for _, tag, _ in pdf_tags(pdf)) == 4


def test_headings_are_bookmarks_with_their_numbers(pdf):
    def titles(entries):
        for entry in entries:
            yield from titles(entry) if isinstance(entry, list) else [entry.title]

    outline = pypdf.PdfReader(io.BytesIO(pdf)).outline

    assert [*titles(outline)][1:] == HEADINGS


def test_both_standards_are_met(pdf):
    assert failures(pdf) == []
    assert failures(render_pdf(for_audience(paper_by_section(), Audience.PUBLIC))) == []


def test_the_logo_has_its_description_in_every_format(word, html, pdf):
    [alternative] = [e.get("/Alt") for _, tag, e in pdf_tags(pdf) if tag == "/Figure"]
    [image] = re.findall(r'<img [^>]*alt="([^"]*)"', html.decode())
    document = docx.Document(io.BytesIO(word))
    [picture] = document.element.body.iter(qn("wp:docPr"))

    assert str(alternative) == image == picture.get("descr") == "Crest of the force"


def test_the_colour_reaches_every_format(word, html):
    document = docx.Document(io.BytesIO(word))

    assert "--paper-brand: #553399;" in html.decode()
    assert str(document.styles["Heading 1"].font.color.rgb) == "553399"


@pytest.mark.parametrize("colour", ["red", "#12345", "#12345g", "#123456; } body { display: none"])
def test_what_is_no_colour_is_left_out(colour):
    paper = paper_by_section(brand=type(paper_by_section().brand)(colour=colour))

    assert "--paper-brand: " not in render_html(paper).decode().split("@media")[-1]
    assert "display: none; }" not in render_html(paper).decode().rsplit("</style>")[0][-80:]


def test_markings_are_printed_in_the_full_edition_alone(html):
    public = render_html(for_audience(paper_by_section(), Audience.PUBLIC))

    full = " ".join(html_words(html))
    assert "[OFFICIAL-SENSITIVE: for the Executive Team only. Not for publication]" in full
    assert "4. Plans [Not for publication: section 31]" in full
    assert "OFFICIAL-SENSITIVE" not in public.decode()


def test_a_withheld_section_is_one_heading_that_says_so():
    public = " ".join(html_words(render_html(for_audience(paper_by_section(), Audience.PUBLIC))))

    assert (
        "4. This section is withheld under section 31 of the Freedom of Information Act 2000. "
        "Legal implications None. 5. Conclusion 5.1"
    ) in public
    assert "Plans" not in public


def test_an_annex_begins_on_a_page_of_its_own(pdf, word):
    pages = pdf_pages(pdf)
    breaks = [
        paragraph.text
        for paragraph in docx.Document(io.BytesIO(word)).paragraphs
        if paragraph.paragraph_format.page_break_before
    ]

    for page, heading in zip(pages[-2:], HEADINGS[-2:], strict=True):
        assert heading in page
    assert HEADINGS[-1] not in pages[-2]
    assert breaks == HEADINGS[-2:]


def test_what_supersedes_stands_under_the_title(html):
    words = " ".join(html_words(html))

    assert "Full edition This is issue 2 of the paper. It supersedes issue 1." in words


def test_within_a_page_the_colour_comes_from_a_style_sheet_of_its_own():
    body = paper_body(paper_by_section())

    assert '<link rel="stylesheet" href="/papers/colour/553399/">' in body
    assert "style=" not in body


def test_a_long_contents_list_has_the_numbers_of_headings():
    long = board_paper(times=4)
    numbered = type(long)(
        **{
            **vars(long),
            "sections": tuple(
                type(part)(**{**vars(part), "number": str(count)})
                for count, part in enumerate(long.sections, start=1)
            ),
        }
    )

    content = render_pdf(numbered)

    assert "2. Introduction" in " ".join(" ".join(pdf_pages(content)[:2]).split())
    assert failures(content) == []


def test_what_goes_on_from_a_numbered_paragraph_hangs_beneath_it():
    words = (Text("It goes on."),)
    parts = (
        unnumbered("before", *words),
        numbered(1, "Told"),
        unnumbered("more", *words),
        unnumbered("still", *words),
    )

    assert wording.hanging(parts) == [False, False, True, True]
    page = render_html(paper_of(*parts)).decode()
    assert page.count('class="paper-paragraph paper-paragraph-hung"') == 2
    assert page.count('class="paper-paragraph paper-paragraph-plain"') == 1
