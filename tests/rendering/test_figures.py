"""Figures in HTML, PDF and Word: the same words, read aloud, and nothing that is withheld."""

import dataclasses
import io
import zipfile
import zlib

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from PIL import Image

from reports.document import Audience
from reports.editions import for_audience
from reports.figure_data import CapacityUnit, GridChart
from reports.renderers.charts import alternative_text, drawings_of
from reports.renderers.docx import render_docx
from reports.renderers.html import render_html
from reports.renderers.pdf import render_pdf
from reports.renderers.pictures import SCALE, png
from reports.renderers.wording import UnclearedWords
from spr_portal.charts.sheet import TONES, WIDE
from tests.rendering.figures import (
    CS,
    capacity,
    paper_with_figures,
    ratings,
    recommendations,
)
from tests.rendering.papers import numbered
from tests.rendering.reading import (
    docx_words,
    failures,
    html_words,
    parsed_html,
    pdf_tags,
    pdf_words,
)

SECRET = "BRAVO"
PAPERS = {
    "every figure": paper_with_figures(),
    "one threat": paper_with_figures(ratings(1)),
    "twelve threats": paper_with_figures(ratings(12)),
    "no chart": paper_with_figures(
        dataclasses.replace(
            ratings(), content=dataclasses.replace(ratings().content, chart=None, rows=())
        )
    ),
}


@pytest.fixture(scope="module", params=PAPERS)
def paper(request):
    return PAPERS[request.param]


def texts_of(paper) -> list[str]:
    """What is to be read aloud in the place of each chart."""
    drawings = [d for figure in paper.figures() for d in drawings_of(figure, identity="x")]
    return [alternative_text(drawing) for drawing in drawings]


def test_both_standards_are_met(paper):
    assert failures(render_pdf(paper)) == []


# Of a table that goes on overleaf the PDF has the header again.
@pytest.mark.parametrize("figure", [ratings(3), capacity(1), recommendations()])
def test_html_and_pdf_say_the_same(figure):
    paper = paper_with_figures(figure)

    assert pdf_words(render_pdf(paper)) == html_words(render_html(paper))


def test_html_and_word_say_the_same(paper):
    assert docx_words(render_docx(paper)) == html_words(render_html(paper))


def test_the_same_alternative_text_stands_in_every_format(paper):
    said = texts_of(paper)

    svgs = [tag for tag in parsed_html(render_html(paper)).tags if tag[0] == "svg"]
    pictures = docx.Document(io.BytesIO(render_docx(paper))).element.body.iter(qn("wp:docPr"))
    in_pdf = [str(e.Alt) for _, tag, e in pdf_tags(render_pdf(paper)) if tag == "/Figure"]
    assert len(svgs) == len(said)
    assert all(attributes["role"] == "img" for _, attributes in svgs)
    assert [picture.get("descr") for picture in pictures] == said
    assert in_pdf == said


def test_every_chart_of_a_page_has_names_of_its_own():
    page = parsed_html(render_html(PAPERS["every figure"]))

    names = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    named = [a["aria-labelledby"].split() for tag, a in page.tags if tag == "svg"]
    assert len(names) == len(set(names))
    assert all(set(pair) <= set(names) for pair in named)


def test_tables_of_figures_say_what_each_header_heads():
    tags = parsed_html(render_html(paper_with_figures(capacity()))).tags
    scopes = [attributes.get("scope") for tag, attributes in tags if tag == "th"]
    in_pdf = [
        str(element.A.Scope)
        for _, tag, element in pdf_tags(render_pdf(paper_with_figures(capacity())))
        if tag == "/TH"
    ]
    table = docx.Document(io.BytesIO(render_docx(paper_with_figures(capacity())))).tables[0]

    assert scopes.count("col") == 7
    assert scopes.count("row") == 2 + 6  # the head of the paper has two
    assert in_pdf.count("/Column") >= 7
    assert len(in_pdf) == in_pdf.count("/Column") + in_pdf.count("/Row")
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    caption = table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    assert caption == "Figure 2 as a table"


def test_a_long_table_repeats_its_header_and_cuts_no_row():
    content = render_pdf(paper_with_figures(capacity(40)))

    assert failures(content) == []
    pages = pikepdf.open(io.BytesIO(content)).pages
    assert len(pages) > 3


def test_no_drawing_is_higher_than_a_page():
    every = [capacity(30), ratings(12), recommendations()]
    heights = [d.height for figure in every for d in drawings_of(figure, identity="x")]

    assert max(heights) < 880  # 245 mm, less a caption


