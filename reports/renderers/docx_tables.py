"""Tables and pictures of the Word file, each with its name for who does not see it."""

import io
from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Inches, Mm
from docx.text.paragraph import Paragraph

from reports.document import TableCell
from reports.renderers.wording import LONGEST_WORD, MANY_COLUMNS, is_date
from spr_portal.charts import Drawing

# Of a table's text: a letter in bold, large and small, and what stands around a cell's words.
_LETTER, _SMALL_LETTER, _AROUND = Mm(1.9), Mm(1.7), Mm(4)
_MOST = 70  # letters that count: no sentence gets all the room
_CELL_MARGIN = 108  # twentieths of a point, as Word has it
_RULE = "B6BEC7"
_ROWS_OF_A_SHORT_TABLE = 9


def add_table(
    document: Document,
    header: Sequence[str],
    rows: Sequence[Sequence[TableCell | None]],
    *,
    caption: str,
    text_width: int,
    numeric: Sequence[int] = (),
) -> None:
    """Write a table with its header row, repeated overleaf; no row is cut by a page's end."""
    columns = len(header)
    table = document.add_table(rows=0, cols=columns, style="Table Grid")
    table.autofit = False
    widths = _widths(header, rows, text_width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    if any(header):
        row = table.add_row()
        _repeat_overleaf(row)
        for place, (cell, words) in enumerate(zip(row.cells, header, strict=True)):
            _fill(cell, words, is_bold=True, is_shaded=True, is_number=place in numeric)
    for cells in rows:
        row = table.add_row()
        _keep_whole(row)
        for place, (cell, content) in enumerate(zip(row.cells, cells, strict=True)):
            words, is_header = (content.text, content.is_header) if content else ("", False)
            _fill(cell, words, is_bold=is_header, is_number=place in numeric)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            if columns >= MANY_COLUMNS:
                cell.paragraphs[0].style = "Small Table Text"
    _align_with_text(table)
    _keep_ends_together(table)
    _describe(table, caption)


def add_picture(paragraph: Paragraph, drawing: Drawing, *, alternative: str) -> None:
    """A chart as a picture of its own size, with what it says in its place."""
    from reports.renderers.pictures import DPI, SCALE, png  # Pillow: most papers need none

    width = Inches(drawing.width * SCALE / DPI)
    inline = paragraph.add_run().add_picture(io.BytesIO(png(drawing)), width=width)._inline
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")  # some readers take an eighth of an inch where nothing is said
    inline.docPr.set("name", f"Picture {inline.docPr.get('id')}")
    inline.docPr.set("title", drawing.title)
    inline.docPr.set("descr", alternative)


def _widths(header: Sequence[str], rows: Sequence, text_width: int) -> list[Emu]:
    """Each column as wide as its longest word, where all fit; the rest goes by what they say."""
    columns = [[words] for words in header]
    for cells in rows:
        for column, cell in zip(columns, cells, strict=True):
            column.append(cell.text if cell else "")
    letter = _SMALL_LETTER if len(columns) >= MANY_COLUMNS else _LETTER
    longest = [min(_longest_word(column), LONGEST_WORD) for column in columns]
    least = [_AROUND + letter * letters for letters in longest]
    spare = max(text_width - sum(least), 0)
    weights = [
        1 + max(min(max(map(len, column)), _MOST) - letters, 0)
        for column, letters in zip(columns, longest, strict=True)
    ]
    wanted = [
        one + spare * weight // sum(weights) for one, weight in zip(least, weights, strict=True)
    ]
    return [Emu(text_width * one // sum(wanted)) for one in wanted]


def _longest_word(column: Sequence[str]) -> int:
    """How long what is not parted is: a word, or a date."""
    whole = (words if is_date(words) else max(words.split(" "), key=len) for words in column)
    return max(map(len, whole), default=0)


def _fill(cell, words: str, *, is_bold=False, is_shaded=False, is_number=False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Table Text"
    if is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run(words).bold = is_bold or None
    if is_shaded:
        shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="E8EDF3"/>'
        cell._tc.get_or_add_tcPr().append(parse_xml(shade))


def _align_with_text(table) -> None:
    """Thin rules that begin and end where the text does, not a cell's margin outside it."""
    properties = table._tbl.tblPr
    indent = f'<w:tblInd {nsdecls("w")} w:w="{_CELL_MARGIN}" w:type="dxa"/>'
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    borders = f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>"
    # The schema wants both before the layout, in this order.
    layout = properties.find(qn("w:tblLayout"))
    for element in (parse_xml(indent), parse_xml(borders)):
        layout.addprevious(element)


def _repeat_overleaf(row) -> None:
    _keep_whole(row)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _keep_ends_together(table) -> None:
    """No row stands alone on a page: the header with two rows, the last with the one before it.

    A short table stands on one page.
    """
    rows = list(table.rows)
    kept = rows if len(rows) <= _ROWS_OF_A_SHORT_TABLE else (*rows[:2], *rows[-2:])
    for row in kept[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _describe(table, caption: str) -> None:
    """Give the table a name for screen readers, and mark its headings as such."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "1")
        look.set(qn("w:firstColumn"), "1")
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), caption)
    table._tbl.tblPr.append(title)
