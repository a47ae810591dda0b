"""The paper as a Word file: real styles, and numbers that Word itself goes on counting.

A cross-reference is a link with the issued words, not a REF field: Word would
write "8)" for recommendation 8 when it updates one.
"""

import base64
import datetime
import io
import zipfile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from reports.document import (
    Block,
    CrossReference,
    Figure,
    FigureContent,
    Inline,
    Paper,
    Paragraph,
    RecommendationItem,
    RecommendationList,
    Section,
    Strong,
    Table,
)
from reports.renderers import charts, wording
from reports.renderers.docx_numbering import Numbers
from reports.renderers.docx_styles import (
    BULLET,
    CONTENTS,
    HANGING,
    HEADINGS,
    NUMBERED,
    PLAIN_BULLET,
    RECOMMENDATION,
    add_styles,
)
from reports.renderers.docx_tables import add_picture, add_table

_EARLIEST_IN_ZIP = (1980, 1, 1, 0, 0, 0)
_TEXT_WIDTH = Mm(156)
_LOGO_WIDTH, _LOGO_HEIGHT = Mm(70), Mm(20)


def render_docx(paper: Paper) -> bytes:
    """The paper as a Word file; the same paper gives the same bytes.

    Raises wording.UnclearedWords where a public paper holds restricted words.
    """
    document = _Writer(wording.prepared(paper)).write()
    saved = io.BytesIO()
    document.save(saved)
    return _with_fixed_times(saved)


