"""The board paper as plain data: what it says and how it is numbered.

`builder.py` makes a `Paper`; the renderers turn one into HTML, PDF or Word and
decide nothing but how it looks. Everything here is frozen, plain Python: no
database, no Django, no markup. Strings are plain text.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import types
import typing
from dataclasses import dataclass, field
from enum import StrEnum

from reports.figure_data import CHART_CLASSES, Chart

# A field that came after papers had been agreed and issued is left out of the JSON while it
# has its default, and has its default where the JSON has none: an old paper reads and keeps
# its sum.
_LATER = {"came_later": True}


class Audience(StrEnum):
    """Who an edition of the paper is for."""

    PUBLIC = "public"
    FULL = "full"


@dataclass(frozen=True)
class Text:
    """A run of plain words."""

    text: str


@dataclass(frozen=True)
class Strong:
    """A run of words that matter more than those around them, such as an addressee."""

    text: str


@dataclass(frozen=True)
class CrossReference:
    """Words that point at another place in the same paper.

    `target` is the identity of a `Section`, `Paragraph`, `Table`, `Figure` or
    `RecommendationItem`; `text` is derived from it by the builder
    ("recommendation 8") and so follows every renumbering. `text_when_withheld`
    stands in an edition that withholds the target, where `text` repeats its words.
    """

    target: str
    text: str
    text_when_withheld: str = field(default="", metadata=_LATER)


Inline = Text | Strong | CrossReference


@dataclass(frozen=True)
class Source:
    """Where the words of a block were written, for tracing: never printed."""

    kind: str  # "summary_paragraph", "paper_paragraph", "recommendation", "template"
    reference: str  # what the kind is found by, such as "wmp-2016-17-terrorism"
    label: str  # for a person: "Terrorism assessment, summary paragraph 2"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, with the bullets that belong to it.

    `number` is None in a section whose paragraphs are not numbered; 12 in a run
    over all headings, "1.2" or "A2" where a section or an annex counts by itself.
    A withheld paragraph keeps its number; its only words are the sentence that
    says so. `marking` is empty for OFFICIAL. `public_bullets` stand in the public
    edition in place of `bullets`, where some of those are not for the public.
    """

    identity: str
    number: int | str | None
    inlines: tuple[Inline, ...]
    bullets: tuple[tuple[Inline, ...], ...] = ()
    is_public: bool = True
    withheld_under: str = ""  # for instance "section 31 (law enforcement)"
    is_withheld: bool = False  # true only in an edition that leaves the words out
    source: Source | None = None
    public_bullets: tuple[tuple[Inline, ...], ...] | None = None
    marking: str = field(
        default="", metadata=_LATER
    )  # "OFFICIAL-SENSITIVE: for the Executive Team only"


@dataclass(frozen=True)
class TableCell:
    text: str
    is_header: bool = False


@dataclass(frozen=True)
class Table:
    """A table: `header` is the row of column headings; each row begins with its own heading.

    `public_rows` stand in the public edition in place of `rows`, where some of
    those are not for the public.
    """

    identity: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    is_public: bool = True
    number: str = field(default="", metadata=_LATER)  # "2" where the paper's tables are counted
    marking: str = field(default="", metadata=_LATER)
    withheld_under: str = field(default="", metadata=_LATER)
    is_withheld: bool = field(default=False, metadata=_LATER)
    public_rows: tuple[tuple[TableCell, ...], ...] | None = field(default=None, metadata=_LATER)


@dataclass(frozen=True)
class FigureContent:
    """What a figure shows to one audience.

    `description` says what the chart shows, for who does not see it; `header` and
    `rows` are the table that stands beneath, with columns of numbers at the
    places in `numeric`, counted from 0. Without a chart or without rows there is none.
    """

    description: str
    chart: Chart | None
    header: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    numeric: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A chart with its table. `public_content` stands in the public edition in place of `content`.

    It is None where all of the figure is for the public, if any of it is.
    """

    identity: str
    number: str
    title: str
    content: FigureContent
    public_content: FigureContent | None = None
    is_public: bool = True
    withheld_under: str = ""
    is_withheld: bool = False
    marking: str = ""
    source: Source | None = None


@dataclass(frozen=True)
class RecommendationItem:
    """A recommendation as printed.

    `heading` is what it is about ("Public Order and Civil Emergencies") and may
    be empty; `addressee` opens the sentence that `inlines` continue. One that is
    printed in several places has the same identity, number and words in each.
    """

    identity: str
    number: int
    heading: str
    addressee: str
    inlines: tuple[Inline, ...]
    is_public: bool = True
    withheld_under: str = ""
    is_withheld: bool = False
    source: Source | None = None
    marking: str = field(default="", metadata=_LATER)


@dataclass(frozen=True)
class RecommendationList:
    items: tuple[RecommendationItem, ...]


Block = Paragraph | Table | Figure | RecommendationList


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. `level` is 2 for a section and 3 for one within it.

    `number` is printed before the heading: "3", "3.1", "Annex A"; empty for a
    heading that takes none. The heading of a withheld section is the sentence
    that says so, and nothing stands under it.
    """

    identity: str
    heading: str
    level: int
    blocks: tuple[Block, ...]
    number: str = field(default="", metadata=_LATER)
    marking: str = field(default="", metadata=_LATER)
    is_public: bool = field(default=True, metadata=_LATER)
    withheld_under: str = field(default="", metadata=_LATER)
    is_withheld: bool = field(default=False, metadata=_LATER)


