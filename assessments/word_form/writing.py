"""Drawing a form as a Word file: headings, guidance, and a box for each answer.

Each answer is a content control whose tag names it, in a box of its own. A
program that loses content controls keeps the bookmark; one that loses both
keeps the heading above the box.
"""

from __future__ import annotations

import datetime
import io
from xml.sax.saxutils import quoteattr

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml import etree

from assessments.word_form.content import (
    CODE_LINE,
    HOW_TO,
    LAST_YEAR,
    NO_RATING,
    Form,
    FormPart,
    FormQuestion,
    choice_line,
    paragraphs_of,
)
from assessments.word_form.signing import sign

LANGUAGE = "en-GB"
FONT = "Arial"
INK, ACCENT, MUTED = "16191D", "1D3A5F", "4A5158"
# Size, bold, colour, distance before and after (points) of each style.
LOOKS = {
    "Normal": (11, False, INK, 0, 6),
    "Title": (22, True, INK, 6, 6),
    "Heading 1": (16, True, ACCENT, 24, 6),
    "Heading 2": (12, True, INK, 18, 4),
    "List Bullet": (11, False, INK, 0, 3),
    "Header": (9, True, MUTED, 0, 0),
    "Footer": (9, False, MUTED, 0, 0),
}
# The schema wants a table's properties in this order.
TABLE_ORDER = [
    qn(f"w:{name}")
    for name in (
        "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize",
        "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd",
        "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription",
    )
]  # fmt: skip
CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
CUSTOM_NAME = "SPR form code"


def write_form(form: Form) -> bytes:
    """The form as the bytes of a .docx file."""
    document = docx.Document()
    _set_styles(document)
    _set_properties(document, form)
    _set_pages(document, form)
    code = sign(form.identity)
    _add_custom_property(document, code)
    document.add_paragraph(form.force)
    document.add_paragraph(form.title, style="Title")
    for words in (*form.facts, *HOW_TO):
        document.add_paragraph(words)
    for part in form.parts:
        _write_part(document, part)
    document.add_paragraph(CODE_LINE).paragraph_format.space_before = Pt(24)
    printed = document.add_paragraph().add_run(code)
    printed.font.size, printed.font.color.rgb = Pt(7), RGBColor.from_string(MUTED)
    _say_no_proofing(printed)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _write_part(document: Document, part: FormPart) -> None:
    document.add_paragraph(part.label, style="Heading 1")
    _write_guidance(document, part.guidance)
    for asked in part.questions:
        document.add_paragraph(asked.heading, style="Heading 2")
        _write_guidance(document, asked.question.guidance)
        for choice in asked.choices:
            _above(document.add_paragraph(choice_line(choice), style="List Bullet"))
        if asked.carried:
            _above(document.add_paragraph()).add_run(LAST_YEAR).bold = True
            for words, is_bullet in paragraphs_of(asked.carried):
                joined = " ".join(words.split())
                document.add_paragraph(joined, style="List Bullet" if is_bullet else None)
        _write_box(document, asked)


def _write_guidance(document: Document, text: str) -> None:
    """Guidance stays on the page of what it is about."""
    for words, is_bullet in paragraphs_of(text):
        joined = " ".join(words.split())
        _above(document.add_paragraph(joined, style="List Bullet" if is_bullet else None))


def _above(paragraph: Paragraph) -> Paragraph:
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def _write_box(document: Document, asked: FormQuestion) -> None:
    table = document.add_table(rows=1, cols=1, style="Table Grid")
    table.autofit = False
    properties = table._tbl.tblPr
    properties.extend(list(parse_xml(_box_look(f"Your answer to: {asked.heading}"))))
    properties[:] = sorted(properties, key=lambda element: TABLE_ORDER.index(element.tag))
    row = table.rows[0]
    row.height, cell = Mm(9 if asked.choices else 24), row.cells[0]
    cell.width = Mm(166)
    first = cell.paragraphs[0]
    if asked.choices:
        _fill_rating(first, asked)
    else:
        _fill_answer(cell, first, asked)
    _bookmark(first, asked)
    document.add_paragraph()


def _box_look(caption: str) -> str:
    """Indent and margins that let the words in the box stand below those above it, and its name."""
    return (
        f'<w:look {nsdecls("w")}><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="85" w:type="dxa"/><w:left w:w="113" w:type="dxa"/>'
        '<w:bottom w:w="85" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar>'
        f"<w:tblCaption w:val={quoteattr(caption)}/></w:look>"
    )


