"""What the force answers to what the board asked, and how the next paper takes it up."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

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
from spr_portal.audit.models import AuditEvent
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

    It is withheld until a writer has read and cleared it. Done again, its words stay as its
    writers gave them, and what was answered since it was last done is put at their end. Raises
    Refused where there is nothing to take up.
    """
    with transaction.atomic():
        locked = lock_paper(paper, by=by)
        there = PaperParagraph.objects.filter(section__paper=locked, identity=IDENTITY).first()
        decision, section = decision_before(locked), _section_for(locked)
        if there:
            return _add_later_answers(locked, there, decision, by=by)
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
        _record_taken("paragraph.added", locked, decision, by=by)
    return paragraph


def _add_later_answers(
    paper: BoardPaper, paragraph: PaperParagraph, decision: BoardDecision | None, *, by: User
) -> PaperParagraph:
    """What was answered or answered otherwise since: nothing that a lead wrote stays behind."""
    bullets = list(_bullets(decision, since=_taken_at(paper))) if decision else []
    if bullets:
        paragraph.text = "\n".join([paragraph.text, *bullets])
        paragraph.is_public, paragraph.withheld_under = False, FoiExemption.LAW_ENFORCEMENT
        paragraph.version += 1
        paragraph.save()
        _record_taken("paragraph.changed", paper, decision, by=by)
    return paragraph


def _record_taken(action: str, paper: BoardPaper, decision: BoardDecision, *, by: User) -> None:
    record(
        action=action,
        subject=f"paper {paper.reference}",
        by=by,
        force=paper.force,
        details={"paragraph": IDENTITY, "from": f"decision on {decision.issued.address}"},
    )


def _taken_at(paper: BoardPaper) -> datetime.datetime | None:
    """When answers were last taken into the paper; None where nobody recorded it."""
    events = AuditEvent.objects.filter(
        force=paper.force,
        subject=f"paper {paper.reference}",
        action__in=("paragraph.added", "paragraph.changed"),
    )
    taken = [
        event.at
        for event in events
        if event.details.get("paragraph") == IDENTITY and "from" in event.details
    ]
    return max(taken, default=None)


def text_of(decision: BoardDecision) -> str:
    """The decision in a sentence or two, and a bullet for each answer, in the paper's order."""
    sentences = decision_in_words(decision, board=decision.issued.board_name)
    decided, bullets = " ".join(map(_one_line, sentences)), list(_bullets(decision))
    if not bullets:
        return decided
    since = f"Since the board met on {long_date(decision.decided_on)}:"
    return "\n".join([f"{decided} {since}", *bullets])


def _bullets(decision: BoardDecision, *, since: datetime.datetime | None = None) -> Iterator[str]:
    """One for each answer, of those given after a moment if one is named."""
    issued = decision.issued
    answers = {
        answer.threat_code: answer.text
        for answer in follow_ups_on(issued.force_id, PaperAddress(issued.year, issued.kind))
        if since is None or answer.at > since
    }
    threats = {threat.code: threat.label for threat in threats_asked(issued)}
    for code, name in ({"": "The requirement as a whole"} | threats).items():
        if code in answers:
            yield f"- {name}: {_one_line(answers[code])}"


def _one_line(words: str) -> str:
    """What somebody wrote as part of a sentence: no bullets, and no references by accident."""
    lines = (line.removeprefix("- ") for line in words.splitlines())
    return " ".join(" ".join(lines).split()).replace("[[", "[ [")


def _section_for(paper: BoardPaper) -> PaperSection | None:
    """Where last year's outcomes stand; else the first section of the paper's own words."""
    sections = paper.sections.filter(kind=SectionKind.WORDING).order_by("order", "pk")
    return sections.filter(paragraphs__list_source=ListSource.OUTCOMES).first() or sections.first()
