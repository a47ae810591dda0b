"""Papers of many layouts come in right, whatever they are kept as."""

import itertools

import pytest

from reports.past_papers.proposal import PieceKind
from tests.past_papers.papers import (
    ADVICE,
    BOARD,
    MEETING,
    PARTS,
    TITLE,
    Layout,
    paragraphs_in,
    with_lists,
)
from tests.past_papers.reading import proposed

PLACES = (("end",), ("front",), ("inline", "end"), ("front", "inline", "end"))
LEAD_IN = "It is recommended that:"


def layouts(ending: str) -> list[Layout]:
    found = []
    for place, (numbering, headings, advice, places, head) in enumerate(
        itertools.product(
            ("run", "section", "none"),
            ("capitals", "bold", "numbered"),
            ("named", "paren", "short", "letters", "bullets", "table", "headed"),
            PLACES,
            ("lines", "labels", "table"),
        )
    ):
        # A list without numbers says nothing to tell a second printing by but its words.
        if "inline" in places and advice in ("letters", "bullets", "headed"):
            continue
        if ending == "txt" and "table" in (advice, head):
            continue
        if place % {"txt": 5, "docx": 11, "pdf": 37}[ending] == 0:
            found.append(Layout(numbering, headings, advice, places, head=head))
    return found


CASES = [(ending, layout) for ending in ("txt", "docx", "pdf") for layout in layouts(ending)]


@pytest.mark.parametrize(
    ("ending", "layout"),
    CASES,
    ids=[
        f"{e}-{x.numbering}-{x.headings}-{x.advice}-{'+'.join(x.places)}-{x.head}" for e, x in CASES
    ],
)
def test_a_paper_comes_in_right(ending, layout, tmp_path):
    paper = proposed(layout, ending, tmp_path)

    paragraphs = [piece for piece in paper.paragraphs if piece.text != LEAD_IN]
    headings = paper.of_kind(PieceKind.HEADING)
    assert (paper.title, paper.board_name.upper(), paper.meeting_on) == (
        TITLE, BOARD.upper(), MEETING,
    )  # fmt: skip
    assert [piece.text for piece in paragraphs] == paragraphs_in()
    assert [piece.text.upper() for piece in headings] == [
        part.heading.upper() for part in with_lists(layout, PARTS)
    ]
    assert [code for piece in headings for code in piece.threat_codes] == [
        "terrorism", "serious-organised-crime", "public-order",
    ]  # fmt: skip
    assert len(paper.of_kind(PieceKind.BULLET)) == 3
    assert [piece.addressee for piece in paper.recommendations] == [a.addressee for a in ADVICE]
    assert [piece.verb for piece in paper.recommendations] == ["fill", "support", "report"]
    printed = sum(2 if place == "inline" else 3 for place in layout.places)
    assert len(paper.repeated) == printed - 3
    assert paper.unplaced == ()
    if layout.numbering == "run":
        assert [piece.number for piece in paragraphs] == [str(n) for n in range(1, 9)]
    if layout.numbering == "section":
        assert paragraphs[0].number == "1.1"
