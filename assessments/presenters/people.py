"""How those who work on an assessment read."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from assessments.models import Contributor
from spr_portal.identity.models import Appointment, User
from threats.selectors import AskedPart


@dataclass(frozen=True)
class LeadLine:
    """Somebody who leads on a threat, now or from a day on; `days` where they are limited."""

    person: User
    acting_for: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None


@dataclass(frozen=True)
class ContributorLine:
    """`key` is of the row that a lead can change; none for who is appointed by an administrator."""

    key: int | None
    person: User
    answers: tuple[str, ...]  # empty for all of the assessment
    named_by: str
    named_at: datetime.datetime | None
    drafts: int


@dataclass(frozen=True)
class ActingLine:
    """An arrangement of some days: one person for one lead, on one threat or several."""

    person: User
    starts_on: datetime.date
    ends_on: datetime.date
    threats: tuple[str, ...]


def lead_lines(appointments: Iterable[Appointment], *, today: datetime.date) -> list[LeadLine]:
    """Those who lead in their own right first, then who acts for one of them."""
    rows = sorted(appointments, key=lambda row: row.acting_for_id is not None)
    return [
        LeadLine(
            person=row.person,
            acting_for=row.acting_for.name if row.acting_for else "",
            starts_on=row.starts_on if row.acting_for or row.starts_on > today else None,
            ends_on=row.ends_on,
        )
        for row in rows
    ]


def contributor_lines(
    contributors: Iterable[Contributor],
    appointed: Iterable[User],
    parts: Iterable[AskedPart],
    drafts: Mapping[int, int],
) -> list[ContributorLine]:
    """Those whom leads named, then those an administrator appointed.

    `drafts` counts by a person's key the answers of theirs that wait to be accepted.
    """
    prompts = {
        question.code: f"{part.label}: {question.prompt}"
        for part in parts
        for question in part.questions
    }
    named = [
        ContributorLine(
            key=row.pk,
            person=row.person,
            answers=tuple(prompts[code] for code in row.question_codes if code in prompts),
            named_by=row.named_by.name,
            named_at=row.named_at,
            drafts=drafts.get(row.person_id, 0),
        )
        for row in contributors
    ]
    others = [
        ContributorLine(None, person, (), "", None, drafts.get(person.pk, 0))
        for person in appointed
    ]
    return named + others


def acting_lines(
    appointments: Iterable[Appointment], labels: Mapping[str, str]
) -> list[ActingLine]:
    """Each arrangement once, the first to begin first; `labels` names threats by their codes."""
    lines: dict[tuple, list[Appointment]] = {}
    for row in appointments:
        lines.setdefault((row.starts_on, row.ends_on, row.person_id), []).append(row)
    return [
        ActingLine(
            person=rows[0].person,
            starts_on=rows[0].starts_on,
            ends_on=rows[0].ends_on,
            threats=tuple(labels.get(row.threat_code, row.threat_code) for row in rows),
        )
        for _, rows in sorted(lines.items())
    ]


def can_be_named(
    people: Iterable[User], leading: Iterable[Appointment], named: Collection[int]
) -> list[User]:
    """Who neither leads on the threat today nor is named already."""
    leads = {row.person_id for row in leading}
    return [person for person in people if person.pk not in leads and person.pk not in named]
