"""What contributors draft, and what leads make of it: answers and items of lists."""

import datetime

import pytest

from assessments.domain.acceptance import (
    accept_drafts,
    accept_item,
    go_back,
    restore_item,
)
from assessments.domain.assessments import submit_assessment
from assessments.domain.completeness import missing_from
from assessments.domain.items import add_item, change_item, remove_item
from assessments.enums import ItemKind
from assessments.exceptions import IncompleteAssessment, NewerDraft
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
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
from tests.factories import fill_in, make_person

__all__ = ["assessment", "colleague", "lead"]

pytestmark = pytest.mark.django_db

VULNERABILITY = {"statement": "Few trained.", "likelihood": "low", "impact": "high"}

# --- drafts


def test_what_a_contributor_writes_is_a_draft_and_a_leads_save_accepts(assessment, lead, colleague):
    name(assessment, colleague, by=lead)

    assert save(assessment, LOCAL, "A draft.", by=colleague).is_draft
    assert not save(assessment, LOCAL, "Mine.", by=lead, started_from=1).is_draft


def test_a_lead_accepts_the_draft_they_have_read(assessment, lead, colleague):
    name(assessment, colleague, by=lead)
    save(assessment, LOCAL, "A draft.", by=colleague)

    outcome = accept_drafts(assessment=assessment, versions={LOCAL: 1}, by=lead)

    assert (outcome.accepted, outcome.newer) == ([LOCAL], [])
    response = assessment.responses.get(question__code=LOCAL)
    assert (response.text, response.is_draft, response.updated_by) == ("A draft.", False, colleague)


def test_a_newer_draft_is_not_accepted_unseen(assessment, lead, colleague):
    name(assessment, colleague, by=lead)
    save(assessment, LOCAL, "One.", by=colleague)
    save(assessment, LOCAL, "Two.", by=colleague, started_from=1)
    save(assessment, REGIONAL, "Other.", by=colleague)

    outcome = accept_drafts(assessment=assessment, versions={LOCAL: 1, REGIONAL: 1}, by=lead)

    assert (outcome.accepted, outcome.newer) == ([REGIONAL], [LOCAL])
    assert assessment.responses.get(question__code=LOCAL).is_draft


def test_accepting_twice_is_one_step(assessment, lead, colleague):
    name(assessment, colleague, by=lead)
    save(assessment, LOCAL, "A draft.", by=colleague)

    accept_drafts(assessment=assessment, versions={LOCAL: 1}, by=lead)
    again = accept_drafts(assessment=assessment, versions={LOCAL: 1}, by=lead)

    assert (again.accepted, again.newer) == ([], [])
    assert AuditEvent.objects.filter(action="response.accepted").count() == 1


def test_only_a_lead_accepts(assessment, lead, colleague):
    name(assessment, colleague, by=lead)
    save(assessment, LOCAL, "A draft.", by=colleague)

    for person in (colleague, make_person(force=assessment.force, role=Role.ACC_SECURITY)):
        with pytest.raises(PolicyDenied):
            accept_drafts(assessment=assessment, versions={LOCAL: 1}, by=read_anew(person))
        with pytest.raises(PolicyDenied):
            go_back(
                response=assessment.responses.get(question__code=LOCAL),
                version=1,
                by=read_anew(person),
            )


def test_going_back_saves_the_accepted_words_as_a_new_version(assessment, lead, colleague):
    name(assessment, colleague, by=lead)
    save(assessment, LOCAL, "Accepted.", by=lead)
    save(assessment, LOCAL, "A draft.", by=colleague, started_from=1)
    response = assessment.responses.get(question__code=LOCAL)

    go_back(response=response, version=2, by=lead)

    response.refresh_from_db()
    assert (response.text, response.version, response.is_draft) == ("Accepted.", 3, False)
    words = response.versions.values_list("text", flat=True)
    assert list(words) == ["Accepted.", "A draft.", "Accepted."]


def test_going_back_where_nothing_was_accepted_leaves_the_answer_empty(assessment, lead, colleague):
    name(assessment, colleague, by=lead)
    save(assessment, LOCAL, "A draft.", by=colleague)
    response = assessment.responses.get(question__code=LOCAL)

    go_back(response=response, version=1, by=lead)

    response.refresh_from_db()
    assert (response.text, response.is_draft) == ("", False)


def test_going_back_from_a_draft_of_the_same_words_accepts_them(assessment, lead, colleague):
    name(assessment, colleague, by=lead)
    save(assessment, LOCAL, "Accepted.", by=lead)
    save(assessment, LOCAL, "A draft.", by=colleague, started_from=1)
    save(assessment, LOCAL, "Accepted.", by=colleague, started_from=2)
    response = assessment.responses.get(question__code=LOCAL)

    go_back(response=response, version=3, by=lead)

    response.refresh_from_db()
    assert (response.text, response.is_draft) == ("Accepted.", False)


