"""Starting a cycle's board paper from a template."""

from __future__ import annotations

import datetime

from django.db import transaction

from assessments.models import Cycle
from reports.domain.recommendations import take_up_proposals
from reports.enums import SectionKind
from reports.exceptions import PaperExists
from reports.models import (
    BoardPaper,
    PaperParagraph,
    PaperSection,
    PaperTemplate,
    Recommendation,
)
from reports.policies import can_compose
from reports.selectors import approved_with_proposals, recommendations_of
from spr_portal.audit.recording import record
from spr_portal.identity.models import User
from spr_portal.lists import next_order
from threats.models import Place
from threats.selectors import threat_labels

# As far as a count of threats is spelt out.
NUMBER_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip

# What the wording of a template can be filled with: see words_of.
PLACEHOLDERS = frozenset(
    {
        "force", "force_short", "chief_officer", "body_title", "body", "body_office", "board",
        "year", "plan_year", "edition", "edition_month", "threat_count",
    }
)  # fmt: skip


def compose_paper(*, cycle: Cycle, template: PaperTemplate, by: User) -> BoardPaper:
    """Start the paper: the template's sections and wording, and what the leads proposed.

    A section stands for each threat, in the edition's order for sections.
    Raises PolicyDenied, or PaperExists when the cycle has its paper.
    """
    can_compose(by, cycle).require()
    content = template.content
    words = words_of(cycle)
    with transaction.atomic():
        paper, is_new = BoardPaper.objects.get_or_create(
            cycle=cycle,
            kind=template.kind,
            defaults={
                "template": template,
                **{name: text.format(**words) for name, text in content["paper"].items()},
            },
        )
        if not is_new:
            raise PaperExists("This cycle has a paper already. Nothing was changed.")
        _create_sections(paper, content["sections"], words)
        _create_standing_recommendations(cycle, content.get("recommendations", []), words)
        take_up_proposals(paper=paper, assessments=approved_with_proposals(cycle), by=by)
        record(
            action="paper.composed",
            subject=f"paper {paper.reference}",
            by=by,
            force=paper.force,
            details={"template": template.code, "version": template.version},
        )
    return paper


def words_of(cycle: Cycle) -> dict[str, str]:
    """What a template's placeholders stand for: names and years, which never change in a cycle."""
    force, first = cycle.force, int(cycle.year[:4])
    count = cycle.edition.threats.count()
    return {
        "force": force.name,
        "force_short": force.short_name,
        "chief_officer": force.chief_officer_title,
        "body_title": force.body_title,
        "body": force.body_short_title,
        "body_office": force.body_office,
        "board": force.board_name,
        "year": f"{first}/{(first + 1) % 100:02}",
        "plan_year": f"{first + 1}/{(first + 2) % 100:02}",
        "edition": cycle.edition.title,
        "edition_month": month_of(cycle.edition.issued_on),
        "threat_count": NUMBER_WORDS[count] if count < len(NUMBER_WORDS) else str(count),
    }


def month_of(date: datetime.date) -> str:
    return f"{date:%B %Y}"


def _create_sections(paper: BoardPaper, sections: list[dict], words: dict[str, str]) -> None:
    for section in sections:
        if section["kind"] == "threats":
            _create_threat_sections(paper, section)
            continue
        row = PaperSection.objects.create(
            paper=paper,
            identity=section["key"],
            kind=section["kind"],
            heading=section["heading"].format(**words),
            level=section.get("level", 2),
            order=next_order(paper.sections.all()),
            has_numbers=section.get("numbered", True),
        )
        PaperParagraph.objects.bulk_create(
            PaperParagraph(
                section=row,
                identity=paragraph["key"],
                order=order,
                text=paragraph["text"].format(**words).strip(),
                list_source=paragraph.get("list", ""),
                text_when_empty=paragraph.get("when_empty", "").format(**words).strip(),
                is_public=True,
            )
            for order, paragraph in enumerate(section.get("paragraphs", []), start=1)
        )


def _create_threat_sections(paper: BoardPaper, section: dict) -> None:
    order = next_order(paper.sections.all())
    PaperSection.objects.bulk_create(
        PaperSection(
            paper=paper,
            identity=named.threat.code,
            kind=SectionKind.THREAT,
            heading=named.label,
            level=section.get("level", 3),
            order=order + position,
            has_numbers=section.get("numbered", True),
            threat_code=named.threat.code,
        )
        for position, named in enumerate(threat_labels(paper.cycle.edition, Place.SECTION))
    )


def _create_standing_recommendations(
    cycle: Cycle, recommendations: list[dict], words: dict[str, str]
) -> None:
    """Those that every year's paper makes. What a file or a person entered before stays."""
    if recommendations_of(cycle).exists():
        return
    Recommendation.objects.bulk_create(
        Recommendation(
            force=cycle.force,
            year=cycle.year,
            identity=item["key"],
            order=order,
            heading=item.get("heading", "").format(**words),
            addressee=item["addressee"].format(**words),
            text=item["text"].format(**words).strip(),
            is_public=True,
        )
        for order, item in enumerate(recommendations, start=1)
    )