class _Writer:
    """Writes one paper into one Word document, from top to bottom."""

    def __init__(self, paper: Paper):
        self._paper = paper
        self._document = docx.Document()
        add_styles(self._document, language=paper.language, accent=wording.colour(paper))
        numbers = (block.number for block in paper.paragraphs() if block.number is not None)
        self._numbers = Numbers(self._document, numbers)
        self._anchors = wording.anchors(paper)
        self._unused_anchors = dict(self._anchors)
        self._bookmarks = 0
        self._hangs = False  # whether what is written goes on from a numbered paragraph
        self._leads = False  # whether a figure or a table follows on what is written

    def write(self) -> Document:
        _set_properties(self._document, self._paper)
        _set_pages(self._document, self._paper)
        self._write_head()
        heads = wording.heads(self._paper)
        if wording.needs_contents(self._paper):
            self._write_contents([head for head in heads if head])
        for head, section in zip(heads, self._paper.sections, strict=True):
            if head:
                self._write_heading(head)
            self._write_restriction(section)
            self._write_blocks(section.blocks)
        for words in self._paper.brand.foot_words if self._paper.brand else ():
            self._add("Foot Words", words)
        return self._document

    def _write_head(self) -> None:
        paper = self._paper
        if paper.marking:
            self._add("Marking", paper.marking)
        self._write_logo()
        self._add("Force", paper.force_name)
        if paper.brand and paper.brand.head_words:
            self._add("Head Words", paper.brand.head_words)
        self._add("Meeting", paper.board_name)
        self._add("Meeting", wording.date_in_words(paper.meeting_on))
        self._add("Title", paper.title)
        self._add("Edition", paper.edition_label)
        for notice in paper.notices:
            self._add("Notice", notice)
        if paper.is_draft:
            self._add("Draft Notice", wording.DRAFT_NOTICE)
        for label, words in paper.header:
            fact = self._add("Fact")
            fact.add_run(label).bold = True
            fact.add_run(f"\t{words}")

    def _write_logo(self) -> None:
        if not self._paper.brand or not self._paper.brand.logo:
            return
        picture = io.BytesIO(base64.b64decode(self._paper.brand.logo))
        shape = self._add("Logo").add_run().add_picture(picture)
        scale = min(_LOGO_WIDTH / shape.width, _LOGO_HEIGHT / shape.height, 1)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        shape._inline.docPr.set("descr", wording.logo_description(self._paper))

    def _write_contents(self, heads: list[wording.Head]) -> None:
        """A contents field, filled in: right at once, and Word can still renew it."""
        self._add("Contents Heading", wording.CONTENTS_HEADING)
        entries = [self._add(CONTENTS[head.level]) for head in heads]
        for head, entry in zip(heads, entries, strict=True):
            if entry is entries[0]:
                _begin_field(entry, r' TOC \o "1-3" \n \h ')
            entry._p.append(_link(head.anchor, head.text, style=None))
        if entries:
            _field_mark(entries[-1], "end")

    def _write_blocks(self, blocks: tuple[Block, ...]) -> None:
        followed = zip(blocks, (*blocks[1:], None), wording.hanging(blocks), strict=False)
        for block, after, self._hangs in followed:
            self._leads = isinstance(after, Figure | Table)
            self._write_block(block)

    def _write_heading(self, head: wording.Head) -> None:
        counted = head.number if head.is_hung else ""
        written = self._add(HEADINGS[head.level], head.words if counted else head.text)
        if counted:
            self._numbers.count(written, counted)
        if head.is_annex:
            written.paragraph_format.page_break_before = True
        self._bookmark(written, head.anchor)

    def _write_block(self, block) -> None:
        match block:
            case Paragraph():
                self._write_paragraph(block)
            case Table():
                self._write_table(block)
            case Figure():
                self._write_figure(block)
            case RecommendationList():
                for item in block.items:
                    self._write_recommendation(item)
            case _:
                raise TypeError(f"No way to write a {type(block).__name__}.")

    def _write_paragraph(self, block: Paragraph) -> None:
        bullets = wording.shown_bullets(block)
        if not wording.is_only_bullets(block):
            written = self._add("Normal" if block.number is None else NUMBERED)
            if block.number is not None:
                self._numbers.count(written, block.number)
            if self._hangs:
                written.paragraph_format.left_indent = HANGING
            self._write_inlines(written, block.inlines, is_withheld=block.is_withheld)
            self._bookmark_part(written, block)
            written.paragraph_format.keep_with_next = True if bullets or self._leads else None
        for bullet in bullets:
            written = self._add(BULLET)
            if block.number is None and not self._hangs:
                written.paragraph_format.left_indent = PLAIN_BULLET
            self._write_inlines(written, bullet)
            self._bookmark_part(written, block)  # the first, where nothing stands before them
        self._write_restriction(block)

    def _write_recommendation(self, item: RecommendationItem) -> None:
        written = self._add(RECOMMENDATION)
        written.paragraph_format.keep_together = True
        self._numbers.count_recommendation(written, item.number)
        if item.heading and not item.is_withheld:
            heading = written.add_run(item.heading)
            heading.bold = True
            heading.add_break()
        self._write_inlines(written, wording.sentence(item), is_withheld=item.is_withheld)
        self._bookmark_part(written, item)
        self._write_restriction(item)

    def _write_table(self, block: Table) -> None:
        self._bookmark_part(self._add("Caption", wording.caption(block)), block)
        self._write_rows(block, wording.caption(block))
        self._add("Table End")
        self._write_restriction(block)

    def _write_figure(self, figure: Figure) -> None:
        self._bookmark_part(self._add("Caption", wording.figure_caption(figure)), figure)
        self._leads = True  # to its own chart and table
        self._write_restriction(figure)
        for drawing in charts.drawings_of(figure, identity=figure.identity):
            alternative = charts.alternative_text(drawing)
            add_picture(self._add("Picture"), drawing, alternative=alternative)
        if figure.content.rows:
            caption = wording.figure_table_caption(figure)
            self._add("Caption", caption)
            self._write_rows(figure.content, caption, numeric=figure.content.numeric)
        for note in figure.content.notes:
            self._add("Table Note", note)
        if figure.content.rows and not figure.content.notes:
            self._add("Table End")

    def _write_rows(
        self, table: Table | FigureContent, caption: str, *, numeric: tuple[int, ...] = ()
    ) -> None:
        header, rows, _ = wording.rows_of_equal_length(table)
        add_table(
            self._document, header, rows, caption=caption, text_width=_TEXT_WIDTH, numeric=numeric
        )

    def _write_restriction(self, part) -> None:
        if words := wording.restriction(part):
            written = self._add("Restriction", words)
            written.paragraph_format.keep_with_next = True if self._leads else None
            if isinstance(part, Section | Figure | Table) or (
                part.number is None and not self._hangs
            ):
                written.paragraph_format.left_indent = 0  # what it is said of does not hang

    def _write_inlines(
        self, paragraph: WordParagraph, inlines: tuple[Inline, ...], *, is_withheld: bool = False
    ) -> None:
        for inline in inlines:
            if isinstance(inline, CrossReference) and inline.target in self._anchors:
                anchor = self._anchors[inline.target]
                paragraph._p.append(_link(anchor, inline.text, style="CrossReference"))
                continue
            run = paragraph.add_run(inline.text, style="Withheld" if is_withheld else None)
            run.bold = True if isinstance(inline, Strong) else None

    def _add(self, style: str, words: str = "") -> WordParagraph:
        return self._document.add_paragraph(words, style=style)

    def _bookmark_part(self, paragraph: WordParagraph, part) -> None:
        # A name may stand once only; a recommendation may be printed twice.
        if anchor := self._unused_anchors.pop(part.identity, ""):
            self._bookmark(paragraph, anchor)

    def _bookmark(self, paragraph: WordParagraph, anchor: str) -> None:
        self._bookmarks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self._bookmarks))
        start.set(qn("w:name"), _bookmark_name(anchor))
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
        paragraph._p.append(end)


