"""The paper's own words: its fields, its sections and the paragraphs of no threat."""

from __future__ import annotations

import itertools

from django.db import transaction
from django.db.models import QuerySet

from reports.enums import WRITTEN_IN_THE_PAPER, Numbering, SectionKind
from reports.exceptions import PaperNotReady, StalePaperEdit
from reports.models import BoardPaper, PaperParagraph, PaperSection
from reports.policies import can_edit_paper
from spr_portal.audit.recording import record
from spr_portal.identity.models import User
from spr_portal.lists import change_row, move_row, next_order, place_row

PAPER_FIELDS = (
    "title", "agenda_item", "report_of", "author", "marking",
    "item_type", "meeting_part", "foi_class", "numbering",
)  # fmt: skip
PARAGRAPH_FIELDS = (
    "text", "is_public", "withheld_under", "marking", "handling", "figure_source",
)  # fmt: skip

# What an added section stands before, where it stands last.
AT_THE_END = frozenset({SectionKind.RECOMMENDATIONS, SectionKind.ANNEX})


def lock_paper(paper: BoardPaper, *, by: User) -> BoardPaper:
    """The paper, for a change in the caller's transaction; raises PolicyDenied unless editable."""
    locked = (
        BoardPaper.objects.select_for_update(of=("self",))
        .select_related("cycle__force")
        .get(pk=paper.pk)
    )
    can_edit_paper(by, locked).require()
    return locked


def change_paper(*, paper: BoardPaper, values: dict, started_from: int, by: User) -> BoardPaper:
    """Change the title and the lines of the header; raises StalePaperEdit."""
    with transaction.atomic():
        locked = lock_paper(paper, by=by)
        if locked.version != started_from:
            raise StalePaperEdit(locked)
        was_numbered = locked.numbering
        for name in PAPER_FIELDS:
            setattr(locked, name, values.get(name, getattr(locked, name)))
        if locked.numbering != was_numbered:
            # By section, paragraphs count under the numbers of headings; in a run, without.
            by_section = locked.numbering == Numbering.SECTION
            locked.sections.exclude(kind=SectionKind.ANNEX).update(is_heading_numbered=by_section)
        locked.version += 1
        locked.save()
        _record(locked, "paper.changed", by=by)
    return locked


def add_section(
    *,
    paper: BoardPaper,
    heading: str,
    has_numbers: bool,
    by: User,
    publication: dict | None = None,
) -> PaperSection:
    """Add a section of no threat. It stands before the recommendations at the end, and annexes.

    `publication` has the fields of Published; without it everybody may read the section.
    """
    with transaction.atomic():
        lock_paper(paper, by=by)
        section = PaperSection.objects.create(
            paper=paper,
            kind=SectionKind.WORDING,
            heading=heading,
            has_numbers=has_numbers,
            is_heading_numbered=paper.numbering == Numbering.SECTION,
            **_known(publication or {}),
            order=next_order(paper.sections.all()),
        )
        rows = list(paper.sections.exclude(pk=section.pk))
        ends = list(itertools.takewhile(lambda row: row.kind in AT_THE_END, reversed(rows)))
        place = len(rows) - len(ends)
        for order, row in enumerate([*rows[:place], section, *rows[place:]], start=1):
            PaperSection.objects.filter(pk=row.pk).update(order=order)
        _record(paper, "section.added", by=by, section=section.identity)
    return section


def change_section(
    *,
    section: PaperSection,
    heading: str,
    has_numbers: bool,
    started_from: int,
    by: User,
    publication: dict | None = None,
) -> PaperSection:
    """Change a section's heading, whether its paragraphs are numbered, and who may read it."""
    with transaction.atomic():
        lock_paper(section.paper, by=by)
        row, changed = change_row(
            section.paper.sections.all(),
            identity=section.identity,
            started_from=started_from,
            values={"heading": heading, "has_numbers": has_numbers, **_known(publication or {})},
        )
        if not changed:
            raise StalePaperEdit(row)
        _record(section.paper, "section.changed", by=by, section=section.identity)
    return row


