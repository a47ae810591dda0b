"""What a paper is found by in its force: "2016-17", or "2016-17-statement"."""

from __future__ import annotations

from dataclasses import dataclass

from reports.enums import PaperKind

_SUFFIXES = {PaperKind.BOARD_PAPER: "", PaperKind.STATEMENT: "-statement"}


@dataclass(frozen=True)
class PaperAddress:
    year: str  # "2016-17"
    kind: PaperKind = PaperKind.BOARD_PAPER

    def __str__(self):
        return f"{self.year}{_SUFFIXES[PaperKind(self.kind)]}"


class PaperConverter:
    """The part of an address that names a paper of the person's own force."""

    regex = r"\d{4}-\d{2}(?:-statement)?"

    def to_python(self, value: str) -> PaperAddress:
        year, kind = value[:7], PaperKind.STATEMENT if value[7:] else PaperKind.BOARD_PAPER
        return PaperAddress(year, kind)

    def to_url(self, value: PaperAddress | str) -> str:
        return str(value)
