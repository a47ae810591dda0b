"""What is dumped loads to the same rows, and dumps to the same bytes."""

from __future__ import annotations

import datetime
import hashlib
from base64 import b64encode

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessments.domain import file_store
from assessments.domain.assessments import return_assessment
from assessments.domain.comments import add_comment
from assessments.domain.contributors import name_contributor
from assessments.domain.items import add_item, change_item, remove_item
from assessments.domain.responses import save_response
from assessments.enums import ItemKind
from assessments.exceptions import StaleEdit
from assessments.models import (
    CarriedAnswer,
    Comment,
    Cycle,
    Evidence,
    EvidenceFile,
    EvidenceReference,
)
from reports.document import Audience, Paper, to_json
from reports.domain.compose import compose_paper
from reports.models import PaperTemplate
from spr_portal.cycle_file.dumping import cycle_data
from spr_portal.cycle_file.loading import load_cycle
from spr_portal.cycle_file.writing import to_yaml
from spr_portal.demonstration import FILES
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Appointment
from spr_portal.strict_yaml import DIRECTIONS
from tests.cycle_file.files import SMALL, database_content, seven_threats
from tests.factories import make_approved, make_cycle, make_force, make_person, make_submitted

pytestmark = pytest.mark.django_db


def loaded(*paths) -> tuple[dict, list[str]]:
    """What files leave in the database, and the dumps of their cycles; all of it is then undone."""
    with transaction.atomic():
        cycles = [load_cycle(path) for path in paths]
        dumps = [to_yaml(cycle_data(Cycle.objects.get(pk=cycle.pk))) for cycle in cycles]
        content = database_content()
        transaction.set_rollback(True)
    return content, dumps


def assert_lossless(write, *texts: str) -> None:
    first = [write(text, f"first-{number}.yaml") for number, text in enumerate(texts)]
    content, dumps = loaded(*first)
    again = [write(text, f"again-{number}.yaml") for number, text in enumerate(dumps)]

    content_again, dumps_again = loaded(*again)

    assert content_again == content
    assert dumps_again == dumps


def test_the_demonstration_is_lossless(shipped, write):
    assert_lossless(write, *(path.read_text() for path in FILES))


@pytest.mark.parametrize("text", [SMALL, seven_threats()], ids=["five threats", "seven threats"])
def test_a_file_written_by_hand_is_lossless(shipped, write, text):
    assert_lossless(write, text)


def test_a_later_year_may_be_loaded_before_an_earlier_one(shipped, write):
    content, dumps = loaded(*FILES)
    one, two = (write(text, f"{number}.yaml") for number, text in enumerate(dumps))

    content_again, dumps_again = loaded(two, one)

    assert (content_again, dumps_again) == (content, [dumps[1], dumps[0]])


def test_what_people_did_in_the_portal_is_lossless(shipped, write):
    with transaction.atomic():
        cycle = _a_year_with_everything()
        text = to_yaml(cycle_data(cycle))
        content = database_content()
        transaction.set_rollback(True)

    content_again, (text_again,) = loaded(write(text))

    assert text_again == text
    assert content_again == content
    assert "Exercise: Anvil" in text


def _a_year_with_everything() -> Cycle:
    force = make_force("wmp")
    reviewer = make_person(force=force, role=Role.ACC_SECURITY)
    cycle = make_cycle(force=force, by=reviewer)
    make_approved(cycle=cycle, threat="terrorism", by=reviewer)
    returned = make_submitted(cycle=cycle, threat="public-order")
    add_comment(assessment=returned, place="capacity-rating", text="Why: 'so'?", by=reviewer)
    returned = return_assessment(assessment=returned, reason="- because\n\n# yes", by=reviewer)
    lead = make_person(force=force, role=Role.FORCE_LEAD, threat="public-order")
    response = returned.responses.get(question__code="threat-picture")
    save_response(response=response, text="1e3", rating=None, started_from=1, by=lead)
    with pytest.raises(StaleEdit):
        save_response(response=response, text="2016-08-31", rating=None, started_from=1, by=lead)
    values = {"statement": "null", "likelihood": "low", "impact": "high"}
    item = add_item(assessment=returned, kind=ItemKind.VULNERABILITY, values=values, by=lead)
    change_item(
        assessment=returned, kind=ItemKind.VULNERABILITY, identity=item.identity,
        values=values | {"statement": " ~ "}, started_from=1, by=lead,
    )  # fmt: skip
    gone = returned.summary.get()
    remove_item(
        assessment=returned, kind=ItemKind.SUMMARY, identity=gone.identity, started_from=1, by=lead
    )
    _what_stands_around(returned, lead, reviewer)
    lead.name, lead.post = "Another name", "Another post"
    lead.save()
    compose_paper(cycle=cycle, template=PaperTemplate.objects.get(), by=reviewer)
    return Cycle.objects.get(pk=cycle.pk)


