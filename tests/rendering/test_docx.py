"""The Word file: its own numbering, real styles, and what a reader's software looks for."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from reports.renderers.docx import render_docx
from tests.rendering.papers import board_paper, capacity_table, numbered, paper_of, recommendations
from tests.rendering.reading import word_paragraphs


@pytest.fixture(scope="module")
def rendered() -> bytes:
    return render_docx(board_paper())


def labels_of(content: bytes, style: str) -> list[str]:
    return [label for name, label, _ in word_paragraphs(content) if name == style]


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_word_counts_on_over_all_headings(rendered):
    assert labels_of(rendered, "Numbered Paragraph") == [f"{n}." for n in range(1, 42)]
    assert labels_of(rendered, "Recommendation") == [f"{n})" for n in range(1, 9)]


def test_word_counts_by_itself_in_an_ordinary_paper(rendered):
    body = docx.Document(io.BytesIO(rendered)).element.body

    # Only the styles carry numbering, so that a paragraph added in Word is counted too.
    assert list(body.iter(qn("w:numPr"))) == []


def test_numbers_that_skip_are_right_in_word():
    blocks = [numbered(n, "Words.") for n in (3, 4, 9, 10, 2)]

    content = render_docx(paper_of(*blocks, recommendations(), recommendations()))

    assert labels_of(content, "Numbered Paragraph") == ["3.", "4.", "9.", "10.", "2."]
    assert labels_of(content, "Recommendation") == [f"{n})" for n in range(1, 9)] * 2


def test_headings_title_and_bullets_have_words_own_styles(rendered):
    styles = [style for style, _, _ in word_paragraphs(rendered)]

    assert styles.count("Title") == 1
    assert [s for s in styles if s.startswith("Heading")] == [
        *["Heading 1"] * 3,
        *["Heading 2"] * 6,
        *["Heading 1"] * 4,
    ]
    assert labels_of(rendered, "Bullet") == ["•"] * 20


def test_a_reference_links_to_its_recommendation(rendered):
    body = docx.Document(io.BytesIO(rendered)).element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]

    (link,) = body.iter(qn("w:hyperlink"))
    assert link.get(qn("w:anchor")) == "recommendation_8"
    assert names.count("recommendation_8") == 1
    assert len(names) == len(set(names))


def test_running_heads_carry_marking_and_page(rendered):
    page = docx.Document(io.BytesIO(rendered)).sections[0]

    assert page.header.paragraphs[0].text == "\tOFFICIAL\tPublic edition"
    for footer in (page.footer, page.first_page_footer):
        fields = [f.get(qn("w:instr")) for f in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
        assert footer.paragraphs[0].text.startswith("WMP SPR 2016-17\tOFFICIAL\tPage")


def test_a_table_repeats_its_header_and_keeps_rows_whole():
    document = docx.Document(io.BytesIO(render_docx(paper_of(capacity_table(rows=40)))))

    (table,) = document.tables
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True] + [False] * 40
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_properties_and_language(rendered):
    document = docx.Document(io.BytesIO(rendered))
    properties = document.core_properties

    assert properties.title.startswith("Strategic Policing Requirement, West Midlands Police")
    assert (properties.author, properties.language) == ("West Midlands Police", "en-GB")
    assert properties.created.isoformat() == "2017-02-07T00:00:00+00:00"
    languages = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert "python-docx" not in part(rendered, "docProps/core.xml")


def test_lists_are_defined_before_they_are_used(rendered):
    xml = part(rendered, "word/numbering.xml")

    assert xml.rindex("<w:abstractNum ") < xml.index("<w:num ")


def test_a_long_paper_has_a_contents_field_filled_in():
    content = render_docx(board_paper(times=4))

    entries = [text for style, _, text in word_paragraphs(content) if style.lower()[:3] == "toc"]
    assert entries[:2] == ["Purpose of report", "Introduction"]
    kinds = part(content, "word/document.xml").count("w:fldCharType")
    assert kinds == 3
