"""A cycle as the data of a cycle file: everything of its year, nothing that has its usual value.

Not in it: passwords, sessions, the audit chain, downloads, files that were
being made, and how people want their e-mails.
"""

from __future__ import annotations

from assessments.models import Cycle
from reports.enums import PaperKind
from reports.models import BoardPaper, Brand
from spr_portal.cycle_file.dumping.assessments import assessment_data
from spr_portal.cycle_file.dumping.common import given, version_of
from spr_portal.cycle_file.dumping.evidence import register_data
from spr_portal.cycle_file.dumping.issues import base64_of
from spr_portal.cycle_file.dumping.meetings import meetings_data
from spr_portal.cycle_file.dumping.paper import paper_data
from spr_portal.cycle_file.dumping.past_papers import past_papers_data
from spr_portal.cycle_file.dumping.recommendations import (
    earlier_data,
    previous_data,
    recommendations_data,
)
from spr_portal.cycle_file.moments import write_time
from spr_portal.cycle_file.setting import PAPER_NAMES
from spr_portal.identity.models import Force

FORCE_FIELDS = (
    "code", "name", "short_name", "chief_officer_title", "body_title", "body_short_title",
    "body_office", "board_name", "colour",
)  # fmt: skip
BRAND_FIELDS = ("logo_description", "colour", "head_words", "foot_words")


def cycle_data(cycle: Cycle, *, with_files: bool = True) -> dict:
    """The whole year of a force, in the order of docs/cycle-file.md.

    Without files, the bytes kept with evidence stay behind, and their entries
    with them. Raises FileUnavailable when a file of evidence cannot be read.
    """
    data = {
        "format": 1,
        "force": _force(cycle.force),
        "people": _people(cycle.force),
        "cycle": _cycle(cycle),
    }
    data["earlier_recommendations"] = earlier_data(cycle)
    data["previous_recommendations"] = previous_data(cycle)
    data["past_papers"] = past_papers_data(cycle)
    data["evidence"] = register_data(cycle, with_files=with_files)
    data["assessments"] = {
        assessment.threat.code: words
        for assessment in cycle.assessments.select_related(
            "cycle__force", "threat", "submitted_by", "approved_by"
        ).order_by("threat__order")
        if (words := assessment_data(assessment))
    }
    data["recommendations"] = recommendations_data(cycle)
    papers = BoardPaper.objects.filter(cycle=cycle).select_related(
        "template", "sent_by", "agreed_by", "cycle", "kept_words"
    )
    data |= {PAPER_NAMES[PaperKind(paper.kind)]: paper_data(paper) for paper in papers}
    data["meetings"] = meetings_data(cycle)
    return given(data)


def _force(force: Force) -> dict:
    data = {name: getattr(force, name) for name in FORCE_FIELDS}
    if brand := Brand.objects.filter(force=force).first():
        data["brand"] = brand_data(brand)
    return data


def brand_data(brand: Brand) -> dict:
    """What the force's papers look like."""
    return given({
        "version": version_of(brand),
        **{name: getattr(brand, name) for name in BRAND_FIELDS},
        "logo": base64_of(brand.logo) if brand.logo else None,
    })  # fmt: skip


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