def _what_stands_around(assessment, lead, reviewer) -> None:
    """Last year's words, a contributor with drafts, threads, a proposal, evidence with a file."""
    helper = make_person(force=assessment.force)
    codes = ["delivery-local", "delivery-regional"]
    name_contributor(assessment=assessment, person=helper, question_codes=codes, by=lead)
    draft = assessment.responses.get(question__code="delivery-local")
    save_response(response=draft, text="A draft.", rating=None, started_from=1, by=helper)
    CarriedAnswer.objects.create(
        response=draft, year="2015-16", threat_label="Public order", text="- Then\n- and there",
    )  # fmt: skip
    rating = assessment.responses.get(question__code="capacity-rating")
    CarriedAnswer.objects.create(
        response=rating, year="2015-16", threat_label="Public order", rating_code="amber",
        rating_label="Amber", rating_tone="yellow", rating_symbol="A", scale_code="x",
    )  # fmt: skip
    thread = add_comment(assessment=assessment, place="delivery-local", text="Who?", by=lead)
    Comment.objects.create(
        assessment=assessment, thread=thread, place=thread.place, text="Us.", by=helper,
        by_name="As it was then", at=thread.at,
    )  # fmt: skip
    Comment.objects.filter(pk=thread.pk).update(
        resolved_at=thread.at, resolved_by=lead, resolved_by_name="Another name"
    )
    Comment.objects.create(
        assessment=assessment, place="capacity-rating", text="Worse.", by=reviewer,
        by_name=reviewer.name, at=thread.at, proposed_rating=rating.rating, outcome="withdrawn",
        resolved_at=thread.at,
    )  # fmt: skip
    finding = {"body": "HMIC", "report": "PEEL", "finding_kind": "other", "text": "Do: it."}
    old = add_item(assessment=assessment, kind=ItemKind.FINDING, values=finding, by=lead)
    type(old).objects.filter(pk=old.pk).update(is_reviewed=False, first_raised="2012-13")
    change_item(
        assessment=assessment, kind=ItemKind.VULNERABILITY, started_from=2,
        identity=assessment.vulnerabilities.get().identity,
        values={"statement": "By a contributor.", "status": "closed", "outcome": "Gone."},
        by=make_person(force=assessment.force, role=Role.CONTRIBUTOR, threat="public-order"),
    )  # fmt: skip
    _evidence_with_a_file(assessment, lead)
    Appointment.objects.create(
        person=helper, role=Role.FORCE_LEAD, threat_code="public-order", acting_for=lead,
        starts_on=datetime.date(2016, 5, 1), ends_on=datetime.date(2016, 5, 9),
    )  # fmt: skip


def _evidence_with_a_file(assessment, lead) -> None:
    entry = Evidence.objects.create(
        force=assessment.force, kind="exercise", title="Exercise: Anvil", handling="Ask first",
        marking="OFFICIAL-SENSITIVE", expires_on=datetime.date(2017, 1, 1), is_shared=True,
        added_by=lead, added_at=assessment.cycle.opened_at,
    )  # fmt: skip
    Evidence.objects.create(
        force=assessment.force, kind="stra", title="Cited nowhere", added_by=lead,
        added_at=assessment.cycle.opened_at,
    )  # fmt: skip
    EvidenceReference.objects.create(
        assessment=assessment, order=1, kind="exercise", title="Exercise: Anvil", evidence=entry,
        expires_on=datetime.date(2017, 1, 1), backs=["delivery-local", "capacity-local"],
    )  # fmt: skip
    content = b"%PDF-1.7 \x00 bytes"
    for status in ("passed", "refused"):
        file = EvidenceFile.objects.create(
            evidence=entry, name="anvil: report.pdf", content_type="application/pdf",
            size=len(content), sha256=hashlib.sha256(content).hexdigest(), status=status,
            is_scanned=True, scanned_at=entry.added_at, added_by=lead, added_at=entry.added_at,
        )  # fmt: skip
        if status == "passed":
            path = file_store.path_of(file.identity)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


# --- Generated years: every text is one that could be typed, and several that look like YAML.

