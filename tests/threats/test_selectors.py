"""What the pages and the paper read of an edition."""

import pytest

from threats.loading import load_edition
from threats.models import Place
from threats.selectors import (
    _parts_for,
    _parts_in,
    all_editions,
    criteria_of,
    mappings_of,
    newest_edition,
    parts_for,
    rating_scales_of,
    threat_labels,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_read_before():
    _parts_for.cache_clear()
    _parts_in.cache_clear()


def named(edition, place):
    return [(row.threat.code, row.label) for row in threat_labels(edition, place)]


def test_the_newest_edition_is_the_one_issued_last(editions):
    assert newest_edition() == editions["2023-02"]
    assert [e.code for e in all_editions()] == ["2023-02", "2015-03", "2012-07"]


def test_without_editions_there_is_no_newest():
    assert newest_edition() is None


def test_the_2015_edition_orders_and_names_its_threats_by_place(editions):
    edition = editions["2015-03"]

    assert named(edition, Place.LIST) == [
        ("child-sexual-abuse", "Child Sexual Abuse"),
        ("cyber", "National Cyber Security Incident"),
        ("public-order", "Public order"),
        ("civil-emergencies", "Civil Emergencies"),
        ("terrorism", "Terrorism"),
        ("serious-organised-crime", "Serious and Organised Crime"),
    ]
    assert named(edition, Place.SECTION) == [
        ("terrorism", "Terrorism"),
        ("serious-organised-crime", "Serious and Organised Crime (SOC)"),
        ("public-order", "Public order"),
        ("civil-emergencies", "Civil Emergencies"),
        ("cyber", "National Cyber Security Incident"),
        ("child-sexual-abuse", "Child Sexual Abuse (CSA)"),
    ]
    assert named(edition, Place.RECOMMENDATION) == [
        ("child-sexual-abuse", "Child Sexual Abuse"),
        ("serious-organised-crime", "Organised Crime"),
        ("cyber", "Cyber Crime"),
        ("terrorism", "Counter Terrorism"),
        ("public-order", "Public Order"),
        ("civil-emergencies", "Civil Emergencies"),
    ]


def test_every_threat_of_every_edition_has_a_label_and_an_order_in_each_place(
    editions, django_assert_num_queries
):
    for edition in editions.values():
        codes = {threat.code for threat in edition.threats.all()}
        for place in Place:
            with django_assert_num_queries(1):
                rows = named(edition, place)

            assert {code for code, _ in rows} == codes
            assert len(rows) == len(codes)
            assert all(label for _, label in rows)


def test_the_parts_of_an_assessment_stand_in_the_order_of_the_task_list(editions):
    parts = parts_for(editions["2015-03"], "terrorism")

    assert [part.code for part in parts] == [
        "threat-picture",
        "delivery",
        "command-and-control",
        "structures-and-resources",
        "inspection",
        "capacity",
        "capability",
        "contribution",
        "consistency",
        "connectivity",
        "four-ps",
    ]
    capacity = parts[5]
    assert (capacity.criterion_code, capacity.criterion_label) == ("capacity", "Capacity")
    assert [(q.code, q.kind, q.level, q.is_required) for q in capacity.questions] == [
        ("capacity-rating", "rating", "", True),
        ("capacity-local", "narrative", "local", True),
        ("capacity-regional", "narrative", "regional", True),
        ("capacity-national", "narrative", "national", True),
    ]


@pytest.mark.parametrize("threat", ["public-order", "civil-emergencies", "child-sexual-abuse"])
def test_a_threat_without_the_four_ps_has_no_such_part(editions, threat):
    assert "four-ps" not in [part.code for part in parts_for(editions["2015-03"], threat)]


def test_the_first_edition_puts_contribution_beside_capacity(editions):
    codes = [part.code for part in parts_for(editions["2012-07"], "terrorism")]

    assert codes[5:8] == ["capacity", "contribution", "capability"]


def test_parts_are_read_with_two_queries_once(editions, django_assert_num_queries):
    with django_assert_num_queries(2):
        first = parts_for(editions["2015-03"], "cyber")
    with django_assert_num_queries(0):
        assert parts_for(editions["2015-03"], "cyber") == first


def test_an_edition_loaded_anew_is_read_anew(edition_file):
    before = parts_for(load_edition(edition_file()), "floods")

    edition = load_edition(edition_file(lambda e: e["parts"][0].update(label="Strength")))

    assert [part.label for part in before] == ["Capacity"]
    assert [part.label for part in parts_for(edition, "floods")] == ["Strength"]


def test_a_question_for_one_threat_is_put_to_no_other(edition_file):
    edition = load_edition(edition_file())

    asked = {
        threat: [q.code for part in parts_for(edition, threat) for q in part.questions]
        for threat in ["floods", "fraud"]
    }

    assert asked == {
        "floods": ["capacity-rating", "capacity-local", "pumps"],
        "fraud": ["capacity-rating", "capacity-local"],
    }


def test_scales_criteria_and_mappings_are_read_with_few_queries(
    editions, django_assert_num_queries
):
    edition = editions["2023-02"]

    with django_assert_num_queries(2):
        scales = {s.code: [p.code for p in s.points.all()] for s in rating_scales_of(edition)}
    with django_assert_num_queries(1):
        criteria = [(c.code, c.group_code) for c in criteria_of(edition)]
    with django_assert_num_queries(1):
        relations = {(m.threat.code, m.earlier_edition.code) for m in mappings_of(edition)}

    assert list(scales) == ["red-amber-green", "one-to-four", "hmicfrs", "assurance"]
    assert scales["hmicfrs"] == [
        "outstanding",
        "good",
        "adequate",
        "requires-improvement",
        "inadequate",
        "not-rated",
    ]
    assert criteria[0] == ("capacity", "capacity")
    assert len(relations) == 7
