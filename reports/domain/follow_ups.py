"""What the force answers to what the board asked, and how the next paper takes it up."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from assessments.enums import FoiExemption
from reports.board_policies import can_answer_follow_up
from reports.board_selectors import (
    decision_before,
    follow_ups_on,
    threats_asked,
)
from reports.decisions import decision_in_words
from reports.domain.wording import lock_paper
from reports.enums import ListSource, SectionKind
from reports.exceptions import StalePaperEdit
from reports.models import BoardDecision, BoardPaper, FollowUp, PaperParagraph, PaperSection
from reports.paper_address import PaperAddress
from reports.references import long_date
from spr_portal.audit.recording import record
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import User
from spr_portal.lists import next_order

IDENTITY = "since-the-board-met"


def answer_follow_up(
    *, decision: BoardDecision, threat_code: str, text: str, started_from: int, by: User
) -> FollowUp:
    """Say what is new on a threat, or on the requirement as a whole (an empty code).

    An answer outlives a correction of the decision. Raises StalePaperEdit when
    somebody answered meanwhile, and Refused for a threat the paper does not have.
    """
    issued = decision.issued
    can_answer_follow_up(by, decision, threat_code).require()
    if threat_code and threat_code not in {threat.code for threat in threats_asked(issued)}:
        raise Refused("This threat is none of the paper’s. Nothing was saved.")
    address = PaperAddress(issued.year, issued.kind)
    with transaction.atomic():
        # Two first answers at once wait for one another here.
        BoardDecision.objects.select_for_update().filter(pk=decision.pk).first()
        answers = follow_ups_on(issued.force_id, address).filter(threat_code=threat_code)
        row = answers.select_for_update(of=("self",)).first()
        if row and row.text == text and row.by_id == by.pk:
            return row
        if (row.version if row else 0) != started_from:
            raise StalePaperEdit(row)
        row = row or FollowUp(decision=decision, threat_code=threat_code, version=0)
        row.text, row.by, row.by_name, row.by_post = text, by, by.name, by.post
        row.at = timezone.now()
        row.version += 1
        row.save()
        record(
            action="follow_up.answered",
            subject=f"decision on {issued.force.code}-{issued.address}",
            by=by,
            force=issued.force,
            details={"threat": threat_code, "version": row.version},
        )
    return row


def take_up_follow_ups(*, paper: BoardPaper, by: User) -> PaperParagraph:
    """Put what is new since the board met into the next paper, as a paragraph of its own.

    It is withheld until a writer has read and cleared it. Done twice, it is
    there once, with the words its writers gave it. Raises Refused where there
    is nothing to take up.
    """
    with transaction.atomic():
        locked = lock_paper(paper, by=by)
        there = PaperParagraph.objects.filter(section__paper=locked, identity=IDENTITY).first()
        if there:
            return there
        decision, section = decision_before(locked), _section_for(locked)
        if decision is None or section is None:
            raise Refused(
                "Nothing was taken up: the board’s decision on the last paper is not recorded, or "
                "the paper has no section of its own words."
            )
        paragraph = PaperParagraph.objects.create(
            section=section,
            identity=IDENTITY,
            order=next_order(section.paragraphs.all()),
            text=text_of(decision),
            is_public=False,
            withheld_under=FoiExemption.LAW_ENFORCEMENT,
        )
        record(
            action="paragraph.added",
            subject=f"paper {locked.reference}",
            by=by,
            force=locked.force,
            details={"paragraph": IDENTITY, "from": f"decision on {decision.issued.address}"},
        )
    return paragraph


def text_of(decision: BoardDecision) -> str:
    """The decision in a sentence or two, and a bullet for each answer, in the paper's order."""
    issued = decision.issued
    answers = {
        answer.threat_code: answer.text
        for answer in follow_ups_on(issued.force_id, PaperAddress(issued.year, issued.kind))
    }
    threats = {threat.code: threat.label for threat in threats_asked(issued)}
    names = {"": "The requirement as a whole"} | threats
    sentences = decision_in_words(decision, board=issued.board_name)
    decided = " ".join(map(_one_line, sentences))
    bullets = [
        f"- {name}: {_one_line(answers[code])}" for code, name in names.items() if code in answers
    ]
    if not bullets:
        return decided
    since = f"Since the board met on {long_date(decision.decided_on)}:"
    return "\n".join([f"{decided} {since}", *bullets])


def _one_line(words: str) -> str:
    """What somebody wrote as part of a sentence: no bullets, and no references by accident."""
    lines = (line.removeprefix("- ") for line in words.splitlines())
    return " ".join(" ".join(lines).split()).replace("[[", "[ [")


def _section_for(paper: BoardPaper) -> PaperSection | None:
    """Where last year's outcomes stand; else the first section of the paper's own words."""
    sections = paper.sections.filter(kind=SectionKind.WORDING).order_by("order", "pk")
    return sections.filter(paragraphs__list_source=ListSource.OUTCOMES).first() or sections.first()
