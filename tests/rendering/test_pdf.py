"""The PDF: its standards, structure, properties and what it may read."""

import dataclasses
import io
import re
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from reports.document import Section, TableCell
from reports.renderers import pdf
from reports.renderers.pdf_finish import finish
from tests.rendering.papers import blank_paper, board_paper, capacity_table, numbered, paper_of
from tests.rendering.reading import failures, pdf_pages, pdf_tags, pdf_text

PACKAGED_FONTS = {"Public-Sans", "Public-Sans-Bold", "Public-Sans-Ext", "Public-Sans-Ext-Bold"}


@pytest.fixture(scope="module")
def rendered() -> bytes:
    return pdf.render_pdf(board_paper())


def tags_of(content: bytes) -> list[str]:
    return [tag for _, tag, _ in pdf_tags(content)]


def uneven_table():
    rows = ((TableCell("a", is_header=True),), (TableCell("b"), TableCell("c"), TableCell("")))
    return dataclasses.replace(capacity_table(), header=("Only one",), rows=rows)


@pytest.mark.parametrize(
    "paper",
    [
        board_paper(),
        board_paper(times=4, is_draft=True),
        blank_paper(),
        paper_of(),
        paper_of(capacity_table(rows=90)),
        paper_of(uneven_table()),
        paper_of(dataclasses.replace(capacity_table(), header=(), caption="")),
        paper_of(numbered(1, "One."), heading=""),
        dataclasses.replace(blank_paper(), sections=(Section("s", "Deep", 3, ()),)),
        dataclasses.replace(blank_paper(), title="", marking="", header=(), force_name=""),
    ],
)
def test_both_standards_are_met(paper):
    assert failures(pdf.render_pdf(paper)) == []


def test_the_finish_is_what_meets_them():
    tagged = pdf.tagged_pdf(board_paper())

    assert failures(tagged) != []
    assert failures(finish(tagged)) == []


def test_headings_stand_in_order(rendered):
    headings = [tag for tag in tags_of(rendered) if tag.startswith("/H")]

    assert headings == ["/H1", *["/H2"] * 3, *["/H3"] * 6, *["/H2"] * 4]


def test_bullets_are_list_items_with_label_and_body(rendered):
    tags = pdf_tags(rendered)
    items = [[str(kid.S) for kid in element.K] for _, tag, element in tags if tag == "/LI"]

    assert items == [["/Lbl", "/LBody"]] * 20


def test_header_cells_say_what_they_head(rendered):
    scopes = [str(element.A.Scope) for _, tag, element in pdf_tags(rendered) if tag == "/TH"]

    # Two facts in the head of the paper; three columns and two rows in the table.
    assert scopes == ["/Row"] * 2 + ["/Column"] * 3 + ["/Row"] * 2


def test_a_reference_is_a_link(rendered):
    assert tags_of(rendered).count("/Link") == 1


def test_a_list_that_goes_on_overleaf_leaves_no_empty_item():
    bullets = tuple((text,) for text in numbered(1, *["A point to note."] * 120).inlines)

    tags = pdf_tags(pdf.render_pdf(paper_of(numbered(1, "Points:", bullets=bullets))))

    items = [element for _, tag, element in tags if tag == "/LI"]
    assert len(items) == 120
    assert all(len(item.K) for item in items)


def test_numbers_are_text(rendered):
    text = pdf_text(rendered)

    assert [n for n in range(1, 42) if f"\n{n}. " not in text] == []
    assert [n for n in range(1, 9) if f"\n{n}) " not in text] == []


def test_every_page_carries_marking_and_number(rendered):
    pages = pdf_pages(rendered)

    for number, text in enumerate(pages, start=1):
        assert text.count("OFFICIAL") == 2
        assert f"Page {number} of {len(pages)}" in text


def test_a_draft_says_so_on_every_page():
    pages = pdf_pages(pdf.render_pdf(board_paper(is_draft=True)))

    assert ["Draft" in text for text in pages] == [True] * len(pages)


def test_properties_and_bookmarks(rendered):
    reader = pypdf.PdfReader(io.BytesIO(rendered))

    title = "Strategic Policing Requirement, West Midlands Police, 7 February 2017, Public edition"
    assert (reader.metadata.title, reader.metadata.author) == (title, "West Midlands Police")
    assert reader.metadata.creation_date_raw == "D:20170207000000Z"
    assert reader.root_object["/Lang"] == "en-GB"
    paper, sections = reader.outline
    assert paper.title == "Strategic Policing Requirement"
    assert [entry.title for entry in sections if not isinstance(entry, list)][:2] == [
        "Purpose of report",
        "Introduction",
    ]
    assert sections[3][0].title == "Terrorism"


def test_a_long_paper_lists_its_contents_with_pages():
    pages = pdf_pages(pdf.render_pdf(board_paper(times=4)))

    listed = re.search(r"Legal implications\s+(\d+)", "\n".join(pages[:2]))
    assert "Legal implications" in pages[int(listed[1]) - 1]


def test_only_packaged_fonts_are_used():
    content = pdf.render_pdf(paper_of(numbered(1, "Łódź ≥ ✓ α я مرحبا 😀 漢 plain")))

    assert failures(content) == []
    resources = pypdf.PdfReader(io.BytesIO(content)).pages[0]["/Resources"]["/Font"]
    names = {str(font.get_object()["/BaseFont"]).split("+")[1] for font in resources.values()}
    assert names <= PACKAGED_FONTS | {"DejaVu-Sans"}


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://localhost/",
        "data:text/plain,x",
        "file://elsewhere/static/css/paper.css",
        (pdf.STYLESHEETS / "../../manage.py").as_uri(),
    ],
)
def test_only_packaged_files_are_read(url):
    with pytest.raises(ValueError, match="may not refer"):
        pdf._PackagedFiles().fetch(url)


def test_web_pages_do_without_weasyprint():
    code = "import django; django.setup(); import reports.renderers.html, reports.renderers.docx"
    check = f"{code}, sys; assert 'weasyprint' not in sys.modules"

    subprocess.run([sys.executable, "-c", check], check=True, cwd=Path(__file__).parents[2])
