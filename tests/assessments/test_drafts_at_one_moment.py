"""Two people at one moment: named once, and no draft accepted that nobody read (PostgreSQL)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assessments.domain.acceptance import accept_drafts
from assessments.domain.contributors import name_contributor
from assessments.domain.responses import save_response
from assessments.models import Assessment, Contributor, ResponseVersion
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import User
from tests.factories import make_cycle, make_person

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "capacity-local"


@pytest.fixture(autouse=True)
def several_threads():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's transactions take turns; its tests' database has one thread.")


@pytest.fixture
def assessment():
    return make_cycle().assessments.get(threat__code="terrorism")


@pytest.fixture
def lead(assessment):
    return make_person(force=assessment.force, role=Role.FORCE_LEAD, threat="terrorism")


def together(*acts):
    """Do them at one moment, each on a connection of its own; what each gives, or its refusal."""
    barrier = Barrier(len(acts))

    def alone(act):
        try:
            barrier.wait(timeout=10)
            return act()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [done.result() for done in [threads.submit(alone, act) for act in acts]]


def anew(row):
    return type(row).objects.get(pk=row.pk)


def test_naming_at_one_moment_gives_one_row_and_a_friendly_sentence(assessment, lead):
    other = make_person(force=assessment.force, role=Role.FORCE_LEAD, threat="terrorism")
    for _ in range(5):
        colleague = make_person(force=assessment.force)

        def name(by, colleague=colleague):
            return name_contributor(
                assessment=Assessment.objects.get(pk=assessment.pk),
                person=anew(colleague),
                question_codes=[CODE],
                by=anew(by),
            )

        outcomes = together(lambda: name(lead), lambda: name(other))

        assert Contributor.objects.filter(person=colleague).count() == 1
        assert sum(isinstance(outcome, Contributor) for outcome in outcomes) == 1
        assert any("named already" in str(outcome) for outcome in outcomes)


def test_what_is_accepted_is_what_the_lead_has_read(assessment, lead):
    colleague = make_person(force=assessment.force, role=Role.CONTRIBUTOR, threat="terrorism")
    for number in range(10):
        response = assessment.responses.select_related("question").get(question__code=CODE)

        def draft(text, response=response, number=number, by=colleague):
            started_from = 2 * number + (text == "Second.")
            return save_response(
                response=anew(response),
                text=f"{text} {number}",
                rating=None,
                started_from=started_from,
                by=User.objects.get(pk=by.pk),
            )

        draft("First.")
        read = anew(response).version
        together(
            lambda draft=draft: draft("Second."),
            lambda read=read: accept_drafts(
                assessment=Assessment.objects.get(pk=assessment.pk),
                versions={CODE: read},
                by=anew(lead),
            ),
        )

        now = anew(response)
        assert now.text == f"Second. {number}"
        assert now.is_draft
        assert now.accepted_version <= read
        accepted = ResponseVersion.objects.filter(
            response=response, version=now.accepted_version
        ).first()
        assert accepted is None or accepted.text.startswith("First.")
