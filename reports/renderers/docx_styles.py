"""The styles of the Word file, as a table.

A style here is one of Word's own where Word has one, so that its navigation
pane, contents list and accessibility checker know it.
"""

import dataclasses
from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Arial"  # on every machine with Word; the PDF carries its own font instead
ACCENT = "1D3A5F"
INK = "16191D"
MUTED = "4A5158"
WARNING = "7A1414"
HANGING = Mm(11)
PLAIN_BULLET = Mm(6)  # under a paragraph that has no number to hang from

HEADINGS = {2: "Heading 1", 3: "Heading 2", 4: "Heading 3"}
CONTENTS = {2: "TOC 1", 3: "TOC 2", 4: "TOC 3"}
NUMBERED, BULLET, RECOMMENDATION = "Numbered Paragraph", "Bullet", "Recommendation"


@dataclass(frozen=True)
class Look:
    """How a paragraph style looks; sizes and distances are in points, indents in Word's units."""

    size: float = 10.5
    bold: bool = False
    colour: str = INK
    before: float = 0
    after: float = 6
    left: int = 0
    hanging: int = 0
    keeps_next: bool = False
    centred: bool = False
    outline: int | None = None
    based_on: str = "Normal"


LOOKS = {
    "Normal": Look(based_on=""),
    "Title": Look(size=22, bold=True, before=12, after=3),
    "Heading 1": Look(
        size=14, bold=True, colour=ACCENT, before=20, after=6, keeps_next=True, outline=0
    ),
    "Heading 2": Look(size=11.5, bold=True, before=14, after=6, keeps_next=True, outline=1),
    "Heading 3": Look(size=10.5, bold=True, before=12, after=6, keeps_next=True, outline=2),
    "Marking": Look(size=9, bold=True, centred=True),
    "Force": Look(size=12, bold=True, colour=ACCENT, before=12, after=2),
    "Logo": Look(before=12, after=0),
    "Head Words": Look(colour=MUTED, after=4),
    "Foot Words": Look(size=9.5, colour=MUTED, before=6, after=2),
    "Meeting": Look(colour=MUTED, after=0),
    "Edition": Look(bold=True, colour=MUTED),
    "Notice": Look(before=6),
    "Draft Notice": Look(bold=True, before=6),
    "Fact": Look(left=Mm(46), hanging=Mm(46), after=3),
    "Contents Heading": Look(
        size=12, bold=True, colour=ACCENT, before=14, after=4, keeps_next=True
    ),
    "TOC 1": Look(after=3),
    "TOC 2": Look(after=3, left=Mm(6)),
    "TOC 3": Look(after=3, left=Mm(12)),
    NUMBERED: Look(left=HANGING, hanging=HANGING, before=7, after=3),
    BULLET: Look(left=HANGING + Mm(6), hanging=Mm(5), after=2),
    RECOMMENDATION: Look(left=HANGING, hanging=HANGING, before=7, after=3),
    "Restriction": Look(size=9.5, bold=True, colour=WARNING, left=HANGING),
    "Caption": Look(bold=True, before=8, after=4, keeps_next=True),
    "Picture": Look(after=4),
    "Table Note": Look(size=9.5, colour=MUTED, before=3, after=0),
    "Table End": Look(size=4, after=4),
    "Table Text": Look(size=9.5, before=2, after=2),
    "Small Table Text": Look(size=8.5, before=2, after=2),
    "Header": Look(size=8.5, colour=MUTED, after=0),
    "Footer": Look(size=8.5, colour=MUTED, after=0),
}


def add_styles(document: Document, *, language: str, accent: str = "") -> None:
    """Give the document every style of LOOKS, and its language.

    `accent` is a colour in place of ACCENT, such as "1d3a5f".
    """
    accent = accent.upper() or ACCENT
    for name, look in LOOKS.items():
        own = accent if look.colour == ACCENT else look.colour
        _style(document, name, dataclasses.replace(look, colour=own))
    for name, colour, underlined in (("Cross Reference", accent, True), ("Withheld", MUTED, False)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = RGBColor.from_string(colour)
        style.font.underline = underlined or None
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), language)


def _style(document: Document, name: str, look: Look) -> None:
    # Read from the names themselves: python-docx looks up "Heading 1" under another spelling.
    known = {style.name for style in document.styles}
    styles = document.styles
    style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for old in ("w:pPr", "w:rPr"):
        for element in style.element.findall(qn(old)):
            style.element.remove(element)
    style.base_style = styles[look.based_on] if look.based_on else None
    style.hidden, style.quick_style = False, True
    style.font.name, style.font.size, style.font.bold = FONT, Pt(look.size), look.bold
    style.font.color.rgb = RGBColor.from_string(look.colour)
    style.element.rPr.rFonts.set(qn("w:cs"), FONT)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing, shape.widow_control = 1.15, True
    shape.left_indent, shape.first_line_indent = look.left, -look.hanging
    shape.keep_with_next = look.keeps_next
    if look.centred:
        shape.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if look.outline is not None:
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(look.outline))
        style.element.get_or_add_pPr().append(outline)
