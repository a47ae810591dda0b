"""What an uploaded file is, told by its content: what is kept, and what is refused and why."""

import contextlib

import pytest
from PIL import Image

from spr_portal.file_checks import FileRefused, examine
from tests.evidence.uploads import (
    a_bomb,
    a_locked_pdf,
    a_pdf,
    a_pdf_with_attachment,
    a_photograph_with_place,
    a_picture,
    a_program,
    a_word_file,
    a_workbook,
    an_archive,
    fetching_template,
    noise,
    packed,
)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KEPT = {
    "plan.pdf": (a_pdf, "application/pdf"),
    "PLAN.PDF": (a_pdf, "application/pdf"),
    "plan.docx": (a_word_file, WORD),
    "plan.xlsx": (
        a_workbook,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "plan.png": (lambda: a_picture("PNG"), "image/png"),
    "plan.jpeg": (lambda: a_picture("JPEG"), "image/jpeg"),
    "plan.txt": (lambda: "Sixty-two – held.\n".encode(), "text/plain; charset=utf-8"),
    "plan.csv": (lambda: b'\xef\xbb\xbf"unit","held"\r\n"PSU",62\r\n', "text/csv; charset=utf-8"),
}
A_GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSED = {
    "an ending behind the ending": ("x.pdf.html", a_pdf, "must be one of these"),
    "a program": ("x.exe", lambda: b"MZ" + bytes(200), "must be one of these"),
    "a drawing that can run scripts": ("x.svg", lambda: b"<svg/>", "must be one of these"),
    "no ending": ("pdf", a_pdf, "must be one of these"),
    "an archive": ("x.zip", an_archive, "must be one of these"),
    "nothing in it": ("x.pdf", bytes, "is empty"),
    "macros by name": ("x.docm", an_archive, "macros cannot be kept"),
    "an old format": ("x.doc", lambda: COMPOUND, "Old Office files"),
    "a PDF that is a page": ("x.pdf", lambda: b"<html>%PDF-1.7 %%EOF", "is not a PDF"),
    "a PDF that is noise": ("x.pdf", lambda: b"%PDF-1.7\n" + noise(900) + b"%%EOF", "damaged"),
    "a PDF cut short": ("x.pdf", lambda: a_pdf()[:-40], "is not a PDF"),
    "a PDF with an archive behind it": ("x.pdf", lambda: a_pdf() + an_archive(), "is not a PDF"),
    "a PDF with a program": ("x.pdf", lambda: a_pdf(OpenAction=a_program()), "JavaScript"),
    "a PDF with attachments": ("x.pdf", a_pdf_with_attachment, "attached"),
    "a PDF with a password": ("x.pdf", a_locked_pdf, "password"),
    "Word that is a PDF": ("x.docx", a_pdf, "is not an Office file"),
    "Word that is Excel": ("x.docx", a_workbook, "is not the kind of file"),
    "Excel that is Word": ("x.xlsx", a_word_file, "is not the kind of file"),
    "Word with a password": ("x.docx", lambda: COMPOUND, "protected by a password"),
    "Word cut short": ("x.docx", lambda: a_word_file()[:-200], "is not an Office file"),
    "Word behind a page": ("x.docx", lambda: b"<html>" + a_word_file(), "not an Office file"),
    "Word before a page": ("x.docx", lambda: a_word_file() + b"<html>", "not an Office file"),
    "Word with macros": (
        "x.docx", lambda: an_archive(**{"word/vbaProject.bin": "x"}), "macros or other programs",
    ),
    "Word with a control": (
        "x.docx", lambda: an_archive(**{"word/activeX/activeX1.xml": "x"}), "other programs",
    ),
    "Word out of its folder": (
        "x.docx", lambda: an_archive(**{"../../etc/passwd": "x"}), "is not an Office file",
    ),
    "Word at an absolute path": (
        "x.docx", lambda: an_archive(**{"/etc/passwd": "x"}), "is not an Office file",
    ),
    "Word that fetches": ("x.docx", fetching_template, "would fetch another one"),
    "Word that unpacks to much": ("x.docx", a_bomb, "too large once it is unpacked"),
    "Word of very many parts": (
        "x.docx", lambda: an_archive(**{f"word/{n}.xml": "" for n in range(5_000)}), "too large",
    ),
    "macros under another type": (
        "x.docx",
        lambda: packed(
            {
                "[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml",
                "word/document.xml": "<document/>",
            }
        ),
        "is not the kind of file",
    ),
    "a picture that is another": ("x.png", lambda: a_picture("JPEG"), "is not a PNG picture"),
    "a picture that is a GIF": ("x.jpg", lambda: A_GIF, "is not a JPEG picture"),
    "a picture cut short": ("x.png", lambda: a_picture("PNG")[:60], "cannot be drawn"),
    "a picture of too many points": (
        "x.png", lambda: a_picture("PNG", (20_000, 6_000)), "million pixels or fewer",
    ),
    "text that is not": ("x.txt", lambda: noise(500), "must be saved as UTF-8"),
    "text of two bytes a sign": ("x.txt", lambda: "words".encode("utf-16"), "saved as UTF-8"),
    "text with a NUL": ("x.csv", lambda: b"a,b\0,c", "is not plain text"),
    "text cut in a sign": ("x.txt", lambda: "held – 62".encode()[:6], "saved as UTF-8"),
}  # fmt: skip


def examined(tmp_path, name: str, content: bytes):
    path = tmp_path / "upload"
    path.write_bytes(content)
    return examine(path, name, tmp_path / "cleaned")


@pytest.mark.parametrize("name", KEPT)
def test_a_file_is_known_by_its_content(tmp_path, name):
    make, content_type = KEPT[name]

    assert examined(tmp_path, name, make()).content_type == content_type


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_not_what_it_should_be_is_refused_with_a_reason(tmp_path, what):
    name, make, sentence = REFUSED[what]

    with pytest.raises(FileRefused, match=sentence):
        examined(tmp_path, name, make())


@pytest.mark.parametrize("make", [a_pdf, a_word_file, a_workbook], ids=["PDF", "Word", "Excel"])
def test_a_file_with_a_hole_in_it_is_kept_or_refused_and_never_breaks_the_check(tmp_path, make):
    name = {a_pdf: "x.pdf", a_word_file: "x.docx", a_workbook: "x.xlsx"}[make]
    whole = make()
    for at in range(0, len(whole), max(1, len(whole) // 40)):
        holed = whole[:at] + bytes(9) + whole[at + 9 :]
        with contextlib.suppress(FileRefused):
            examined(tmp_path, name, holed)


def test_a_picture_loses_what_it_carries_besides_and_stays_upright(tmp_path):
    original = a_photograph_with_place()
    assert b"CanaryCamera" in original

    examined(tmp_path, "x.jpg", original)

    drawn = (tmp_path / "cleaned").read_bytes()
    assert b"CanaryCamera" not in drawn
    with Image.open(tmp_path / "cleaned") as picture:
        assert picture.size == (20, 40)


def test_what_stands_behind_a_picture_is_left_out(tmp_path):
    examined(tmp_path, "x.png", a_picture("PNG") + an_archive(**{"canary.html": "<script>"}))

    assert b"canary" not in (tmp_path / "cleaned").read_bytes()