def test_a_newer_draft_is_not_put_aside_unseen(assessment, lead, colleague):
    name(assessment, colleague, by=lead)
    save(assessment, LOCAL, "One.", by=colleague)
    save(assessment, LOCAL, "Two.", by=colleague, started_from=1)
    response = assessment.responses.get(question__code=LOCAL)

    with pytest.raises(NewerDraft):
        go_back(response=response, version=1, by=lead)

    response.refresh_from_db()
    assert response.text == "Two."


def test_nothing_is_submitted_while_drafts_wait(assessment, lead, colleague):
    fill_in(assessment, by=lead)
    name(assessment, colleague, by=lead)
    save(assessment, LOCAL, "A draft.", by=colleague, started_from=1)
    add_item(
        assessment=assessment, kind=ItemKind.VULNERABILITY, values=VULNERABILITY,
        by=read_anew(colleague),
    )  # fmt: skip

    with pytest.raises(IncompleteAssessment) as refusal:
        submit_assessment(assessment=assessment, by=lead)

    answer, item = refusal.value.missing
    assert (answer.place, item.part) == (LOCAL, ItemKind.VULNERABILITY)
    assert item.sentence == "Vulnerabilities: 1 draft waits to be accepted"


def test_once_all_is_accepted_nothing_is_missing(assessment, lead, colleague):
    fill_in(assessment, by=lead)
    name(assessment, colleague, by=lead)
    save(assessment, LOCAL, "A draft.", by=colleague, started_from=1)
    item = drafted_item(assessment, colleague)

    accept_drafts(assessment=assessment, versions={LOCAL: 2}, by=lead)
    accept_item(**arguments(assessment, item), version=1, by=lead)

    assert missing_from(assessment) == []


# --- drafts in lists


def drafted_item(assessment, colleague):
    return add_item(
        assessment=assessment,
        kind=ItemKind.VULNERABILITY,
        values=VULNERABILITY,
        by=read_anew(colleague),
    )


def arguments(assessment, item) -> dict:
    return {
        "assessment": assessment,
        "kind": ItemKind.VULNERABILITY,
        "identity": item.identity,
    }


def accepted_item(assessment, lead):
    return add_item(
        assessment=assessment, kind=ItemKind.VULNERABILITY, values=VULNERABILITY, by=lead
    )


def test_an_item_is_accepted_as_it_was_read(assessment, lead, colleague):
    name(assessment, colleague, by=lead)
    item = drafted_item(assessment, colleague)
    change_item(
        **arguments(assessment, item),
        values=VULNERABILITY | {"statement": "None trained."},
        started_from=1,
        by=read_anew(colleague),
    )

    with pytest.raises(NewerDraft):
        accept_item(**arguments(assessment, item), version=1, by=lead)
    accept_item(**arguments(assessment, item), version=2, by=lead)

    item.refresh_from_db()
    assert (item.is_draft, item.statement, item.drafted_by_name) == (False, "None trained.", "")


def test_a_lead_brings_the_accepted_item_back(assessment, lead, colleague):
    name(assessment, colleague, by=lead)
    capacity = assessment.cycle.edition.criteria.get(code="capacity")
    item = add_item(
        assessment=assessment,
        kind=ItemKind.VULNERABILITY,
        values=VULNERABILITY | {"criterion": capacity, "review_on": datetime.date(2016, 9, 1)},
        by=lead,
    )
    for started_from, statement in enumerate(("None trained.", "Nobody trained."), start=1):
        change_item(
            **arguments(assessment, item),
            values=VULNERABILITY | {"statement": statement, "criterion": None, "review_on": None},
            started_from=started_from,
            by=read_anew(colleague),
        )

    restore_item(**arguments(assessment, item), version=3, by=lead)

    item.refresh_from_db()
    assert (item.statement, item.criterion, item.review_on, item.is_draft) == (
        "Few trained.", capacity, datetime.date(2016, 9, 1), False,
    )  # fmt: skip


def test_a_contributor_removes_a_draft_and_nothing_accepted(assessment, lead, colleague):
    name(assessment, colleague, by=lead)
    accepted = accepted_item(assessment, lead)
    draft = drafted_item(assessment, colleague)
    person = read_anew(colleague)

    with pytest.raises(PolicyDenied):
        remove_item(**arguments(assessment, accepted), started_from=1, by=person)
    change_item(
        **arguments(assessment, accepted),
        values=VULNERABILITY | {"statement": "Gone."},
        started_from=1,
        by=person,
    )
    with pytest.raises(PolicyDenied):
        remove_item(**arguments(assessment, accepted), started_from=2, by=person)
    remove_item(**arguments(assessment, draft), started_from=1, by=person)

    assert [row.identity for row in assessment.vulnerabilities.all()] == [accepted.identity]
