"""Letting a paper pass with what a check found: on record, until it says something else."""

import pytest
from django.urls import reverse

from reports.domain.documents import problems_in
from reports.domain.papers import send_paper
from reports.domain.waivers import end_waiver, waive_finding
from reports.exceptions import FindingGone, PaperNotReady
from reports.models import BoardPaper, CheckWaiver, PaperParagraph
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied, Refused
from tests.factories import make_issued, make_paper, make_person
from tests.guards.scene import findings_to_waive

pytestmark = pytest.mark.django_db
YEAR = "2016-17"
FILL_IN = "“XX” still waits to be filled in."


def url(name, *args):
    return reverse(f"reports:{name}", args=[YEAR, *args])


@pytest.fixture
def paper(acc):
    """A draft that waits for a number."""
    paper = make_paper(by=acc)
    say(paper, "The cost is XX pounds.")
    return paper


def say(paper, text):
    PaperParagraph.objects.filter(
        section__paper=paper, section__identity="conclusion", identity="position"
    ).update(text=text)


def key_of(paper, sentence=FILL_IN):
    return next(f.key for f in findings_to_waive(paper) if f.sentence == sentence)


def test_what_is_waived_keeps_the_paper_no_longer(paper, acc):
    with pytest.raises(PaperNotReady):
        send_paper(paper=paper, by=acc)

    waiver = waive_finding(paper=paper, key=key_of(paper), reason="It is public.", by=acc)

    assert problems_in(paper) == []
    assert send_paper(paper=paper, by=acc).status == "with_executive"
    assert (waiver.by_name, waiver.by_post) == ("Alex Acc", "ACC Security")
    event = AuditEvent.objects.filter(action="waiver.given").get()
    assert event.details["reason"] == "It is public."


def test_a_waiver_lapses_when_the_finding_says_something_else(paper, acc):
    waive_finding(paper=paper, key=key_of(paper), reason="Known.", by=acc)

    say(paper, "The cost is TBC.")

    assert problems_in(paper) == ["“TBC” still waits to be filled in."]


def test_an_ended_waiver_stays_on_record_and_counts_for_nothing(paper, acc):
    waiver = waive_finding(paper=paper, key=key_of(paper), reason="Known.", by=acc)

    end_waiver(paper=paper, key=waiver.pk, by=acc)
    end_waiver(paper=paper, key=waiver.pk, by=acc)

    waiver.refresh_from_db()
    assert waiver.ended_by_name == "Alex Acc"
    assert problems_in(paper) == [FILL_IN]
    assert AuditEvent.objects.filter(action="waiver.ended").count() == 1
    again = waive_finding(paper=paper, key=key_of(paper), reason="After all.", by=acc)
    assert CheckWaiver.objects.count() == 2
    assert again.ended_at is None


def test_the_same_thing_is_waived_once(paper, acc):
    key = key_of(paper)
    waive_finding(paper=paper, key=key, reason="Known.", by=acc)

    with pytest.raises(FindingGone):
        waive_finding(paper=paper, key=key, reason="Known.", by=acc)


def test_what_must_be_mended_cannot_be_waived(paper, acc):
    say(paper, "See [[recommendation:gone]].")
    found = [f for f in _findings(paper) if f.code == "unknown-reference"]

    with pytest.raises(Refused):
        waive_finding(paper=paper, key=found[0].key, reason="Never mind.", by=acc)


def _findings(paper):
    from reports.builder import build_paper  # only here
    from reports.checks import findings_of  # only here
    from reports.snapshot import take_snapshot  # only here

    snapshot = take_snapshot(paper)
    return findings_of(snapshot, build_paper(snapshot, is_draft=True))


def test_only_acc_security_waives_and_never_for_an_issued_paper(paper, acc, executive):
    staff = make_person(force=acc.force, role=Role.STAFF_OFFICER)
    for person in (staff, executive):
        with pytest.raises(PolicyDenied):
            waive_finding(paper=paper, key=key_of(paper), reason="Known.", by=person)


def test_an_issued_papers_waivers_stay_as_they_are(acc):
    issued = make_issued(by=acc)
    paper = BoardPaper.objects.get(pk=issued.paper_id)

    with pytest.raises(PolicyDenied):
        end_waiver(paper=paper, key=1, by=acc)


def test_the_pages_show_who_let_what_pass_and_why(paper, acc, executive, sign_in):
    client = sign_in(acc)
    before = client.get(url("paper")).content.decode()
    assert "Let it pass" in before

    empty = client.post(url("waive", key_of(paper)), {"reason": ""}).content.decode()
    client.post(url("waive", key_of(paper)), {"reason": "The board knows the cost."})

    assert "Error:" in empty
    text = sign_in(executive).get(url("paper")).content.decode()
    assert "The board knows the cost." in text
    assert "Let pass by Alex Acc, ACC Security" in text
    listed = client.get(url("waivers")).content.decode()
    assert "The board knows the cost." in listed
    assert "The board knows the cost." not in client.get(url("files")).content.decode()
    for audience in ("full", "public"):
        body = client.get(url("preview", audience)).content.decode().partition("<article")[2]
        assert "The board knows the cost." not in body


def test_a_page_that_is_late_keeps_the_reason_that_was_written(paper, acc, sign_in):
    key = key_of(paper)
    client = sign_in(acc)
    waive_finding(paper=paper, key=key, reason="Known.", by=acc)

    late = client.post(url("waive", key), {"reason": "A long reason of mine."})

    assert late.status_code == 409
    assert "A long reason of mine." in late.content.decode()
