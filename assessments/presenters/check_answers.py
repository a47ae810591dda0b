"""How a whole assessment reads on one page, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from assessments.domain.completeness import Missing
from assessments.enums import FoiExemption, ItemKind
from assessments.models import Assessment, Response
from assessments.presenters.answers import PageError, answer_rows
from assessments.presenters.items import heading_of, item_rows
from assessments.presenters.places import Places
from spr_portal.components import SummaryRow
from threats.selectors import AskedPart


@dataclass(frozen=True)
class Section:
    """A part or a list with its rows; `add` is where to add to a list, `empty` if it has none."""

    heading: str
    rows: tuple[SummaryRow, ...]
    add: str = ""
    empty: str = ""


def sections(
    *,
    assessment: Assessment,
    parts: Iterable[AskedPart],
    responses: Iterable[Response],
    lists: Mapping[str, list[dict]],
    labels: dict[str, dict[str, str]],
    is_editable: bool,
) -> list[Section]:
    """Everything in the order of the task list, with links to change it where that is allowed.

    `lists` is what `domain.content.items_as_data` gives.
    """
    parts, responses = list(parts), list(responses)
    places = Places(assessment, parts)
    found = []
    for part in parts:
        codes = {question.code for question in part.questions}
        mine = [response for response in responses if response.question.code in codes]
        href = places.part(part.code) if is_editable else ""
        found.append(Section(part.label, tuple(answer_rows(mine, href))))
    at = [assessment.cycle.year, assessment.threat.code]
    for kind in ItemKind:
        rows = tuple(
            _item_row(kind, values, number, labels, places if is_editable else None)
            for number, values in enumerate(lists[kind], start=1)
        )
        add = reverse("assessments:add_item", args=[*at, kind.value]) if is_editable else ""
        found.append(Section(kind.label, rows, add, "" if rows else "None added."))
    return found


def missing_links(missing: Iterable[Missing], places: Places) -> list[PageError]:
    """Each thing to do, with a link to the very field."""
    return [
        PageError(message=thing.sentence, href=places.href(thing.place or thing.part))
        for thing in missing
    ]


def _item_row(
    kind: ItemKind, values: dict, number: int, labels, places: Places | None
) -> SummaryRow:
    heading = heading_of(kind, values, number)
    href = places.href(f"{kind}/{values['identity']}") if places else ""
    if kind == ItemKind.SUMMARY:
        withheld = FoiExemption(values["withheld_under"]).label if not values["is_public"] else ""
        reader = f"withheld under {withheld}" if withheld else "public"
        return SummaryRow(f"{heading}, {reader}", values["text"], href, heading)
    if kind == ItemKind.RECOMMENDATION:
        return SummaryRow(heading, f"{values['addressee']} {values['text']}", href, heading)
    bullets = [f"- {row.key}: {_line(row.value)}" for row in item_rows(kind, values, labels)]
    return SummaryRow(heading, "\n".join(bullets), href, heading)


def _line(text: str) -> str:
    """A text on one line, as the words of one bullet: its own bullets become dots."""
    lines = (line.strip() for line in text.splitlines())
    return " ".join(f"• {line[2:]}" if line.startswith("- ") else line for line in lines if line)
