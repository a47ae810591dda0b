"""What each check of a paper finds, and what it lets pass."""

import datetime
import time
from dataclasses import replace

import pytest

from reports.beside import Beside, CommentWords, ExpiredEvidence, OverrideWords, Waiver
from reports.builder import build_paper
from reports.checks import CHECKS, Part, findings_of, sentences_that_block
from reports.document import Table, TableCell
from reports.snapshot import Words
from tests.reports.test_builder import assessment, recommendation, section, snapshot, words

NOW = datetime.datetime(2016, 12, 1, 9, 0, tzinfo=datetime.UTC)
NOTE = recommendation("note")


def at(*sections, **fields):
    """A paper that is whole but for what a test puts into it."""
    fields = {"recommendations": [NOTE]} | fields
    beside = fields.pop("beside", Beside())
    return replace(snapshot(*sections, **fields), beside=beside)


def paper_of(*texts, public=True):
    paragraphs = [words(text, public=public, identity=f"p{i}") for i, text in enumerate(texts)]
    return at(section("purpose", *paragraphs))


def found(code, of, document=None):
    document = document or build_paper(of, is_draft=True)
    return [finding for finding in findings_of(of, document) if finding.code == code]


def sentences(code, of, document=None):
    return [finding.sentence for finding in found(code, of, document)]


def test_a_paper_that_is_whole_has_no_findings():
    of = paper_of("This paper is about the Strategic Policing Requirement (SPR). The SPR is met.")

    assert findings_of(of, build_paper(of, is_draft=True)) == []


def test_a_figure_that_shows_nothing_is_found_and_keeps_nothing_from_going_on():
    of = at(section("purpose", words("See:", identity="p", figure_source="capacity")))

    [finding] = found("empty-figure", of)

    assert finding.sentence == (
        "The figure “Capacity against requirement, 2016/17” has nothing to show."
    )
    assert (finding.part, finding.reference) == (Part.PARAGRAPH, "purpose/p")
    assert not finding.blocks


def test_no_two_checks_bear_one_name():
    assert len({module.CODE for module in CHECKS}) == len(CHECKS)


def test_a_threat_without_a_section_is_found():
    of = at(section("purpose", words("Some words.")), assessments={"terrorism": assessment()})

    assert sentences("threat-without-section", of) == [
        "No section of the paper is about Terrorism."
    ]


def test_a_recommendation_to_nobody_is_found():
    nobody = replace(NOTE, addressee=" ")
    of = at(section("purpose", words("Some words.")), recommendations=[NOTE, nobody])

    (finding,) = found("recommendation-without-addressee", of)

    assert (finding.place, finding.is_blocking) == ("Recommendation 2", True)


@pytest.mark.parametrize(
    "text",
    [
        "Each police support unit (PSU) is trained. A PSU deploys at once.",
        "Nineteen police support units (PSUs) are held. Each PSU is trained.",
        "PSU (police support unit) training goes on.",
        "The UK has four nations.",
        "EVERY WORD IS IN CAPITALS",
        "The 5Cs and the 4Ps are considered.",
        "The PSU-style vehicle.",
    ],
)
def test_what_is_spelt_out_or_known_to_all_is_no_finding(text):
    assert sentences("acronym-not-spelt-out", paper_of(text)) == []


def test_an_acronym_never_spelt_out_is_found_once_and_does_not_block():
    of = paper_of("The PSUs are trained.", "Each PSU is paid (in money).")

    (finding,) = found("acronym-not-spelt-out", of)

    assert finding.sentence == "PSU is never spelt out, as in “… (PSU)”."
    assert (finding.place, finding.reference) == ("Paragraph 1", "purpose/p0")
    assert not finding.is_blocking


def test_an_acronym_spelt_out_only_where_the_public_cannot_read_is_found():
    of = at(
        section(
            "purpose",
            words("The police support unit (PSU) stands at Steelhouse Lane.", public=False),
            words("A PSU is trained."),
        )
    )

    assert sentences("acronym-not-spelt-out", of) == [
        "PSU is spelt out only where the public edition withholds it."
    ]


def test_expired_evidence_is_found():
    piece = ExpiredEvidence("e", "STRA 2014", "terrorism", "Terrorism", datetime.date(2016, 3, 1))
    of = at(section("purpose", words("Some words.")), beside=Beside(expired_evidence=(piece,)))

    (finding,) = found("expired-evidence", of)

    assert finding.sentence == (
        "The evidence “STRA 2014”, cited on Terrorism, expired on 1 March 2016: before "
        "31 August 2016, the day that the answers describe."
    )
    assert (finding.part, finding.reference) == (Part.ASSESSMENT, "terrorism")


