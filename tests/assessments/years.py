"""Two years of a force, the second opened after the first was approved."""

from __future__ import annotations

import pytest

from assessments.domain.responses import save_response
from assessments.models import Assessment, CarriedAnswer, Cycle, Response
from spr_portal.identity.enums import Role
from tests.factories import make_cycle, make_person

VULNERABILITY = {"statement": "One negotiator only.", "likelihood": "high", "impact": "high"}


@pytest.fixture
def acc():
    return make_person(role=Role.ACC_SECURITY)


def lead_on(acc, threat: str = "terrorism"):
    return make_person(force=acc.force, role=Role.FORCE_LEAD, threat=threat)


def opened(acc, year: str, edition_code: str = "2015-03") -> Cycle:
    return make_cycle(by=acc, year=year, edition_code=edition_code)


def assessment_of(cycle: Cycle, threat: str = "terrorism") -> Assessment:
    return cycle.assessments.get(threat__code=threat)


def response_to(cycle: Cycle, question: str, threat: str = "terrorism") -> Response:
    return Response.objects.select_related("carried", "rating", "question").get(
        assessment__cycle=cycle, assessment__threat__code=threat, question__code=question
    )


def say(
    cycle: Cycle, question: str, text: str = "", rating=None, threat: str = "terrorism", by=None
):
    response = response_to(cycle, question, threat)
    by = by or make_person(force=cycle.force, role=Role.FORCE_LEAD, threat=threat)
    return save_response(
        response=response, text=text, rating=rating, started_from=response.version, by=by
    )


def carried(cycle: Cycle, question: str = "threat-picture", threat: str = "terrorism"):
    return CarriedAnswer.objects.filter(
        response__assessment__cycle=cycle,
        response__assessment__threat__code=threat,
        response__question__code=question,
    ).first()
