"""Real processes at one moment: no word is lost, and of two steps one is taken."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from assessments.enums import AssessmentStatus
from assessments.models import (
    Assessment,
    Evidence,
    ResponseVersion,
    SetAside,
    StatusChange,
    Vulnerability,
)
from reports.domain.agenda import add_agenda_item
from spr_portal.audit.models import AuditEvent
from spr_portal.audit.verifying import verify
from spr_portal.identity.enums import Role
from tests.background.conftest import WAIT, portal
from tests.factories import make_cycle, make_force, make_meeting, make_person, make_submitted

__all__ = ["portal"]
# By each of two people; SPR_TEST_SAVES=1000 makes a longer race.
SAVES = int(os.environ.get("SPR_TEST_SAVES", "150"))


def at_once(portal, *tasks: list[str]) -> list[dict]:
    """Start a process for each task, let them begin together, and read what they did."""
    rivals = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.guards.rival", *task],
            cwd=settings.BASE_DIR,
            env=portal.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for task in tasks
    ]
    portal.processes += rivals
    for rival in rivals:
        assert rival.stdout.readline() == "ready\n"
    for rival in rivals:
        rival.stdin.write("go\n")
        rival.stdin.flush()
    ends = [rival.communicate(timeout=10 * WAIT)[0] for rival in rivals]
    assert [rival.returncode for rival in rivals] == [0] * len(rivals)
    return [json.loads(end) for end in ends]


@pytest.fixture
def force(portal):
    return make_force("wmp")


@pytest.fixture
def leads(force):
    make_cycle(force=force)
    return [
        make_person(force=force, role=Role.FORCE_LEAD, email=f"{name}@example.org")
        for name in ("ann", "bob")
    ]


def words_kept() -> set[str]:
    kept = set(ResponseVersion.objects.values_list("text", flat=True))
    return kept | {aside.values["text"] for aside in SetAside.objects.all()}


@pytest.mark.parametrize(
    "codes", [("capacity-local", "capacity-regional"), ("capacity-local", "capacity-local")]
)
def test_two_people_saving_at_once_lose_no_words(portal, leads, codes):
    done = at_once(
        portal,
        *(
            ["save", person.email, "terrorism", code, str(SAVES)]
            for person, code in zip(leads, codes, strict=True)
        ),
    )

    given = {
        f"{person.email} {code} {number}"
        for person, code in zip(leads, codes, strict=True)
        for number in range(SAVES)
    }
    assert given <= words_kept()
    saved = sum(one["saved"] for one in done)
    aside = sum(one["set aside"] for one in done)
    assert saved + aside == 2 * SAVES
    assert aside == 0 or codes[0] == codes[1]
    assert AuditEvent.objects.filter(action="response.saved").count() == saved
    assert AuditEvent.objects.filter(action="response.set_aside").count() == aside
    assert AuditEvent.objects.filter(action="assessment.start").count() == 1
    verify()


@pytest.mark.parametrize("other", ["capacity-regional", "capacity-local"])
def test_two_people_typing_at_once_lose_no_words(portal, leads, other):
    codes = ("capacity-local", other)
    done = at_once(
        portal,
        *(
            ["type_on", person.email, "terrorism", code, str(SAVES)]
            for person, code in zip(leads, codes, strict=True)
        ),
    )

    saved = sum(one["saved"] for one in done)
    aside = sum(one["set aside"] for one in done)
    overtaken = sum(one["overtaken"] for one in done)
    assert saved + aside + overtaken == 2 * (SAVES + SAVES // 7)
    assert ResponseVersion.objects.count() == saved
    for code in set(codes):
        versions = ResponseVersion.objects.filter(response__question__code=code)
        numbers = list(versions.order_by("version").values_list("version", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
    if codes[0] != codes[1]:
        # Nobody else writes there: all is saved in its order, and what came late replaced nothing.
        assert (aside, overtaken) == (0, 2 * (SAVES // 7))
        assert not any(words.endswith("late") for words in words_kept())
        given = {
            f"{person.email} {code} {number}"
            for person, code in zip(leads, codes, strict=True)
            for number in range(1, SAVES + 1)
        }
        assert given == words_kept()
    assert AuditEvent.objects.filter(action="assessment.start").count() == 1
    verify()


def test_of_two_reviewers_at_once_one_decides(portal, force):
    cycle = make_cycle(force=force)
    threats = [threat.code for threat in cycle.edition.threats.all()]
    for threat in threats:
        make_submitted(cycle=cycle, threat=threat)
    reviewers = [
        make_person(force=force, role=Role.ACC_SECURITY, email=f"{name}@example.org")
        for name in ("ann", "bob")
    ]

    approving, returning = at_once(
        portal, ["approve", reviewers[0].email], ["give_back", reviewers[1].email]
    )

    assert sorted(approving["won"]) == sorted(returning["lost"])
    assert sorted(returning["won"]) == sorted(approving["lost"])
    approved = Assessment.objects.filter(status=AssessmentStatus.APPROVED)
    assert sorted(approved.values_list("pk", flat=True)) == sorted(approving["won"])
    steps = StatusChange.objects.filter(action__in=["approve", "return"])
    assert steps.count() == len(threats)
    verify()


def test_two_people_preparing_a_meeting_at_once_do_nothing_twice(portal, force):
    make_cycle(force=force)
    people = [
        make_person(force=force, role=role, email=f"{name}@example.org")
        for role, name in ((Role.ACC_SECURITY, "ann"), (Role.STAFF_OFFICER, "bob"))
    ]
    meeting = make_meeting(by=people[0])
    item = add_agenda_item(
        meeting=meeting, values={"topic": "other", "heading": "A point", "text": ""}, by=people[0]
    )

    done = at_once(
        portal, *(["make_ready", one.email, meeting.identity, item.identity] for one in people)
    )

    def total(what: str) -> int:
        return sum(one[what] for one in done)

    assert total("added") == meeting.items.count() - 1 == 8
    assert meeting.items.get(pk=item.pk).version == 1 + total("saved")
    assert total("saved") + total("stale") == 40
    assert [pack.number for pack in meeting.packs.all()] == list(range(total("packs"), 0, -1))
    assert AuditEvent.objects.filter(action="agenda.made").count() == 1
    verify()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (
            "/cycles/2016-17/terrorism/lists/vulnerabilities/add/",
            {"statement": "Few.", "likelihood": "low", "impact": "low", "status": "open"},
        ),
        ("/evidence/add/", {"kind": "exercise", "title": "Report", "marking": "OFFICIAL"}),
    ],
)
def test_a_form_that_is_sent_twice_at_once_is_taken_once(portal, leads, path, data):
    pages = 20
    task = ["send_form", leads[0].email, path, json.dumps(data), str(pages)]

    done = at_once(portal, task, task)

    assert [one["statuses"] for one in done] == [[302] * pages] * 2
    assert done[0]["led_to"] == done[1]["led_to"]
    assert Vulnerability.objects.count() + Evidence.objects.count() == pages
    added = AuditEvent.objects.filter(action__in=["item.added", "evidence.added"])
    assert added.count() == pages
    verify()
