"""The e-mails of the year: who is told what. They leave through the background worker.

An e-mail says that something waits, never what was written: answers, reasons
and comments stay in the portal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.template.loader import render_to_string

from assessments.models import Assessment, Cycle
from spr_portal.background.outbox import send_later
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from spr_portal.identity.selectors import people_with


def tell_of_tasking(cycle: Cycle, *, leads: Mapping[str, Iterable[User]], by: User) -> None:
    """One e-mail to each lead, naming all the threats that are theirs."""
    labels = {threat.code: threat.label for threat in cycle.edition.threats.all()}
    threats_of: dict[User, list[str]] = {}
    for code, people in leads.items():
        for person in people:
            threats_of.setdefault(person, []).append(code)
    for person, codes in threats_of.items():
        _send(
            "tasking",
            to=person,
            cycle=cycle,
            by=by,
            subject=f"Self-assessment for {cycle.year_in_words}: due on {_date(cycle.due_on)}",
            threats=[(labels[code], f"{cycle.get_absolute_url()}{code}/") for code in codes],
        )


def tell_of_submission(assessment: Assessment, *, by: User) -> None:
    for person in _reviewers(assessment):
        _send_about(assessment, "submission", to=person, by=by, happened="submitted")


def tell_of_return(assessment: Assessment, *, by: User) -> None:
    for person in _leads(assessment):
        _send_about(assessment, "return", to=person, by=by, happened="returned")


def tell_of_approval(assessment: Assessment, *, by: User) -> None:
    for person in _leads(assessment):
        _send_about(assessment, "approval", to=person, by=by, happened="approved")


def tell_of_reopening(assessment: Assessment, *, by: User) -> None:
    for person in _leads(assessment):
        _send_about(assessment, "return", to=person, by=by, happened="reopened")


def _leads(assessment: Assessment):
    return people_with(Role.FORCE_LEAD, force=assessment.force, threat_code=assessment.threat.code)


def _reviewers(assessment: Assessment):
    return people_with(Role.ACC_SECURITY, Role.STAFF_OFFICER, force=assessment.force)


def _send_about(assessment: Assessment, name: str, *, to: User, happened: str, **context) -> None:
    _send(
        name,
        to=to,
        cycle=assessment.cycle,
        subject=f"{assessment.threat.label}, {assessment.cycle.year_in_words}: {happened}",
        assessment=assessment,
        happened=happened,
        address=settings.BASE_URL + assessment.get_absolute_url(),
        **context,
    )


def _send(name: str, *, to: User, subject: str, **context) -> None:
    body = render_to_string(
        f"emails/{name}.txt", {"to": to, "base_url": settings.BASE_URL, **context}
    )
    send_later(to=to.email, subject=subject, body=body)


def _date(date) -> str:
    return f"{date.day} {date:%B %Y}"
