"""The numbers of the Word file: Word itself counts them, and goes on counting.

Word counts 1, 2, 3, and 1.1, 1.2, 2.1. Where the paper's own number is another
(numbers that skip a withheld section, a recommendation printed again), a new
start is written for that paragraph.
"""

import re
from collections.abc import Iterable

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from reports.renderers.docx_styles import BULLET, NUMBERED, RECOMMENDATION

# What stands around the figures at each depth: 1. and 1.1 and 1.1.1.
_PARAGRAPHS = ("%1.", "%1.%2", "%1.%2.%3", "%1.%2.%3.%4")
_LABEL = re.compile(r"([A-Z]*)(\d+(?:\.\d+){0,3})")


class Numbers:
    """Counts everything in one Word document that bears a number."""

    def __init__(self, document: Document, labels: Iterable[int | str]):
        """`labels` are the numbers of all paragraphs: the commonest depth is the style's own."""
        self._document = document
        depths = [len(parts) for _, parts in map(_parts, labels)]
        usual = max(set(depths), key=depths.count, default=1)
        self._lists = {
            "": _List(document, _PARAGRAPHS, style=NUMBERED, depth=usual),
        }
        self._recommendations = _List(document, ("%1)",), style=RECOMMENDATION)
        _List(document, ("•",), kind="bullet", style=BULLET)

    def count(self, paragraph: Paragraph, number: int | str) -> None:
        """Have Word print `number`, such as 12, "1.2" or "A2", before this paragraph."""
        prefix, parts = _parts(number)
        if prefix not in self._lists:
            texts = tuple(f"{prefix}{text.rstrip('.')}" for text in _PARAGRAPHS)
            self._lists[prefix] = _List(self._document, texts)
        self._lists[prefix].count(paragraph, parts)

    def count_recommendation(self, paragraph: Paragraph, number: int) -> None:
        self._recommendations.count(paragraph, (number,))


def _parts(number: int | str) -> tuple[str, tuple[int, ...]]:
    """What a number is made of: "A2" is ("A", (2,)), "1.2" is ("", (1, 2))."""
    prefix, figures = _LABEL.fullmatch(str(number)).groups()
    return prefix, tuple(map(int, figures.split(".")))


class _List:
    """One of Word's lists: an abstract definition, and the starts that are written for it."""

    def __init__(self, document, texts, *, kind="decimal", style: str = "", depth: int = 1):
        self._numbering = document.part.numbering_part.element
        self._styled = document.styles[style] if style else None
        self._styled_depth = depth if style else 0
        self._abstract = self._add_abstract(document, kind, texts)
        self._first = self._current = self._numbering.add_num(self._abstract).numId
        self._counts: tuple[int, ...] = ()
        if self._styled is not None:
            properties = self._styled.element.get_or_add_pPr().get_or_add_numPr()
            if depth > 1:
                properties.get_or_add_ilvl().val = depth - 1
            properties.get_or_add_numId().val = self._first

    def count(self, paragraph: Paragraph, parts: tuple[int, ...]) -> None:
        depth = len(parts)
        if parts != self._next(depth):
            self._start_at(parts)
        is_styled = paragraph.style == self._styled and depth == self._styled_depth
        if self._current != self._first or not is_styled:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = depth - 1
            properties.get_or_add_numId().val = self._current
        self._counts = parts

    def _next(self, depth: int) -> tuple[int, ...]:
        """What Word would print at this depth without being told."""
        above = (*self._counts, *(1,) * depth)[: depth - 1]
        return (*above, self._counts[depth - 1] + 1 if len(self._counts) >= depth else 1)

    def _start_at(self, parts: tuple[int, ...]) -> None:
        num = self._numbering.add_num(self._abstract)
        above = len(parts) - 1
        first = above if parts[:above] == self._counts[:above] else 0
        for level in range(first, len(parts)):
            num.add_lvlOverride(ilvl=level).add_startOverride(parts[level])
        self._current = num.numId

    def _add_abstract(self, document: Document, kind: str, texts: tuple[str, ...]) -> int:
        before = self._numbering.xpath("./w:abstractNum/@w:abstractNumId")
        identity = max(map(int, before), default=0) + 1
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f"{self._style_of(level)}"
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>{self._indent(document)}</w:lvl>'
            for level, text in enumerate(texts)
        )
        several = "multilevel" if len(texts) > 1 else "singleLevel"
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identity}">'
            f'<w:multiLevelType w:val="{several}"/>{levels}</w:abstractNum>'
        )
        # The schema wants every abstractNum before the first num.
        self._numbering.insert(len(before), abstract)
        return identity

    def _style_of(self, level: int) -> str:
        if self._styled is None or level != self._styled_depth - 1:
            return ""
        return f'<w:pStyle w:val="{self._styled.style_id}"/>'

    def _indent(self, document: Document) -> str:
        shape = (self._styled or document.styles[NUMBERED]).paragraph_format
        left, hanging = shape.left_indent.twips, -shape.first_line_indent.twips
        return f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
