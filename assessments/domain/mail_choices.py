"""How a person wants to be told."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from assessments.enums import MailTiming, Notice
from assessments.models import MailChoice
from assessments.notices import USUAL_TIMINGS
from spr_portal.audit.recording import record
from spr_portal.identity.models import User


def choose_mail(*, choices: Mapping[Notice, MailTiming], by: User) -> None:
    """Keep when the person wants each kind of notice; a kind that is not named stays as it is.

    What already waits for the day's e-mail still comes with it.
    """
    with transaction.atomic():
        before = mail_choices(by)
        changed = {notice: timing for notice, timing in choices.items() if before[notice] != timing}
        for notice, timing in changed.items():
            MailChoice.objects.update_or_create(
                person=by, notice=notice, defaults={"timing": timing}
            )
        if changed:
            record(
                action="mail.chosen",
                subject=f"person {by.pk}",
                by=by,
                force=by.force,
                details={str(notice): str(timing) for notice, timing in changed.items()},
            )


def mail_choices(person: User) -> dict[Notice, MailTiming]:
    """When the person wants each kind of notice, in the order of `Notice`."""
    chosen = dict(MailChoice.objects.filter(person=person).values_list("notice", "timing"))
    return {notice: MailTiming(chosen.get(notice, USUAL_TIMINGS[notice])) for notice in Notice}
