"""A submitted assessment with a rating that ACC Security would have otherwise."""

import pytest

from assessments.domain.moderation import propose_rating
from spr_portal.identity.enums import Role
from tests.factories import (
    make_person,
    make_submitted,
)

PLACE = "capacity-rating"


@pytest.fixture
def submitted():
    return make_submitted()


@pytest.fixture
def lead(submitted):
    return submitted.submitted_by


@pytest.fixture
def acc(submitted):
    return make_person(force=submitted.force, role=Role.ACC_SECURITY, name="Alex Acc")


@pytest.fixture
def other(submitted):
    """A rating that is not the one given."""
    return points_of(submitted)[1]


@pytest.fixture
def proposal(submitted, acc, other):
    return propose_rating(
        response=answer(submitted), rating=other, reason="The exercise showed gaps.", by=acc
    )


def points_of(assessment):
    return list(assessment.cycle.rating_scale.points.order_by("order"))


def answer(assessment):
    return assessment.responses.select_related("rating").get(question__code=PLACE)
