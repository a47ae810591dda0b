"""From a template's sections to a paper's: all that it always has, and those chosen from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from assessments.enums import FoiExemption, Marking
from reports.domain.wording import lock_paper
from reports.enums import WITHHELD_AT_FIRST, Numbering, SectionKind
from reports.exceptions import StalePaperEdit
from reports.models import BoardPaper, PaperParagraph, PaperSection
from spr_portal.audit.recording import record
from spr_portal.identity.models import User
from threats.models import Place
from threats.selectors import threat_labels


@dataclass(frozen=True)
class OptionalSection:
    """A section that a template offers, and that a paper may do without."""

    key: str
    heading: str


def optional_sections(content: dict, words: dict[str, str]) -> list[OptionalSection]:
    """What a template offers, in its order. `words` fill in its placeholders."""
    return [
        OptionalSection(row["key"], row["heading"].format(**words))
        for row in content["sections"]
        if row.get("optional", False)
    ]


def offers_more(paper: BoardPaper, identities: Collection[str]) -> bool:
    """Whether the template offers a section that is not among those of the paper."""
    rows = paper.template.content["sections"]
    return any(row.get("optional", False) and row["key"] not in identities for row in rows)


def optional_sections_left(paper: BoardPaper, words: dict[str, str]) -> list[OptionalSection]:
    """Those the paper's template offers and the paper does not have."""
    there = set(paper.sections.values_list("identity", flat=True))
    offered = optional_sections(paper.template.content, words)
    return [section for section in offered if section.key not in there]


def create_sections(paper: BoardPaper, *, optional: Collection[str], words: dict) -> None:
    """Everything of the template in its order, of what is optional only what is named."""
    rows = [
        row
        for row in paper.template.content["sections"]
        if not row.get("optional", False) or row["key"] in optional
    ]
    order = 0
    for row in rows:
        for section in _sections_of(paper, row, words):
            order += 1
            section.order = order
            section.save()
            _create_paragraphs(section, row, words)


def add_optional_sections(
    *, paper: BoardPaper, keys: Collection[str], words: dict[str, str], by: User
) -> list[PaperSection]:
    """Put sections that the template offers into a paper in the making, in the template's order.

    Those the paper has stay as they are. Raises PolicyDenied unless the paper can be written.
    """
    with transaction.atomic():
        locked = lock_paper(paper, by=by)
        left = {section.key for section in optional_sections_left(locked, words)}
        rows = [
            row
            for row in locked.template.content["sections"]
            if row["key"] in keys and row["key"] in left
        ]
        if not rows:
            raise StalePaperEdit(None)
        added = [_add(locked, row, words) for row in rows]
        record(
            action="section.offered_added",
            subject=f"paper {locked.reference}",
            by=by,
            force=locked.force,
            details={"sections": [section.identity for section in added]},
        )
    return added


def _add(paper: BoardPaper, row: dict, words: dict) -> PaperSection:
    (section,) = _sections_of(paper, row, words)
    rows = list(paper.sections.order_by("order", "pk"))
    place = _place_of(row["key"], rows, paper.template.content["sections"])
    section.order = place + 1
    section.save()
    for order, other in enumerate([*rows[:place], section, *rows[place:]], start=1):
        PaperSection.objects.filter(pk=other.pk).update(order=order)
    _create_paragraphs(section, row, words)
    return section


def _place_of(key: str, rows: Iterable[PaperSection], template_rows: list[dict]) -> int:
    """After the last section that the template has before it; whatever else was moved or added."""
    before: set[str] = set()
    for row in template_rows:
        if row["key"] == key:
            break
        before.add(SectionKind.THREAT if row["kind"] == "threats" else row["key"])
    place = 0
    for index, section in enumerate(rows, start=1):
        is_threat = section.kind == SectionKind.THREAT
        if (SectionKind.THREAT if is_threat else section.identity) in before:
            place = index
    return place


def _sections_of(paper: BoardPaper, row: dict, words: dict) -> list[PaperSection]:
    """The rows of one entry, not saved: one for each threat where it stands for them."""
    if row["kind"] == "threats":
        return [
            _section(
                paper,
                row,
                identity=named.threat.code,
                kind=SectionKind.THREAT,
                heading=named.label,
                threat_code=named.threat.code,
                level=row.get("level", 3),
                shows_recommendations=row.get("recommendations") == "inline",
                words_when_none=row.get("words_when_none", "").format(**words),
            )
            for named in threat_labels(paper.cycle.edition, Place.SECTION)
        ]
    return [
        _section(
            paper,
            row,
            identity=row["key"],
            kind=row["kind"],
            heading=row["heading"].format(**words),
            level=row.get("level", 2),
        )
    ]


def _section(paper: BoardPaper, row: dict, **fields) -> PaperSection:
    counts_headings = paper.numbering == Numbering.SECTION and row["kind"] != SectionKind.ANNEX
    return PaperSection(
        paper=paper,
        has_numbers=row.get("numbered", True),
        is_heading_numbered=row.get("heading_numbered", counts_headings),
        marking=row.get("marking", Marking.OFFICIAL),
        handling=row.get("handling", ""),
        is_public="withheld_under" not in row,
        withheld_under=row.get("withheld_under", ""),
        **fields,
    )


def _create_paragraphs(section: PaperSection, row: dict, words: dict[str, str]) -> None:
    PaperParagraph.objects.bulk_create(
        PaperParagraph(
            section=section,
            identity=paragraph["key"],
            order=order,
            text=paragraph["text"].format(**words).strip(),
            list_source=paragraph.get("list", ""),
            figure_source=paragraph.get("figure", ""),
            text_when_empty=paragraph.get("when_empty", "").format(**words).strip(),
            **_clearance(paragraph.get("figure", "")),
        )
        for order, paragraph in enumerate(row.get("paragraphs", []), start=1)
    )


def _clearance(figure: str) -> dict:
    """A figure that nobody cleared row by row is withheld until a person clears it whole."""
    if figure in WITHHELD_AT_FIRST:
        return {"is_public": False, "withheld_under": FoiExemption.LAW_ENFORCEMENT}
    return {"is_public": True}
