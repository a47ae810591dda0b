"""A threat's section as its page shows it: the assessment's words and the paper's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.presenters.differences import Piece, word_difference
from reports.overriding import Told
from reports.presenters.paper import Printed


@dataclass(frozen=True)
class ToldLine:
    """A paragraph of the summary. `printed` is empty when the paper leaves it out."""

    told: Told
    printed: list[Printed]
    difference: tuple[Piece, ...]  # from the assessment's words to the paper's
    since: tuple[Piece, ...]  # what the assessment has changed since the paper's were written

    @property
    def called(self) -> str:
        """For a link that is heard out of its place: "paragraph 12."."""
        return f"paragraph {self.printed[0].number}" if self.printed else "what is left out"


def told_lines(lines: Iterable[Told], printed: Mapping[str, list[Printed]]) -> list[ToldLine]:
    return [
        ToldLine(
            told=line,
            printed=printed.get(line.source.identity, []),
            difference=_difference(line),
            since=word_difference(line.override.source_text, line.source.text)
            if line.is_out_of_date
            else (),
        )
        for line in lines
    ]


def _difference(line: Told) -> tuple[Piece, ...]:
    if line.override is None or line.override.is_left_out:
        return ()
    return word_difference(line.source.text, line.override.text)
