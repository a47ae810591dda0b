"""The registers across threats: who sees what, what is found, what is taken away."""

import datetime

import pytest
from django.urls import reverse

from assessments.domain.capacity import shortfall
from assessments.domain.severity import severity_of
from assessments.enums import Impact, ItemKind, Likelihood, RegisterStatus, Severity
from assessments.forms.registers import REGISTER_FORMS
from assessments.models import CapacityFigure, Finding, Vulnerability
from assessments.register_selectors import FALLS_SHORT, SORTS, weighs, weight
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from tests.assessments.office import (
    DEFAULTS,
    FAR_AHEAD,
    LONG_AGO,
    NAMES,
    acc_client,
    office,
    page,
    rows_of,
    shown,
)
from tests.factories import make_cycle, make_person

__all__ = ["acc_client", "office"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", NAMES)
def test_empty_register_says_where_its_items_come_from(acc_client, name):
    assert "Nothing has been entered yet" in page(acc_client, name)
    assert len(rows_of(acc_client, name)) == 1


@pytest.mark.parametrize("name", NAMES)
def test_force_without_a_cycle_has_an_empty_register(client, name):
    client.force_login(make_person(role=Role.ACC_SECURITY))

    assert "Nothing has been entered yet" in page(client, name)
    address = reverse("assessments:register", args=[name])
    assert client.get(address, {"format": "csv"}).status_code == 404


def test_reviewers_see_every_threat_and_leads_their_own(client, office):
    office.add(ItemKind.VULNERABILITY, statement="Of terrorism.")
    office.add(ItemKind.VULNERABILITY, "cyber", statement="Of cyber.")
    seen = {
        office.acc: {"Of terrorism.", "Of cyber."},
        make_person(force=office.force, role=Role.STAFF_OFFICER): {"Of terrorism.", "Of cyber."},
        make_person(force=office.force, role=Role.EXECUTIVE): {"Of terrorism.", "Of cyber."},
        office.leads["terrorism"]: {"Of terrorism."},
        make_person(force=office.force, role=Role.CONTRIBUTOR, threat="cyber"): {"Of cyber."},
        make_person(force=office.force, role=Role.FORCE_LEAD, threat="public-order"): set(),
        make_person(role=Role.ACC_SECURITY): None,
    }
    for person, words in seen.items():
        client.force_login(person)
        html = page(client, "vulnerabilities")
        assert {text for text in ("Of terrorism.", "Of cyber.") if text in html} == (words or set())
        if words is not None:
            assert set(shown(client, "vulnerabilities", "Vulnerability")) == words


@pytest.mark.parametrize("role", [Role.OPCC, Role.ADMINISTRATOR, None])
def test_others_have_no_registers(client, office, role):
    item = office.add(ItemKind.VULNERABILITY)
    client.force_login(make_person(force=office.force, role=role))

    for address in [
        reverse("assessments:registers"),
        reverse("assessments:register", args=["vulnerabilities"]),
        reverse("assessments:register", args=["vulnerabilities"]) + "?format=csv",
        reverse("assessments:item_history", args=["vulnerabilities", item.identity]),
    ]:
        assert client.get(address).status_code == 403
    assert not AuditEvent.objects.filter(action="register.exported").exists()


def test_registers_begin_with_capacity(acc_client):
    response = acc_client.get(reverse("assessments:registers"))

    assert response.url == reverse("assessments:register", args=["capacity"])


def test_figures_stand_with_what_is_missing_of_them(office, acc_client):
    office.add(ItemKind.FIGURE, unit="Vans", required=19, held=15, projected=25)
    office.add(
        ItemKind.FIGURE,
        "cyber",
        unit="Units",
        required=19,
        held=71,
        projected=62,
        projected_by=datetime.date(2016, 12, 31),
    )

    assert shown(acc_client, "capacity", "Unit", sort="unit") == ["Units", "Vans"]
    assert shown(acc_client, "capacity", "Shortfall now", sort="unit") == ["0", "4"]
    assert shown(acc_client, "capacity", "Shortfall projected", sort="unit") == ["0", "0"]
    assert shown(acc_client, "capacity", "Unit", is_short="on") == ["Vans"]
    assert "by 31 December 2016" in page(acc_client, "capacity")


def test_accessible_units_cover_no_shortfall(office, acc_client):
    office.add(ItemKind.FIGURE, required=19, held=15, accessible=100, accessible_through="Others")

    assert shown(acc_client, "capacity", "Unit", is_short="on") == ["Vans"]


def test_largest_shortfall_comes_first(office, acc_client):
    for unit, held in [("One", 18), ("Nine", 10), ("None", 40), ("Five", 14)]:
        office.add(ItemKind.FIGURE, unit=unit, required=19, held=held)
    office.add(ItemKind.FIGURE, unit="Unknown", held=None, required=1_000)

    units = shown(acc_client, "capacity", "Unit", sort="shortfall")

    assert units[:3] == ["Nine", "Five", "One"]
    assert set(units[3:]) == {"None", "Unknown"}


VULNERABILITIES = {
    "mild": {"statement": "Mild one."},
    "grave": {
        "statement": "Grave one.",
        "likelihood": "high",
        "impact": "high",
        "owner": "Head of Ops",
        "review_on": LONG_AGO,
    },
    "closed": {
        "statement": "Closed one.",
        "status": "closed",
        "outcome": "Done.",
        "review_on": LONG_AGO,
    },
    "carried": {"statement": "Carried one.", "is_reviewed": False, "review_on": FAR_AHEAD},
}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["grave", "mild", "closed", "carried"]),
        ({"severity": "very_high"}, ["grave"]),
        ({"severity": "medium"}, []),
        ({"status": "closed"}, ["closed"]),
        ({"status": "not_closed"}, ["grave", "mild", "carried"]),
        ({"owner": "ops HEAD"}, ["grave"]),
        ({"words": "grave"}, ["grave"]),
        ({"is_overdue": "on"}, ["grave"]),
        ({"is_unreviewed": "on"}, ["carried"]),
        ({"threat": "cyber"}, []),
        ({"criterion": "capacity"}, []),
        ({"sort": "review", "status": "not_closed"}, ["grave", "carried", "mild"]),
        ({"severity": "very_high", "status": "closed"}, []),
    ],
)
def test_vulnerabilities_are_found_by_what_is_asked(office, acc_client, asked, found):
    for values in VULNERABILITIES.values():
        office.add(ItemKind.VULNERABILITY, **values)

    statements = shown(acc_client, "vulnerabilities", "Vulnerability", **asked)

    assert statements == [VULNERABILITIES[name]["statement"] for name in found]
    html = page(acc_client, "vulnerabilities", **asked)
    assert [text for text in statements if text not in html] == []
    assert ("Nothing in this year’s register is like that" in html) == (not found)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Due long ago.", "Due later.", "Not due."]),
        ({"is_overdue": "on"}, ["Due long ago."]),
        ({"finding_kind": "cause_of_concern"}, ["Due later."]),
        ({"words": "hmicfrs later"}, ["Due later."]),
        ({"status": "in_progress"}, ["Not due."]),
    ],
)
def test_findings_are_found_by_what_is_asked(office, acc_client, asked, found):
    office.add(ItemKind.FINDING, text="Not due.", status="in_progress")
    office.add(
        ItemKind.FINDING, text="Due later.", due_on=FAR_AHEAD, finding_kind="cause_of_concern"
    )
    office.add(ItemKind.FINDING, text="Due long ago.", due_on=LONG_AGO)

    assert shown(acc_client, "findings", "Finding", **asked) == found


