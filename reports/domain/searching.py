"""The words of issued papers, laid out so that a search finds them fast.

What is laid out is derived from what was issued and may be thrown away at any
time: whatever is missing is laid out again before the next search. Each
edition has its own words, so that a search in the public edition can neither
find nor count what is restricted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from reports.document import (
    Audience,
    Block,
    Figure,
    FigureContent,
    Paper,
    Paragraph,
    RecommendationItem,
    RecommendationList,
    Table,
    plain,
)
from reports.domain.reading import edition_as_issued
from reports.models import IssuedPaper, SearchText
from reports.renderers import wording

MOST_WORDS = 10
# As people type them, whatever a typesetter made of them.
_TYPED = str.maketrans("’‘“”–—‑‐", "''\"\"----")


@dataclass(frozen=True)
class Place:
    """A place of a paper that a search can find."""

    anchor: str
    label: str  # "Paragraph 12"
    heading: str  # of its section
    text: str


def folded(text: str) -> str:
    """Words for comparing: without case, typographic quotation marks, dashes and double spaces."""
    plain_text = unicodedata.normalize("NFKC", text).translate(_TYPED)
    return " ".join(plain_text.casefold().split())


def words_of(query: str) -> list[str]:
    """The words that must all stand in one place, each once."""
    return list(dict.fromkeys(folded(query).split()))[:MOST_WORDS]


def lay_out(issued: IssuedPaper) -> None:
    """Lay out both editions of an issue for searches. Done twice, even at once, it is done once."""
    rows = [
        SearchText(
            issued=issued,
            audience=audience,
            order=order,
            anchor=place.anchor,
            label=place.label,
            heading=place.heading,
            text=place.text,
            folded=folded(place.text),
        )
        for audience in Audience
        for order, place in enumerate(_places(edition_as_issued(issued, audience)))
    ]
    with transaction.atomic():
        SearchText.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def lay_out_missing(issues: Iterable[IssuedPaper]) -> None:
    """Lay out those of the issues that are not yet."""
    issues = {issued.pk: issued for issued in issues}
    done = SearchText.objects.filter(issued__in=list(issues), order=0).values_list(
        "issued", flat=True
    )
    for key in issues.keys() - set(done):
        lay_out(issues[key])


def _places(paper: Paper) -> Iterator[Place]:
    """The title first, so that every edition has a row; then every place in its order."""
    paper = wording.prepared(paper)
    anchors, printed = wording.anchors(paper), set()
    yield Place("", "Title", "", " ".join([paper.title, *(text for _, text in paper.header)]))
    for section, head in zip(paper.sections, wording.heads(paper), strict=True):
        heading = head.text if head else ""
        if heading:
            yield Place(head.anchor, "Heading", heading, heading)
        for block in section.blocks:
            for part in _parts(block):
                if part.identity not in printed:
                    printed.add(part.identity)
                    label, text = _words(part)
                    yield Place(anchors[part.identity], label, heading, text)


def _parts(block: Block) -> Iterable:
    return block.items if isinstance(block, RecommendationList) else (block,)


def _words(part: Paragraph | Table | Figure | RecommendationItem) -> tuple[str, str]:
    """What a place is called, and its words."""
    match part:
        case Paragraph():
            bullets = [plain(bullet) for bullet in wording.shown_bullets(part)]
            label = f"Paragraph {part.number}" if part.number is not None else "Text"
            return label, "\n".join([plain(part.inlines), *bullets])
        case RecommendationItem():
            text = "" if part.is_withheld else f"{part.heading} {part.addressee} "
            return f"Recommendation {part.number}", (text + plain(part.inlines)).strip()
        case Table():
            return f"Table {part.number}".strip(), "\n".join([part.caption, *_rows(part)])
        case Figure():
            words = [part.title, part.content.description, *_rows(part.content)]
            return f"Figure {part.number}".strip(), "\n".join([*words, *part.content.notes])
    raise TypeError(f"No words for a {type(part).__name__}.")


def _rows(table: Table | FigureContent) -> list[str]:
    rows = [" | ".join(cell.text for cell in row) for row in table.rows]
    return [" | ".join(table.header), *rows]
