"""Recommendations across the years: answered, reported on, carried over, told in the next paper."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse

from reports.checks import findings_of
from reports.document import Audience, plain
from reports.domain.documents import document_hash, document_of, final_documents
from reports.domain.following_up import assign, carry_over, take_step
from reports.domain.papers import agree_paper, send_paper
from reports.domain.recommendation_reminders import remind_of_recommendations
from reports.domain.recommendations import remove_recommendation, report_outcome, verb_of
from reports.enums import RecommendationStatus, RecommendationStep
from reports.exceptions import PaperNotReady, StalePaperEdit
from reports.models import Recommendation
from reports.snapshot import take_snapshot
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.policies import PolicyDenied
from spr_portal.workflow import InvalidTransition, ReasonMissing
from tests.factories import make_paper, make_person

pytestmark = pytest.mark.django_db
STEP, STATUS = RecommendationStep, RecommendationStatus


@pytest.fixture
def paper(acc):
    return make_paper(by=acc)


@pytest.fixture
def owner(force):
    return make_person(force=force, role=Role.FORCE_LEAD, threat="terrorism", name="Olu Owner")


@pytest.fixture
def earlier(paper, owner):
    """Last year's only recommendation, open and the owner's."""
    row = Recommendation.objects.get(year="2015-16")
    row.status, row.outcome, row.owner, row.owner_name = STATUS.OPEN, "", owner, owner.name
    row.save()
    return row


def told(paper, audience=Audience.FULL):
    """The bullets of the paper that tell what became of last year's recommendations."""
    document = document_of(paper, audience)
    [telling] = [p for p in document.paragraphs() if "have led to" in plain(p.inlines)]
    return [plain(bullet) for bullet in telling.bullets]


def test_an_owner_reports_progress_and_then_completion_and_the_paper_tells_it(
    paper, earlier, owner
):
    take_step(recommendation=earlier, step=STEP.PROGRESS, text="Half the plans are.", by=owner)
    halfway = told(paper)
    take_step(
        recommendation=earlier,
        step=STEP.COMPLETE,
        text="The plans were tested in June.",
        evidence="Exercise report 12",
        by=owner,
    )

    earlier.refresh_from_db()
    assert halfway == ["In progress: Half the plans are."]
    assert told(paper) == ["The plans were tested in June."]
    assert (earlier.status, earlier.outcome_evidence) == (STATUS.COMPLETED, "Exercise report 12")
    assert [change.reason for change in earlier.status_changes.all()] == [
        "Half the plans are.",
        "The plans were tested in June.",
    ]


def test_each_report_is_one_event_and_the_same_words_twice_are_kept_once(earlier, owner):
    before = AuditEvent.objects.count()

    for _ in range(2):
        take_step(recommendation=earlier, step=STEP.PROGRESS, text="Half.", by=owner)

    assert AuditEvent.objects.count() == before + 1
    assert earlier.status_changes.count() == 1


def test_a_report_without_words_is_refused(earlier, owner):
    with pytest.raises(ReasonMissing):
        take_step(recommendation=earlier, step=STEP.COMPLETE, text=" ", by=owner)


def test_what_is_finished_is_not_reported_on_until_it_is_opened_again(earlier, owner, acc):
    take_step(recommendation=earlier, step=STEP.COMPLETE, text="Done.", by=owner)
    with pytest.raises(InvalidTransition):
        take_step(recommendation=earlier, step=STEP.PROGRESS, text="More.", by=owner)

    again = take_step(recommendation=earlier, step=STEP.REOPEN, text="One is not.", by=acc)

    assert (again.status, again.outcome) == (STATUS.OPEN, "")
    assert "Done." in {change.reason for change in again.status_changes.all()}


@pytest.mark.parametrize("step", [STEP.PROGRESS, STEP.COMPLETE])
def test_only_its_owner_and_those_who_run_it_report_on_it(earlier, step, acc, force):
    another = make_person(force=force, role=Role.FORCE_LEAD, threat="cyber")
    stranger = make_person(role=Role.ACC_SECURITY)

    for person in (another, stranger):
        with pytest.raises(PolicyDenied):
            take_step(recommendation=earlier, step=step, text="Done.", by=person)
    take_step(recommendation=earlier, step=step, text="Done.", by=acc)


def test_the_executive_team_answers_what_is_addressed_to_it(earlier, executive, acc):
    earlier.addressee = "The Executive Team"
    earlier.save()
    with pytest.raises(PolicyDenied):
        take_step(recommendation=earlier, step=STEP.ACCEPT, by=acc)

    answered = take_step(recommendation=earlier, step=STEP.ACCEPT, text="Gladly.", by=executive)

    assert answered.status == STATUS.ACCEPTED