def test_newest_year_is_shown_unless_another_is_asked_for(office, acc_client):
    office.add(ItemKind.VULNERABILITY, statement="Of this year.")
    before = make_cycle(by=office.acc, year="2015-16")
    Vulnerability.objects.create(
        assessment=office.assessment(cycle=before), order=1, **DEFAULTS[ItemKind.VULNERABILITY]
    )

    assert shown(acc_client, "vulnerabilities", "Vulnerability") == ["Of this year."]
    assert shown(acc_client, "vulnerabilities", "Vulnerability", year="2015-16") == ["Few."]


HOSTILE = ["x", "' OR 1=1 --", "\x00", "‮", "9" * 500, "<script>alert(1)</script>", "../../etc"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_choices_are_refused_in_words(office, acc_client, name, typed):
    for kind in REGISTER_FORMS:
        office.add(kind)
    address = reverse("assessments:register", args=[name])

    for field in ["year", "threat", "level", "severity", "status", "criterion", "sort", "page",
                  "owner", "words", "is_short", "is_overdue", "finding_kind"]:  # fmt: skip
        response = acc_client.get(address, {field: typed})
        assert response.status_code == 200, field
        assert b"<script>alert" not in response.content
        as_file = acc_client.get(address, {field: typed, "format": "csv"}).status_code
        assert as_file == (404 if b"There is a problem" in response.content else 200), field
    assert acc_client.get(address, {"format": typed}).status_code == 404


def test_register_of_another_name_is_not_found(acc_client):
    address = reverse("assessments:register", args=["secrets"])

    assert acc_client.get(address).status_code == 404


@pytest.mark.parametrize("number", [1, 60])
@pytest.mark.parametrize("name", NAMES)
def test_registers_take_the_same_queries_for_more_items(
    office, acc_client, django_assert_max_num_queries, name, number
):
    for year in ["2013-14", "2014-15", "2015-16"] if number > 1 else []:
        make_cycle(by=office.acc, year=year)
    for assessment in office.cycle.assessments.all():
        for order in range(number):
            for kind, model in zip(
                REGISTER_FORMS, (CapacityFigure, Vulnerability, Finding), strict=True
            ):
                model.objects.create(assessment=assessment, order=order, **DEFAULTS[kind])
    acc_client.get(reverse("assessments:register", args=[name]))

    with django_assert_max_num_queries(8):
        html = page(acc_client, name, page="2")
    with django_assert_max_num_queries(14):  # with the audit
        assert len(rows_of(acc_client, name)) == 6 * number + 1

    assert ("Page 2" in html) == (number > 1)


@pytest.mark.parametrize("kind", REGISTER_FORMS)
def test_every_order_that_is_offered_exists(kind):
    assert {value for value, _ in REGISTER_FORMS[kind].sorts} == set(SORTS[kind])


def test_database_weighs_as_the_rule_does(office):
    for likelihood in Likelihood:
        for impact in Impact:
            office.add(ItemKind.VULNERABILITY, likelihood=likelihood, impact=impact)

    for row in Vulnerability.objects.annotate(weight=weight()):
        assert list(Severity)[row.weight] == severity_of(row.likelihood, row.impact)
    for severity in Severity:
        found = Vulnerability.objects.filter(weighs(severity))
        assert {severity_of(row.likelihood, row.impact) for row in found} == {severity}


def test_database_finds_the_shortfalls_of_the_rule(office):
    numbers = [None, 0, 18, 19, 20]
    CapacityFigure.objects.bulk_create(
        CapacityFigure(
            assessment=office.assessment(),
            order=1,
            unit="U",
            level="local",
            is_public=True,
            required=required,
            held=held,
            projected=projected,
        )
        for required in numbers
        for held in numbers
        for projected in numbers
    )

    short = set(CapacityFigure.objects.filter(FALLS_SHORT).values_list("pk", flat=True))

    for row in CapacityFigure.objects.all():
        missing = shortfall(required=row.required, held=row.held, projected=row.projected)
        assert (row.pk in short) == missing.is_any


def test_every_status_can_be_asked_for(office, acc_client):
    for status in RegisterStatus:
        page(acc_client, "findings", status=status)
        page(acc_client, "vulnerabilities", status=status)
