"""What goes into a form comes out of it, whichever program saved it in between."""

import io
import shutil
import subprocess

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.word_form.content import paragraphs_of, reads_as, text_of
from assessments.word_form.reading import ReturnedForm
from spr_portal.plain_text import clean
from tests.word_form.forms import (
    changed,
    filled,
    with_part,
    without_bookmarks,
    without_controls,
    written,
)

ANSWER = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.text(max_size=20).map(lambda words: f"- {words}"),
        st.sampled_from(
            ["", "-", "•", "1. One", "=1+1", "<w:p>", "]]>", "a\tb", "😀 e\u0301", "o"]
        ),
    ),
    max_size=8,
).map(lambda lines: clean("\n".join(lines)))
TWO = "Two paragraphs.\n\nWith bullets:\n\n- one\n- two\n\nAnd an end."


def answers_in(form, content: bytes):
    return ReturnedForm(io.BytesIO(content)).read(form)


def same(one: dict, other: dict) -> bool:
    return {code: reads_as(words) for code, words in one.items()} == {
        code: reads_as(words) for code, words in other.items()
    }


def expected(form) -> dict:
    return {asked.question.code: asked.text or asked.rating for asked in form.questions}


@given(ANSWER)
@settings(max_examples=300, deadline=None)
def test_paragraphs_of_an_answer_are_the_answer(text):
    assert reads_as(text_of(paragraphs_of(text))) == reads_as(text)


