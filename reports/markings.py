"""The marking of a whole edition: that of the highest thing in it.

Somebody may state a higher one, never a lower one. A marking is empty for OFFICIAL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assessments.enums import Marking
from reports.document import RecommendationList, Section
from reports.snapshot import Snapshot


def marking_of_edition(stated: str, held: Iterable[str]) -> str:
    """What the full edition bears at the head and foot of its pages.

    `stated` is what the paper's header says; `held` are the markings of what is in it.
    """
    return Marking.SENSITIVE.value if any(held) and not is_sensitive(stated) else stated


def is_sensitive(marking: str) -> bool:
    return marking.upper().startswith(Marking.SENSITIVE)


def markings_in(sections: Iterable[Section], snapshot: Snapshot) -> Iterator[str]:
    """Of every part that is printed; in figures, of each row that was read for one."""
    for section in sections:
        yield section.marking
        for block in section.blocks:
            parts = block.items if isinstance(block, RecommendationList) else (block,)
            yield from (part.marking for part in parts)
    yield from (row.marking for row in snapshot.last_year)
    for row in (*snapshot.figures.capacity, *snapshot.figures.evidence):
        yield row.restriction.marking
