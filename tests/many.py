"""A year with as many assessments as one wants, and something of everything in each of them."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from pathlib import Path

import yaml
from django.utils import timezone

from assessments.enums import AssessmentStatus
from assessments.models import (
    Assessment,
    CapacityFigure,
    CarriedAnswer,
    Comment,
    Cycle,
    EvidenceReference,
    Finding,
    Response,
    Vulnerability,
)
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Appointment, User
from tests.factories import make_cycle
from threats.loading import load_edition, shipped_editions
from threats.models import Edition, Threat

MODEL = "2015-03"  # the shipped edition whose questions are asked
MOST_IN_A_FILE = 60
STATUSES = list(AssessmentStatus)


def edition_with(number: int) -> Edition:
    """An edition of as many threats, each asked the same; loaded from a file as far as one goes.

    A file of an edition lists 60 threats at most. The rest are put in beside the loader.
    """
    source = next(path for path in shipped_editions() if path.stem == MODEL)
    edition = yaml.safe_load(source.read_text(encoding="utf-8"))
    codes = ["terrorism", *(f"threat-{place}" for place in range(2, number + 1))]
    edition |= {"code": f"wide-{number}", "title": f"An edition of {number} threats"}
    edition["threats"] = [
        {"code": code, "label": f"{code.replace('-', ' ').capitalize()} of a long name"}
        for code in codes[:MOST_IN_A_FILE]
    ]
    for question in (one for part in edition["parts"] for one in part["questions"]):
        question.pop("threats", None)
    for about_others in ("orders", "mappings"):
        edition.pop(about_others, None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{edition['code']}.yaml"
        path.write_text(yaml.safe_dump(edition, allow_unicode=True), encoding="utf-8")
        loaded = load_edition(path)
    Threat.objects.bulk_create(
        Threat(edition=loaded, code=code, label=code.replace("-", " ").capitalize(), order=order)
        for order, code in enumerate(codes, start=1)
        if order > MOST_IN_A_FILE
    )
    return loaded


def make_wide_cycle(*, number: int, by: User, leads: Sequence[User], year: str) -> Cycle:
    """A cycle of so many assessments in every status, late, with much that is open in each.

    `leads` take the threats in turn. The cycle is opened as any is; what people
    would have written in weeks is put in at once.
    """
    due_on = timezone.localdate() - datetime.timedelta(days=9)
    names = ("as_at", "tasked_on", "due_on", "executive_on", "board_on")
    cycle = make_cycle(
        by=by, edition=edition_with(number), year=year, dates=dict.fromkeys(names, due_on)
    )
    assessments = list(cycle.assessments.select_related("threat").order_by("threat__order"))
    Appointment.objects.bulk_create(
        Appointment(
            person=leads[place % len(leads)], role=Role.FORCE_LEAD,
            threat_code=one.threat.code, starts_on=due_on,
        )
        for place, one in enumerate(assessments)
    )  # fmt: skip
    for place, one in enumerate(assessments):
        _put_status(one, STATUSES[place % len(STATUSES)], by=by)
    _rate(cycle)
    _open_things(assessments, by=by)
    return cycle


def _put_status(assessment: Assessment, status: AssessmentStatus, *, by: User) -> None:
    assessment.status = status
    if status in (AssessmentStatus.SUBMITTED, AssessmentStatus.APPROVED):
        assessment.submitted_at = timezone.now()
    if status == AssessmentStatus.APPROVED:
        assessment.approved_at = timezone.now()
        assessment.approved_by, assessment.approved_by_name = by, by.name
        assessment.approved_hash = "0" * 64
    assessment.save()


def _rate(cycle: Cycle) -> None:
    """Each rating, beside one of last year's: better, worse, the same or none."""
    points = list(cycle.rating_scale.points.order_by("order"))
    responses = list(
        Response.objects.filter(assessment__cycle=cycle, question__kind="rating").order_by("pk")
    )
    carried = []
    for place, one in enumerate(responses):
        if place % 5 == 4:
            continue
        now, then = points[place % len(points)], points[(place // 2) % len(points)]
        one.rating, one.version, one.accepted_version = now, 1, int(place % 7 != 6)
        carried.append(
            CarriedAnswer(
                response=one, year="2014-15", threat_label="Then", rating_code=then.code,
                rating_label=then.label, rating_tone=then.tone, rating_symbol=then.symbol,
                scale_code=cycle.rating_scale.code,
            )
        )  # fmt: skip
    Response.objects.bulk_update(responses, ["rating", "version", "accepted_version"], 400)
    CarriedAnswer.objects.bulk_create(carried, 400)


def _open_things(assessments: Sequence[Assessment], *, by: User) -> None:
    levels = ("low", "medium", "high")
    now, expired = timezone.now(), timezone.localdate() - datetime.timedelta(days=1)
    Comment.objects.bulk_create(
        Comment(assessment=one, place="capacity-local", text="Why?", by=by, by_name=by.name, at=now)
        for one in assessments
    )
    Vulnerability.objects.bulk_create(
        Vulnerability(
            assessment=one, order=order, statement="Few are trained.",
            likelihood=levels[(place + order) % 3], impact=levels[(place // 3 + order) % 3],
        )
        for place, one in enumerate(assessments)
        for order in (1, 2)
    )  # fmt: skip
    CapacityFigure.objects.bulk_create(
        CapacityFigure(
            assessment=one, order=order, unit=f"Unit {order}", level="local",
            required=20 + place % 9, held=10 * order + 1, projected=19, is_public=True,
        )
        for place, one in enumerate(assessments)
        for order in (1, 2, 3)
    )  # fmt: skip
    Finding.objects.bulk_create(
        Finding(
            assessment=one, order=1, body="HMICFRS", report="A report",
            finding_kind="recommendation", text="Too few are trained.",
        )
        for one in assessments
    )  # fmt: skip
    EvidenceReference.objects.bulk_create(
        EvidenceReference(
            assessment=one, order=1, kind="exercise", title="Exercise", expires_on=expired
        )
        for one in assessments
    )
