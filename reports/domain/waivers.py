"""Letting a paper pass although a check found something: with a reason, under a name, for ever."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from reports.builder import build_paper
from reports.checks import Finding, findings_of
from reports.exceptions import FindingGone
from reports.models import BoardPaper, CheckWaiver
from reports.policies import can_waive
from reports.selectors import standing_waivers
from reports.snapshot import take_snapshot
from spr_portal.audit.recording import record
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import User


def finding_of(paper: BoardPaper, key: str) -> Finding | None:
    """What the checks find under this key now, waived or not.

    A void approval is not looked for: it cannot be waived.
    """
    snapshot = take_snapshot(paper, checking_approvals=False)
    findings = findings_of(snapshot, build_paper(snapshot, is_draft=True))
    return next((finding for finding in findings if finding.key == key), None)


def waive_finding(*, paper: BoardPaper, key: str, reason: str, by: User) -> CheckWaiver:
    """Let the paper pass with a finding. The waiver counts until the finding says something else.

    An earlier waiver of the same thing, given for other words, is ended. Raises
    FindingGone when the checks do not find it any more.
    """
    with transaction.atomic():
        locked = _lock(paper, by=by)
        finding = finding_of(locked, key)
        if finding is None or finding.waiver is not None:
            raise FindingGone("This is mended or waived already, so nothing was done.")
        if not finding.can_be_waived:
            raise Refused("This cannot be let pass. It has to be mended.")
        earlier = standing_waivers(locked).filter(check_code=finding.code, subject=finding.subject)
        earlier.update(ended_at=timezone.now(), ended_by_name=by.name)
        waiver = CheckWaiver.objects.create(
            paper=locked,
            check_code=finding.code,
            subject=finding.subject,
            finding=finding.sentence,
            reason=reason,
            by=by,
            by_name=by.name,
            by_post=by.post,
            at=timezone.now(),
        )
        _record(locked, "waiver.given", waiver, by=by, reason=reason)
    return waiver


def end_waiver(*, paper: BoardPaper, key: int, by: User) -> None:
    """Let a finding stand again. The waiver stays on record; ending it twice does nothing."""
    with transaction.atomic():
        locked = _lock(paper, by=by)
        waiver = standing_waivers(locked).filter(pk=key).first()
        if waiver is None:
            return
        waiver.ended_at, waiver.ended_by_name = timezone.now(), by.name
        waiver.save(update_fields=["ended_at", "ended_by_name"])
        _record(locked, "waiver.ended", waiver, by=by)


def _lock(paper: BoardPaper, *, by: User) -> BoardPaper:
    locked = (
        BoardPaper.objects.select_for_update(of=("self",))
        .select_related("cycle__force", "cycle__edition")
        .get(pk=paper.pk)
    )
    can_waive(by, locked).require()
    return locked


def _record(paper: BoardPaper, action: str, waiver: CheckWaiver, *, by: User, **details) -> None:
    record(
        action=action,
        subject=f"paper {paper.reference}",
        by=by,
        force=paper.force,
        details={"check": waiver.check_code, "finding": waiver.finding, **details},
    )
