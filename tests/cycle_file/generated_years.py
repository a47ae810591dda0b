"""Years made at random: every text is one that could be typed, and several look like YAML."""

from __future__ import annotations

import datetime
import hashlib
from base64 import b64encode

from hypothesis import strategies as st

from reports.document import Audience, Paper, to_json
from spr_portal.strict_yaml import DIRECTIONS

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
