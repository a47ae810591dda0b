"""Taking the answers out of a form that came back, whatever was done to it.

An answer is known by the tag of its content control; where a program has lost
that, by its bookmark; and where that is gone too, by standing in the first
box below its question. Words that are none of the form's own and stand in no
answer are kept apart, so that nothing typed is dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from assessments.word_form.content import Form, own_lines, text_of
from assessments.word_form.package import DAMAGED, Package, UnreadableFile
from assessments.word_form.signing import CODE, FormIdentity, UnknownForm, identity_in
from assessments.word_form.words import Line, lines_in, main_part, numbered_lists, words_in

CUSTOM_PROPERTY = "SPR form code"
NO_CODE = (
    "This is no form of the portal, or the line with its code was taken out. Download the form "
    "anew, copy your words into it and upload that one."
)
CHANGED_CODE = (
    "This is no form that this portal has made, or its code was changed, so it was not read. "
    "Download the form anew, copy your words into it and upload that one."
)
# Where words may stand that belong to no place of the form, and what to call it.
ELSEWHERE = {
    "footnotes.xml": "a footnote",
    "endnotes.xml": "an endnote",
    "comments.xml": "a comment in the margin",
}


@dataclass(frozen=True)
class Stray:
    """Words that could not be placed, and where they stand: below a question, in a footnote."""

    words: str
    where: str


@dataclass
class ReadForm:
    """The answers by the codes of their questions, as plain text; a rating as it reads."""

    answers: dict[str, str] = field(default_factory=dict)
    strays: list[Stray] = field(default_factory=list)
    with_pictures: set[str] = field(default_factory=set)


class ReturnedForm:
    """A file that came back. Raises UnreadableFile when it is no form of this portal."""

    def __init__(self, file: BinaryIO):
        package = Package(file)
        relations = package.read("_rels/.rels")
        name = main_part(relations) if relations else ""
        content = package.read(name)
        if content is None:
            raise UnreadableFile(DAMAGED)
        self._lines = lines_in(content)
        if lists := package.read(package.beside(name, "numbering.xml")):
            _write_numbers(self._lines, numbered_lists(lists))
        custom = package.read("docProps/custom.xml")
        code = words_in(custom, attribute="name", value=CUSTOM_PROPERTY) if custom else ""
        self.identity = self._identity(code)
        self._elsewhere = [
            (words, where)
            for part, where in ELSEWHERE.items()
            if (other := package.read(package.beside(name, part)))
            for line in lines_in(other)
            if (words := line.text.strip())
        ]

    def _identity(self, code: str) -> FormIdentity:
        try:
            for words in (code, "".join(line.text for line in self._lines)):
                if identity := identity_in(words):
                    return identity
        except UnknownForm:
            raise UnreadableFile(CHANGED_CODE) from None
        raise UnreadableFile(NO_CODE)

    def read(self, form: Form) -> ReadForm:
        """What was written; `form` is as the portal would make it now, for the whole assessment."""
        found = ReadForm()
        found.strays += [Stray(words, where) for words, where in self._elsewhere]
        own = {_folded(line) for line in own_lines(form)}
        boxes = dict(_boxes(self._lines, form))
        paragraphs: dict[str, list[tuple[str, bool]]] = {}
        heading = ""
        headings = {_folded(asked.heading): asked.heading for asked in form.questions}
        for line in self._lines:
            if code := boxes.get(id(line)):
                paragraphs.setdefault(code, []).append((line.text, line.is_bullet))
                if line.has_picture:
                    found.with_pictures.add(code)
                continue
            heading = headings.get(_folded(line.text), heading)
            words = CODE.sub("", line.text).strip()
            if words and _folded(words) not in own:
                found.strays.append(Stray(words, f"below “{heading}”" if heading else "at the top"))
        found.answers = {code: text_of(lines) for code, lines in paragraphs.items()}
        return found


def _write_numbers(lines: list[Line], counted: frozenset[tuple[str, str]]) -> None:
    """Word counts and does not write the numbers of a list: "2." is put before the words."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in lines:
        key, level = line.numbering
        if not line.is_bullet or line.numbering not in counted or not line.text.strip():
            continue
        for deeper in [other for other in counts if other[0] == key and other[1] > level]:
            del counts[deeper]
        counts[line.numbering] += 1
        line.is_bullet = False
        line.pieces.insert(0, f"{counts[line.numbering]}. ")


def _boxes(lines: list[Line], form: Form) -> Iterator[tuple[int, str]]:
    """Of each line that is part of an answer: its id, and the code of the question."""
    by_bookmark = {asked.bookmark: asked.question.code for asked in form.questions}
    by_heading = {_folded(asked.heading): asked.question.code for asked in form.questions}
    known = set(by_bookmark.values())
    named: dict[int, str] = {}
    for line in lines:
        if line.table and (code := _named(line, by_bookmark)):
            named.setdefault(line.table, code)
    tables, below, taken = {}, "", set(named.values())
    for line in lines:
        code = _tagged(line, known)
        if not line.table:
            below = by_heading.get(_folded(line.text), below)
            code = code or next((by_bookmark.get(name, "") for name in line.bookmarks), "")
        elif not code:
            if line.table not in tables:
                tables[line.table] = named.get(line.table, "")
                if not tables[line.table] and below not in taken:
                    tables[line.table] = below
                    taken.add(below)
            code = tables[line.table]
        if code:
            yield id(line), code


def _named(line: Line, by_bookmark: dict[str, str]) -> str:
    tagged = _tagged(line, set(by_bookmark.values()))
    return tagged or next((by_bookmark.get(name, "") for name in line.bookmarks), "")


def _tagged(line: Line, known: set[str]) -> str:
    code = line.tag.rpartition(":")[0]
    return code if code in known else ""


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