def test_a_picture_is_the_same_each_time_and_as_large_as_it_says():
    [drawing] = drawings_of(ratings(), identity="x")

    picture = Image.open(io.BytesIO(png(drawing)))

    assert png(drawing) == png(drawing)
    assert picture.size == (WIDE * SCALE, drawing.height * SCALE)
    assert round(picture.info["dpi"][0]) == 96 * SCALE


def test_a_picture_shows_what_the_drawing_has():
    [drawing] = drawings_of(ratings(7), identity="x")

    shown = Image.open(io.BytesIO(png(drawing))).convert("RGB")
    colours = {colour for _, colour in shown.getcolors(1 << 24)}
    for tone in ("green", "yellow", "red", "orange", "grey"):
        fill = tuple(bytes.fromhex(TONES[tone][0][1:]))
        assert any(sum(abs(a - b) for a, b in zip(fill, c, strict=True)) < 12 for c in colours)


def test_not_rated_is_never_green_and_no_colour_is_alone():
    [drawing] = drawings_of(ratings(), identity="x")

    green = [shape for shape in drawing.shapes if shape.fill == TONES["green"][0]]
    drawn = [word.text for group in drawing.lettering for word in group.words]
    cells = [cell for row in ratings().content.chart.rows for cell in row.cells]
    assert len(green) == 1
    assert green[0].path.count("M") == sum(cell.word == "Green" for cell in cells)
    assert sum(drawn.count(word) for word in ("Not rated",)) == sum(
        cell.word == "Not rated" for cell in cells
    )


HOSTILE = (
    "</svg><script>alert(1)</script>",
    "&amp; <b>\u0007",
    "漢字 👍🏽 ŵŷ",
    "W" * 300,
    " ",
    "‏עברית",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_a_unit_is_called_every_format_stands(words):
    unit = CapacityUnit(words, words, 10**9, 0, None, words)
    grid = ratings(1).content
    [row] = grid.chart.rows
    named = dataclasses.replace(
        grid,
        chart=GridChart((words, *CS[1:]), (dataclasses.replace(row, label=words),)),
        header=("Threat", words, *CS[1:]),
        description=words,
    )
    paper = paper_with_figures(
        capacity(2, units=(unit,)), dataclasses.replace(ratings(), content=named)
    )

    assert failures(render_pdf(paper)) == []
    assert docx_words(render_docx(paper)) == html_words(render_html(paper))


def every_byte_of(content: bytes) -> bytes:
    """A file with all that is packed in it unpacked: streams, parts, pictures' own texts."""
    found = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            found += [name.encode() for name in parts.namelist()]
            found += [parts.read(name) for name in parts.namelist()]
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for thing in pdf.objects:
                found.append(repr(thing).encode())
                if isinstance(thing, pikepdf.Stream):
                    try:
                        found.append(thing.read_bytes())
                    except (pikepdf.PdfError, zlib.error):
                        found.append(thing.read_raw_bytes())
        found.append(" ".join(pdf_words(content)).encode())
    return b"\n".join(found)


def with_secrets(figure):
    """The figure with a word of its own in every place of the full edition."""
    content = figure.content
    hidden = dataclasses.replace(
        content,
        description=f"{SECRET} {content.description}",
        rows=(
            *content.rows,
            tuple(dataclasses.replace(cell, text=SECRET) for cell in content.rows[0]),
        ),
        notes=(*content.notes, SECRET),
    )
    return dataclasses.replace(figure, content=hidden, public_content=content)


@pytest.mark.parametrize("render", [render_html, render_pdf, render_docx])
def test_no_byte_of_a_public_file_tells_of_a_withheld_row_or_figure(render):
    full = paper_with_figures(
        with_secrets(capacity()),
        with_secrets(ratings(is_public=False, withheld_under="Section 31 (law enforcement)")),
        numbered(1, "Open."),
    )

    assert SECRET.encode() in every_byte_of(render(full))
    public = every_byte_of(render(for_audience(full, Audience.PUBLIC)))
    assert SECRET.encode() not in public
    assert SECRET.encode("utf-16-be") not in public
    assert b"Capacity" in public


@pytest.mark.parametrize("render", [render_html, render_pdf, render_docx])
@pytest.mark.parametrize(
    "figure",
    [
        ratings(is_public=False),
        ratings(marking="OFFICIAL-SENSITIVE"),
        ratings(public_content=ratings().content),
    ],
)
def test_a_figure_with_more_than_the_public_may_see_stops_the_renderer(render, figure):
    with pytest.raises(UnclearedWords, match="ratings"):
        render(paper_with_figures(figure, audience=Audience.PUBLIC))
