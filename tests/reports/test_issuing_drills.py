"""Issuing when something goes wrong in the middle: all of it stands, or nothing."""

import hashlib
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from reports.document import Audience
from reports.domain.corrections import begin_correction
from reports.domain.documents import document_hash, final_documents
from reports.domain.papers import agree_paper, issue_paper, send_paper
from reports.enums import PaperStatus, RenditionStatus
from reports.exceptions import NotStored
from reports.models import BoardPaper, IssuedFile, IssuedPaper, Rendition
from spr_portal.audit.models import AuditEvent
from spr_portal.audit.verifying import verify
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from tests.background.conftest import WAIT, portal
from tests.factories import make_agreed, make_files_up, make_person
from tests.guards.test_at_one_moment import at_once

__all__ = ["portal"]
FILES = 8


@pytest.fixture
def agreed(portal):
    acc = make_person(role=Role.ACC_SECURITY, email="ann@example.org")
    paper = make_agreed(by=acc)
    make_person(force=paper.force, role=Role.ACC_SECURITY, email="bob@example.org")
    return paper


def nothing_is_issued(paper) -> None:
    paper = BoardPaper.objects.get(pk=paper.pk)
    assert paper.status == PaperStatus.AGREED
    assert not IssuedPaper.objects.exists()
    assert not IssuedFile.objects.exists()
    assert paper.renditions.filter(status=RenditionStatus.MADE).count() == 6
    assert paper.cycle.closed_at is None
    assert not AuditEvent.objects.filter(action="paper.issue").exists()
    verify()


@pytest.mark.parametrize("files", [1, 5, FILES])
def test_a_web_process_killed_while_it_issues_leaves_nothing_half_issued(portal, agreed, files):
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.guards.rival", "issue_and_die", "ann@example.org",
         str(files)],
        cwd=settings.BASE_DIR,
        env=portal.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    portal.processes.append(process)
    process.communicate("go\n", timeout=WAIT)

    assert process.returncode == -9
    nothing_is_issued(agreed)
    [done] = at_once(portal, ["issue", "bob@example.org"])
    assert done == {"issued": 1}
    assert IssuedFile.objects.count() == FILES


def test_of_two_people_who_issue_at_once_one_does(portal, agreed):
    done = at_once(portal, ["issue", "ann@example.org"], ["issue", "bob@example.org"])

    assert sorted(one["issued"] for one in done) == [0, 1]
    assert {one.get("refusal") for one in done} == {None, "InvalidTransition"}
    assert IssuedPaper.objects.count() == 1
    assert IssuedFile.objects.count() == FILES
    assert AuditEvent.objects.filter(action="paper.issue").count() == 1
    verify()


def test_of_two_people_who_issue_a_correction_at_once_one_does(portal, agreed):
    first = issue_paper(paper=agreed, by=person("ann@example.org"))
    correcting = begin_correction(
        paper=first.paper, reason="A month.", by=person("ann@example.org")
    )
    executive = make_person(force=agreed.force, role=Role.EXECUTIVE)
    issue_up_to_agreed(correcting, executive)

    done = at_once(portal, ["issue", "ann@example.org"], ["issue", "bob@example.org"])

    assert sorted(one["issued"] for one in done) == [0, 2]
    assert [issue.number for issue in IssuedPaper.objects.order_by("number")] == [1, 2]
    verify()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a full disk is played on SQLite")
def test_a_full_disk_leaves_nothing_half_issued(portal, agreed):
    Rendition.objects.filter(format="pdf").update(content=b"x" * 200_000)
    for row in Rendition.objects.filter(format="pdf"):
        make_whole(row)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 20}")

    with pytest.raises(NotStored, match="nothing was issued"):
        issue_paper(paper=BoardPaper.objects.get(), by=person("ann@example.org"))

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")
    nothing_is_issued(agreed)
    assert issue_paper(paper=BoardPaper.objects.get(), by=person("ann@example.org")).number == 1


def person(email):
    return User.objects.select_related("force").get(email=email)


def issue_up_to_agreed(paper, executive):
    send_paper(paper=paper, by=person("ann@example.org"))
    full = final_documents(BoardPaper.objects.get())[Audience.FULL]
    agreed = agree_paper(paper=BoardPaper.objects.get(), document=document_hash(full), by=executive)
    make_files_up(agreed)


def make_whole(row):
    row.sha256 = hashlib.sha256(bytes(row.content)).hexdigest()
    row.save()
