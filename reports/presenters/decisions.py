"""The board's decisions, what the force answers, and the public link, as they read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from reports.board_policies import can_answer_follow_up
from reports.enums import DecisionOutcome
from reports.forms.board import PublicLinkForm
from reports.models import BoardDecision, FollowUp, PublicLink
from spr_portal.components import SummaryRow
from spr_portal.identity.models import User
from spr_portal.templatetags.portal import day
from threats.models import Threat

WHOLE = "whole-requirement"  # in addresses, where a threat's code would stand
WHOLE_NAME = "The requirement as a whole"
SWITCHED = {
    PublicLinkForm.OFF: "The public link is off. Copies that were made meanwhile are not called "
    "back, and some readers’ browsers may show the page for five minutes more.",
    PublicLinkForm.ON: "Anybody who has the link can read the public edition now. Search engines "
    "are asked not to list it.",
    PublicLinkForm.INDEXED: "Anybody can read the public edition now, and search engines may list "
    "it.",
}


@dataclass(frozen=True)
class DecisionLine:
    outcome: str
    decided_on: datetime.date
    by: str
    at: datetime.datetime
    rows: list[SummaryRow]
    number: int  # of the issue it was recorded on


@dataclass(frozen=True)
class AnswerLine:
    name: str
    text: str
    by: str
    at: datetime.datetime | None  # None until it is answered
    is_shown: bool  # the person may read it
    href: str  # empty unless the person may answer it


def decision_rows(decision: BoardDecision) -> list[SummaryRow]:
    rows = [
        SummaryRow("Decided on", day(decision.decided_on)),
        SummaryRow("Decision", DecisionOutcome(decision.outcome).label),
        SummaryRow("As the minutes have it", decision.wording),
        SummaryRow("Conditions", decision.conditions),
        SummaryRow("Follow-up", day(decision.follow_up_on) if decision.follow_up_on else ""),
        SummaryRow("Minute", decision.minute_reference),
    ]
    return [row for row in rows if row.value]


def history_line(decision: BoardDecision) -> DecisionLine:
    return DecisionLine(
        outcome=decision.outcome,
        decided_on=decision.decided_on,
        by=", ".join(filter(None, (decision.recorded_by_name, decision.recorded_by_post))),
        at=decision.recorded_at,
        rows=decision_rows(decision),
        number=decision.issued.number,
    )


def names_of(threats: Iterable[Threat]) -> dict[str, str]:
    """Every code that the board may ask about, with its words; the whole comes last."""
    return {threat.code: threat.label for threat in threats} | {"": WHOLE_NAME}


def answer_lines(
    decision: BoardDecision,
    answers: Iterable[FollowUp],
    threats: Iterable[Threat],
    user: User,
    *,
    read: frozenset[str] | None,
) -> list[AnswerLine]:
    """`read` are the codes whose answers the person may read, None for all."""
    by_code: Mapping[str, FollowUp] = {answer.threat_code: answer for answer in answers}
    lines = []
    for code, name in names_of(threats).items():
        answer, is_shown = by_code.get(code), read is None or code in read
        path = reverse("reports:follow_up", args=[decision.issued.address, code or WHOLE])
        lines.append(
            AnswerLine(
                name=name,
                text=answer.text if answer and is_shown else "",
                by=answer.by_name if answer and is_shown else "",
                at=answer.at if answer and is_shown else None,
                is_shown=is_shown,
                href=path if can_answer_follow_up(user, decision, code) else "",
            )
        )
    return [line for line in lines if line.is_shown]


def access_of(link: PublicLink | None) -> str:
    if link is None or not link.is_on:
        return PublicLinkForm.OFF
    return PublicLinkForm.INDEXED if link.may_be_indexed else PublicLinkForm.ON