def test_days_of_the_cycle_that_are_out_of_order_are_found():
    of = replace(paper_of("Some words."), as_at=datetime.date(2017, 3, 1))

    assert sentences("dates", of) == [
        "The answers describe 1 March 2017, which is after the board’s day, 7 February 2017."
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("It was done by 31 June 2016.", "There is no 31 June 2016."),
        ("On Monday 7 February 2017.", "7 February 2017 is a Tuesday, not a Monday."),
        (
            "It goes to the Board on 8 February 2017.",
            "8 February 2017 stands in a sentence about the board, which meets on 7 February 2017.",
        ),
    ],
)
def test_a_day_that_cannot_be_right_is_found(text, sentence):
    assert sentences("dates", paper_of(text)) == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday 7 February 2017 the board meets.",
        "The exercise was on 8 February 2017. The board was told.",
        "The duty dates from 1 January 1829.",
        "The board met on 8 March 2016.",
    ],
)
def test_no_year_and_no_other_meeting_is_guessed_at(text):
    assert sentences("dates", paper_of(text)) == []


def test_a_heading_with_nothing_under_it_is_found():
    of = at(section("purpose", words("Some words.")), section("wellbeing"))

    (finding,) = found("empty-section", of)

    assert finding.sentence == "Nothing stands under the heading “Wellbeing”."
    assert finding.reference == "wellbeing"


def test_a_heading_over_other_headings_is_not_empty():
    of = at(section("threats"), section("cyber", words("Some words."), level=3))

    assert sentences("empty-section", of) == []


def overridden(text="As told.", *, source="As written.", public=True, now=None, **fields):
    """A paper whose summary paragraph is told otherwise, and the summary as it is now."""
    override = OverrideWords(
        threat_code="terrorism", source="s1", source_text=source, text=text, is_left_out=False,
        is_public=True, withheld_under="", clears_withheld=False, marking="OFFICIAL", handling="",
        reason="", by="Alex Acc", at=NOW, version=1,
    )  # fmt: skip
    now = Words(
        "s1", now or source, is_public=public, withheld_under="" if public else "Section 31"
    )
    return at(
        section("terrorism", kind="threat", threat_code="terrorism"),
        assessments={"terrorism": assessment(now)},
        beside=Beside(overrides=(replace(override, **fields),)),
    )


def test_an_override_takes_the_place_of_its_source_and_of_its_number():
    of = overridden("First.\n\nSecond.")

    paragraphs = list(build_paper(of, is_draft=True).paragraphs())

    assert [(p.number, p.inlines[0].text, p.source.kind) for p in paragraphs] == [
        (1, "First.", "override"),
        (2, "Second.", "override"),
    ]


def test_what_is_left_out_takes_no_number():
    of = overridden("", is_left_out=True)

    assert list(build_paper(of, is_draft=True).paragraphs()) == []


def test_an_override_stands_while_its_source_does():
    assert sentences("override-out-of-date", overridden()) == []


@pytest.mark.parametrize("is_left_out", [True, False])
def test_an_override_is_flagged_when_its_source_changes(is_left_out):
    of = overridden(now="As written since.", is_left_out=is_left_out)

    (finding,) = found("override-out-of-date", of)

    assert "the assessment has changed it since" in finding.sentence
    assert (finding.part, finding.reference) == (Part.SUMMARY, "terrorism/s1")
    assert finding.blocks


def test_an_override_whose_source_is_gone_is_flagged_and_not_printed():
    of = overridden("My own words.", source="Gone.", now="Gone.")
    of = replace(of, beside=Beside(overrides=(replace(of.beside.overrides[0], source="s2"),)))

    assert sentences("override-out-of-date", of) == [
        "“My own words.” was written over a paragraph that the assessment no longer has, so it "
        "is not printed."
    ]
    assert [p.inlines[0].text for p in build_paper(of, is_draft=True).paragraphs()] == ["Gone."]


def test_an_override_that_publishes_what_its_lead_withholds_is_found():
    assert len(found("public-over-withheld", overridden(public=False))) == 1
    assert found("public-over-withheld", overridden(public=False, clears_withheld=True)) == []
    assert found("public-over-withheld", overridden(public=True)) == []


def test_a_thing_withheld_under_nothing_is_found():
    of = paper_of("Some words.")
    paper = build_paper(of, is_draft=True)
    table = Table(
        "t", "Units", ("Unit", "Held"), ((TableCell("Horses", is_header=True), TableCell("9")),),
        is_public=False,
    )  # fmt: skip
    only = replace(paper.sections[0], blocks=(table,))

    assert sentences("withheld-without-exemption", of, replace(paper, sections=(only,))) == [
        "“Units Unit Held Horses 9” is withheld, and no exemption is named for it."
    ]