def _fill_answer(cell, first: Paragraph, asked: FormQuestion) -> None:
    paragraphs = [first]
    for number, (words, is_bullet) in enumerate(paragraphs_of(asked.text)):
        paragraph = first if number == 0 else cell.add_paragraph()
        paragraph.style = cell.part.document.styles["List Bullet"] if is_bullet else None
        for line_number, line in enumerate(words.split("\n")):
            run = paragraph.add_run()
            if line_number:
                run.add_break()
            run.add_text(line)
        if number:
            paragraphs.append(paragraph)
    content = OxmlElement("w:sdtContent")
    control = _control(asked, content)
    first._p.addprevious(control)
    for paragraph in paragraphs:
        content.append(paragraph._p)
    # A cell must end with a paragraph of its own; this one is as small as can be.
    last = cell.add_paragraph()
    last.paragraph_format.space_after = Pt(0)
    last.paragraph_format.line_spacing = Pt(2)


def _fill_rating(paragraph: Paragraph, asked: FormQuestion) -> None:
    chosen = asked.rating or NO_RATING
    content = OxmlElement("w:sdtContent")
    content.append(paragraph.add_run(chosen)._r)
    control = _control(asked, content)
    choices = OxmlElement("w:dropDownList")
    for label in (NO_RATING, *(choice.label for choice in asked.choices)):
        item = OxmlElement("w:listItem")
        item.set(qn("w:displayText"), label)
        item.set(qn("w:value"), label)
        choices.append(item)
    control.find(qn("w:sdtPr")).append(choices)
    paragraph._p.append(control)


def _control(asked: FormQuestion, content):
    """A content control that can be filled in and not be removed."""
    control, properties = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
    named = {"w:alias": asked.heading[:64], "w:tag": asked.tag[:64], "w:lock": "sdtLocked"}
    for name, value in named.items():
        element = OxmlElement(name)
        element.set(qn("w:val"), value)
        properties.append(element)
    control.append(properties)
    control.append(content)
    return control


def _bookmark(paragraph: Paragraph, asked: FormQuestion) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(asked.number))
    start.set(qn("w:name"), asked.bookmark)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def _set_styles(document: Document) -> None:
    for name, (size, bold, colour, before, after) in LOOKS.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
        style.font.color.rgb = RGBColor.from_string(colour)
        fonts = style.element.rPr.rFonts
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        for script in ("w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    title = document.styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), LANGUAGE)


def _set_properties(document: Document, form: Form) -> None:
    properties = document.core_properties
    properties.title = form.title[:255]
    properties.author = properties.last_modified_by = form.force[:255]
    properties.subject = form.identity.reference[:255]
    properties.language = LANGUAGE
    properties.comments, properties.revision = "", 1
    properties.created = properties.modified = datetime.datetime.combine(
        form.identity.made_on, datetime.time()
    )
    relations = document.part.package.rels
    for key in [k for k, rel in relations.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]  # of the library's blank page


def _set_pages(document: Document, form: Form) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    page.top_margin, page.bottom_margin = Mm(24), Mm(22)
    page.header.paragraphs[0].text = f"{form.marking}\t{form.title}"
    page.footer.paragraphs[0].text = f"{form.marking}\t{form.force}"
    for running in (page.header, page.footer):
        for tabs in list(running.paragraphs[0].style.element.iter(qn("w:tabs"))):
            tabs.getparent().remove(tabs)  # of the library's page, which is narrower
        stops = running.paragraphs[0].paragraph_format.tab_stops
        stops.add_tab_stop(Mm(166), docx.enum.text.WD_TAB_ALIGNMENT.RIGHT)


def _say_no_proofing(run) -> None:
    run._r.get_or_add_rPr().append(OxmlElement("w:noProof"))


def _add_custom_property(document: Document, code: str) -> None:
    """The code once more, where no reader can remove it by mistake."""
    vt = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    properties = parse_xml(
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'custom-properties" xmlns:vt="{vt}"><property pid="2" '
        f'fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" name="{CUSTOM_NAME}">'
        f"<vt:lpwstr>{code}</vt:lpwstr></property></Properties>"
    )
    package = document.part.package
    blob = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + etree.tostring(properties)
    part = Part(PackURI("/docProps/custom.xml"), CUSTOM, blob, package)
    package.relate_to(part, CUSTOM_RELATION)