def _set_properties(document: Document, paper: Paper) -> None:
    at = datetime.datetime.combine(paper.meeting_on, datetime.time())
    properties = document.core_properties
    # Word allows 255 characters in each of these.
    properties.title = wording.document_title(paper)[:255]
    properties.subject = paper.reference[:255]
    properties.author = properties.last_modified_by = paper.force_name[:255]
    properties.language = paper.language
    properties.comments, properties.revision = "", 1
    properties.created = properties.modified = at
    relations = document.part.package.rels
    for key in [k for k, rel in relations.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]  # of the library's blank page


def _set_pages(document: Document, paper: Paper) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(27)
    page.top_margin, page.bottom_margin = Mm(27), Mm(25)
    page.header_distance = page.footer_distance = Mm(12)
    # The first page says in its own words what the head of the others repeats.
    page.different_first_page_header_footer = True
    draft = "Draft" if paper.is_draft else ""
    _write_running(page.header.paragraphs[0], draft, paper.marking, paper.edition_label)
    for footer in (page.footer, page.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Footer"]
        _write_running(paragraph, paper.reference, paper.marking, "Page ")
        _add_simple_field(paragraph, "PAGE")
        paragraph.add_run(" of ")
        _add_simple_field(paragraph, "NUMPAGES")


def _write_running(paragraph: WordParagraph, left: str, centre: str, right: str) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(_TEXT_WIDTH // 2, docx.enum.text.WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(_TEXT_WIDTH, docx.enum.text.WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{left}\t")
    paragraph.add_run(centre).bold = True
    paragraph.add_run(f"\t{right}")


def _add_simple_field(paragraph: WordParagraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    field.append(run)
    Run(run, paragraph).text = "1"
    paragraph._p.append(field)


def _begin_field(paragraph: WordParagraph, instruction: str) -> None:
    _field_mark(paragraph, "begin")
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = instruction
    paragraph.add_run()._r.append(text)
    _field_mark(paragraph, "separate")


def _field_mark(paragraph: WordParagraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _link(anchor: str, words: str, *, style: str | None):
    link, run = OxmlElement("w:hyperlink"), OxmlElement("w:r")
    link.set(qn("w:anchor"), _bookmark_name(anchor))
    link.set(qn("w:history"), "1")
    link.append(run)
    run.style = style
    run.text = words
    return link


def _bookmark_name(anchor: str) -> str:
    return anchor.replace("-", "_")


def _with_fixed_times(saved: io.BytesIO) -> bytes:
    """The same zip without the moment it was written at."""
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(saved) as before,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in before.infolist():
            name = zipfile.ZipInfo(entry.filename, _EARLIEST_IN_ZIP)
            name.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(name, before.read(entry))
    return fixed.getvalue()