def test_a_comment_that_nobody_has_resolved_is_found():
    comment = CommentWords("c1", "purpose/p0", "Paragraph 1", "Erin Executive")
    of = replace(paper_of("Some words."), beside=Beside(comments=(comment,)))

    (finding,) = found("unresolved-comment", of)

    assert (finding.place, finding.reference) == ("Paragraph 1", "c1")
    assert finding.sentence.startswith("Erin Executive has commented")


@pytest.mark.parametrize(
    "text",
    [
        "OFFICIAL-SENSITIVE: this is about sites.",
        "Marked Official Sensitive by its author.",
        "SECRET until May.",
        "Not for publication before May.",
    ],
)
def test_words_of_a_marking_in_public_are_found_and_not_in_restricted_words(text):
    assert len(found("marking-in-public", paper_of(text))) == 1
    assert found("marking-in-public", paper_of(text, public=False)) == []


def test_everyday_words_are_no_marking():
    of = paper_of("The secret of the restricted area is an official matter, in confidence.")

    assert found("marking-in-public", of) == []


def test_a_paragraph_that_stands_twice_is_found_where_it_stands_again():
    text = "The force holds nineteen police support units for mutual aid."
    of = paper_of(text, "None.", f" {text.upper()}", "None.")

    (finding,) = found("duplicate-paragraph", of)

    assert (finding.place, finding.is_blocking) == ("Paragraph 3", False)


def test_the_words_in_place_of_assessments_that_wait_are_no_repetition():
    waiting = {code: assessment(is_approved=False) for code in ("terrorism", "cyber")}
    of = at(
        *(section(code, kind="threat", threat_code=code) for code in waiting), assessments=waiting
    )

    assert len(found("assessment-not-approved", of)) == 2
    assert found("duplicate-paragraph", of) == []


@pytest.mark.parametrize(
    "text",
    ["The total is XX.", "Due xx/xx/2017.", "Costs: TBC.", "Ask [insert name].", "It is ____ ."],
)
def test_a_place_that_waits_to_be_filled_in_is_found(text):
    assert len(found("placeholder", paper_of(text))) == 1


def test_what_only_looks_like_a_place_to_fill_in_passes():
    of = paper_of("[2016] EWCA Civ 1, see … and [[board-date]]; the number [of] units.")

    assert found("placeholder", of) == []


def waiver(finding, **fields):
    given = Waiver(
        key=1, code=finding.code, subject=finding.subject, sentence=finding.sentence,
        reason="Known.", by="Alex Acc", at=NOW,
    )  # fmt: skip
    return replace(given, **fields)


def waived(of, *waivers):
    return replace(of, beside=replace(of.beside, waivers=waivers))


def test_what_is_waived_does_not_block_and_says_who_waived_it():
    of = paper_of("The total is XX.")
    (finding,) = found("placeholder", of)

    of = waived(of, waiver(finding))

    (finding,) = found("placeholder", of)
    assert finding.waiver.by == "Alex Acc"
    assert sentences_that_block([finding]) == []


@pytest.mark.parametrize(
    "other", [{"sentence": "Something else."}, {"subject": "header"}, {"code": "dates"}]
)
def test_a_waiver_of_something_else_waives_nothing(other):
    of = paper_of("The total is XX.")
    (finding,) = found("placeholder", of)

    (finding,) = found("placeholder", waived(of, waiver(finding, **other)))

    assert finding.blocks


def test_what_cannot_be_waived_blocks_whatever_the_record_says():
    of = overridden(now="As written since.")
    (finding,) = found("override-out-of-date", of)

    (finding,) = found("override-out-of-date", waived(of, waiver(finding)))

    assert finding.blocks


def test_a_waiver_outlives_a_renumbering():
    before = paper_of("The total is XX.")
    (finding,) = found("placeholder", before)
    after = at(section("summary", words("One.")), *before.sections)

    (finding,) = found("placeholder", waived(after, waiver(finding)))

    assert finding.place == "Paragraph 2"
    assert not finding.blocks


@pytest.mark.parametrize("text", ["a" * 10_000, "(" * 10_000, "AB" * 5_000, "( AB" * 2_500])
def test_no_text_keeps_the_checks_busy(text):
    of = paper_of(*[f"{text} {number}" for number in range(10)])
    document = build_paper(of, is_draft=True)

    started = time.process_time()
    findings_of(of, document)

    assert time.process_time() - started < 1
