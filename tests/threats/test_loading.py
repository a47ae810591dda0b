"""An edition is loaded whole or not at all, and what is wrong with its file is told."""

import datetime
import hashlib
import shutil

import pytest
from django.core.management import CommandError, call_command

from assessments.models import Assessment
from spr_portal.audit.models import AuditEvent
from spr_portal.strict_yaml import DataFileError
from tests.factories import make_cycle
from threats.loading import load_edition, shipped_editions
from threats.models import (
    Criterion,
    Edition,
    Question,
    RatingPoint,
    RatingScale,
    Relation,
    Threat,
    ThreatMapping,
)

pytestmark = pytest.mark.django_db

FIVE_CS = ["capacity", "capability", "contribution", "consistency", "connectivity"]
FOUR_PS = ["pursue", "prevent", "protect", "prepare"]


def test_the_shipped_editions_list_their_threats_in_the_order_of_the_source(editions):
    listed = {
        code: list(edition.threats.values_list("label", flat=True))
        for code, edition in editions.items()
    }

    assert listed == {
        "2012-07": [
            "Terrorism",
            "Civil emergencies",
            "Organised crime",
            "Public order",
            "Large-scale cyber incidents",
        ],
        "2015-03": [
            "Child sexual abuse",
            "National cyber security incident",
            "Public order",
            "Civil emergencies",
            "Terrorism",
            "Serious and organised crime",
        ],
        "2023-02": [
            "Violence against women and girls",
            "Terrorism",
            "Serious and organised crime",
            "National cyber event",
            "Child sexual abuse",
            "Public disorder",
            "Civil emergencies",
        ],
    }


def test_the_date_of_issue_is_told_as_precisely_as_it_is_known(editions):
    assert [edition.issued_in_words for edition in editions.values()] == [
        "July 2012",
        "March 2015",
        "20 February 2023",
    ]
    assert editions["2015-03"].issued_on == datetime.date(2015, 3, 1)


@pytest.mark.parametrize("code", ["2012-07", "2015-03", "2023-02"])
def test_each_shipped_edition_asks_the_same_permanent_questions(editions, code):
    asked = Question.objects.filter(part__edition=editions[code])

    assert set(asked.values_list("code", flat=True)) == {
        "threat-picture",
        "threat-level",
        "delivery-local",
        "delivery-regional",
        "delivery-national",
        "command-and-control",
        "structures-and-resources",
        "inspection",
        *(f"{c}-{end}" for c in FIVE_CS for end in ["rating", "local", "regional", "national"]),
        *FOUR_PS,
    }
    assert asked.count() == 32
    assert {q.level for q in asked if q.code.endswith("-regional")} == {"regional"}
    assert all(q.guidance for q in asked)


def test_the_four_ps_are_put_to_three_threats_and_to_nobody_by_force(editions):
    for edition in editions.values():
        four = Question.objects.filter(part__edition=edition, part__code="four-ps")

        assert [q.code for q in four] == FOUR_PS
        assert not any(q.is_required for q in four)
        assert {tuple(sorted(q.threat_codes)) for q in four} == {
            ("cyber", "serious-organised-crime", "terrorism")
        }


def test_only_the_first_edition_reads_capacity_and_contribution_under_one_heading(editions):
    groups = {
        code: [c.group_label for c in edition.criteria.all()] for code, edition in editions.items()
    }

    assert groups["2012-07"] == [
        "Capacity and contribution",
        "Capacity and contribution",
        "Capability",
        "Consistency",
        "Connectivity",
    ]
    assert groups["2015-03"] == groups["2023-02"] == [code.capitalize() for code in FIVE_CS]


def test_each_rating_scale_offers_not_rated_in_grey_and_last(editions):
    for scale in RatingScale.objects.prefetch_related("points"):
        points = list(scale.points.all())

        assert [p.is_not_rated for p in points] == [False] * (len(points) - 1) + [True]
        assert points[-1].tone == "grey"
        assert all(p.symbol for p in points)
    assert RatingScale.objects.count() == 12
    assert set(
        RatingScale.objects.filter(is_proposed=True).values_list("edition__code", "code")
    ) == {(code, "red-amber-green") for code in editions}