@dataclass(frozen=True)
class Brand:
    """What a force's papers look like, by value: it stays with a paper once issued."""

    logo: str = ""  # a PNG in base64
    logo_description: str = ""  # read aloud in the picture's place
    colour: str = ""  # "#1d3a5f"
    head_words: str = ""  # under the force's name
    foot_words: tuple[str, ...] = ()  # paragraphs after the last section


@dataclass(frozen=True)
class Paper:
    """A whole board paper, for one audience."""

    title: str
    force_name: str
    board_name: str
    meeting_on: datetime.date
    # Lines of the header block in order, such as ("Report of", "Chief Constable").
    header: tuple[tuple[str, str], ...]
    marking: str  # printed at the head and foot of every page: "OFFICIAL"
    audience: Audience
    edition_label: str  # "Public edition" or "Full edition"
    is_draft: bool
    reference: str  # "WMP SPR 2016-17"
    sections: tuple[Section, ...]
    language: str = "en-GB"
    # Printed under the title: "This paper supersedes the one issued on 7 February 2017."
    notices: tuple[str, ...] = field(default=(), metadata=_LATER)
    brand: Brand | None = field(default=None, metadata=_LATER)

    def blocks(self) -> typing.Iterator[Block]:
        """Every block in the order of the paper."""
        for section in self.sections:
            yield from section.blocks

    def paragraphs(self) -> typing.Iterator[Paragraph]:
        """Every paragraph in the order of the paper."""
        return (block for block in self.blocks() if isinstance(block, Paragraph))

    def figures(self) -> typing.Iterator[Figure]:
        """Every figure in the order of the paper."""
        return (block for block in self.blocks() if isinstance(block, Figure))

    def recommendations(self) -> typing.Iterator[RecommendationItem]:
        """Every recommendation, in the order printed: one may stand in several places."""
        for block in self.blocks():
            if isinstance(block, RecommendationList):
                yield from block.items


def plain(inlines: tuple[Inline, ...]) -> str:
    """The words of a sequence of inlines."""
    return "".join(inline.text for inline in inlines)


# A paper is kept as JSON when it is issued. Every dataclass says its own name,
# so that reading back needs no guess between Text, Strong and CrossReference.

_CLASSES = {
    cls.__name__: cls
    for cls in (
        Text, Strong, CrossReference, Source, Paragraph, TableCell, Table, FigureContent, Figure,
        RecommendationItem, RecommendationList, Section, Brand, Paper,
        *CHART_CLASSES,
    )
}  # fmt: skip


def to_json(paper: Paper) -> str:
    """The paper as JSON text, the same text for equal papers."""
    return json.dumps(_plain_data(paper), ensure_ascii=False, indent=1, sort_keys=True)


def from_json(text: str) -> Paper:
    """The paper that `to_json` wrote; raises ValueError for anything else."""
    try:
        paper = _from_plain_data(json.loads(text), Paper)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"This is not a paper written by the portal: {error}") from error
    if not isinstance(paper, Paper):
        raise ValueError("This is not a paper written by the portal.")
    return paper


def _plain_data(value):
    if dataclasses.is_dataclass(value):
        fields = {f.name: _plain_data(getattr(value, f.name)) for f in _kept_fields(value)}
        return {"is": type(value).__name__, **fields}
    if isinstance(value, tuple):
        return [_plain_data(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def _kept_fields(value) -> typing.Iterator[dataclasses.Field]:
    for of_value in dataclasses.fields(value):
        is_usual = getattr(value, of_value.name) == of_value.default
        if not (is_usual and "came_later" in of_value.metadata):
            yield of_value


def _from_plain_data(value, hint):
    if isinstance(value, dict):
        cls = _CLASSES[value["is"]]
        hints = typing.get_type_hints(cls)
        return cls(
            **{name: _from_plain_data(value[name], hints[name]) for name in value if name != "is"}
        )
    if isinstance(value, list):
        args = typing.get_args(hint)
        if typing.get_origin(hint) is types.UnionType:
            args = ()
        inner = args[0] if args else None
        return tuple(_from_plain_data(item, inner) for item in value)
    if hint is datetime.date:
        return datetime.date.fromisoformat(value)
    if hint is Audience:
        return Audience(value)
    return value
