"""What the board decided on an issued paper, recorded and corrected; nothing is ever deleted."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from assessments.enums import Notice
from assessments.notices import notify_all
from assessments.selectors import leads_by_threat
from reports.board_policies import can_record_decision
from reports.board_selectors import decision_on
from reports.exceptions import StalePaperEdit
from reports.models import BoardDecision, FollowUp, IssuedPaper
from reports.paper_address import PaperAddress
from reports.references import long_date
from spr_portal.audit.recording import record
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import User
from spr_portal.identity.selectors import people_with

FIELDS = ("outcome", "wording", "conditions", "follow_up_on", "minute_reference", "decided_on")


def record_decision(
    *, issued: IssuedPaper, values: dict, started_from: int, by: User
) -> BoardDecision:
    """Record what the board decided, or correct what was recorded by a further row.

    `started_from` is the key of the decision that was shown, 0 for none. The
    same words twice running are recorded once. Raises StalePaperEdit when
    somebody recorded another meanwhile, and Refused for days that cannot be.
    """
    can_record_decision(by, issued).require()
    _check_days(values)
    address = PaperAddress(issued.year, issued.kind)
    with transaction.atomic():
        # Whoever records on any issue of the paper waits here for the one before.
        list(_issues(issued).select_for_update().values_list("pk"))
        former = decision_on(issued.force_id, address)
        if former and all(getattr(former, name) == values[name] for name in FIELDS):
            return former
        if (former.pk if former else 0) != started_from:
            raise StalePaperEdit(former)
        decision = BoardDecision.objects.create(
            issued=issued,
            replaces=former,
            recorded_by=by,
            recorded_by_name=by.name,
            recorded_by_post=by.post,
            recorded_at=timezone.now(),
            **{name: values[name] for name in FIELDS},
        )
        # What was answered to it is answered to its correction.
        FollowUp.objects.filter(decision=former).update(decision=decision)
        record(
            action="decision.corrected" if former else "decision.recorded",
            subject=f"issued paper {issued.force.code}-{issued.address}",
            by=by,
            force=issued.force,
            details={
                "outcome": decision.outcome,
                "decided_on": decision.decided_on.isoformat(),
                "issue": issued.number,
            },
        )
        _tell(decision, is_correction=former is not None, by=by)
    return decision


def _issues(issued: IssuedPaper):
    return IssuedPaper.objects.filter(
        force=issued.force_id, kind=issued.kind, year=issued.year
    ).order_by("pk")


def _check_days(values: dict) -> None:
    if values["decided_on"] > timezone.localdate():
        raise Refused("The day of the decision must be today or in the past", field="decided_on")
    follow_up = values["follow_up_on"]
    if follow_up and follow_up <= values["decided_on"]:
        raise Refused(
            "The day of the follow-up must be after the day of the decision", field="follow_up_on"
        )


def _tell(decision: BoardDecision, *, is_correction: bool, by: User) -> None:
    """ACC Security and the leads; that something was decided, never what."""
    issued = decision.issued
    leads = {lead for people in leads_by_threat(issued.force).values() for lead in people}
    people = leads | set(people_with(Role.ACC_SECURITY, force=issued.force))
    what = f"the {issued.get_kind_display().lower()} of {issued.year.replace('-', '/')}"
    sentence = (
        f"What the board decided on {what} is {'corrected' if is_correction else 'recorded'}."
    )
    if decision.follow_up_on:
        sentence += f" It asks what is new by {long_date(decision.follow_up_on)}."
    notify_all(
        people - {by},
        notice=Notice.ACTION,
        subject=f"The board’s decision on {what}",
        sentence=sentence,
        path=reverse("reports:follow_ups", args=[issued.address]),
    )