AWKWARD = (
    "yes", "no", "null", "~", "1e3", "012", "12:30", "2016-08-31", "2016-17", "- a", "-", "? b",
    ": c", "a: b", "a #b", "#c", "&d", "*e", "!f", "%g", "@h", "`i`", "'j'", '"k"', "{l}", "[m]",
    " leading", "trailing ", "trailing \n", "\nleading line", "a\n\n\nb", "a\n - b\n\n  c",
    "- one\n- two", "|", ">", "<<", "=", "---", "...", "--- a", "\ttab", "a\tb", "a\\b", "£é—…",
    "\u2028", "\u2029", "\ufeffx", "\u00a0", "\r\n", "a\rb", "👩‍🚒", "e\u0301", "x" * 300,
    "word " * 60, "a\n" + "word " * 60, "  \n  ", "[[Not one]]", "\U0010fffd",
)  # fmt: skip
_CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc"),
    exclude_characters="\ufffe\uffff" + DIRECTIONS,
    include_characters="\n\t",
)
texts = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(_CHARACTERS, min_size=1, max_size=120),
    st.lists(st.sampled_from(AWKWARD), min_size=1, max_size=3).map("\n".join),
)
lines = st.one_of(st.sampled_from(AWKWARD), st.text(_CHARACTERS, min_size=1, max_size=60)).map(
    lambda text: text[:90]
)
figures = st.integers(0, 2**31 - 1)
dates = st.dates(datetime.date(2000, 1, 1), datetime.date(2040, 1, 1))
times = st.datetimes(
    datetime.datetime(2010, 1, 1), datetime.datetime(2040, 1, 1), timezones=st.just(datetime.UTC)
).map(lambda moment: moment.isoformat())
exemptions = st.sampled_from(["section 22", "section 24", "section 31", "section 43"])
people = st.sampled_from(["a@x.example", "b@x.example", {"name": "Nobody's Child"}]) | st.builds(
    lambda name, post: {"email": "b@x.example", "name": name, "post": post}, lines, lines
)


def groups(needed: dict, **optional):
    return st.fixed_dictionaries(needed, optional=optional)


def upto(strategy, most: int = 2):
    return st.lists(strategy, max_size=most)


summaries = groups({"text": texts}, withheld_under=exemptions, version=st.integers(1, 9))
assessments = groups(
    {"summary": upto(texts | summaries, 3).filter(bool)},
    answers=st.dictionaries(
        st.sampled_from(["threat-picture", "capacity-local", "inspection"]),
        texts
        | groups(
            {"text": texts}, by=people, at=times, version=st.integers(1, 9), accepted=st.just(0)
        ),
        max_size=3,
    ),
    figures=upto(
        groups(
            {"unit": lines, "level": st.sampled_from(["local", "regional", "national"])},
            required=figures,
            held=figures,
            held_on=dates,
            projected=figures,
            source=lines,
            withheld_under=exemptions,
        )
    ),
    vulnerabilities=upto(
        groups(
            {"statement": texts, "likelihood": st.just("low"), "impact": st.just("high")},
            mitigation=texts,
            criterion=st.sampled_from(["capacity", "connectivity"]),
        )
    ),
    findings=upto(
        groups(
            {"body": lines, "report": lines, "finding_kind": st.just("other"), "text": texts},
            grade=lines.map(lambda text: text[:60]),
            due_on=dates,
            status=st.sampled_from(["open", "in_progress", "closed"]),
            outcome=texts,
            first_raised=st.just("2012-13"),
            reviewed=st.booleans(),
            draft_by=lines,
            accepted_values=st.dictionaries(lines, texts, min_size=1, max_size=2),
        )
    ),
    evidence=upto(
        groups(
            {"kind": st.just("stra"), "title": lines},
            expires_on=dates,
            backs=st.just(["threat-picture", "capacity-local"]),
            entry=st.just("shared"),
        )
    ),
    carried=st.dictionaries(
        st.sampled_from(["threat-picture", "capacity-rating"]),
        groups(
            {"year": st.just("2015-16"), "threat_label": lines},
            text=texts,
            rating_code=st.just("amber"),
            rating_symbol=lines.map(lambda text: text[:8]),
        ),
        max_size=2,
    ),
    contributors=st.just([])
    | st.builds(
        lambda at, codes: [
            {"person": "a@x.example", "named_by": "yes", "named_at": at, "questions": codes}
        ],
        times,
        st.sampled_from([["threat-picture"], ["capacity-local", "threat-picture"]]),
    ),
    comments=upto(groups({"text": texts, "by": people, "at": times}))
    | st.builds(
        lambda text, by, at, reply: [
            {
                "identity": "root",
                "text": text,
                "by": by,
                "at": at,
                "resolved": {"by": by, "at": at},
                "place": "threat-picture",
            },
            {"identity": "reply", "text": reply, "by": by, "at": at, "thread": "root"},
            {
                "text": text,
                "by": by,
                "at": at,
                "place": "capacity-rating",
                "proposed_rating": "red",
            },
        ],
        texts,
        people,
        times,
        texts,
    ),
    set_aside=upto(
        st.builds(
            lambda text, by, at, places: {
                "place": "threat-picture",
                "values": {"text": text, "rating": None},
                "started_from": places,
                "by": by,
                "at": at,
            },
            texts,
            st.just("a@x.example"),
            times,
            figures,
        )
    ),
)
recommendations = groups(
    {"addressee": lines, "text": texts},
    heading=lines, threats=st.just(["cyber"]), withheld_under=exemptions, outcome=texts,
    status=st.sampled_from(["open", "completed", "superseded"]), outcome_on=dates,
)  # fmt: skip
wording = st.builds(
    lambda heading, paragraphs, numbered: {
        "heading": heading, "numbered": numbered, "paragraphs": paragraphs,
    },
    lines,
    upto(texts | groups({"text": texts}, list=st.just("threats"), withheld_under=exemptions)),
    st.booleans(),
)  # fmt: skip
_DOCUMENT = to_json(
    Paper(
        title="T", force_name="F", board_name="B", meeting_on=datetime.date(2017, 2, 7), header=(),
        marking="OFFICIAL", audience=Audience.FULL, edition_label="Full edition", is_draft=False,
        reference="R", sections=(),
    )
)  # fmt: skip


