"""A paper kept as a Word document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from reports.past_papers.source import (
    MOST_LINES,
    TOO_LONG,
    Line,
    Place,
    Source,
    Unreadable,
    numbered,
)
from reports.past_papers.word_numbers import Numbering
from reports.past_papers.word_styles import Look, numbering_of, style_looks, switch, value_of
from reports.past_papers.words import tidy

DAMAGED = "The Word document is damaged: it cannot be read."
NO_WORDS = (
    "There are no words in the Word document: perhaps it holds pictures of pages only. Find the "
    "file it was made from, or enter last year’s recommendations by hand."
)
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What these hold was taken out, is an instruction, or is there a second time.
SKIPPED = frozenset(
    qn(name)
    for name in (
        "w:del", "w:moveFrom", "w:instrText", "w:delText", "w:delInstrText", "w:pPr", "w:rPr",
        "w:sectPr",
    )
) | {FALLBACK}  # fmt: skip
SIGNS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:ptab"): "\t",
}
NOTES = {"footnotes": Place.NOTE, "endnotes": Place.NOTE, "comments": Place.COMMENT}
BOLD_SHARE = 0.9


def read_docx(path: Path) -> Source:
    """The paragraphs and rows of a document, its running heads, notes and comments too."""
    try:
        document = docx.Document(str(path))
        lines = _Reader(document).lines()
    except Unreadable:
        raise
    except Exception as problem:  # whatever python-docx and lxml make of a crafted file
        raise Unreadable(DAMAGED) from problem
    lines = numbered(lines)
    if not lines:
        raise Unreadable(NO_WORDS)
    return Source(lines=lines, is_wrapped=False)


class _Reader:
    def __init__(self, document):
        self._document = document
        self._numbering = Numbering.of(_numbering_root(document))
        self._looks = style_looks(document)
        self._tables = 0
        self._gap = True
        self._count = 0

    def lines(self) -> list[Line]:
        heads = self._parts(("/header",), Place.HEAD)
        body = list(self._blocks(self._document.element.body))
        feet = self._parts(("/footer",), Place.HEAD)
        notes = [
            line
            for name, place in NOTES.items()
            for line in self._parts((f"/{name}",), place)
        ]  # fmt: skip
        return [*heads, *body, *feet, *notes]

    def _parts(self, kinds: tuple[str, ...], place: Place) -> list[Line]:
        found: list[Line] = []
        seen = set()
        for relation in self._document.part.rels.values():
            if relation.is_external or not relation.reltype.endswith(kinds):
                continue
            part = relation.target_part
            if part.partname in seen:
                continue
            seen.add(part.partname)
            root = part.element if hasattr(part, "element") else parse_xml(part.blob)
            found += [replace(line, place=place) for line in self._blocks(root)]
        return found

    def _blocks(self, parent) -> Iterator[Line]:
        for element in parent:
            if element.tag in SKIPPED:
                continue
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif len(element):
                yield from self._blocks(element)

    def _paragraph(self, element) -> Iterator[Line]:
        self._count += 1
        if self._count > MOST_LINES:
            raise Unreadable(TOO_LONG)
        look = self._look(element)
        text = _text(element)
        if not text.strip():
            self._gap = True
        else:
            mark = self._numbering.mark(*look.numbering) if look.numbering else ""
            is_bold = _is_bold(element, look.is_bold)
            for index, words in enumerate(part for part in text.split("\n") if part.strip()):
                yield Line(
                    tidy(words),
                    mark="" if index else mark,
                    level=look.level,
                    is_bold=is_bold,
                    size=_size(element) or look.size,
                    left=_indent(element),
                    has_gap=self._gap and not index,
                    is_whole=not index,
                )
            self._gap = False
        for box in _boxes(element):
            yield from (replace(line, place=Place.BOX) for line in self._blocks(box))

    def _table(self, element) -> Iterator[Line]:
        rows = [list(_children(row, qn("w:tc"))) for row in _children(element, qn("w:tr"))]
        self._gap = True
        if max((len(row) for row in rows), default=0) < 2:
            for row in rows:
                for cell in row:
                    yield from self._blocks(cell)
            return
        self._tables += 1
        table = self._tables
        for row in rows:
            cells = tuple(self._cell(cell) for cell in row)
            if any(cells):
                is_bold = all(
                    _is_bold(paragraph, False)
                    for cell in row
                    for paragraph in cell.iter(qn("w:p"))
                    if any(sign.isalpha() for sign in _text(paragraph))
                )
                yield Line("", cells=cells, table=table, is_bold=is_bold, has_gap=True)
        self._gap = True

    def _cell(self, cell) -> str:
        return " ".join(line.words for line in self._blocks(cell)).replace("\t", " ").strip()

    def _look(self, element) -> Look:
        properties = element.find(qn("w:pPr"))
        style = value_of(properties, "w:pStyle") or self._looks[1]
        look = self._looks[0].get(style, Look())
        if properties is None:
            return look
        if (level := value_of(properties, "w:outlineLvl")).isdecimal() and int(level) < 9:
            look = replace(look, level=int(level) + 1)
        numbering = numbering_of(properties)
        if numbering is not None:
            own = numbering[1] if numbering[1] >= 0 else (look.numbering or ("", 0))[1]
            look = replace(look, numbering=(numbering[0], own) if numbering[0] != "0" else None)
        return look


def _text(element) -> str:
    """The words of a paragraph, without those of boxes drawn in it."""
    found: list[str] = []
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one.tag in SKIPPED or one.tag == qn("w:txbxContent"):
            continue
        if one.tag == qn("w:t"):
            found.append(one.text or "")
        elif one.tag in SIGNS:
            found.append("" if one.get(qn("w:type")) == "page" else SIGNS[one.tag])
        elif one.tag == qn("w:sym"):
            code = one.get(qn("w:char"), "")
            found.append(chr(int(code, 16)) if re.fullmatch("[0-9a-fA-F]{4}", code) else "")
        else:
            waiting += reversed(one)
    return "".join(found)


def _boxes(element) -> Iterator:
    for box in element.iter(qn("w:txbxContent")):
        around = box.iterancestors()
        if not any(one.tag == FALLBACK for one in around) and not any(
            one.tag == qn("w:txbxContent") for one in box.iterancestors()
        ):
            yield box


def _children(element, tag: str) -> Iterator:
    """Children of a kind, through content controls and marks of changes."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _children(child, tag)


