"""Saving answers: nobody's words are lost, whoever else writes."""

import pytest

from assessments.domain.items import add_item, change_item, move_item, remove_item
from assessments.domain.responses import save_response
from assessments.enums import AssessmentStatus, ItemKind
from assessments.exceptions import StaleEdit
from assessments.models import Response, ResponseVersion, SetAside
from assessments.selectors import unsettled_words
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from tests.factories import make_cycle, make_person, make_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return make_cycle().assessments.get(threat__code="terrorism")


@pytest.fixture
def lead(assessment):
    return make_person(force=assessment.force, role=Role.FORCE_LEAD, threat="terrorism")


@pytest.fixture
def colleague(assessment):
    return make_person(force=assessment.force, role=Role.CONTRIBUTOR, threat="terrorism")


def response_to(assessment, code="threat-picture"):
    return assessment.responses.get(question__code=code)


def save(response, text, *, started_from, by):
    return save_response(
        response=response, text=text, rating=None, started_from=started_from, by=by
    )


def test_the_first_words_start_the_assessment(assessment, lead):
    saved = save(response_to(assessment), "What we see.", started_from=0, by=lead)

    assessment.refresh_from_db()
    assert (saved.text, saved.version, saved.updated_by) == ("What we see.", 1, lead)
    assert assessment.status == AssessmentStatus.IN_PROGRESS


def test_every_saved_version_is_kept(assessment, lead):
    response = response_to(assessment)
    save(response, "One.", started_from=0, by=lead)
    save(response, "Two.", started_from=1, by=lead)

    kept = ResponseVersion.objects.filter(response=response).values_list("version", "text")
    assert list(kept) == [(1, "One."), (2, "Two.")]


def test_saving_what_stands_there_changes_nothing(assessment, lead):
    response = response_to(assessment)
    save(response, "One.", started_from=0, by=lead)
    events = AuditEvent.objects.count()

    again = save(response, "One.", started_from=0, by=lead)

    assert again.version == 1
    assert AuditEvent.objects.count() == events


def test_a_stale_save_replaces_nothing_and_keeps_the_words(assessment, lead, colleague):
    response = response_to(assessment)
    save(response, "Hers.", started_from=0, by=colleague)

    with pytest.raises(StaleEdit) as caught:
        save(response, "His.", started_from=0, by=lead)

    assert caught.value.newer.text == "Hers."
    assert Response.objects.get(pk=response.pk).text == "Hers."
    assert [kept.values["text"] for kept in unsettled_words(assessment, lead)] == ["His."]
    assert not unsettled_words(assessment, colleague).exists()


def test_choosing_what_should_stand_settles_the_words_set_aside(assessment, lead, colleague):
    response = response_to(assessment)
    save(response, "Hers.", started_from=0, by=colleague)
    with pytest.raises(StaleEdit):
        save(response, "His.", started_from=0, by=lead)

    save(response, "Hers and his.", started_from=1, by=lead)

    assert not unsettled_words(assessment, lead).exists()
    assert SetAside.objects.count() == 1  # kept all the same


def test_an_answer_left_alone_does_not_disturb_a_newer_one(assessment, lead, colleague):
    response = response_to(assessment)
    save(response, "Old.", started_from=0, by=lead)
    save(response, "New.", started_from=1, by=colleague)

    stands = save(response, "Old.", started_from=1, by=lead)  # lead's page still shows "Old."

    assert stands.text == "New."
    assert not SetAside.objects.exists()


def test_a_submitted_assessment_takes_no_words():
    assessment = make_submitted()
    response = response_to(assessment)

    with pytest.raises(PolicyDenied, match="locked"):
        save(response, "Late.", started_from=response.version, by=assessment.submitted_by)


def test_a_reviewer_cannot_write_an_answer(assessment):
    acc = make_person(force=assessment.force, role=Role.ACC_SECURITY)

    with pytest.raises(PolicyDenied):
        save(response_to(assessment), "Mine.", started_from=0, by=acc)


def test_a_lead_of_another_threat_cannot_write_an_answer(assessment):
    other = make_person(force=assessment.force, role=Role.FORCE_LEAD, threat="cyber")

    with pytest.raises(PolicyDenied):
        save(response_to(assessment), "Mine.", started_from=0, by=other)


def vulnerability(text):
    return {"statement": text, "likelihood": "low", "impact": "high"}


def test_a_stale_change_to_an_item_keeps_the_words(assessment, lead, colleague):
    kind = ItemKind.VULNERABILITY
    item = add_item(assessment=assessment, kind=kind, values=vulnerability("First"), by=lead)
    arguments = {"assessment": assessment, "kind": kind, "identity": item.identity}
    change_item(**arguments, values=vulnerability("Hers"), started_from=1, by=colleague)

    with pytest.raises(StaleEdit) as caught:
        change_item(**arguments, values=vulnerability("His"), started_from=1, by=lead)

    assert caught.value.newer.statement == "Hers"
    assert caught.value.kept.values["statement"] == "His"


def test_changing_a_removed_item_keeps_the_words(assessment, lead):
    kind = ItemKind.VULNERABILITY
    item = add_item(assessment=assessment, kind=kind, values=vulnerability("First"), by=lead)
    arguments = {"assessment": assessment, "kind": kind, "identity": item.identity}
    other_lead = make_person(force=assessment.force, role=Role.FORCE_LEAD, threat="terrorism")
    remove_item(**arguments, started_from=1, by=other_lead)

    with pytest.raises(StaleEdit) as caught:
        change_item(**arguments, values=vulnerability("His"), started_from=1, by=lead)

    assert caught.value.newer is None
    assert caught.value.kept.values["statement"] == "His"


def test_an_item_changed_meanwhile_is_not_removed(assessment, lead, colleague):
    kind = ItemKind.VULNERABILITY
    item = add_item(assessment=assessment, kind=kind, values=vulnerability("First"), by=lead)
    arguments = {"assessment": assessment, "kind": kind, "identity": item.identity}
    change_item(**arguments, values=vulnerability("Hers"), started_from=1, by=colleague)

    with pytest.raises(StaleEdit):
        remove_item(**arguments, started_from=1, by=lead)

    assert assessment.vulnerabilities.get().statement == "Hers"


def test_items_change_places(assessment, lead):
    kind = ItemKind.RECOMMENDATION
    for text in ("to do one thing.", "to do another.", "to do a third."):
        values = {"addressee": "Chief Constable", "text": text}
        add_item(assessment=assessment, kind=kind, values=values, by=lead)
    last = assessment.recommendations.last()

    move_item(assessment=assessment, kind=kind, identity=last.identity, up=True, by=lead)
    move_item(assessment=assessment, kind=kind, identity=last.identity, up=True, by=lead)
    move_item(assessment=assessment, kind=kind, identity=last.identity, up=True, by=lead)

    assert [row.text for row in assessment.recommendations.all()] == [
        "to do a third.",
        "to do one thing.",
        "to do another.",
    ]


def test_a_person_cannot_set_what_is_not_theirs_to_set(assessment, lead):
    values = vulnerability("First") | {"order": 99, "version": 7, "identity": "mine"}

    item = add_item(assessment=assessment, kind=ItemKind.VULNERABILITY, values=values, by=lead)

    assert (item.order, item.version) == (1, 1)
    assert item.identity != "mine"