def move_section(
    *, section: PaperSection, by: User, up: bool = False, place: int | None = None
) -> None:
    """Let a section stand one place higher or lower, or at a place counted from 1."""
    with transaction.atomic():
        lock_paper(section.paper, by=by)
        if _move(section.paper.sections.all(), section.identity, up=up, place=place):
            _record(section.paper, "section.moved", by=by, section=section.identity)


def remove_section(*, section: PaperSection, by: User) -> None:
    """Take a section of no threat out, once its paragraphs are gone.

    A threat's section and the recommendations stay: the paper would not be
    whole without them. Raises PaperNotReady when it may not go.
    """
    with transaction.atomic():
        lock_paper(section.paper, by=by)
        if section.kind not in WRITTEN_IN_THE_PAPER:
            raise PaperNotReady(["This section is part of every paper and cannot be removed."])
        if section.paragraphs.exists():
            raise PaperNotReady(
                ["Remove the section’s paragraphs first, so that no words are lost."]
            )
        section.delete()
        _record(section.paper, "section.removed", by=by, section=section.identity)


def add_paragraph(*, section: PaperSection, values: dict, by: User) -> PaperParagraph:
    """Put a paragraph at the end of a section of no threat.

    Raises StalePaperEdit when somebody removed the section meanwhile.
    """
    with transaction.atomic():
        lock_paper(section.paper, by=by)
        sections = section.paper.sections.filter(kind__in=WRITTEN_IN_THE_PAPER)
        if not sections.filter(pk=section.pk).exists():
            raise StalePaperEdit(None)
        paragraph = PaperParagraph.objects.create(
            section=section, order=next_order(section.paragraphs.all()), **_known(values)
        )
        _record(section.paper, "paragraph.added", by=by, paragraph=paragraph.identity)
    return paragraph


def change_paragraph(
    *, section: PaperSection, identity: str, values: dict, started_from: int, by: User
) -> PaperParagraph:
    """Change a paragraph; raises StalePaperEdit when somebody did meanwhile."""
    with transaction.atomic():
        lock_paper(section.paper, by=by)
        paragraph, changed = change_row(
            section.paragraphs.all(),
            identity=identity,
            started_from=started_from,
            values=_known(values),
        )
        if not changed:
            raise StalePaperEdit(paragraph)
        _record(section.paper, "paragraph.changed", by=by, paragraph=identity)
    return paragraph


def remove_paragraph(*, section: PaperSection, identity: str, by: User) -> None:
    """Take a paragraph out; its words are kept in the audit trail."""
    with transaction.atomic():
        lock_paper(section.paper, by=by)
        paragraph = section.paragraphs.filter(identity=identity).first()
        if paragraph is None:
            return
        paragraph.delete()
        _record(section.paper, "paragraph.removed", by=by, paragraph=identity, text=paragraph.text)


def move_paragraph(
    *,
    section: PaperSection,
    identity: str,
    by: User,
    up: bool = False,
    place: int | None = None,
) -> None:
    """The same for a paragraph within its section."""
    with transaction.atomic():
        lock_paper(section.paper, by=by)
        if _move(section.paragraphs.all(), identity, up=up, place=place):
            _record(section.paper, "paragraph.moved", by=by, paragraph=identity)


def _move(rows: QuerySet, identity: str, *, up: bool, place: int | None) -> bool:
    if place is None:
        return move_row(rows, identity=identity, up=up)
    return place_row(rows, identity=identity, place=place)


def _known(values: dict) -> dict:
    return {name: values[name] for name in PARAGRAPH_FIELDS if name in values}


def _record(paper: BoardPaper, action: str, *, by: User, **details) -> None:
    record(
        action=action,
        subject=f"paper {paper.reference}",
        by=by,
        force=paper.force,
        details=details,
    )