def test_what_others_answered_is_recorded_for_them(earlier, executive, acc):
    earlier.addressee = "The Commissioner"
    earlier.save()
    with pytest.raises(PolicyDenied):
        take_step(recommendation=earlier, step=STEP.DECLINE, text="No money.", by=executive)

    answered = take_step(recommendation=earlier, step=STEP.DECLINE, text="No money.", by=acc)

    assert (answered.status, answered.outcome) == (STATUS.NOT_ACCEPTED, "No money.")


def test_an_outcome_worded_in_the_paper_is_not_replaced_by_progress(paper, earlier, owner, acc):
    report_outcome(
        paper=paper,
        identity=earlier.identity,
        status=STATUS.IN_PROGRESS,
        outcome="Half the plans have been tested, and the rest follow by June.",
        outcome_on=None,
        started_from=earlier.version,
        by=acc,
    )

    take_step(recommendation=earlier, step=STEP.PROGRESS, text="55 per cent now.", by=owner)

    earlier.refresh_from_db()
    assert earlier.outcome.startswith("Half the plans")
    assert earlier.status_changes.last().reason == "55 per cent now."


def test_a_stale_outcome_does_not_replace_what_the_owner_reported(paper, earlier, owner, acc):
    seen = earlier.version
    take_step(recommendation=earlier, step=STEP.PROGRESS, text="Half.", by=owner)

    with pytest.raises(StalePaperEdit):
        report_outcome(
            paper=paper,
            identity=earlier.identity,
            status=STATUS.OPEN,
            outcome="Nothing yet.",
            outcome_on=None,
            started_from=seen,
            by=acc,
        )


def test_nothing_changes_under_a_paper_that_is_being_agreed(paper, earlier, owner, acc, executive):
    take_step(recommendation=earlier, step=STEP.PROGRESS, text="Half.", by=owner)
    send_paper(paper=paper, by=acc)

    with pytest.raises(Refused, match="is being agreed"):
        take_step(recommendation=earlier, step=STEP.COMPLETE, text="All.", by=owner)

    earlier.refresh_from_db()
    paper.refresh_from_db()
    agreed = final_documents(paper)[Audience.FULL]
    agree_paper(paper=paper, document=document_hash(agreed), by=executive)
    assert earlier.status == STATUS.IN_PROGRESS


def test_the_paper_waits_for_an_outcome(paper, earlier, acc):
    with pytest.raises(PaperNotReady, match="Recommendation 1 of 2015/16 has no outcome"):
        send_paper(paper=paper, by=acc)


def test_an_unfinished_one_is_carried_over_and_says_from_when(paper, earlier, owner, acc):
    take_step(recommendation=earlier, step=STEP.PROGRESS, text="Half.", by=owner)

    again = carry_over(paper=paper, identity=earlier.identity, by=acc)
    carry_over(paper=paper, identity=earlier.identity, by=acc)

    earlier.refresh_from_db()
    document = document_of(paper, Audience.PUBLIC)
    items = list(document.recommendations())
    assert (again.identity, again.made_in, again.owner) == (earlier.identity, "2015-16", owner)
    assert earlier.carried_to == "2016-17"
    assert plain(items[-1].inlines).endswith("(First recommended in 2015/16.)")
    assert told(paper) == [
        f"In progress: Half. It is carried over: see recommendation {items[-1].number}."
    ]


def test_a_finished_one_is_not_carried_over(paper, earlier, owner, acc):
    take_step(recommendation=earlier, step=STEP.COMPLETE, text="Done.", by=owner)

    with pytest.raises(Refused, match="finished"):
        carry_over(paper=paper, identity=earlier.identity, by=acc)


def test_taking_a_carried_one_out_leaves_the_earlier_one_open(paper, earlier, acc):
    carry_over(paper=paper, identity=earlier.identity, by=acc)

    remove_recommendation(paper=paper, identity=earlier.identity, by=acc)

    earlier.refresh_from_db()
    assert (earlier.carried_to, earlier.status) == ("", STATUS.OPEN)


def test_the_owner_is_told_that_it_is_theirs_and_not_what_it_says(
    earlier, acc, force, django_capture_on_commit_callbacks
):
    new = make_person(force=force, role=Role.FORCE_LEAD, threat="cyber")

    changed = assign(
        recommendation=earlier,
        owner=new.pk,
        due_on=datetime.date(2027, 3, 31),
        started_from=earlier.version,
        by=acc,
    )

    assert (changed.owner, changed.owner_name) == (new, new.name)
    assert "test the plans" not in "".join(message.body for message in mail.outbox)


