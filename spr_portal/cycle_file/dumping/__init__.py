"""A cycle as the data of a cycle file: everything of its year, nothing that has its usual value.

Not in it: passwords, sessions, the audit chain, downloads, files that were
being made, and how people want their e-mails.
"""

from __future__ import annotations

from assessments.models import Cycle
from reports.models import BoardPaper, Recommendation
from reports.selectors import recommendations_of, recommendations_reported_in
from spr_portal.cycle_file.dumping.assessments import assessment_data
from spr_portal.cycle_file.dumping.common import given, version_of
from spr_portal.cycle_file.dumping.evidence import register_data
from spr_portal.cycle_file.dumping.meetings import meetings_data
from spr_portal.cycle_file.dumping.paper import paper_data
from spr_portal.cycle_file.moments import write_time
from spr_portal.identity.models import Force

FORCE_FIELDS = (
    "code", "name", "short_name", "chief_officer_title", "body_title", "body_short_title",
    "body_office", "board_name", "colour",
)  # fmt: skip


def cycle_data(cycle: Cycle, *, with_files: bool = True) -> dict:
    """The whole year of a force, in the order of docs/cycle-file.md.

    Without files, the bytes kept with evidence stay behind, and their entries
    with them. Raises FileUnavailable when a file of evidence cannot be read.
    """
    data = {
        "format": 1,
        "force": {name: getattr(cycle.force, name) for name in FORCE_FIELDS},
        "people": _people(cycle.force),
        "cycle": _cycle(cycle),
    }
    previous = list(recommendations_reported_in(cycle))
    if previous:
        data["previous_recommendations"] = {
            "year": previous[0].year,
            "recommendations": [_recommendation(row) for row in previous],
        }
    data["evidence"] = register_data(cycle, with_files=with_files)
    data["assessments"] = {
        assessment.threat.code: words
        for assessment in cycle.assessments.select_related(
            "cycle__force", "threat", "submitted_by", "approved_by"
        ).order_by("threat__order")
        if (words := assessment_data(assessment))
    }
    data["recommendations"] = [_recommendation(row) for row in recommendations_of(cycle)]
    paper = BoardPaper.objects.filter(cycle=cycle).select_related(
        "template", "sent_by", "agreed_by", "cycle"
    )
    if found := paper.first():
        data["paper"] = paper_data(found)
    data["meetings"] = meetings_data(cycle)
    return given(data)


def _people(force: Force) -> list[dict]:
    people = force.people.order_by("email").prefetch_related("appointments__acting_for")
    return [
        given({
            "name": person.name,
            "post": person.post,
            "email": person.email,
            "active": None if person.is_active else False,
            "joined_at": write_time(person.joined_at),
            "appointments": [
                given({
                    "role": row.role,
                    "threat": row.threat_code,
                    "from": row.starts_on,
                    "to": row.ends_on,
                    "acting_for": row.acting_for and row.acting_for.email,
                })
                for row in sorted(person.appointments.all(), key=_appointment_order)
            ],
        })
        for person in people
    ]  # fmt: skip


def _appointment_order(row) -> tuple:
    return row.role, row.threat_code, row.starts_on, row.ends_on is None, row.ends_on, row.pk


def _cycle(cycle: Cycle) -> dict:
    return {
        "year": cycle.year,
        "edition": cycle.edition.code,
        "rating_scale": cycle.rating_scale.code,
        "as_at": cycle.as_at,
        "tasked_on": cycle.tasked_on,
        "due_on": cycle.due_on,
        "executive_on": cycle.executive_on,
        "board_on": cycle.board_on,
        "opened_at": write_time(cycle.opened_at),
        "opened_by": cycle.opened_by.email,
    }


def _recommendation(row: Recommendation) -> dict:
    return given({
        "identity": row.identity,
        "version": version_of(row),
        "heading": row.heading,
        "addressee": row.addressee,
        "text": row.text,
        "threats": row.threat_codes,
        "proposed_in": row.proposed_in,
        "withheld_under": row.withheld_under,
        "status": row.status,
        "outcome": row.outcome,
        "outcome_on": row.outcome_on,
    })  # fmt: skip