def test_the_editions_map_each_threat_from_the_one_before(editions):
    told = {
        (m.edition.code, m.threat.code, m.threat.label): (m.relation, str(m.earlier_threat))
        for m in ThreatMapping.objects.exclude(relation=Relation.SAME)
    }

    assert told == {
        ("2015-03", "serious-organised-crime", "Serious and organised crime"): (
            "renamed",
            "Organised crime",
        ),
        ("2015-03", "cyber", "National cyber security incident"): (
            "renamed",
            "Large-scale cyber incidents",
        ),
        ("2015-03", "child-sexual-abuse", "Child sexual abuse"): ("new", "None"),
        ("2023-02", "violence-against-women-and-girls", "Violence against women and girls"): (
            "new",
            "None",
        ),
        ("2023-02", "cyber", "National cyber event"): (
            "renamed",
            "National cyber security incident",
        ),
        ("2023-02", "public-order", "Public disorder"): ("renamed", "Public order"),
    }


def test_a_line_break_inside_a_paragraph_of_the_file_is_not_one_on_the_page(editions):
    guidance = Question.objects.get(
        part__edition=editions["2015-03"], code="consistency-local"
    ).guidance

    assert guidance.splitlines() == [
        (
            "- Which standards and which authorised professional practice apply, and where the "
            "force departs from them and why"
        ),
        "- Whether teams in different parts of the force work in the same way",
        "- Whether local partners train and plan with the force",
    ]


def test_loading_an_edition_is_recorded_once(edition_file):
    path = edition_file()

    first = load_edition(path)
    second = load_edition(path)

    assert first == second
    event = AuditEvent.objects.get()
    assert (event.action, event.subject) == ("edition.loaded", "edition 2031-01")
    assert event.details["checksum"] == first.checksum


def test_loading_what_is_loaded_takes_one_query_a_file(editions, django_assert_num_queries):
    with django_assert_num_queries(3):
        for path in shipped_editions():
            load_edition(path)


def test_an_edition_nobody_uses_yet_can_be_loaded_anew(edition_file):
    load_edition(edition_file())

    edition = load_edition(edition_file(lambda e: e.update(title="Corrected")))

    assert [e.title for e in Edition.objects.all()] == ["Corrected"]
    assert edition.threats.count() == Threat.objects.count() == 8
    assert AuditEvent.objects.count() == 2


def test_an_edition_in_use_never_changes(editions, tmp_path):
    before = editions["2015-03"].checksum  # the 2023 edition says how it follows from this one
    corrected = tmp_path / "2015-03.yaml"
    shutil.copy(shipped_editions()[1], corrected)
    corrected.write_text(corrected.read_text().replace("Capacity", "Strength"))

    with pytest.raises(DataFileError) as caught:
        load_edition(corrected)

    assert str(caught.value) == (
        "2015-03.yaml, line 4, code: edition 2015-03 is already in use with other content, and an "
        "edition in use never changes. Give the corrected edition a code of its own, such as "
        "2015-03-b."
    )
    assert Edition.objects.get(code="2015-03").checksum == before
    assert Criterion.objects.filter(label="Strength").count() == 0
    assert AuditEvent.objects.count() == 3


def test_an_edition_a_cycle_is_pinned_to_never_changes(edition_file):
    edition = load_edition(edition_file())
    make_cycle(edition=edition)

    with pytest.raises(DataFileError, match="edition 2031-01 is already in use"):
        load_edition(edition_file(lambda e: e.update(title="Corrected")))

    corrected = load_edition(edition_file(lambda e: e.update(code="2031-01-b", title="Corrected")))
    assert Edition.objects.get(code="2031-01") == edition
    assert corrected != edition
    assert Assessment.objects.filter(threat__edition=edition).count() == 8


