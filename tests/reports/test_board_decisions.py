"""What the board decided: recorded, corrected, followed up, and taken into the next paper."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from reports.domain.board_decisions import record_decision
from reports.domain.compose import compose_paper
from reports.domain.follow_up_reminders import remind_of_follow_ups
from reports.domain.follow_ups import answer_follow_up, take_up_follow_ups
from reports.enums import DecisionOutcome
from reports.exceptions import StalePaperEdit
from reports.models import BoardDecision, FollowUp, PaperParagraph
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied, Refused
from tests.factories import make_cycle, make_force, make_issued, make_person, shipped_template
from tests.reports.test_board_actions import told

pytestmark = pytest.mark.django_db
YEAR = "2016-17"
WORDS = "Quartzfield was assured"
VALUES = {
    "outcome": DecisionOutcome.PARTLY_ASSURED,
    "wording": WORDS,
    "conditions": "That cyber is looked at again.",
    "follow_up_on": datetime.date(2017, 9, 1),
    "minute_reference": "12/17",
    "decided_on": datetime.date(2017, 2, 7),
}


def url(name, *args):
    return reverse(f"reports:{name}", args=[YEAR, *args])


def decide(issued, by, *, started_from=0, **values):
    return record_decision(issued=issued, values=VALUES | values, started_from=started_from, by=by)


@pytest.fixture
def lead(force):
    return make_person(force=force, role=Role.FORCE_LEAD, threat="terrorism", name="Lee Lead")


@pytest.fixture
def other_lead(force):
    return make_person(force=force, role=Role.FORCE_LEAD, threat="cyber", name="Cy Lead")


def test_the_office_records_a_decision_and_corrects_it(acc, opcc, sign_in):
    make_issued(by=acc)
    client = sign_in(opcc)
    sent = {
        "outcome": "noted",
        "wording": "The paper was noted.",
        "decided_on_day": "7",
        "decided_on_month": "2",
        "decided_on_year": "2017",
        "version": "",
    }

    client.post(url("record_decision"), sent)
    first = BoardDecision.objects.get()
    client.post(url("record_decision"), sent | {"outcome": "assured", "version": first.pk})

    assert [row.outcome for row in BoardDecision.objects.all()] == ["noted", "assured"]
    assert BoardDecision.objects.get(outcome="assured").replaces == first
    page = client.get(url("decision")).content.decode()
    assert "The paper was noted." in page
    assert "Recorded before" in page
    assert "Assured" in client.get(reverse("reports:published")).content.decode()
    assert [event.action for event in AuditEvent.objects.filter(action__startswith="decision")] == [
        "decision.recorded",
        "decision.corrected",
    ]


def test_two_who_record_at_once_both_keep_their_words(acc, opcc, sign_in):
    issued = make_issued(by=acc)
    decide(issued, acc)

    with pytest.raises(StalePaperEdit):
        decide(issued, opcc, outcome=DecisionOutcome.NOTED)

    sent = {"outcome": "noted", "wording": "Typed.", "decided_on_day": "7"}
    sent |= {"decided_on_month": "2", "decided_on_year": "2017", "version": ""}
    page = sign_in(opcc).post(url("record_decision"), sent)
    assert page.status_code == 409
    assert "Typed." in page.content.decode()
    assert WORDS in page.content.decode()
    assert BoardDecision.objects.count() == 1


def test_the_same_decision_sent_twice_is_recorded_once(acc, opcc):
    issued = make_issued(by=acc)

    assert decide(issued, opcc) == decide(issued, opcc)


@pytest.mark.parametrize(
    "wrong",
    [
        {"decided_on": datetime.date(2999, 1, 1), "follow_up_on": None},
        {"follow_up_on": datetime.date(2017, 2, 7)},
    ],
)
def test_days_that_cannot_be_are_refused(acc, opcc, wrong):
    issued = make_issued(by=acc)

    with pytest.raises(Refused):
        decide(issued, opcc, **wrong)


@pytest.mark.parametrize("role", [Role.FORCE_LEAD, Role.EXECUTIVE, Role.ADMINISTRATOR])
def test_others_record_no_decision(acc, role):
    issued = make_issued(by=acc)

    with pytest.raises(PolicyDenied):
        decide(issued, make_person(force=acc.force, role=role))
    with pytest.raises(PolicyDenied):
        decide(issued, make_person(force=make_force(), role=Role.OPCC))


def test_acc_security_and_the_leads_are_told_that_and_not_what(acc, opcc, lead):
    decide(make_issued(by=acc), opcc)

    mails = [mail for mail in told() if "decision" in mail[1]]
    assert {to for to, _, _ in mails} == {acc.email, lead.email}
    for _, subject, body in mails:
        assert WORDS not in body + subject
        assert "cyber" not in body
        assert "1 September 2017" in body
        assert url("follow_ups") in body


def test_the_follow_up_is_work_until_it_is_answered(acc, opcc, lead, sign_in):
    decision = decide(make_issued(by=acc), opcc)
    client = sign_in(lead)
    home = client.get("/").content.decode()
    assert "Say what is new since the board met" in home
    assert url("follow_up", "terrorism") in home

    client.post(url("follow_up", "terrorism"), {"text": "Ten more are trained.", "version": ""})

    answer = FollowUp.objects.get()
    assert (answer.decision, answer.threat_code, answer.by_name) == (
        decision, "terrorism", "Lee Lead"
    )  # fmt: skip
    assert "Say what is new since" not in client.get("/").content.decode()


def test_nobody_reads_anothers_answer_before_it_is_printed(acc, opcc, lead, other_lead, sign_in):
    decision = decide(make_issued(by=acc), opcc)
    answer_follow_up(
        decision=decision, threat_code="terrorism", text="Ten more.", started_from=0, by=lead
    )

    assert "Ten more." in sign_in(acc).get(url("follow_ups")).content.decode()
    assert "Ten more." not in sign_in(other_lead).get(url("follow_ups")).content.decode()
    assert sign_in(other_lead).get(url("follow_up", "terrorism")).status_code == 403
    client = sign_in(opcc)
    for name in ("published", "search"):
        assert b"Ten more." not in client.get(reverse(f"reports:{name}")).content
    assert b"Ten more." not in client.get(url("decision")).content
    assert client.get(url("follow_ups")).status_code == 403


def test_an_answer_is_not_written_over_by_a_stale_one(acc, opcc, lead):
    decision = decide(make_issued(by=acc), opcc)
    second = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism")
    about = {"decision": decision, "threat_code": "terrorism"}
    answer_follow_up(**about, text="First.", started_from=0, by=lead)

    with pytest.raises(StalePaperEdit):
        answer_follow_up(**about, text="Second.", started_from=0, by=second)

    assert FollowUp.objects.get().text == "First."


def test_an_answer_outlives_a_correction_of_the_decision(acc, opcc, lead, sign_in):
    issued = make_issued(by=acc)
    first = decide(issued, opcc)
    answer_follow_up(decision=first, threat_code="terrorism", text="Ten.", started_from=0, by=lead)

    second = decide(issued, opcc, started_from=first.pk, wording="Otherwise.")
    answer_follow_up(decision=second, threat_code="terrorism", text="20.", started_from=1, by=lead)

    assert FollowUp.objects.get().text == "20."
    assert "Say what is new since" not in sign_in(lead).get("/").content.decode()


def test_only_acc_security_answers_for_the_whole(acc, opcc, lead):
    decision = decide(make_issued(by=acc), opcc)
    about = {"decision": decision, "threat_code": "", "text": "All.", "started_from": 0}

    with pytest.raises(PolicyDenied):
        answer_follow_up(**about, by=lead)
    assert answer_follow_up(**about, by=acc).threat_code == ""


def test_leads_are_reminded_once_for_each_stage_until_they_answer(acc, opcc, lead, other_lead):
    decision = decide(make_issued(by=acc), opcc)
    BoardDecision.objects.update(recorded_at=datetime.datetime(2017, 2, 8, tzinfo=datetime.UTC))
    answer_follow_up(
        decision=decision, threat_code="cyber", text="Done.", started_from=0, by=other_lead
    )
    week_before = datetime.date(2017, 8, 25)

    assert remind_of_follow_ups(acc.force, today=datetime.date(2017, 6, 1)) == 0
    assert remind_of_follow_ups(acc.force, today=week_before) == 2  # the lead and ACC Security
    assert remind_of_follow_ups(acc.force, today=week_before) == 0
    assert remind_of_follow_ups(acc.force, today=datetime.date(2017, 9, 2)) == 2
    mails = [mail for mail in told() if "What is new for the board" in mail[1]]
    assert {to for to, _, _ in mails} == {acc.email, lead.email}
    assert "Your answer was due on 1 September 2017." in mails[-1][2].replace("\n", " ")


def test_what_is_new_is_taken_into_the_next_paper_and_withheld_until_cleared(
    acc, opcc, lead, sign_in
):
    decision = decide(make_issued(by=acc), opcc)
    answer_follow_up(
        decision=decision,
        threat_code="terrorism",
        text="Ten more are trained.\n\n- [[recommendation:submit]] too",
        started_from=0,
        by=lead,
    )
    cycle = make_cycle(by=acc, year="2017-18")
    paper = compose_paper(cycle=cycle, template=shipped_template(), by=acc)
    client = sign_in(acc)
    assert "Take what is new since into the paper" in client.get(url("follow_ups")).content.decode()

    taken = client.post(reverse("reports:take_up_follow_ups", args=["2017-18"]), follow=True)

    paragraph = PaperParagraph.objects.get(identity="since-the-board-met")
    assert taken.status_code == 200
    assert "Ten more are trained." in taken.content.decode()
    assert paragraph.text.startswith("On 7 February 2017 the Strategic Policing and Crime Board")
    assert "Since the board met on 7 February 2017:\n- Terrorism: Ten more" in paragraph.text
    assert "[[" not in paragraph.text
    assert not paragraph.is_public
    assert take_up_follow_ups(paper=paper, by=acc) == paragraph


def test_what_is_answered_later_is_taken_in_as_well_and_no_word_is_written_over(
    acc, opcc, lead, sign_in
):
    decision = decide(make_issued(by=acc), opcc)
    cycle = make_cycle(by=acc, year="2017-18")
    paper = compose_paper(cycle=cycle, template=shipped_template(), by=acc)
    asked = {"decision": decision, "threat_code": "terrorism", "by": lead}
    answer_follow_up(text="Ten are trained.", started_from=0, **asked)
    take = reverse("reports:take_up_follow_ups", args=["2017-18"])
    client = sign_in(acc)
    client.post(take)
    rows = PaperParagraph.objects.filter(identity="since-the-board-met")
    rows.update(
        text="Our words:\n- Terrorism: we wrote it anew.", is_public=True, withheld_under=""
    )

    client.post(take)
    unchanged = rows.get()
    answer_follow_up(text="Twelve are trained.", started_from=1, **asked)
    client.post(take)
    client.post(take)

    taken = rows.get()
    assert unchanged.text == "Our words:\n- Terrorism: we wrote it anew."
    assert unchanged.is_public
    assert taken.text == f"{unchanged.text}\n- Terrorism: Twelve are trained."
    assert not taken.is_public
    assert taken.version == unchanged.version + 1
    assert take_up_follow_ups(paper=paper, by=acc).text == taken.text


def test_a_lead_of_a_threat_that_the_paper_did_not_have_is_asked_nothing(acc, opcc, force, sign_in):
    """Another edition of the requirement has come since, with a threat of its own."""
    decide(make_issued(by=acc), opcc)
    BoardDecision.objects.update(recorded_at=datetime.datetime(2017, 2, 8, tzinfo=datetime.UTC))
    newcomer = make_person(force=force, role=Role.FORCE_LEAD, threat="newer-threat")

    home = sign_in(newcomer).get(reverse("reports:home")).content.decode()
    remind_of_follow_ups(force, today=datetime.date(2017, 8, 25))

    assert "Say what is new since the board met" not in home
    reminded = {to for to, subject, _ in told() if "What is new for the board" in subject}
    assert acc.email in reminded
    assert newcomer.email not in reminded


def test_nothing_is_taken_up_where_no_decision_is_recorded(acc):
    make_issued(by=acc)
    cycle = make_cycle(by=acc, year="2017-18")
    paper = compose_paper(cycle=cycle, template=shipped_template(), by=acc)

    with pytest.raises(Refused):
        take_up_follow_ups(paper=paper, by=acc)
