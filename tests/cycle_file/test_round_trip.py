"""What is dumped loads to the same rows, and dumps to the same bytes."""

from __future__ import annotations

import datetime
import hashlib
from base64 import b64encode

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.domain.assessments import return_assessment
from assessments.domain.comments import add_comment
from assessments.domain.items import add_item, change_item, remove_item
from assessments.domain.responses import save_response
from assessments.enums import ItemKind
from assessments.exceptions import StaleEdit
from assessments.models import Cycle
from reports.document import Audience, Paper, to_json
from reports.domain.compose import compose_paper
from reports.models import PaperTemplate
from spr_portal.cycle_file.dumping import cycle_data
from spr_portal.cycle_file.loading import load_cycle
from spr_portal.cycle_file.writing import to_yaml
from spr_portal.demonstration import FILES
from spr_portal.identity.enums import Role
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
    lead.name, lead.post = "Another name", "Another post"
    lead.save()
    compose_paper(cycle=cycle, template=PaperTemplate.objects.get(), by=reviewer)
    return Cycle.objects.get(pk=cycle.pk)


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
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\n\t"
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
        texts | groups({"text": texts}, by=people, at=times, version=st.integers(1, 9)),
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
    comments=upto(groups({"text": texts, "by": people, "at": times})),
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