# Installed portals hold these; an edited file would be refused there at the next start.
RELEASED = {
    "2012-07.yaml": "d70c634301d0742ab426ac553bdb2a46cc0737e3f93f30b7fe4383c64d743325",
    "2015-03.yaml": "543dcdf0653a5d36f8ec96b7daaeb0ddc435116d2af8c0883fb3e4d2bbe281f5",
    "2023-02.yaml": "d526a344721be6e0d6e338734954a46db62617e7118d0e1c533b536925c3601a",
}


def test_a_released_edition_is_never_edited():
    """To correct one, ship another file under a code of its own (docs/editions.md)."""
    sums = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in shipped_editions()}

    assert {name: sums.get(name) for name in RELEASED} == RELEASED


def points(edition):
    return edition["rating_scales"][0]["points"]


def questions(edition):
    return edition["parts"][0]["questions"]


def two_scales(edition):
    edition["rating_scales"].append({**edition["rating_scales"][0], "code": "other"})


def grouped(**group):
    def change(edition):
        edition["criteria"] += [
            {"code": code, "label": code, "definition": "…"} for code in ["a", "b"]
        ]
        edition["parts"] += [
            {
                "code": code,
                "label": code,
                "criterion": code,
                "questions": [{"code": code, "kind": "rating", "prompt": "?"}],
            }
            for code in ["a", "b"]
        ]
        edition["criterion_groups"] = [{"code": "g", "label": "G", **group}]

    return change


def mapped(*rows):
    def change(edition):
        edition["mappings"] = [{"earlier_edition": "2012-07", "threats": list(rows)}]

    return change


