"""What a paper says and how it is numbered, asserted as data."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.builder import build_paper
from reports.checks import findings_of, sentences_that_block
from reports.document import (
    Audience,
    CrossReference,
    Text,
    from_json,
    plain,
    to_json,
)
from reports.editions import for_audience
from reports.snapshot import (
    AssessmentWords,
    RecommendationWords,
    SectionWords,
    Snapshot,
    Words,
)


def words(text, *, public=True, identity=None, **fields):
    return Words(
        identity=identity or f"p-{abs(hash(text))}",
        text=text,
        is_public=public,
        withheld_under="" if public else "Section 31 (law enforcement)",
        **fields,
    )


def section(identity, *paragraphs, kind="wording", has_numbers=True, threat_code="", level=2):
    return SectionWords(
        identity=identity,
        kind=kind,
        heading=identity.capitalize(),
        level=level,
        has_numbers=has_numbers,
        threat_code=threat_code,
        paragraphs=paragraphs,
    )


def recommendation(identity, *, public=True, outcome="", status="open", text="to act."):
    return RecommendationWords(
        identity=identity,
        heading="Terrorism",
        addressee="Chief Constable",
        text=text,
        is_public=public,
        withheld_under="" if public else "Section 31 (law enforcement)",
        status=status,
        status_label=status.replace("_", " ").capitalize(),
        outcome=outcome,
        year="2015-16",
    )


def assessment(*summary, is_approved=True):
    return AssessmentWords(
        reference="wmp-2016-17-terrorism",
        label="Terrorism",
        is_approved=is_approved,
        approved_by="Ann Approver, ACC Security",
        approved_at=None,
        content_hash="0" * 64,
        summary=summary,
    )


def snapshot(*sections, recommendations=(), last_year=(), assessments=None):
    return Snapshot(
        reference="WMP SPR 2016-17",
        force_name="West Midlands Police",
        board_name="Strategic Policing and Crime Board",
        year="2016-17",
        title="Strategic Policing Requirement",
        agenda_item="",
        report_of="Chief Constable",
        author="",
        marking="OFFICIAL",
        as_at=datetime.date(2016, 8, 31),
        tasked_on=datetime.date(2016, 2, 15),
        due_on=datetime.date(2016, 8, 31),
        executive_on=datetime.date(2017, 1, 16),
        board_on=datetime.date(2017, 2, 7),
        threats=("Child sexual abuse", "Terrorism"),
        sections=sections,
        assessments=assessments or {},
        recommendations=tuple(recommendations),
        last_year=tuple(last_year),
    )


def problems_of(at):
    return sentences_that_block(findings_of(at, build_paper(at, is_draft=True)))


def build(*args, **fields):
    return build_paper(snapshot(*args, **fields), is_draft=False)


def test_numbers_run_on_over_all_headings_and_skip_sections_without_numbers():
    paper = build(
        section("purpose", words("One.")),
        section("financial", words("See below."), has_numbers=False),
        section("introduction", words("Two."), words("Three.")),
    )

    assert [p.number for p in paper.paragraphs()] == [1, None, 2, 3]


def test_a_blank_line_parts_paragraphs_and_a_dash_makes_a_bullet():
    paper = build(section("purpose", words("First.\n\nThese:\n- one\n- two\n\nLast.")))

    assert [
        (p.number, plain(p.inlines), [plain(b) for b in p.bullets]) for p in paper.paragraphs()
    ] == [
        (1, "First.", []),
        (2, "These:", ["one", "two"]),
        (3, "Last.", []),
    ]


def test_a_reference_follows_renumbering():
    text = words("As per [[recommendation:submit]].")
    note, submit = recommendation("note"), recommendation("submit")

    before = build(section("financial", text), recommendations=[note, submit])
    after = build(section("financial", text), recommendations=[submit, note])

    assert next(before.paragraphs()).inlines[1] == CrossReference("submit", "recommendation 2")
    assert next(after.paragraphs()).inlines[1] == CrossReference("submit", "recommendation 1")


def test_an_unknown_reference_is_a_problem_and_stays_as_typed():
    at = snapshot(
        section("financial", words("See [[recommendation:gone]].")),
        recommendations=[recommendation("note")],
    )

    assert problems_of(at) == ["The reference [[recommendation:gone]] leads nowhere."]
    assert plain(next(build_paper(at, is_draft=True).paragraphs()).inlines) == (
        "See [[recommendation:gone]]."
    )


def test_double_brackets_in_an_assessment_mean_nothing():
    paper = build(
        section("terrorism", kind="threat", threat_code="terrorism"),
        assessments={"terrorism": assessment(words("We saw [[board-date]] there."))},
    )

    assert next(paper.paragraphs()).inlines == (Text("We saw [[board-date]] there."),)


def test_an_unapproved_assessment_gives_no_word_and_is_a_problem():
    at = snapshot(
        section("terrorism", kind="threat", threat_code="terrorism"),
        assessments={"terrorism": assessment(words("UNAPPROVED"), is_approved=False)},
        recommendations=[recommendation("note")],
    )

    assert "UNAPPROVED" not in to_json(build_paper(at, is_draft=True))
    assert problems_of(at) == ["The assessment on Terrorism is not approved."]


def test_threats_are_listed_in_the_order_of_a_list():
    paper = build(section("introduction", words("These:", list_source="threats")))

    assert [plain(b) for b in next(paper.paragraphs()).bullets] == [
        "Child sexual abuse",
        "Terrorism",
    ]


def test_outcomes_of_last_year_are_told_and_a_missing_one_is_a_problem():
    done = recommendation("a", outcome="The report was acknowledged.", status="completed")
    going = recommendation("b", outcome="Half of it is in place.", status="in_progress")
    silent = recommendation("c")
    at = snapshot(
        section("introduction", words("Since then:", list_source="outcomes")),
        last_year=[done, going, silent],
        recommendations=[recommendation("note")],
    )

    paragraph = next(build_paper(at, is_draft=True).paragraphs())
    assert [plain(b) for b in paragraph.bullets] == [
        "The report was acknowledged.",
        "In progress: Half of it is in place.",
        "Open: no outcome has been reported.",
    ]
    assert problems_of(at) == ["Recommendation 3 of 2015/16 has no outcome."]


def test_a_restricted_outcome_is_told_in_the_full_edition_only():
    open_one = recommendation("a", outcome="Done by all.", status="completed")
    secret = recommendation("b", public=False, outcome="SECRET", status="in_progress")
    paper = build(
        section("introduction", words("Since then:\n- of old", list_source="outcomes")),
        last_year=[open_one, secret],
    )
    public = for_audience(paper, Audience.PUBLIC)

    told = [[plain(b) for b in next(p.paragraphs()).bullets] for p in (paper, public)]
    assert told == [
        ["of old", "Done by all.", "In progress: SECRET"],
        ["of old", "Done by all.", "Recommendation 2 is withheld."],
    ]
    assert from_json(to_json(paper)) == paper
    assert "SECRET" not in to_json(public)


def test_without_a_last_year_the_words_for_an_empty_list_stand():
    paper = build(
        section(
            "introduction",
            words("Since then:", list_source="outcomes", text_when_empty="None were made."),
        )
    )

    paragraph = next(paper.paragraphs())
    assert (plain(paragraph.inlines), paragraph.bullets) == ("None were made.", ())


def test_a_paragraph_is_traced_to_the_answer_it_came_from():
    paper = build(
        section("terrorism", kind="threat", threat_code="terrorism"),
        assessments={"terrorism": assessment(words("Read me.", identity="3f2a"))},
    )

    assert next(paper.paragraphs()).source.reference == "wmp-2016-17-terrorism/3f2a"


def test_the_public_edition_keeps_numbers_and_says_what_is_withheld():
    paper = build(
        section(
            "purpose", words("Open."), words("SECRET\n- SECRET too", public=False), words("Last.")
        ),
        recommendations=[recommendation("a"), recommendation("b", public=False, text="SECRET")],
    )
    public = for_audience(paper, Audience.PUBLIC)

    assert [p.number for p in public.paragraphs()] == [p.number for p in paper.paragraphs()]
    assert "SECRET" in to_json(paper)
    assert "SECRET" not in to_json(public)
    assert [plain(p.inlines) for p in public.paragraphs()][1] == (
        "This paragraph is withheld under section 31 (law enforcement) "
        "of the Freedom of Information Act 2000."
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.booleans(), st.lists(st.tuples(st.text(max_size=60), st.booleans()), max_size=5)
        ),
        max_size=6,
    )
)
def test_any_paper_is_read_back_from_json_as_it_was_and_numbers_are_one_run(parts):
    paper = build(
        *(
            section(
                f"s{index}",
                *(
                    words(text, public=public, identity=f"{index}-{at}")
                    for at, (text, public) in enumerate(texts)
                ),
                has_numbers=has_numbers,
            )
            for index, (has_numbers, texts) in enumerate(parts)
        )
    )

    numbers = [p.number for p in paper.paragraphs() if p.number is not None]
    public = for_audience(paper, Audience.PUBLIC)
    assert numbers == list(range(1, len(numbers) + 1))
    assert from_json(to_json(paper)) == paper
    assert from_json(to_json(public)) == public