def test_nobody_of_another_force_can_be_made_owner(earlier, acc):
    with pytest.raises(Refused):
        assign(
            recommendation=earlier,
            owner=make_person(role=Role.FORCE_LEAD).pk,
            due_on=None,
            started_from=earlier.version,
            by=acc,
        )


def test_it_waits_in_its_owners_work_until_it_is_finished(earlier, owner, sign_in):
    client = sign_in(owner)
    before = client.get("/").content.decode()

    client.post(
        reverse("reports:complete_recommendation", args=["2015-16", "earlier"]),
        {"text": "All tested.", "evidence": ""},
    )

    assert "to test the plans." in before
    assert "to test the plans." not in client.get("/").content.decode()


def test_it_waits_for_the_executive_teams_answer(earlier, executive, sign_in):
    earlier.addressee = "The Executive Team"
    earlier.save()

    assert "Answer: The Executive Team to test" in sign_in(executive).get("/").content.decode()


def test_what_this_years_draft_recommends_is_not_in_the_register(paper, earlier, acc, sign_in):
    text = sign_in(acc).get("/recommendations/").content.decode()

    assert "2015/16, recommendation 1" in text
    assert "2016/17, recommendation 1" not in text


def test_a_restricted_one_is_seen_by_those_who_see_papers_and_its_owner_only(
    earlier, acc, owner, force, opcc, sign_in
):
    earlier.is_public, earlier.withheld_under = False, "section 31"
    earlier.save()
    another = make_person(force=force, role=Role.FORCE_LEAD, threat="cyber")
    address = reverse("reports:followed", args=["2015-16", "earlier"])

    assert [sign_in(person).get(address).status_code for person in (acc, owner, another, opcc)] == [
        200,
        200,
        404,
        404,
    ]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_register_is_taken_away_as_a_file(earlier, acc, sign_in, file_format):
    response = sign_in(acc).get("/recommendations/", {"format": file_format})

    assert response["Content-Disposition"].endswith(f'"recommendations.{file_format}"')
    assert AuditEvent.objects.filter(action="register.exported").count() == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"status": "unfinished"}, True),
        ({"status": "completed"}, False),
        ({"words": "PLANS olu"}, True),
        ({"words": "weather"}, False),
        ({"year": "2015-16"}, True),
    ],
)
def test_the_register_is_searched(earlier, acc, sign_in, asked, found):
    text = sign_in(acc).get("/recommendations/", asked).content.decode()

    assert ("2015/16, recommendation 1" in text) is found


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("to note this report.", "note"),
        ("should support national work", "support"),
        ("To have regard to it", "regard"),
        ("acknowledges that", ""),
    ],
)
def test_the_verb_is_read_from_the_words(text, verb):
    assert verb_of(text) == verb


def test_an_owner_is_reminded_once_for_each_stage(earlier, owner):
    earlier.due_on = datetime.date(2027, 3, 31)
    earlier.save()
    days = [datetime.date(2027, 3, day) for day in (1, 1, 24, 30)] + [datetime.date(2027, 4, 1)] * 2

    told = [remind_of_recommendations(earlier.force, today=day) for day in days]

    assert told == [1, 0, 1, 1, 1, 0]


def test_nobody_is_reminded_of_what_is_finished_or_carried_over(earlier, owner):
    earlier.due_on = datetime.date(2027, 3, 31)
    earlier.carried_to = "2016-17"
    earlier.save()

    assert remind_of_recommendations(earlier.force, today=datetime.date(2027, 4, 1)) == 0


def test_the_paper_warns_of_one_that_would_be_forgotten(paper, earlier, owner, acc):
    take_step(recommendation=earlier, step=STEP.PROGRESS, text="Half.", by=owner)

    def warnings():
        snapshot = take_snapshot(paper)
        document = document_of(paper, Audience.FULL)
        return [one for one in findings_of(snapshot, document) if one.code == "not-carried-over"]

    [warning] = warnings()
    carry_over(paper=paper, identity=earlier.identity, by=acc)

    assert "Recommendation 1 of 2015/16 is not finished" in warning.sentence
    assert not warning.blocks
    assert warnings() == []


def test_what_every_paper_asks_for_is_carried_over_as_what_it_is(paper, earlier, acc):
    earlier.identity = "submit"  # this year's paper makes it already, from its template
    earlier.status, earlier.outcome = STATUS.COMPLETED, "It was submitted."
    earlier.save()
    finished = told(paper)
    earlier.status = STATUS.OPEN
    earlier.save()

    again = carry_over(paper=paper, identity="submit", by=acc)

    assert finished == ["It was submitted."]
    assert again.made_in == "2015-16"
    assert told(paper)[0].endswith("It is carried over: see recommendation 2.")
    assert Recommendation.objects.filter(year="2016-17", identity="submit").count() == 1
