"""Files that were made to do harm, or are no papers."""

from __future__ import annotations

import io
import zipfile
import zlib

import docx
import pikepdf

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LONG_RUN = "BT /F1 12 Tf 72 700 Td (Words of a paper) Tj ET "


def a_pdf_of(content: bytes, pages: int = 1) -> bytes:
    """A PDF of pages that all show one stream, kept as it is given."""
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        stream = pdf.make_indirect(pikepdf.Stream(pdf, content))
        for _ in range(pages):
            page = pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=[0, 0, 595, 842],
                Contents=stream,
                Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.save(written, compress_streams=True)
    return written.getvalue()


def a_scan() -> bytes:
    return a_pdf_of(b"0 0 595 842 re f")


def five_hundred_pages() -> bytes:
    return a_pdf_of(LONG_RUN.encode(), pages=500)


def a_page_that_explodes(megabytes: int = 900) -> bytes:
    """A stream of a few hundred kilobytes that unpacks to as many megabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(megabytes)) + packer.flush()
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = pikepdf.Stream(pdf, packed)
        stream.Filter = pikepdf.Name.FlateDecode
        pdf.pages[0].Contents = pdf.make_indirect(stream)
        as_it_is = pikepdf.StreamDecodeLevel.none
        pdf.save(written, compress_streams=False, stream_decode_level=as_it_is)
    return written.getvalue()


def a_page_of_signs(count: int = 400_000) -> bytes:
    """One page on which far more is printed than anybody reads."""
    return a_pdf_of(b"BT /F1 1 Tf 0 0 Td " + b"(word ) Tj " * count + b"ET")


def a_page_that_shows_itself() -> bytes:
    """A drawing that draws itself twice, and so on for ever."""
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        form = pdf.make_indirect(pikepdf.Stream(pdf, b"/X Do /X Do"))
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = [0, 0, 10, 10]
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        pdf.pages[0].Contents = pdf.make_indirect(pikepdf.Stream(pdf, b"/X Do"))
        pdf.save(written)
    return written.getvalue()


def a_locked_pdf() -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf_of(LONG_RUN.encode()))) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return written.getvalue()


def a_font_without_letters() -> bytes:
    """Words in a font that does not say which letters its signs stand for."""
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        below = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name.ABC,
            CIDSystemInfo=pikepdf.Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            FontDescriptor=pikepdf.Dictionary(
                Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name.ABC, Flags=4,
                FontBBox=[0, 0, 1000, 1000], ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700,
                StemV=80,
            ),
        )  # fmt: skip
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name.ABC,
            Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(below)],
        )  # fmt: skip
        pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        signs = b"".join(b"%04X" % number for number in range(200, 400))
        pdf.pages[0].Contents = pdf.make_indirect(
            pikepdf.Stream(pdf, b"BT /F1 12 Tf 72 700 Td <" + signs + b"> Tj ET")
        )
        pdf.save(written)
    return written.getvalue()


def a_word_file(body: str = "") -> bytes:
    """A Word document; `body` takes the place of its body's XML."""
    written = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("1. What the exercise showed.")
    document.save(written)
    if not body:
        return written.getvalue()
    changed = io.BytesIO()
    new = zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(written) as old, new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "word/document.xml":
                content = body.encode()
            new.writestr(member.filename, content)
    return changed.getvalue()


def deep_xml() -> bytes:
    inner = "<w:sdt><w:sdtContent>" * 20_000 + "</w:sdtContent></w:sdt>" * 20_000
    return a_word_file(f'<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>')


def laughing_xml() -> bytes:
    """Entities that unfold to a thousand million words."""
    entities = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
    return a_word_file(
        f'<!DOCTYPE d [<!ENTITY a0 "word ">{entities}]><w:document xmlns:w="{W}"><w:body><w:p><w:r>'
        "<w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"
    )


def a_word_bomb() -> bytes:
    """A document that unpacks to 180 megabytes of one paragraph each."""
    body = "<w:p><w:r><w:t>word</w:t></w:r></w:p>" * 5_000_000
    return a_word_file(f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')


def with_macros() -> bytes:
    changed = io.BytesIO(a_word_file())
    with zipfile.ZipFile(changed, "a") as file:
        file.writestr("word/vbaProject.bin", b"program")
    return changed.getvalue()