@given(st.lists(ANSWER, min_size=6, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_answers_come_back_unchanged(texts):
    form, content = written(*texts)

    for file in (content, without_controls(content), without_bookmarks(content)):
        read = answers_in(form, file)
        assert same(read.answers, expected(form))
        assert read.strays == []


def test_without_controls_and_bookmarks_the_headings_lead_to_the_answers():
    form, content = written("First.", TWO, "", rating="Amber")

    read = answers_in(form, without_bookmarks(without_controls(content)))

    assert same(read.answers, expected(form))
    assert read.strays == []


def test_what_is_typed_in_the_boxes_is_read():
    form, content = written("First.", TWO, rating="")

    read = answers_in(
        form,
        filled(content, {"question-1": "New.\nAnd more.", "question-3": "Green"}),
    )

    assert read.answers["question-1"] == "New.\n\nAnd more."
    assert read.answers["question-3"] == "Green"
    assert reads_as(read.answers["question-2"]) == reads_as(TWO)


def test_words_outside_the_boxes_are_kept_apart():
    form, content = written("First.", "Second.", carried="Last year’s words.")
    document = docx.Document(io.BytesIO(content))
    document.paragraphs[0].add_run(" (mine)")
    headings = [row for row in document.paragraphs if row.style.name == "Heading 2"]
    headings[1].insert_paragraph_before("A note between the boxes.")
    saved = io.BytesIO()
    document.save(saved)

    read = answers_in(form, saved.getvalue())

    assert [(stray.words, stray.where) for stray in read.strays] == [
        ("West Midlands Police (mine)", "at the top"),
        ("A note between the boxes.", "below “1. What is number 1?”"),
    ]


def test_footnotes_and_comments_are_kept_apart():
    form, content = written("First.")
    notes = (
        '<w:footnotes xmlns:w="w"><w:footnote><w:p><w:r><w:t>See annex B.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )

    read = answers_in(form, with_part(content, "word/footnotes.xml", notes))

    assert [(stray.words, stray.where) for stray in read.strays] == [("See annex B.", "a footnote")]


def test_tracked_changes_read_as_if_accepted_and_breaks_and_symbols_are_words():
    form, content = written("First.")
    run = (
        "<w:ins><w:r><w:t>Now.</w:t></w:r></w:ins><w:del><w:r><w:delText>Then.</w:delText></w:r>"
        "</w:del><w:r><w:br/><w:t>Two</w:t><w:noBreakHyphen/><w:t>fold</w:t>"
        '<w:sym w:font="Symbol" w:char="00B1"/></w:r>'
    )

    read = answers_in(
        form,
        changed(
            content,
            "word/document.xml",
            lambda xml: xml.replace("<w:r><w:t>First.</w:t></w:r>", run),
        ),
    )

    assert read.answers == {"question-1": "Now.\nTwo-fold±"}


def test_a_numbered_list_keeps_its_numbers():
    form, content = written("First.")
    document = docx.Document(io.BytesIO(content))
    [number] = [
        row.get(qn("w:numId"))
        for row in document.part.numbering_part.element.iter(qn("w:num"))
        if row.find(qn("w:abstractNumId")).get(qn("w:val"))
        == _counted(document.part.numbering_part.element)
    ][:1]
    listed = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{words}</w:t></w:r></w:p>"
        for words in ("Call.", "Answer.")
    )
    filled_in = changed(
        content,
        "word/document.xml",
        lambda xml: xml.replace("<w:sdtContent><w:p>", f"<w:sdtContent>{listed}<w:p>", 1),
    )

    assert answers_in(form, filled_in).answers["question-1"].startswith("1. Call.\n\n2. Answer.")


def _counted(numbering) -> str:
    """The key of a description of lists in which the first level is counted."""
    for described in numbering.iter(qn("w:abstractNum")):
        kind = described.find(f"{qn('w:lvl')}/{qn('w:numFmt')}")
        if kind is not None and kind.get(qn("w:val")) == "decimal":
            return described.get(qn("w:abstractNumId"))
    raise LookupError("The library's page describes no counted list.")


def test_a_box_that_was_taken_out_changes_nothing_elsewhere():
    form, content = written("First.", "Second.")
    document = docx.Document(io.BytesIO(content))
    document.tables[0]._tbl.getparent().remove(document.tables[0]._tbl)
    saved = io.BytesIO()
    document.save(saved)

    assert answers_in(form, saved.getvalue()).answers == {"question-2": "Second."}


def test_a_picture_in_an_answer_is_noticed():
    form, content = written("First.")
    spoilt = changed(
        content,
        "word/document.xml",
        lambda xml: xml.replace("<w:t>First.</w:t>", "<w:t>First.</w:t><w:drawing/>"),
    )

    assert answers_in(form, spoilt).with_pictures == {"question-1"}


@pytest.mark.skipif(not shutil.which("libreoffice"), reason="LibreOffice is not on this machine.")
def test_a_form_saved_by_libreoffice_is_read(tmp_path):
    form, content = written("First.", TWO, "", rating="Amber")
    (tmp_path / "form.docx").write_bytes(
        filled(content, {"question-1": "Filled in.", "question-4": "Green"})
    )
    command = ["libreoffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    command += ["--convert-to", "docx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "form.docx")], check=True, capture_output=True)

    read = answers_in(form, (tmp_path / "out" / "form.docx").read_bytes())

    assert same(
        read.answers,
        expected(form) | {"question-1": "Filled in.", "question-4": "Green"},
    )
    assert read.strays == []


def test_the_form_can_be_used_by_everybody():
    form, content = written("First.", rating="Amber")
    document = docx.Document(io.BytesIO(content))

    styles = [row.style.name for row in document.paragraphs if row.text]
    assert styles[:2] == ["Normal", "Title"]
    assert [name for name in styles if name.startswith("Heading")] == [
        "Heading 1", "Heading 2", "Heading 2",
    ]  # fmt: skip
    assert document.core_properties.title == form.title
    assert {tag.get(qn("w:val")) for tag in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    controls = list(document.element.iter(qn("w:sdt")))
    named = [control.find(f".//{qn('w:alias')}").get(qn("w:val")) for control in controls]
    assert named == [asked.heading for asked in form.questions]
    offered = [item.get(qn("w:displayText")) for item in document.element.iter(qn("w:listItem"))]
    assert offered == ["No answer yet", "Green", "Amber", "Not rated"]
    assert document.sections[0].header.paragraphs[0].text.startswith("OFFICIAL")
