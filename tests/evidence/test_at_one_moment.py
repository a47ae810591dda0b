"""The register, an assessment that cites it and its submission, all at one moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assessments.domain.assessments import submit_assessment
from assessments.domain.content import content_of, hash_of
from assessments.domain.evidence import change_evidence
from assessments.exceptions import StaleEdit
from assessments.models import Evidence
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from tests.factories import fill_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _has_rivals():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's transactions take turns; its tests' database has one thread.")


def at_once(*steps: Callable[[], object]) -> list[str]:
    """Do all of it at one moment, each in a connection of its own; what each raised, if it did."""
    together = Barrier(len(steps))

    def act(step):
        together.wait(timeout=10)
        try:
            step()
        except StaleEdit:
            return "stale"
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(steps)) as threads:
        return [done.result() for done in [threads.submit(act, step) for step in steps]]


def change(evidence, person, **values) -> None:
    seen = Evidence.objects.get(pk=evidence.pk)
    by = User.objects.get(pk=person.pk)
    change_evidence(evidence=seen, values=values, started_from=seen.version, by=by)


@pytest.mark.parametrize("threat", ["terrorism", "cyber", "public-order", "civil-emergencies"])
def test_what_is_submitted_while_the_register_changes_is_what_stands_there(register, threat):
    evidence = register.add(by=register.acc, is_shared=True)
    lead = register.person(Role.FORCE_LEAD, threat)
    register.cite(evidence, threat=threat, by=lead)
    fill_in(register.of(threat), by=lead)

    at_once(
        lambda: change(evidence, register.acc, title="Other words"),
        lambda: submit_assessment(assessment=register.of(threat), by=lead),
        lambda: change(evidence, register.acc, owner="CTU"),
    )

    assessment = register.of(threat)
    assert assessment.submissions.get().content_hash == hash_of(content_of(assessment))


def test_what_is_cited_while_the_register_changes_is_no_old_copy(register):
    entries = [register.add(title=f"Piece {number}") for number in range(4)]

    raised = at_once(
        *(lambda one=one: register.cite(one, backs=[]) for one in entries),
        *(lambda one=one: change(one, register.acc, owner="CTU") for one in entries),
    )

    assert raised == [""] * 8
    assert {one.owner for one in register.of("terrorism").evidence.all()} == {"CTU"}
