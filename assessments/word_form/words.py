"""The words of a part of a Word document, read as a stream: nothing is built, nothing fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from assessments.word_form.package import DAMAGED, TOO_MUCH, UnreadableFile

DEEPEST = 200
OURS = "spr_answer_"  # what the bookmarks of a form's answers begin with
MOST_LINES = 50_000
# What these hold was taken out, is an instruction, or is there a second time.
SKIPPED = frozenset(
    {
        "del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback",
        "tabs", "pPrChange", "rPrChange",
    }
)  # fmt: skip
# Characters that are elements.
CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
SYMBOL = re.compile("[0-9a-fA-F]{4}")
PICTURES = frozenset({"drawing", "pict", "object"})


@dataclass
class Line:
    """A paragraph as it stands in the document, with what stands around it.

    `table` numbers the outermost table it is in, 0 for none; `tag` is that of
    the innermost content control that has one of ours.
    """

    pieces: list[str] = field(default_factory=list)
    is_bullet: bool = False
    numbering: tuple[str, str] = ("", "")  # of a list: its key, and the level in it
    table: int = 0
    tag: str = ""
    bookmarks: list[str] = field(default_factory=list)
    has_picture: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def lines_in(content: bytes) -> list[Line]:
    """Every paragraph of a part, in its order. Raises UnreadableFile."""
    reader = _Reader()
    _parse(content, reader.start, reader.end, reader.characters)
    return reader.lines


def words_in(content: bytes, *, attribute: str, value: str) -> str:
    """The words inside the elements that have the attribute with this value."""
    found: list[str] = []
    inside = 0

    def start(tag, attributes):
        nonlocal inside
        if inside or attributes.get(attribute) == value:
            inside += 1

    def end(tag):
        nonlocal inside
        inside -= 1 if inside else 0

    def characters(text):
        if inside:
            found.append(text)

    _parse(content, start, end, characters)
    return "".join(found)


def numbered_lists(content: bytes) -> frozenset[tuple[str, str]]:
    """Key and level of each list that Word counts, of the part that describes lists."""
    abstract: dict[str, set[str]] = {}  # the levels that are counted, by the key of a description
    keys: dict[str, str] = {}
    at = {"abstract": "", "level": "", "num": ""}

    def start(tag, attributes):
        local, values = _local(tag), {_local(key): value for key, value in attributes.items()}
        if local == "abstractNum":
            at["abstract"] = values.get("abstractNumId", "")
        elif local == "lvl":
            at["level"] = values.get("ilvl", "")
        elif local == "numFmt" and values.get("val") not in ("bullet", "none"):
            abstract.setdefault(at["abstract"], set()).add(at["level"])
        elif local == "num":
            at["num"] = values.get("numId", "")
        elif local == "abstractNumId":
            keys[at["num"]] = values.get("val", "")

    _parse(content, start, lambda tag: None, lambda text: None)
    return frozenset(
        (key, level) for key, described in keys.items() for level in abstract.get(described, ())
    )


def main_part(relations: bytes) -> str:
    """The name of the document itself among the relations of a package; empty if it has none."""
    found: list[str] = []

    def start(tag, attributes):
        if attributes.get("Type", "").endswith("/officeDocument"):
            found.append(attributes.get("Target", "").lstrip("/"))

    _parse(relations, start, lambda tag: None, lambda text: None)
    return found[0] if found else ""


def _parse(content: bytes, start, end, characters) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    # A document of Word's declares nothing; what is declared could grow, or point elsewhere.
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise UnreadableFile(DAMAGED) from None


class _Reader:
    """What the parser tells, put together to lines. Paragraphs may stand inside paragraphs."""

    def __init__(self):
        self.lines: list[Line] = []
        self._open: list[Line] = []  # paragraphs that have begun, the innermost last
        self._tags: list[str] = []  # of the content controls around, "" for others'
        self._depth = self._skipped_from = self._tables = self._in_tables = self._in_text = 0
        self._is_showing_placeholder: list[bool] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnreadableFile(TOO_MUCH)
        local = _local(name)
        if self._skipped_from:
            return
        if local in SKIPPED:
            self._skipped_from = self._depth
        elif handler := _STARTS.get(local):
            handler(self, attributes)
        elif self._open:
            line = self._open[-1]
            if local in CHARACTERS:
                line.pieces.append(CHARACTERS[local])
            elif local in PICTURES:
                line.has_picture = True

    def end(self, name: str) -> None:
        if self._skipped_from:
            if self._depth == self._skipped_from:
                self._skipped_from = 0
        elif handler := _ENDS.get(_local(name)):
            handler(self)
        self._depth -= 1

    def characters(self, text: str) -> None:
        if self._in_text and self._open and not self._skipped_from:
            self._open[-1].pieces.append(text)

    def _start_paragraph(self, attributes) -> None:
        if len(self.lines) >= MOST_LINES:
            raise UnreadableFile(TOO_MUCH)
        tag = next((tag for tag in reversed(self._tags) if tag), "")
        line = Line(table=self._tables if self._in_tables else 0, tag=tag)
        self.lines.append(line)
        self._open.append(line)

    def _end_paragraph(self) -> None:
        self._open.pop()

    def _start_table(self, attributes) -> None:
        if not self._in_tables:
            self._tables += 1
        self._in_tables += 1

    def _end_table(self) -> None:
        self._in_tables -= 1

    def _start_control(self, attributes) -> None:
        self._tags.append("")
        self._is_showing_placeholder.append(False)

    def _end_control(self) -> None:
        self._tags.pop()
        self._is_showing_placeholder.pop()

    def _tag(self, attributes) -> None:
        if self._tags and ":" in _value(attributes):
            self._tags[-1] = _value(attributes)
            if self._open:  # a control within a paragraph
                self._open[-1].tag = self._open[-1].tag or self._tags[-1]

    def _placeholder(self, attributes) -> None:
        if self._is_showing_placeholder:
            self._is_showing_placeholder[-1] = True

    def _start_text(self, attributes) -> None:
        self._in_text += not any(self._is_showing_placeholder)

    def _end_text(self) -> None:
        self._in_text = 0

    def _bookmark(self, attributes) -> None:
        name = next((value for key, value in attributes.items() if _local(key) == "name"), "")
        if self._open and name.startswith(OURS):
            self._open[-1].bookmarks.append(name)

    def _style(self, attributes) -> None:
        if self._open and "bullet" in _value(attributes).lower():
            self._open[-1].is_bullet = True

    def _level(self, attributes) -> None:
        if self._open:
            self._open[-1].numbering = ("", _value(attributes))

    def _numbering(self, attributes) -> None:
        if self._open:
            line = self._open[-1]
            line.is_bullet = _value(attributes) != "0"
            line.numbering = (_value(attributes), line.numbering[1] or "0")

    def _symbol(self, attributes) -> None:
        code = next((value for key, value in attributes.items() if _local(key) == "char"), "")
        if self._open and SYMBOL.fullmatch(code):
            self._open[-1].pieces.append(chr(int(code, 16)))


_STARTS = {
    "p": _Reader._start_paragraph,
    "tbl": _Reader._start_table,
    "sdt": _Reader._start_control,
    "tag": _Reader._tag,
    "showingPlcHdr": _Reader._placeholder,
    "t": _Reader._start_text,
    "bookmarkStart": _Reader._bookmark,
    "pStyle": _Reader._style,
    "ilvl": _Reader._level,
    "numId": _Reader._numbering,
    "sym": _Reader._symbol,
}
_ENDS = {
    "p": _Reader._end_paragraph,
    "tbl": _Reader._end_table,
    "sdt": _Reader._end_control,
    "t": _Reader._end_text,
}


def _refuse(*declared) -> None:
    raise UnreadableFile(DAMAGED)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _value(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if _local(key) == "val"), "")