def _is_bold(element, by_style: bool) -> bool:
    letters = bold = 0
    for run in element.iter(qn("w:r")):
        written = sum(len((one.text or "").strip()) for one in run.iter(qn("w:t")))
        properties = run.find(qn("w:rPr"))
        own = None if properties is None else switch(properties, "w:b")
        letters += written
        bold += written if (by_style if own is None else own) else 0
    return letters > 0 and bold >= BOLD_SHARE * letters


def _size(element) -> float:
    """In points, as the longest run has it by itself."""
    longest, size = 0, 0.0
    for run in element.iter(qn("w:r")):
        written = sum(len(one.text or "") for one in run.iter(qn("w:t")))
        value = value_of(run.find(qn("w:rPr")), "w:sz")
        if written > longest:
            longest, size = written, int(value) / 2 if value.isdecimal() else 0.0
    return size


def _indent(element) -> float:
    properties = element.find(qn("w:pPr"))
    indent = None if properties is None else properties.find(qn("w:ind"))
    left = "" if indent is None else indent.get(qn("w:left")) or indent.get(qn("w:start")) or ""
    return int(left) / 20 if left.isdecimal() else 0.0


def _numbering_root(document):
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith("/numbering"):
            part = relation.target_part
            return part.element if hasattr(part, "element") else parse_xml(part.blob)
    return None
