"""The content of an assessment as data: equal words, equal data, whatever the database."""

import datetime

import pytest

from assessments.domain.content import (
    ITEM_FIELDS,
    ITEM_MODELS,
    approval_stands,
    content_of,
    item_values,
    without_usual,
)
from assessments.domain.items import add_item
from assessments.enums import ItemKind
from assessments.models import SummaryParagraph
from spr_portal.identity.enums import Role
from tests.factories import fill_in, make_approved, make_cycle, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    """One with two items in every list, every field of the first filled in."""
    assessment = make_cycle().assessments.get(threat__code="terrorism")
    lead = make_person(force=assessment.force, role=Role.FORCE_LEAD, threat="terrorism")
    fill_in(assessment, by=lead)
    edition = assessment.cycle.edition
    every = {
        "unit": "Police support units", "level": "local", "required": 19, "held": 62,
        "required_by": "Planning assumptions", "held_on": datetime.date(2016, 8, 31),
        "projected": 50, "projected_by": datetime.date(2016, 12, 31), "accessible": 120,
        "accessible_through": "Mutual aid", "source": "Return – “autumn”", "is_public": False,
        "withheld_under": "section 31", "criterion": edition.criteria.first(),
        "statement": "Line one\n- bullet\n\nÅngström", "likelihood": "low", "impact": "high",
        "mitigation": "None, yet", "owner": "A", "review_on": datetime.date(2017, 1, 1),
        "kind": "stra", "title": "STRA", "dated": datetime.date(2016, 4, 1), "kept_at": "Shelf",
        "part": edition.parts.first(), "addressee": "Chief Constable", "text": 'to "act".',
        "escalation": "To the board", "status": "closed", "outcome": "Trained",
        "body": "HMICFRS", "report": "Public order", "finding_kind": "recommendation",
        "reference": "4", "grade": "Good", "response": "Training", "backs": ["capacity-local"],
        "due_on": datetime.date(2017, 3, 1), "expires_on": datetime.date(2018, 3, 1),
        "marking": "OFFICIAL-SENSITIVE", "handling": "For the Executive Team only",
    }  # fmt: skip
    bare = {
        ItemKind.FIGURE: {"unit": "Officers", "level": "national", "is_public": True, "held": 0},
        ItemKind.VULNERABILITY: {"statement": "S", "likelihood": "low", "impact": "low"},
        ItemKind.FINDING: {"body": "B", "report": "R", "finding_kind": "other", "text": "t"},
        ItemKind.EVIDENCE: {"kind": "stra", "title": "T"},
        ItemKind.RECOMMENDATION: {"addressee": "A", "text": "t"},
        ItemKind.SUMMARY: {"text": "t", "is_public": True},
    }
    for kind in ItemKind:
        add_item(assessment=assessment, kind=kind, values=every, by=lead)
        add_item(assessment=assessment, kind=kind, values=bare[kind], by=lead)
    return assessment


def test_items_read_at_once_are_what_their_rows_hold(assessment):
    content = content_of(assessment)

    for kind, model in ITEM_MODELS.items():
        rows = model.objects.filter(assessment=assessment)
        held = [{"identity": row.identity, **item_values(kind, row)} for row in rows]
        assert content[kind] == [without_usual(kind, values) for values in held]
        left_out = {"is_public"} if kind == ItemKind.EVIDENCE else set()  # its usual value
        assert set(max(content[kind], key=len)) == {"identity", *ITEM_FIELDS[kind]} - left_out


def test_content_takes_two_queries(assessment, django_assert_num_queries):
    with django_assert_num_queries(2):
        content_of(assessment)


def test_a_change_behind_the_portals_back_voids_the_approval():
    assessment = make_approved()
    assert approval_stands(assessment)

    SummaryParagraph.objects.filter(assessment=assessment).update(text="Other words.")

    assert not approval_stands(assessment)
