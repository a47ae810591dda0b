"""Papers made at random in which every restricted word is known, and every public one too."""

from __future__ import annotations

import dataclasses
import itertools

from hypothesis import strategies as st

from reports.document import (
    Audience,
    CrossReference,
    Figure,
    FigureContent,
    Paper,
    Paragraph,
    RecommendationItem,
    RecommendationList,
    Section,
    Table,
    TableCell,
    Text,
)
from reports.figure_data import GridCell, GridChart, GridRow
from tests.rendering.papers import blank_paper

SECRET, OPEN = "canary", "opening"
UNDER = "Section 31 (law enforcement)"
MARKED = "OFFICIAL-SENSITIVE: canaryhandling0x"
CLEARED, WITHHELD, SENSITIVE = "cleared", "withheld", "sensitive"
STATES = st.sampled_from([CLEARED, CLEARED, WITHHELD, SENSITIVE])


class Making:
    """Hands out words that stand nowhere else, secret or open ones."""

    def __init__(self):
        self.counter = itertools.count(1)

    def word(self, *, is_open: bool) -> str:
        return f"{OPEN if is_open else SECRET}{next(self.counter)}x"

    def inlines(self, *, is_open: bool) -> tuple[Text, ...]:
        return (Text(f"Of the {self.word(is_open=is_open)} of it."),)


def published(state: str) -> dict:
    return {
        "is_public": state != WITHHELD,
        "withheld_under": UNDER if state == WITHHELD else "",
        "marking": MARKED if state == SENSITIVE else "",
    }


@st.composite
def papers(draw) -> Paper:
    making = Making()
    numbers, items = itertools.count(1), itertools.count(1)
    sections = []
    for place in range(draw(st.integers(1, 4))):
        state = draw(STATES)
        is_open = state == CLEARED
        blocks = [
            _block(draw, making, numbers, items, is_open=is_open)
            for _ in range(draw(st.integers(0, 4)))
        ]
        section = Section(
            f"s{place}", f"Heading {making.word(is_open=is_open)}", 2, tuple(blocks),
            number=str(place + 1), **published(state),
        )  # fmt: skip
        sections.append(section)
    refer = Paragraph(
        "refers",
        next(numbers),
        tuple(
            CrossReference(one.identity, f"“{one.heading}”", "a section that is withheld")
            for one in sections
        ),
    )
    last = Section("last", "The end", 2, (refer,))
    return dataclasses.replace(
        blank_paper(), audience=Audience.FULL, marking=MARKED, sections=(*sections, last)
    )


def _block(draw, making: Making, numbers, items, *, is_open: bool):
    state = draw(STATES)
    is_open = is_open and state == CLEARED
    kind = draw(st.sampled_from([_paragraph, _paragraph, _table, _figure, _list]))
    return kind(draw, making, numbers, items, state, is_open)


def _paragraph(draw, making, numbers, items, state, is_open) -> Paragraph:
    number = next(numbers)
    own = tuple(making.inlines(is_open=is_open) for _ in range(draw(st.integers(0, 2))))
    partly = draw(st.booleans())
    return Paragraph(
        f"p{number}", number, making.inlines(is_open=is_open),
        bullets=(*own, making.inlines(is_open=False)) if partly else own,
        public_bullets=own if partly else None,
        **published(state),
    )  # fmt: skip


def _table(draw, making, numbers, items, state, is_open) -> Table:
    def row(is_open):
        return (TableCell(making.word(is_open=is_open), is_header=True), TableCell("7"))

    told, partly = (row(is_open),), draw(st.booleans())
    return Table(
        f"t{next(making.counter)}", making.word(is_open=is_open), ("Unit", "Held"),
        (*told, row(False)) if partly else told,
        number="1", public_rows=told if partly else None,
        **published(state),
    )  # fmt: skip


def _figure(draw, making, numbers, items, state, is_open) -> Figure:
    def content(is_open):
        name = making.word(is_open=is_open)
        return FigureContent(
            description=f"What {making.word(is_open=is_open)} shows.",
            chart=GridChart(("C",), (GridRow(name, (GridCell("Met", "green"),)),)),
            header=("Unit", "Held"),
            rows=((TableCell(name, is_header=True), TableCell("7")),),
            notes=(making.word(is_open=is_open),),
        )

    partly = draw(st.booleans())
    return Figure(
        f"f{next(making.counter)}", "1", making.word(is_open=is_open),
        content(False) if partly else content(is_open),
        content(is_open) if partly else None,
        **published(state),
    )  # fmt: skip


def _list(draw, making, numbers, items, state, is_open) -> RecommendationList:
    number = next(items)
    item = RecommendationItem(
        f"r{number}", number, making.word(is_open=is_open), making.word(is_open=is_open),
        making.inlines(is_open=is_open), **published(state),
    )  # fmt: skip
    return RecommendationList((item,))
