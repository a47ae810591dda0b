"""Loading the demonstration: three years of papers, meetings, what the board said, passwords."""

from __future__ import annotations

import datetime
import hashlib
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from reports.document import from_json
from reports.domain.agenda import make_agenda
from reports.domain.board_decisions import record_decision
from reports.domain.follow_ups import answer_follow_up
from reports.domain.papers import issue_paper, make_final_files
from reports.domain.past_papers import begin_past_paper
from reports.domain.public_links import switch_public_link
from reports.domain.taking_in import SURELY_THE_SAME, proposed_matches, take_in
from reports.enums import DecisionOutcome, MeetingStatus, PaperKind, RenditionStatus
from reports.models import BoardPaper, IssuedPaper, Meeting, Rendition
from reports.past_paper_selectors import entered_by_hand, pieces_of
from spr_portal.cycle_file.loading import load_cycle
from spr_portal.cycle_file.papers import render
from spr_portal.demonstration import (
    FILES,
    FORCE_CODE,
    ISSUED_YEAR,
    PAST_EDITION,
    PAST_PAPER,
    PAST_YEAR,
)
from spr_portal.identity.demonstration import DEMONSTRATION_PASSWORD
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Force, User
from threats.models import Edition


def load_demonstration() -> bool:
    """Whether anything was loaded: all of it, or nothing when its force is there already."""
    if Force.objects.filter(code=FORCE_CODE).exists():
        return False
    with transaction.atomic():
        for file in FILES:
            load_cycle(file)
        # One hash for all: it is no secret, and each takes a third of a second to make.
        people = User.objects.filter(force__code=FORCE_CODE, is_active=True)
        people.update(password=make_password(DEMONSTRATION_PASSWORD))
        _bring_past_paper(by=_somebody(Role.ACC_SECURITY))
        papers = BoardPaper.objects.filter(cycle__force__code=FORCE_CODE, cycle__year=ISSUED_YEAR)
        issued = _issue(papers.get(kind=PaperKind.BOARD_PAPER), by=_somebody(Role.ACC_SECURITY))
        _decide(issued, by=_somebody(Role.OPCC))
        _prepare(Meeting.objects.get(force__code=FORCE_CODE, status=MeetingStatus.PLANNED))
    return True


def _somebody(role: Role) -> User:
    return User.objects.filter(force__code=FORCE_CODE, appointments__role=role).earliest("pk")


def _prepare(meeting: Meeting) -> None:
    """Make the agenda of the meeting to come, as the staff officer would a week before."""
    by = _somebody(Role.STAFF_OFFICER)
    make_agenda(meeting=meeting, today=meeting.held_on - timedelta(weeks=1), by=by)


def _bring_past_paper(*, by: User) -> None:
    """Read the paper that was made without the portal and take it in.

    Its recommendations stand in the file of the year after it, with what became of them.
    """
    draft = begin_past_paper(
        year=PAST_YEAR,
        edition=Edition.objects.get(code=PAST_EDITION),
        withheld_under="",
        path=PAST_PAPER,
        name=PAST_PAPER.name,
        by=by,
    )
    matches = proposed_matches(
        list(pieces_of(draft)), list(entered_by_hand(draft)), at_least=SURELY_THE_SAME
    )
    take_in(draft=draft, matches=matches, leaves_unplaced=False, by=by)


def _issue(paper: BoardPaper, *, by: User) -> IssuedPaper:
    """As ACC Security would, but without waiting for a worker.

    The files are made in this process: starting one for each, as the worker
    does to be safe from odd papers, would take three times as long.
    """
    for rendition in make_final_files(paper=paper, by=by):
        content = render(from_json(rendition.document), rendition.format)
        Rendition.objects.filter(pk=rendition.pk).update(
            status=RenditionStatus.MADE,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            made_at=timezone.now(),
        )
    return issue_paper(paper=paper, by=by)


def _decide(issued: IssuedPaper, *, by: User) -> None:
    """What the board's minutes say and a lead has answered since; anybody may read the paper."""
    decision = record_decision(
        issued=issued,
        values={
            "outcome": DecisionOutcome.PARTLY_ASSURED,
            "wording": (
                "The board noted the report and thanked the force leads. It was assured on five of "
                "the six threats, and asked to hear more on cyber."
            ),
            "conditions": "The force says by September how the new cyber team is filled.",
            "follow_up_on": datetime.date(2017, 9, 12),
            "minute_reference": "14/17",
            "decided_on": issued.board_on,
        },
        started_from=0,
        by=by,
    )
    answer_follow_up(
        decision=decision,
        threat_code="cyber",
        text=(
            "Six of the twelve posts were filled by August 2017. The others have been advertised "
            "outside the force since July."
        ),
        started_from=0,
        by=User.objects.get(email="head.of.intelligence@wmp.example"),
    )
    switch_public_link(issued=issued, is_on=True, may_be_indexed=False, by=by)