# What is done to a good file, and what the error must then say. The comparison with the
# whole reason is left to the tests of the schema's words; here each rule is met once.
BAD_FILES = {
    "no code": (lambda e: e.pop("code"), "line 1: “code” is missing."),
    "a month that is none": (
        lambda e: e.update(issued_on="2031-13"),
        "line 3, issued_on: expected a date such as 2023-02-20, or a month such as 2015-03",
    ),
    "an unknown entry": (lambda e: e.update(titel="x"), "titel: “titel” is not known here"),
    "a code in capitals": (
        lambda e: e["threats"][0].update(code="Floods"),
        "threats[0].code: expected a short code of small letters, digits and single hyphens",
    ),
    "a code that ends in a line break": (
        lambda e: e["threats"][0].update(code="floods\n"),
        "threats[0].code: expected a short code of small letters, digits and single hyphens",
    ),
    "a label of two lines": (
        lambda e: e["threats"][0].update(label="Floods\nand storms"),
        "threats[0].label: expected one line of text without spaces around it",
    ),
    "a label that is too long": (
        lambda e: e["threats"][0].update(label="F" * 121),
        "threats[0].label: this text has 121 characters; at most 120 are allowed.",
    ),
    "a text of spaces": (
        lambda e: e.update(source="   "),
        "source: expected some text; found an empty text.",
    ),
    "a threat twice": (
        lambda e: e["threats"].append({"code": "fraud", "label": "Fraud"}),
        "threats[8].code: the threat “fraud” is already listed above.",
    ),
    "an order with a stranger": (
        lambda e: e["orders"]["section"].append("plague"),
        "orders.section[8]: “plague” is not a threat of this edition; it has drones, ",
    ),
    "an order that leaves a threat out": (
        lambda e: e["orders"].update(section=["floods"]),
        "orders.section: the order for “section heading” leaves out fraud, drones, ",
    ),
    "an order that names a threat twice": (
        lambda e: e["orders"]["section"].append("floods"),
        "orders.section: an entry stands in this list twice.",
    ),
    "a criterion nobody asks about": (
        lambda e: e["parts"][0].pop("criterion"),
        "criteria[0]: no part asks about “capacity”",
    ),
    "a part about an unknown criterion": (
        lambda e: e["parts"][0].update(criterion="courage"),
        "parts[0].criterion: “courage” is not a criterion of this edition.",
    ),
    "two parts about one criterion": (
        lambda e: e["parts"].append(
            {
                **e["parts"][0],
                "code": "more",
                "questions": [{"code": "x", "kind": "rating", "prompt": "?"}],
            }
        ),
        "parts[1].criterion: the part “capacity” already asks about “capacity”.",
    ),
    "a criterion without a rating": (
        lambda e: questions(e).pop(0),
        "parts[0].questions: a part that asks about a criterion needs exactly one rating question.",
    ),
    "a part twice": (
        lambda e: e["parts"].append(
            {"code": "capacity", "label": "More", "questions": [{"code": "x", "prompt": "?"}]}
        ),
        "parts[1].code: the part “capacity” is already listed above.",
    ),
    "a question twice": (
        lambda e: e["parts"].append(
            {"code": "more", "label": "More", "questions": [{"code": "pumps", "prompt": "?"}]}
        ),
        "parts[1].questions[0].code: the question “pumps” is already asked in the part “capacity”.",
    ),
    "a question to an unknown threat": (
        lambda e: questions(e)[2].update(threats=["plague"]),
        "parts[0].questions[2].threats[0]: “plague” is not a threat of this edition",
    ),
    "a group of an unknown criterion": (
        grouped(criteria=["a", "courage"]),
        "criterion_groups[0].criteria[1]: “courage” is not a criterion of this edition",
    ),
    "a group of criteria that stand apart": (
        grouped(criteria=["capacity", "b"]),
        "criterion_groups[0].criteria: the criteria of a group must stand next to each other",
    ),
    "a group with the code of another criterion": (
        grouped(code="capacity", criteria=["a", "b"]),
        "criterion_groups[0].criteria: the group has the code of the criterion “capacity”",
    ),
    "no scale proposed": (
        lambda e: e["rating_scales"][0].pop("proposed"),
        "rating_scales: one rating scale must be proposed",
    ),
    "two scales proposed": (
        two_scales,
        "rating_scales[1].proposed: only one rating scale can be proposed, and “simple” already",
    ),
    "a scale without not rated": (
        lambda e: points(e)[1].update(not_rated=False, tone="red"),
        "rating_scales[0].points: the scale “simple” needs a point that is not a rating",
    ),
    "not rated in green": (
        lambda e: points(e)[1].update(tone="green"),
        "rating_scales[0].points[1].tone: “not rated” must be grey, so that it never looks good.",
    ),
    "a rating in grey": (
        lambda e: points(e)[0].update(tone="grey"),
        "rating_scales[0].points[0].tone: grey is kept for “not rated”",
    ),
    "two points not rated": (
        lambda e: points(e)[0].update(tone="grey", not_rated=True),
        "rating_scales[0].points[1].not_rated: only one point of a scale can be “not rated”.",
    ),
    "a mapping from an edition that is not loaded": (
        lambda e: e.update(
            mappings=[{"earlier_edition": "1999-01", "threats": [{"relation": "new"}]}]
        ),
        "mappings[0].earlier_edition: edition “1999-01” is not loaded; load it first",
    ),
    "a mapping from itself": (
        lambda e: e.update(
            mappings=[{"earlier_edition": "2031-01", "threats": [{"relation": "new"}]}]
        ),
        "mappings[0].earlier_edition: an edition cannot follow from itself.",
    ),
    "a mapping from an unknown threat": (
        mapped({"earlier": "plague", "threat": "floods", "relation": "split"}),
        "mappings[0].threats[0].earlier: “plague” is not a threat of the earlier edition",
    ),
    "a mapping to an unknown threat": (
        mapped({"earlier": "terrorism", "threat": "plague", "relation": "split"}),
        "mappings[0].threats[0].threat: “plague” is not a threat of this edition",
    ),
    "a mapping that leaves a threat out": (
        mapped({"threat": "floods", "relation": "new"}),
        "mappings[0].threats: the threat “civil-emergencies” of edition 2012-07 is not mapped.",
    ),
    "a new threat with an earlier one": (
        mapped({"earlier": "terrorism", "threat": "floods", "relation": "new"}),
        "mappings[0].threats[0].earlier: a new threat has no earlier one",
    ),
    "a retired threat with a later one": (
        mapped({"earlier": "terrorism", "threat": "floods", "relation": "retired"}),
        "mappings[0].threats[0].threat: a retired threat is not in this edition",
    ),
    "a renamed threat without an earlier one": (
        mapped({"threat": "floods", "relation": "renamed"}),
        "mappings[0].threats[0]: “earlier” is missing",
    ),
    "a threat that changes its code": (
        mapped({"earlier": "civil-emergencies", "threat": "floods", "relation": "renamed"}),
        "mappings[0].threats[0]: a threat keeps its code when it is the same or renamed",
    ),
    "a threat mapped twice": (
        mapped(
            {"earlier": "terrorism", "threat": "terrorism", "relation": "same"},
            {"earlier": "terrorism", "threat": "drones", "relation": "split"},
        ),
        "mappings[0].threats[0].relation: “terrorism” of edition 2012-07 is mapped more than once",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD_FILES)
def test_a_bad_file_is_refused_with_line_and_reason_and_nothing_is_kept(fault, edition_file):
    load_edition(shipped_editions()[0])
    change, expected = BAD_FILES[fault]
    path = edition_file(change)

    with pytest.raises(DataFileError) as caught:
        load_edition(path)

    found = [line for line in str(caught.value).splitlines() if expected in line]
    assert found, str(caught.value)
    assert found[0].startswith("2031-01.yaml, line ")
    assert list(Edition.objects.values_list("code", flat=True)) == ["2012-07"]
    assert (
        Question.objects.filter(code="pumps").count()
        == RatingPoint.objects.filter(label="Good", scale__code="simple").count()
        == 0
    )


def test_the_line_told_is_the_line_at_fault(edition_file):
    path = edition_file(lambda e: points(e)[1].update(tone="green"))

    with pytest.raises(DataFileError) as caught:
        load_edition(path)

    line = caught.value.problems[0].line
    assert path.read_text().splitlines()[line - 1].strip() == "tone: green"
    assert "symbol: –" in path.read_text().splitlines()[line]


def test_a_made_up_edition_of_eight_threats_needs_no_code(edition_file, capsys):
    call_command("load_editions", verbosity=0)
    earlier = [t.code for t in Threat.objects.filter(edition__code="2023-02")]
    rows = [{"earlier": code, "relation": "retired"} for code in earlier if code != "terrorism"]

    def follow_from_2023(edition):
        rows.append({"earlier": "terrorism", "threat": "terrorism", "relation": "same"})
        rows.extend(
            {"threat": t["code"], "relation": "new"}
            for t in edition["threats"]
            if t["code"] != "terrorism"
        )
        edition["mappings"] = [{"earlier_edition": "2023-02", "threats": rows}]

    call_command("load_editions", str(edition_file(follow_from_2023)))

    edition = Edition.objects.get(code="2031-01")
    assert capsys.readouterr().out == (
        "Edition 2031-01 is loaded: Strategic Policing Requirement, January 2031.\n"
    )
    assert edition.threats.count() == 8
    assert edition.mappings.count() == 14
    assert edition.mappings.filter(relation=Relation.RETIRED).count() == 6


def test_the_command_loads_what_is_shipped_and_can_be_run_again(capsys):
    call_command("load_editions")
    call_command("load_editions")

    assert list(Edition.objects.values_list("code", flat=True)) == ["2023-02", "2015-03", "2012-07"]
    assert AuditEvent.objects.count() == 3


def test_the_command_loads_all_its_files_or_none(edition_file):
    good = edition_file()
    bad = edition_file(lambda e: e.update(code="2031-02", issued_on="soon"), "2031-02.yaml")

    with pytest.raises(CommandError) as caught:
        call_command("load_editions", str(good), str(bad))

    assert str(caught.value).startswith("2031-02.yaml, line 3, issued_on: expected a date such as")
    assert "\n" not in str(caught.value)
    assert caught.value.returncode == 1
    assert Edition.objects.count() == 0
    assert AuditEvent.objects.count() == 0
