"""Every word of a file is in what is proposed or in the list of what is not placed."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.past_papers.proposal import from_json, to_json
from reports.past_papers.source import Line, Place, Source, numbered
from reports.past_papers.structure import propose
from tests.past_papers.papers import LABELS
from tests.past_papers.reading import assert_nothing_lost

PRINTED = """Recommendation Recommendations R1 1. 2. 1.1 (a) a) (i) • - o – : The Board Chief
    Constable is asked to note it recommended that Terrorism TERRORISM SOC Contents 7 February 2017
    Page 1 of 2 OFFICIAL None Report of: Author: self- assess- ment WMP force 2016 AGENDA ITEM
    ........ 12 should support 3(a) ﬁnal é Ⅻ ² İ ß"""
texts = st.one_of(
    st.lists(st.sampled_from(PRINTED.split()), min_size=1, max_size=14).map(" ".join),
    st.text(min_size=1, max_size=40),
)
lines = st.builds(
    Line,
    text=texts,
    page=st.integers(1, 3),
    mark=st.sampled_from(["", "", "", "1.", "•", "(a)", "Recommendation 2:"]),
    level=st.sampled_from([0, 0, 0, -1, 1, 2]),
    is_bold=st.booleans(),
    size=st.sampled_from([0.0, 10.0, 14.0]),
    left=st.sampled_from([0.0, 70.0, 90.0]),
    right=st.sampled_from([0.0, 200.0, 520.0]),
    has_gap=st.sampled_from([True, False, None]),
    is_edge=st.booleans(),
    is_whole=st.booleans(),
    place=st.sampled_from([Place.BODY] * 8 + list(Place)),
)
# Most lines of a paper look alike and go on from one another.
usual = st.builds(
    Line,
    text=texts,
    page=st.integers(1, 3),
    size=st.just(10.0),
    left=st.just(70.0),
    right=st.sampled_from([300.0, 520.0, 520.0]),
    has_gap=st.sampled_from([False, False, False, True]),
)
rows = st.builds(
    Line,
    text=st.just(""),
    page=st.integers(1, 3),
    table=st.integers(1, 2),
    cells=st.lists(texts, min_size=2, max_size=4).map(tuple),
    has_gap=st.just(True),
)
sources = st.builds(
    lambda found, is_wrapped: Source(
        numbered(sorted(found, key=lambda line: line.page)), is_wrapped, pages=3
    ),
    st.lists(st.one_of(lines, usual, usual, usual, rows), max_size=40),
    st.booleans(),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sources)
def test_no_word_is_dropped_or_doubled(source):
    proposal = propose(source, LABELS)

    assert_nothing_lost(source, proposal)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sources)
def test_a_proposal_travels_as_json(source):
    proposal = propose(source, LABELS)

    assert from_json(to_json(proposal)) == proposal
