"""Where figures stand in a paper: their numbers, and the blocks of its document."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from reports.document import Block, Figure, Paragraph, Source, Table, Text
from reports.enums import FigureSource
from reports.figures.made import made_of
from reports.figures.parts import Made
from reports.snapshot import SectionWords, Snapshot, Words

# Tables and figures are counted apart: [[figure:…]] and [[table:…]] refer to them.
TABLES = frozenset({FigureSource.EVIDENCE})


class FigureKind(StrEnum):
    FIGURE = "figure"
    TABLE = "table"


@dataclass(frozen=True)
class FigurePlace:
    """`identity` is the block's in the document, `words` that of the paragraph it belongs to."""

    identity: str
    words: str
    kind: FigureKind
    number: str

    @property
    def text(self) -> str:
        """What a reference to it says: "figure 2"."""
        return f"{self.kind} {self.number}"


def figure_places(snapshot: Snapshot) -> dict[str, FigurePlace]:
    """Every figure of the paper by its block's identity, in the order printed."""
    counts = {kind: itertools.count(1) for kind in FigureKind}
    found = {}
    for section in snapshot.sections:
        for words in section.paragraphs:
            if not words.figure_source:
                continue
            kind = FigureKind.TABLE if words.figure_source in TABLES else FigureKind.FIGURE
            identity = _identity(section, words)
            number = str(next(counts[kind]))
            found[identity] = FigurePlace(identity, words.identity, kind, number)
    return found


def figure_blocks(section: SectionWords, words: Words, snapshot: Snapshot) -> Iterator[Block]:
    """The figure that stands after a paragraph's words, with what has to be said about it."""
    place = figure_places(snapshot)[_identity(section, words)]
    made = made_of(words.figure_source, snapshot)
    source = Source(
        kind="paper_paragraph",
        reference=f"{section.identity}/{words.identity}",
        label=FigureSource(words.figure_source).label,
    )
    if place.kind is FigureKind.FIGURE:
        yield _figure(place, words, made, source)
    else:
        yield _table(place, words, made)
        for count, note in enumerate(made.content.notes, start=1):
            identity = f"{place.identity}/note-{count}"
            yield Paragraph(identity, None, (Text(note),), source=source)


def _figure(place: FigurePlace, words: Words, made: Made, source: Source) -> Figure:
    return Figure(
        identity=place.identity,
        number=place.number,
        title=made.title,
        content=made.content,
        public_content=made.public,
        is_public=words.is_public,
        withheld_under=words.withheld_under,
        marking=words.marking,
        source=source,
    )


def _table(place: FigurePlace, words: Words, made: Made) -> Table:
    return Table(
        identity=place.identity,
        caption=made.title,
        header=made.content.header,
        rows=made.content.rows,
        is_public=words.is_public,
        number=place.number,
        marking=words.marking,
        withheld_under=words.withheld_under,
        public_rows=made.public.rows if made.public else None,
    )


def _identity(section: SectionWords, words: Words) -> str:
    return f"{section.identity}/{words.identity}/figure"
