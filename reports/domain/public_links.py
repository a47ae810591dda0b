"""Switching the public link of a paper: whether anybody may read its public edition."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from reports.board_policies import can_switch_public_link
from reports.models import IssuedPaper, PublicLink
from spr_portal.audit.recording import record
from spr_portal.identity.models import User


def switch_public_link(
    *, issued: IssuedPaper, is_on: bool, may_be_indexed: bool, by: User
) -> PublicLink:
    """Let anybody read the public edition of a paper, or nobody who is not signed in.

    It holds for every issue of the paper, those to come too. What is switched
    off is listed by no search engine either.
    """
    can_switch_public_link(by, issued).require()
    wanted = {"is_on": is_on, "may_be_indexed": is_on and may_be_indexed}
    with transaction.atomic():
        link, _ = PublicLink.objects.select_for_update().get_or_create(
            force=issued.force,
            kind=issued.kind,
            year=issued.year,
            defaults={"changed_by_name": by.name, "changed_at": timezone.now()},
        )
        if all(getattr(link, name) == value for name, value in wanted.items()):
            return link
        for name, value in wanted.items():
            setattr(link, name, value)
        link.changed_by_name, link.changed_at = by.name, timezone.now()
        link.save()
        record(
            action="public_link.switched",
            subject=f"issued paper {issued.force.code}-{issued.address}",
            by=by,
            force=issued.force,
            details=wanted,
        )
    return link
