"""Past papers that were read and wait to be looked through."""

from __future__ import annotations

import tempfile
from pathlib import Path

from reports.domain.past_papers import keep_proposal
from reports.models import PastPaperDraft
from reports.past_papers.read_text import read_text
from reports.past_papers.structure import propose
from tests.factories import shipped_edition
from tests.past_papers.papers import LABELS, Layout, as_text

NOT_PLACED = "Zebra quagga okapi"
LAYOUT = Layout(places=("front", "end"), head="labels")


def make_draft(
    *, by, year: str = "2018-19", layout: Layout = LAYOUT, withheld_under: str = "", extra: str = ""
) -> PastPaperDraft:
    """A draft of a made-up paper; `extra` stands before it and finds no place."""
    with tempfile.TemporaryDirectory(prefix="spr-past-") as folder:
        path = Path(folder, "paper.txt")
        path.write_bytes((f"{extra}\n\n" if extra else "").encode() + as_text(layout))
        return keep_proposal(
            proposal=propose(read_text(path), LABELS),
            year=year,
            edition=shipped_edition("2015-03"),
            withheld_under=withheld_under,
            path=path,
            name="last-year.txt",
            by=by,
        )
