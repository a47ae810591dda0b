"""What comes over where the threats of two editions are not the same."""

from __future__ import annotations

import pytest
import yaml

from assessments.domain.items import add_item
from assessments.enums import ItemKind
from assessments.models import CarriedAnswer
from tests.assessments.years import VULNERABILITY, acc, assessment_of, carried, lead_on, opened, say
from tests.factories import shipped_edition
from threats.loading import load_edition, shipped_editions

__all__ = ["acc"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined(tmp_path, acc):
    """A made-up edition of 2031: two threats joined, one parted, one retired, one new."""
    shipped_edition("2023-02")
    source = next(path for path in shipped_editions() if path.name == "2023-02.yaml")
    edition = yaml.safe_load(source.read_text(encoding="utf-8"))
    edition |= {"code": "2031-01", "title": "The edition of 2031", "issued_on": "2031-01"}
    kept = ("terrorism", "serious-organised-crime", "child-sexual-abuse")
    made = {"disorder": "Disorder", "ransom": "Ransom", "fraud": "Fraud", "drones": "Drones"}
    edition["threats"] = [{"code": code, "label": code.capitalize()} for code in kept]
    edition["threats"] += [{"code": code, "label": label} for code, label in made.items()]
    edition.pop("orders", None)
    for part in edition["parts"]:
        part["questions"] = [row for row in part["questions"] if not row.pop("threats", None)]
    edition["parts"] = [part for part in edition["parts"] if part["questions"]]
    rows = [{"earlier": code, "threat": code, "relation": "same"} for code in kept]
    rows += [
        {"earlier": "public-order", "threat": "disorder", "relation": "merged"},
        {"earlier": "civil-emergencies", "threat": "disorder", "relation": "merged"},
        {"earlier": "cyber", "threat": "ransom", "relation": "split"},
        {"earlier": "cyber", "threat": "fraud", "relation": "split"},
        {"earlier": "violence-against-women-and-girls", "relation": "retired"},
        {"threat": "drones", "relation": "new"},
    ]
    edition["mappings"] = [{"earlier_edition": "2023-02", "threats": rows}]
    path = tmp_path / "2031-01.yaml"
    path.write_text(yaml.dump(edition, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return load_edition(path)


# --- Across editions


def test_a_renamed_threat_brings_its_words_under_the_name_it_had(acc):
    say(opened(acc, "2014-15", "2012-07"), "threat-picture", "Attacks.", threat="cyber")

    cycle = opened(acc, "2015-16", "2015-03")

    row = carried(cycle, threat="cyber")
    assert (row.text, row.threat_label) == ("Attacks.", "Large-scale cyber incidents")


def test_a_new_threat_starts_empty(acc):
    before = opened(acc, "2022-23", "2015-03")
    say(before, "threat-picture", "Words.", threat="child-sexual-abuse")

    cycle = opened(acc, "2023-24", "2023-02")

    assert carried(cycle, threat="child-sexual-abuse").text == "Words."
    assert carried(cycle, threat="violence-against-women-and-girls") is None


def test_editions_that_are_not_neighbours_are_joined_through_those_between(acc):
    say(opened(acc, "2014-15", "2012-07"), "threat-picture", "Marches.", threat="public-order")

    cycle = opened(acc, "2023-24", "2023-02")

    assert carried(cycle, threat="public-order").text == "Marches."


def test_a_threat_that_joins_two_brings_the_words_of_both(acc, joined):
    before = opened(acc, "2023-24", "2023-02")
    amber = before.rating_scale.points.get(code="amber")
    say(before, "threat-picture", "Marches.", threat="public-order")
    say(before, "threat-picture", "Floods.", threat="civil-emergencies")
    say(before, "capacity-local", "Boats.", threat="civil-emergencies")
    say(before, "capacity-rating", rating=amber, threat="public-order")
    say(before, "consistency-rating", rating=amber, threat="public-order")
    green = before.rating_scale.points.get(code="green")
    say(before, "consistency-rating", rating=green, threat="civil-emergencies")

    cycle = opened(acc, "2031-32", "2031-01")

    both = carried(cycle, threat="disorder")
    assert both.text == "Public disorder\n\nMarches.\n\nCivil emergencies\n\nFloods."
    assert both.threat_label == "Public disorder and Civil emergencies"
    one = carried(cycle, "capacity-local", threat="disorder")
    assert (one.text, one.threat_label) == ("Boats.", "Civil emergencies")
    assert carried(cycle, "capacity-rating", threat="disorder").rating_code == "amber"
    assert carried(cycle, "consistency-rating", threat="disorder").rating_code == ""


def test_a_threat_that_was_parted_brings_its_words_to_every_part(acc, joined):
    before = opened(acc, "2023-24", "2023-02")
    say(before, "threat-picture", "Networks.", threat="cyber")

    cycle = opened(acc, "2031-32", "2031-01")

    assert carried(cycle, threat="ransom").text == "Networks."
    assert carried(cycle, threat="fraud").text == "Networks."


def test_a_retired_threats_words_come_nowhere(acc, joined):
    before = opened(acc, "2023-24", "2023-02")
    lead = lead_on(acc, "violence-against-women-and-girls")
    say(before, "threat-picture", "Gone.", threat="violence-against-women-and-girls")
    add_item(
        assessment=assessment_of(before, "violence-against-women-and-girls"),
        kind=ItemKind.VULNERABILITY, values=VULNERABILITY, by=lead,
    )  # fmt: skip

    cycle = opened(acc, "2031-32", "2031-01")

    assert not CarriedAnswer.objects.filter(text__contains="Gone").exists()
    assert not cycle.assessments.filter(vulnerabilities__isnull=False).exists()


def test_a_retired_threats_last_words_are_reached_from_the_years_page(acc, joined, client):
    opened(acc, "2023-24", "2023-02")
    opened(acc, "2031-32", "2031-01")
    client.force_login(acc)

    html = client.get("/cycles/2031-32/").content.decode()

    assert "No longer listed" in html
    assert "/cycles/2023-24/violence-against-women-and-girls/" in html
    assert "No longer listed" not in client.get("/cycles/2023-24/").content.decode()


def test_a_rating_is_not_carried_to_where_words_are_asked_for(acc, tmp_path):
    """An edition may use a question's code for a question of another kind."""
    before = opened(acc, "2023-24", "2023-02")
    say(before, "capacity-local", "Words.")
    say(before, "capacity-rating", rating=before.rating_scale.points.get(code="red"))
    source = next(path for path in shipped_editions() if path.name == "2023-02.yaml")
    edition = yaml.safe_load(source.read_text(encoding="utf-8"))
    edition |= {"code": "2031-01", "title": "The edition of 2031", "issued_on": "2031-01"}
    swapped = {"capacity-local": {"kind": "rating"}, "capacity-rating": {"kind": "narrative"}}
    for part in edition["parts"]:
        for question in part["questions"]:
            question |= swapped.get(question["code"], {})
    threats = [threat["code"] for threat in edition["threats"]]
    rows = [{"earlier": code, "threat": code, "relation": "same"} for code in threats]
    edition["mappings"] = [{"earlier_edition": "2023-02", "threats": rows}]
    path = tmp_path / "2031-01.yaml"
    path.write_text(yaml.dump(edition, sort_keys=False, allow_unicode=True), encoding="utf-8")
    load_edition(path)

    cycle = opened(acc, "2031-32", "2031-01")

    assert carried(cycle, "capacity-local") is None
    assert carried(cycle, "capacity-rating") is None
