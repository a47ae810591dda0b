"""Colleagues draft what a lead has named them for; the lead accepts."""

import datetime

import pytest
from django.utils import timezone

from assessments.domain.acceptance import (
    accept_drafts,
)
from assessments.domain.assessments import submit_assessment
from assessments.domain.contributors import (
    change_contributor,
    end_contributor,
)
from assessments.enums import ItemKind
from assessments.exceptions import UnknownPlace
from assessments.models import Contributor
from assessments.policies import can_edit_place, can_lead, can_see, can_write_place
from assessments.selectors import assessments_visible_to
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied, Refused
from spr_portal.identity.models import User
from tests.assessments.colleagues import (
    LOCAL,
    REGIONAL,
    assessment,
    colleague,
    lead,
    name,
    read_anew,
    save,
)
from tests.background.working import work_off
from tests.factories import fill_in, make_appointment, make_cycle, make_person

__all__ = ["assessment", "colleague", "lead"]

pytestmark = pytest.mark.django_db


def rights(person, assessment) -> tuple[bool, bool, bool, bool]:
    """Whether the person sees it, writes one answer, writes another, and writes a list."""
    person = read_anew(person)
    seen = assessments_visible_to(person).filter(pk=assessment.pk).exists()
    assert seen == can_see(person, assessment).allowed
    writes = (
        can_edit_place(person, assessment, place).allowed
        for place in (LOCAL, REGIONAL, ItemKind.VULNERABILITY)
    )
    return (seen, *writes)


WRITES_ALL, NOTHING = (True, True, True, True), (False, False, False, False)


def test_a_contributor_of_the_whole_drafts_everything(assessment, lead, colleague):
    name(assessment, colleague, by=lead)

    assert rights(colleague, assessment) == WRITES_ALL
    assert not can_lead(read_anew(colleague), assessment)


def test_a_contributor_of_one_answer_reads_the_rest(assessment, lead, colleague):
    name(assessment, colleague, LOCAL, by=lead)

    assert rights(colleague, assessment) == (True, True, False, False)


def test_a_contributor_sees_no_other_threat_and_no_other_year(assessment, lead, colleague):
    make_cycle(by=make_person(force=assessment.force, role=Role.ACC_SECURITY), year="2017-18")
    name(assessment, colleague, by=lead)

    assert [found.pk for found in assessments_visible_to(read_anew(colleague))] == [assessment.pk]


def test_ending_takes_the_rights_at_once_and_leaves_the_drafts(assessment, lead, colleague):
    contributor = name(assessment, colleague, LOCAL, by=lead)
    save(assessment, LOCAL, "A draft.", by=colleague)

    end_contributor(contributor=contributor, by=lead)

    assert rights(colleague, assessment) == NOTHING
    response = assessment.responses.get(question__code=LOCAL)
    assert (response.text, response.is_draft) == ("A draft.", True)
    with pytest.raises(PolicyDenied):
        save(assessment, LOCAL, "More.", by=colleague, started_from=1)


def test_ending_twice_is_one_step(assessment, lead, colleague):
    contributor = name(assessment, colleague, by=lead)

    end_contributor(contributor=contributor, by=lead)
    end_contributor(contributor=contributor, by=lead)

    assert AuditEvent.objects.filter(action="contributor.ended").count() == 1


def test_a_closed_account_has_no_rights(assessment, lead, colleague):
    name(assessment, colleague, by=lead)
    User.objects.filter(pk=colleague.pk).update(is_active=False)

    assert rights(colleague, assessment) == NOTHING


def test_who_went_to_the_commissioners_office_sees_nothing_more(assessment, lead, colleague):
    name(assessment, colleague, by=lead)
    make_appointment(person=colleague, role=Role.OPCC)

    assert rights(colleague, assessment) == NOTHING


def test_who_went_to_another_force_sees_nothing_more(assessment, lead, colleague):
    name(assessment, colleague, by=lead)
    colleague.force = make_person().force
    colleague.save()

    assert rights(colleague, assessment) == NOTHING


def test_a_lead_moved_to_another_threat_keeps_only_what_they_are_named_for(assessment, lead):
    moved = make_person(force=assessment.force, role=Role.FORCE_LEAD, threat="cyber")
    name(assessment, moved, LOCAL, by=lead)
    cyber = assessment.cycle.assessments.get(threat__code="cyber")

    assert rights(moved, assessment) == (True, True, False, False)
    assert rights(moved, cyber) == WRITES_ALL


def test_another_choice_of_answers_holds_at_once(assessment, lead, colleague):
    contributor = name(assessment, colleague, LOCAL, by=lead)

    change_contributor(contributor=contributor, question_codes=[REGIONAL], by=lead)

    assert rights(colleague, assessment) == (True, False, True, False)


