"""The search for leaks can fail: a word is found in every place and guise it can have."""

import base64
import io
import json
import zipfile

import docx
import pikepdf
import pytest

from tests.leaks.unpacking import leaks

WORD = "canaryword7x"


def pdf(change) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    change(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def stream(made, content: bytes):
    return made.make_stream(content)


def in_page(made):
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    split = b"BT /F1 12 Tf 10 10 Td [(canary) -20 (word) 5 (7x)] TJ ET"
    made.pages[0].Contents = stream(made, split)


def in_metadata(made):
    with made.open_metadata() as metadata:
        metadata["dc:description"] = WORD


def in_information(made):
    made.docinfo["/Keywords"] = WORD


def in_bookmark(made):
    with made.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Section – {WORD}", 0))


def in_alternative_text(made):
    element = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, Alt=f"Ünicode {WORD}")
    made.Root.StructTreeRoot = made.make_indirect(pikepdf.Dictionary(K=element))


def in_attachment(made):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("a.json", json.dumps({"text": WORD}))
    made.attachments["a.zip"] = packed.getvalue()


def in_name_of_attachment(made):
    made.attachments[f"{WORD}.txt"] = b"."


PLACES_OF_PDF = [
    in_page, in_metadata, in_information, in_bookmark, in_alternative_text, in_attachment,
    in_name_of_attachment,
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES_OF_PDF)
def test_a_word_is_found_in_every_place_of_a_pdf(place):
    assert leaks([WORD], pdf(lambda made: None)) == []
    assert leaks([WORD, "another"], pdf(place)) == [WORD]


def test_a_word_that_a_later_revision_took_out_is_found():
    first = pdf(in_information)
    later = io.BytesIO()
    with pikepdf.open(io.BytesIO(first)) as made:
        del made.docinfo["/Keywords"]
        made.save(later, normalize_content=True)

    assert leaks([WORD], later.getvalue()) == []
    assert leaks([WORD], first + b"\n" + later.getvalue()) == [WORD]


def word_file(name: str = "", content: str = "", paragraphs=()) -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for run in paragraphs:
        paragraph.add_run(run)
    file = io.BytesIO()
    document.save(file)
    if name:
        with zipfile.ZipFile(file, "a") as parts:
            parts.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "file",
    [
        word_file(paragraphs=["can", "ary", "word7x"]),
        word_file("word/comments.xml", f"<w:t>{WORD}</w:t>"),
        word_file("word/people.xml", "<w:t>canary</w:t><w:t>word7x</w:t>"),
        word_file("docProps/custom.xml", "<v>&#99;anaryword7x</v>"),
        word_file("customXml/item9.xml", base64.b64encode(f"say {WORD}.".encode()).decode()),
        word_file("word/document2.xml", f'<w:del w:rsidDel="1"><w:delText>{WORD}</w:delText>'),
        word_file(f"word/media/{WORD}.png", "."),
    ],
    ids=["split runs", "comments", "split tags", "entities", "base64", "undo", "name of a part"],
)
def test_a_word_is_found_in_every_part_of_a_word_file(file):
    assert leaks([WORD], word_file(paragraphs=["nothing"])) == []
    assert leaks([WORD], file) == [WORD]


@pytest.mark.parametrize(
    "content",
    [
        f"<p>{WORD}</p>",
        "<p>canary<em>word</em>7x</p>",
        '<img alt="canary&#119;ord7x">',
        f"<!-- {WORD} -->",
        "<p>canary\u00adword\u200b7x</p>",
        "<p>CANARYWORD7X</p>",
        '{"text": "\\u0063anaryword7x"}',
        "<feff" + WORD.encode("utf-16-be").hex() + ">",
        "data:text/plain;base64," + base64.b64encode(WORD.encode()).decode(),
    ],
)
def test_a_word_is_found_in_every_guise_in_a_text(content):
    assert leaks([WORD], b"<p>nothing</p>") == []
    assert leaks([WORD], content.encode()) == [WORD]


def test_a_word_is_found_in_two_bytes_a_letter():
    assert leaks([WORD], WORD.encode("utf-16-le")) == [WORD]
    assert leaks([WORD], WORD.encode("utf-16")) == [WORD]
