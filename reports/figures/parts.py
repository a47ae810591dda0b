"""What the figures share: cells, sentences, and how rows that are not cleared are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reports.document import FigureContent, TableCell
from reports.figure_selectors import Restriction
from reports.snapshot import Snapshot

ACT = "of the Freedom of Information Act 2000"


@dataclass(frozen=True)
class Made:
    """`public` is what stands in the public edition, where that is not all of it."""

    title: str
    content: FigureContent
    public: FigureContent | None = None


def year_of(snapshot: Snapshot) -> str:
    return snapshot.year.replace("-", "/")


def head(words: str) -> TableCell:
    return TableCell(words, is_header=True)


def cells(*words: str) -> tuple[TableCell, ...]:
    """A row: its heading, and what stands beside that."""
    first, *others = words
    return (head(first), *map(TableCell, others))


def approved(snapshot: Snapshot) -> dict[str, str]:
    """The label of each threat whose assessment is approved, by its code."""
    return {
        code: assessment.label
        for code, assessment in snapshot.assessments.items()
        if assessment.is_approved
    }


def waiting(snapshot: Snapshot) -> tuple[str, ...]:
    """A sentence on the assessments that nothing stands here of yet; none in a whole paper."""
    labels = [one.label for one in snapshot.assessments.values() if not one.is_approved]
    return (f"Not approved yet, so nothing of it stands here: {'; '.join(labels)}.",) * bool(labels)


def is_cleared(restriction: Restriction) -> bool:
    """What bears a marking above OFFICIAL is never for the public, whatever else is said."""
    return restriction.is_public and not restriction.marking


def restricted(words: str, restriction: Restriction) -> str:
    """The words with what the reader of the full edition has to know about them."""
    said = [restriction.marking] if restriction.marking else []
    if not is_cleared(restriction):
        under = restriction.withheld_under
        said.append(f"Not for publication: {under}" if under else "Not for publication")
    return f"{words} [{'. '.join(said)}]" if said else words


def withheld_rows(
    restrictions: Iterable[Restriction], one: str, several: str, width: int
) -> tuple[tuple[TableCell, ...], ...]:
    """Rows that say how many others are withheld under what, after all that are cleared.

    They stand at the end, so that not even the neighbours of a row tell what it is about.
    """
    counted = _counted(restrictions)
    return tuple(
        cells(_sentence(number, one, several, under), *[""] * (width - 1))
        for under, number in counted
    )


def withheld_notes(restrictions: Iterable[Restriction], one: str, several: str) -> tuple[str, ...]:
    """The same as sentences, for what is counted and has no rows of its own."""
    return tuple(
        f"{_sentence(number, one, several, under)}, and not counted here."
        for under, number in _counted(restrictions)
    )


def counted(number: int, one: str, several: str) -> str:
    """ "1 unit", "3 units"."""
    return f"{number:,} {one if number == 1 else several}"


def listed(names: Iterable[str]) -> str:
    """ "A", "A and B" or "A, B and C"."""
    names = list(names)
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _counted(restrictions: Iterable[Restriction]) -> list[tuple[str, int]]:
    return sorted(Counter(row.withheld_under for row in restrictions).items())


def _sentence(number: int, one: str, several: str, under: str) -> str:
    said = counted(number, one, several)
    if not under:
        return f"{said} withheld from the public edition"
    return f"{said} withheld under {under[0].lower()}{under[1:]} {ACT}"
