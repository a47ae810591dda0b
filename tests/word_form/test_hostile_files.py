"""Whatever is uploaded as a form ends in a clear sentence, in bounded time and memory."""

import contextlib
import io
import time
import tracemalloc
import zipfile

import pytest

from assessments.word_form import package
from assessments.word_form.package import UnreadableFile
from assessments.word_form.reading import CHANGED_CODE, NO_CODE, ReturnedForm
from tests.word_form.forms import DOCUMENT, changed, with_part, written

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(**parts: str) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return saved.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        ReturnedForm(io.BytesIO(content))
    return str(refused.value)


def form() -> bytes:
    return written("First.")[1]


def document(xml: str) -> bytes:
    return changed(form(), DOCUMENT, lambda _: xml)


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"PK\x03\x04" + b"\0" * 40, b"PK\x05\x06" + b"\0" * 18, b"\0" * 1000],
)
def test_what_is_no_archive_is_refused(content):
    assert refusal(content) == package.NOT_WORD


def test_an_archive_that_is_no_document_is_refused():
    assert refusal(zipped(a="b")) == package.NOT_WORD
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert refusal(zipped(**{package.CONTENT_TYPES: sheet})) == package.NOT_WORD


def test_an_encrypted_or_old_document_is_refused():
    assert refusal(package.OLE + b"\0" * 5000) == package.ENCRYPTED


def test_macros_are_refused():
    with_macros = changed(
        form(),
        package.CONTENT_TYPES,
        lambda xml: xml.replace(
            "wordprocessingml.document.main", "ms-word.document.macroEnabled.main"
        ),
    )
    assert refusal(with_macros) == package.MACROS
    assert refusal(with_part(form(), "word/vbaProject.bin", "x")) == package.MACROS


def test_a_file_over_the_limit_is_not_opened():
    assert refusal(form() + b"\0" * package.LARGEST_FILE) == package.TOO_LARGE


@pytest.mark.parametrize("part", [DOCUMENT, "docProps/custom.xml", "_rels/.rels"])
def test_a_part_that_unpacks_to_far_too_much_is_not_read(part):
    bomb = changed(form(), part, lambda xml: xml + " " * (60 * 1024 * 1024))

    tracemalloc.start()
    sentence = refusal(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert sentence == package.TOO_MUCH
    assert peak < 40 * 1024 * 1024


def test_an_archive_of_countless_parts_is_refused():
    many = {f"word/{number}.xml": "" for number in range(package.MOST_PARTS)}
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    assert refusal(zipped(**{package.CONTENT_TYPES: types}, **many)) == package.TOO_MUCH


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w>&b;</w>',
        '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd"><w/>',
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>',
        "<w:document>",
        "",
        "no xml",
        "\0",
    ],
)
def test_declared_entities_and_broken_parts_are_refused(xml):
    assert refusal(document(xml)) == package.DAMAGED


def test_a_bottomless_document_is_refused():
    assert refusal(document(f"<w:document {W}>" + "<w:p>" * 5000)) == package.TOO_MUCH


def test_countless_paragraphs_are_refused_soon():
    start = time.monotonic()
    xml = f"<w:document {W}>{'<w:p/>' * 1_000_000}</w:document>"

    assert refusal(document(xml)) == package.TOO_MUCH
    assert time.monotonic() - start < 10


def test_a_paragraph_of_countless_pieces_is_read_in_time():
    pieces = "<w:r><w:t>a</w:t></w:r>" * 400_000
    code = written("First.")[1]
    custom = changed(code, DOCUMENT, lambda _: f"<w:document {W}><w:p>{pieces}</w:p></w:document>")

    start = time.monotonic()
    ReturnedForm(io.BytesIO(custom))

    assert time.monotonic() - start < 10


def test_a_form_without_its_code_and_one_with_another_is_refused():
    def strip(xml):
        return xml.replace("SPRFORM", "NOTHING")

    bare = changed(changed(form(), "docProps/custom.xml", strip), DOCUMENT, strip)
    assert refusal(bare) == NO_CODE

    def forge(xml):
        return xml.replace(".END", "x.END")

    assert refusal(changed(form(), "docProps/custom.xml", forge)) == CHANGED_CODE


def test_the_printed_code_is_enough():
    content = changed(form(), "docProps/custom.xml", lambda _: None)

    assert ReturnedForm(io.BytesIO(content)).identity.reference == "wmp-2016-17-terrorism"


def test_nothing_outside_the_file_is_read(monkeypatch):
    def fail(*args, **kwargs):
        raise AssertionError("something was fetched")

    linked = changed(
        form(),
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace(
            "</Relationships>",
            '<Relationship Id="x" Type="http://x/attachedTemplate" TargetMode="External" '
            'Target="http://127.0.0.1:9/evil.dotm"/></Relationships>',
        ),
    )
    monkeypatch.setattr("socket.socket.connect", fail)

    assert ReturnedForm(io.BytesIO(linked)).identity.force == "wmp"


def test_cut_and_spoilt_files_end_in_a_sentence():
    whole = form()
    for length in range(0, len(whole), 997):
        refusal(whole[:length])
    for at in range(0, len(whole), 499):
        spoilt = bytearray(whole)
        spoilt[at] ^= 0xFF
        with contextlib.suppress(UnreadableFile):
            ReturnedForm(io.BytesIO(bytes(spoilt)))
