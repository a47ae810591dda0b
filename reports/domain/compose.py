"""Starting a cycle's board paper from a template."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction

from assessments.models import Cycle
from reports.domain.recommendations import take_up_proposals
from reports.domain.template_sections import create_sections
from reports.enums import Numbering, PaperKind
from reports.exceptions import PaperExists
from reports.models import BoardPaper, PaperTemplate, Recommendation
from reports.past_paper_selectors import issued_before_portal
from reports.policies import can_compose
from reports.selectors import approved_with_proposals, recommendations_of
from spr_portal.audit.recording import record
from spr_portal.identity.models import User

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


def compose_paper(
    *, cycle: Cycle, template: PaperTemplate, by: User, optional: Collection[str] = ()
) -> BoardPaper:
    """Start the paper: the template's sections and wording, and what the leads proposed.

    A section stands for each threat, in the edition's order for sections.
    `optional` names those of the template's optional sections that it has from
    the start. Raises PolicyDenied, or PaperExists when the cycle has its paper.
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
                "numbering": content.get("numbering", Numbering.RUN),
                **{name: text.format(**words) for name, text in content["paper"].items()},
            },
        )
        if not is_new:
            raise PaperExists("This cycle has a paper already. Nothing was changed.")
        if issued_before_portal(cycle, paper.kind):
            raise PaperExists("The paper of this year was made before the portal and taken in.")
        create_sections(paper, optional=optional, words=words)
        if paper.kind == PaperKind.BOARD_PAPER:
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