def _issue(paper: dict, content: bytes, by, title: str) -> dict:
    return paper | {
        "status": "issued",
        "agreed": {"by": "b@x.example", "document": "0" * 64},
        "issued": {
            "title": title, "board_name": title, "board_on": datetime.date(2017, 2, 7),
            "template": {"code": "spr-board-paper", "version": 1}, "by": by,
            "at": "2017-01-20T10:00:00.000001+00:00", "approvals": {"paper": {"name": title}},
            "libraries": {"Django": "5"}, "document": _DOCUMENT,
            "document_hash": hashlib.sha256(_DOCUMENT.encode()).hexdigest(),
            "files": [
                {
                    "audience": "public", "format": "pdf", "name": "a.pdf",
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "content": b64encode(content).decode(),
                }
            ],
        },
    }  # fmt: skip


drafts = st.builds(
    lambda title, sections: {
        "title": title, "sections": [*sections, {"threat": "cyber"}, {"kind": "recommendations"}],
    },
    lines, upto(wording),
)  # fmt: skip
papers = drafts | st.builds(_issue, drafts, st.binary(max_size=300), people, lines)
years = st.builds(
    lambda edition, assessments, earlier, rows, paper: {
        "format": 1,
        "force": {"code": "x", "name": "X", "short_name": "X", "board_name": "B"},
        "people": [
            {"name": "yes", "email": "a@x.example"},
            {"name": "B", "post": "1e3", "email": "b@x.example",
             "appointments": [{"role": "acc_security", "from": datetime.date(2016, 1, 1)}]},
        ],
        "cycle": {
            "year": "2016-17", "edition": edition, "as_at": datetime.date(2016, 8, 31),
            "tasked_on": datetime.date(2016, 4, 1), "due_on": datetime.date(2016, 8, 31),
            "executive_on": datetime.date(2017, 1, 9), "board_on": datetime.date(2017, 2, 7),
        },
        "previous_recommendations": {"year": "2014-15", "recommendations": earlier},
        "evidence": [{"identity": "shared", "kind": "stra", "title": "The STRA"}],
        "assessments": assessments,
        "recommendations": rows,
        "paper": paper,
    },
    st.sampled_from(["2012-07", "2015-03"]),
    st.fixed_dictionaries(
        {},
        optional={
            "terrorism": assessments,
            "cyber": assessments.map(lambda words: words | {"approved": {"by": "b@x.example"}}),
            "public-order": assessments.map(lambda words: words | {"submitted": {"by": "yes"}}),
        },
    ),
    upto(recommendations, 3),
    upto(recommendations, 3),
    papers,
)  # fmt: skip


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),  # making a failing year smaller takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(year=years)
def test_any_year_is_lossless(shipped, write, year):
    assert_lossless(write, to_yaml(year))


@given(text=texts)
def test_any_text_reads_back_as_it_was_written(text):
    to_yaml({"a": text, "b": [text], text[:50]: {"c": text}})  # it reads its own words back


def test_a_dump_to_standard_output_is_the_file(small, capsysbinary, tmp_path):
    path = tmp_path / "dump.yaml"
    call_command("dump_cycle", force="nth", cycle="2012-13", output=str(path), verbosity=0)

    call_command("dump_cycle", force="nth", cycle="2012-13", output="-", verbosity=0)

    assert capsysbinary.readouterr().out == path.read_bytes()
