"""An assessment, its lead, and a colleague who may be named as a contributor."""

import pytest

from assessments.domain.contributors import (
    name_contributor,
)
from assessments.domain.responses import save_response
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from tests.factories import make_cycle, make_person

LOCAL, REGIONAL = "capacity-local", "capacity-regional"


@pytest.fixture
def assessment():
    return make_cycle().assessments.get(threat__code="terrorism")


@pytest.fixture
def lead(assessment):
    return make_person(force=assessment.force, role=Role.FORCE_LEAD, threat="terrorism")


@pytest.fixture
def colleague(assessment):
    return make_person(force=assessment.force)


def read_anew(person: User) -> User:
    """The person as the next request reads them."""
    return User.objects.get(pk=person.pk)


def name(assessment, person, *codes, by):
    return name_contributor(assessment=assessment, person=person, question_codes=codes, by=by)


def save(assessment, code, text, *, by, started_from=0):
    response = assessment.responses.select_related("question").get(question__code=code)
    return save_response(
        response=response, text=text, rating=None, started_from=started_from, by=read_anew(by)
    )