def test_only_a_lead_of_the_threat_names(assessment, colleague):
    others = [
        make_person(force=assessment.force, role=Role.FORCE_LEAD, threat="cyber"),
        make_person(force=assessment.force, role=Role.CONTRIBUTOR, threat="terrorism"),
        make_person(force=assessment.force, role=Role.ACC_SECURITY),
        make_person(role=Role.FORCE_LEAD, threat="terrorism"),
    ]
    for person in others:
        with pytest.raises(PolicyDenied):
            name(assessment, colleague, by=person)

    assert not Contributor.objects.exists()


def test_a_contributor_names_nobody(assessment, lead, colleague):
    name(assessment, colleague, by=lead)

    with pytest.raises(PolicyDenied):
        name(assessment, make_person(force=assessment.force), by=read_anew(colleague))


def test_nobody_of_another_force_of_the_office_or_gone_can_be_named(assessment, lead):
    office = make_person(force=assessment.force, role=Role.OPCC)
    gone = make_person(force=assessment.force, is_active=False)
    for person in (make_person(), office, gone, lead):
        with pytest.raises(Refused):
            name(assessment, person, by=lead)

    assert not Contributor.objects.exists()


def test_naming_twice_gives_one_row_and_says_so(assessment, lead, colleague):
    name(assessment, colleague, LOCAL, by=lead)

    with pytest.raises(Refused, match="named already"):
        name(assessment, colleague, by=lead)

    [contributor] = Contributor.objects.all()
    assert contributor.question_codes == [LOCAL]


def test_who_was_ended_can_be_named_again(assessment, lead, colleague):
    end_contributor(contributor=name(assessment, colleague, by=lead), by=lead)
    name(assessment, colleague, LOCAL, by=lead)

    assert rights(colleague, assessment) == (True, True, False, False)


def test_an_ended_contributor_is_not_changed_back_into_one(assessment, lead, colleague):
    contributor = name(assessment, colleague, LOCAL, by=lead)
    end_contributor(contributor=contributor, by=lead)

    with pytest.raises(Refused, match="no longer contributes"):
        change_contributor(contributor=contributor, question_codes=[], by=lead)


def test_an_answer_that_is_not_asked_is_refused(assessment, lead, colleague):
    with pytest.raises(UnknownPlace):
        name(assessment, colleague, "no-such-answer", by=lead)


def test_naming_changing_and_ending_are_audited(assessment, lead, colleague):
    before = AuditEvent.objects.count()
    contributor = name(assessment, colleague, LOCAL, by=lead)
    change_contributor(contributor=contributor, question_codes=[LOCAL, REGIONAL], by=lead)
    change_contributor(contributor=contributor, question_codes=[LOCAL, REGIONAL], by=lead)
    end_contributor(contributor=contributor, by=lead)

    events = AuditEvent.objects.order_by("sequence")[before:]
    assert [event.action for event in events] == [
        "contributor.named",
        "contributor.changed",
        "contributor.ended",
    ]


@pytest.mark.django_db(transaction=True)
def test_who_is_named_is_told_and_nothing_that_was_written(assessment, lead, colleague, mailoutbox):
    save(assessment, LOCAL, "Sixty-two officers at Bournville Lane.", by=lead)

    contributor = name(assessment, colleague, LOCAL, by=lead)
    change_contributor(contributor=contributor, question_codes=[LOCAL, REGIONAL], by=lead)
    change_contributor(contributor=contributor, question_codes=[LOCAL], by=lead)
    work_off()

    assert [message.to for message in mailoutbox] == [[colleague.email], [colleague.email]]
    for message in mailoutbox:
        assert "/cycles/2016-17/terrorism/" in message.body
        assert "Bournville" not in message.subject + message.body


# --- several leads, and acting ones


def test_two_leads_of_one_threat_are_equals(assessment, lead, colleague):
    other = make_person(force=assessment.force, role=Role.FORCE_LEAD, threat="terrorism")
    fill_in(assessment, by=lead)
    contributor = name(assessment, colleague, by=lead)
    save(assessment, LOCAL, "A draft.", by=colleague, started_from=1)

    accept_drafts(assessment=assessment, versions={LOCAL: 2}, by=other)
    end_contributor(contributor=contributor, by=other)
    submitted = submit_assessment(assessment=assessment, by=other)

    assert submitted.submitted_by == other


@pytest.mark.parametrize(
    ("starts", "ends", "may"),
    [(-3, 3, True), (0, 0, True), (1, 3, False), (-3, -1, False)],
)
def test_acting_holds_between_its_days(assessment, lead, colleague, starts, ends, may):
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    colleague.appointments.create(
        role=Role.FORCE_LEAD,
        threat_code="terrorism",
        starts_on=today + starts * day,
        ends_on=today + ends * day,
        acting_for=lead,
    )

    assert rights(colleague, assessment) == (WRITES_ALL if may else NOTHING)
    assert can_lead(read_anew(colleague), assessment).allowed == may
    assert bool(can_write_place(read_anew(colleague), assessment, LOCAL)) == may
