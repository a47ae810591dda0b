"""Opening a cycle, and changing its dates and leads."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assessments.domain.carry_over import carry_over
from assessments.emails import tell_of_dates, tell_of_tasking
from assessments.exceptions import CycleExists, UnknownPlace
from assessments.models import Assessment, Cycle, Response
from assessments.policies import can_change_cycle, can_open_cycle
from assessments.selectors import cycle_after, leads_by_threat
from spr_portal.audit.recording import record
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Appointment, User
from spr_portal.identity.selectors import leading_on_their_own, who_can_lead
from threats.models import Edition, Question, RatingScale
from threats.selectors import parts_for

# A cycle's financial year begins in one of these. Beyond them the dates around it do not exist.
FIRST_YEARS = range(1900, 2901)


@dataclass(frozen=True)
class CycleDates:
    as_at: datetime.date
    tasked_on: datetime.date
    due_on: datetime.date
    executive_on: datetime.date
    board_on: datetime.date

    def values(self) -> dict[str, datetime.date]:
        return dict(vars(self))


def dates_around(year: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day that a cycle of this financial year can name.

    `year` must begin in one of FIRST_YEARS.
    """
    first = int(year[:4])
    return datetime.date(first - 1, 4, 1), datetime.date(first + 3, 3, 31)


def open_cycle(
    *,
    year: str,
    edition: Edition,
    rating_scale: RatingScale,
    dates: CycleDates,
    leads: Mapping[str, Iterable[User]],
    by: User,
) -> Cycle:
    """Open a force's year on an edition, for ever, and tell the leads by e-mail.

    `leads` maps a threat's code to people who are to lead on it; whoever is not
    yet appointed to that is appointed from today. Those who lead already stay
    and are told as well. Every question gets its empty response, so that a
    save never has to make a row, and last year's words beside it. Raises
    PolicyDenied or CycleExists.
    """
    can_open_cycle(by).require()
    with transaction.atomic():
        cycle, is_new = Cycle.objects.get_or_create(
            force=by.force,
            year=year,
            defaults={
                "edition": edition,
                "rating_scale": rating_scale,
                "opened_at": timezone.now(),
                "opened_by": by,
                **dates.values(),
            },
        )
        if not is_new:
            raise CycleExists(
                f"There is already a cycle for {year}. Nothing was opened: change that one instead."
            )
        create_assessments(cycle)
        carried_from = carry_over(cycle)
        _appoint_leads(cycle, leads, by=by)
        record(
            action="cycle.opened",
            subject=f"cycle {cycle.reference}",
            by=by,
            force=cycle.force,
            details={
                "edition": edition.code,
                "rating_scale": rating_scale.code,
                "carried_from": carried_from,
            },
        )
        tell_of_tasking(cycle, leads=_leads_of(cycle), by=by)
    return cycle


def change_cycle(
    *, cycle: Cycle, dates: CycleDates, leads: Mapping[str, Iterable[User]], by: User
) -> Cycle:
    """Set other dates and add leads, who are told. The edition and the scale stay for ever."""
    can_change_cycle(by, cycle).require()
    with transaction.atomic():
        shown = {name: getattr(cycle, name) for name in ("due_on", "as_at")}
        Cycle.objects.filter(pk=cycle.pk).update(**dates.values())
        cycle.refresh_from_db()
        added = _appoint_leads(cycle, leads, by=by)
        record(
            action="cycle.changed",
            subject=f"cycle {cycle.reference}",
            by=by,
            force=cycle.force,
            details={name: value.isoformat() for name, value in dates.values().items()},
        )
        tell_of_tasking(cycle, leads=added, by=by)
        if any(getattr(cycle, name) != date for name, date in shown.items()):
            tell_of_dates(cycle, leads=_without(added, _leads_of(cycle)), by=by)
    return cycle


def close_cycle(cycle: Cycle, *, at: datetime.datetime) -> None:
    """Keep the cycle as its issued paper printed it; in the transaction that issues the paper.

    What it says now is final, so the next cycle, if it is open, gets it.
    """
    Cycle.objects.filter(pk=cycle.pk, closed_at__isnull=True).update(closed_at=at)
    if after := cycle_after(cycle):
        carry_over(after)


def create_assessments(cycle: Cycle) -> None:
    """An assessment for each threat of the edition, with an empty response to each question."""
    questions = {
        question.code: question
        for question in Question.objects.filter(part__edition_id=cycle.edition_id)
    }
    for threat in cycle.edition.threats.all():
        assessment = Assessment.objects.create(cycle=cycle, threat=threat)
        Response.objects.bulk_create(
            Response(assessment=assessment, question=questions[asked.code])
            for part in parts_for(cycle.edition, threat.code)
            for asked in part.questions
        )


def _without(added: dict[str, list[User]], leads: dict[str, list[User]]) -> dict[str, list[User]]:
    """Those who were leads before: who has just been added is told the dates anyhow."""
    return {
        code: [person for person in people if person not in added.get(code, ())]
        for code, people in leads.items()
    }


def _leads_of(cycle: Cycle) -> dict[str, list[User]]:
    codes = set(cycle.edition.threats.values_list("code", flat=True))
    return {code: people for code, people in leads_by_threat(cycle.force).items() if code in codes}


def _appoint_leads(
    cycle: Cycle, leads: Mapping[str, Iterable[User]], *, by: User
) -> dict[str, list[User]]:
    """Appoint from today who is not appointed yet; returns only those, by threat."""
    codes = set(cycle.edition.threats.values_list("code", flat=True))
    can_lead = who_can_lead(by)
    added: dict[str, list[User]] = {}
    for threat_code, people in leads.items():
        if threat_code not in codes:
            raise UnknownPlace(f"This edition has no threat called {threat_code}.")
        holding = set(leading_on_their_own(cycle.force, threat_code))
        for person in people:
            if not can_lead.filter(pk=person.pk).exists():
                raise UnknownPlace("A lead must be one of the force’s own officers or staff.")
            if person not in holding:
                _appoint_lead(person, threat_code, by=by)
                added.setdefault(threat_code, []).append(person)
    return added


def _appoint_lead(person: User, threat_code: str, *, by: User) -> None:
    Appointment.objects.create(
        person=person,
        role=Role.FORCE_LEAD,
        threat_code=threat_code,
        starts_on=timezone.localdate(),
    )
    record(
        action="person.appointed",
        subject=f"person {person.pk}",
        by=by,
        force=person.force,
        details={"role": Role.FORCE_LEAD, "threat": threat_code, "name": person.name},
    )
