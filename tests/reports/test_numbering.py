"""How headings, paragraphs, annexes and tables are counted, and what follows their numbers."""

import dataclasses

import pytest

from reports.builder import build_paper
from reports.document import Audience, CrossReference, RecommendationList, plain, to_json
from reports.editions import for_audience
from reports.references import A_PARAGRAPH_WITHHELD, A_SECTION_WITHHELD
from tests.reports.test_builder import (
    assessment,
    problems_of,
    recommendation,
    section,
    snapshot,
    words,
)


def numbered(identity, *texts, **fields):
    """A section whose heading takes a number."""
    changes = {
        name: fields.pop(name)
        for name in ("is_heading_numbered", "is_public", "withheld_under", "marking")
        if name in fields
    }
    row = section(
        identity, *(words(text, identity=str(n)) for n, text in enumerate(texts)), **fields
    )
    return dataclasses.replace(row, **{"is_heading_numbered": True, **changes})


def built(*sections, numbering="section", **fields):
    at = dataclasses.replace(snapshot(*sections, **fields), numbering=numbering)
    return build_paper(at, is_draft=False)


def outline(paper):
    """(number of the heading, numbers of its paragraphs) of each section."""
    return [
        (part.number, [b.number for b in part.blocks if not isinstance(b, RecommendationList)])
        for part in paper.sections
    ]


def test_by_section_headings_count_and_paragraphs_count_under_them():
    paper = built(numbered("purpose", "a", "b"), numbered("finance", "a"))

    assert outline(paper) == [("1", ["1.1", "1.2"]), ("2", ["2.1"])]


def test_a_heading_within_takes_the_next_number_of_the_one_above():
    paper = built(
        numbered("summary", "a", "b"),
        numbered("terrorism", "a", "b", level=3),
        numbered("cyber", "a", level=3),
        numbered("conclusion", "a"),
    )

    assert outline(paper) == [
        ("1", ["1.1", "1.2"]),
        ("1.3", ["1.3.1", "1.3.2"]),
        ("1.4", ["1.4.1"]),
        ("2", ["2.1"]),
    ]


def test_under_a_heading_within_that_takes_no_number_the_count_goes_on():
    paper = built(
        numbered("summary", "a"),
        numbered("terrorism", "a", "b", level=3, is_heading_numbered=False),
        numbered("cyber", "a", level=3, is_heading_numbered=False),
    )

    assert outline(paper) == [("1", ["1.1"]), ("", ["1.2", "1.3"]), ("", ["1.4"])]


def test_under_a_heading_without_number_nothing_is_counted_by_section():
    paper = built(
        numbered("purpose", "a"),
        numbered("legal", "None.", is_heading_numbered=False),
        numbered("end", "a", has_numbers=False),
    )

    assert outline(paper) == [("1", ["1.1"]), ("", [None]), ("2", [None])]


def test_in_a_run_a_numbered_heading_takes_its_place_in_the_run():
    paper = built(
        numbered("purpose", "a", "b", is_heading_numbered=False),
        numbered("finance"),
        numbered("end", "a", is_heading_numbered=False),
        numbering="run",
    )

    assert outline(paper) == [("", [1, 2]), ("3", []), ("", [4])]


@pytest.mark.parametrize("numbering", ["run", "section"])
def test_annexes_have_letters_and_numbers_of_their_own(numbering):
    paper = built(
        numbered("purpose", "a"),
        section("glossary", words("x"), words("y"), kind="annex"),
        section("more", words("z"), level=3),
        section("map", words("w"), kind="annex", has_numbers=False),
        numbering=numbering,
    )

    assert outline(paper)[1:] == [
        ("Annex A", ["A1", "A2"]),
        ("", ["A3"]),
        ("Annex B", [None]),
    ]


def test_the_27th_annex_has_two_letters():
    paper = built(*(section(f"a{n}", kind="annex") for n in range(28)))

    assert [part.number for part in paper.sections][24:] == [
        "Annex Y",
        "Annex Z",
        "Annex AA",
        "Annex AB",
    ]


def test_references_to_places_follow_their_numbers():
    text = (
        "[[section:finance]], [[paragraph:finance/0]], [[annex:glossary]], [[section:legal]], "
        "[[paragraph:legal/0]]"
    )
    first = numbered("purpose", text)
    finance, glossary = numbered("finance", "Costs."), section("glossary", kind="annex")
    legal = numbered("legal", "None.", is_heading_numbered=False)

    before = built(first, finance, legal, glossary)
    after = built(first, numbered("new", "x"), finance, legal, section("a", kind="annex"), glossary)

    assert plain(next(before.paragraphs()).inlines) == (
        "section 2, paragraph 2.1, Annex A, the section “Legal”, the text under “Legal”"
    )
    assert plain(next(after.paragraphs()).inlines).startswith("section 3, paragraph 3.1, Annex B,")
    assert next(after.paragraphs()).inlines[0] == CrossReference("section-finance", "section 3")


@pytest.mark.parametrize(
    "token", ["[[section:gone]]", "[[paragraph:purpose/9]]", "[[annex:purpose]]", "[[table:x]]"]
)
def test_a_reference_to_a_place_that_is_not_there_is_a_problem(token):
    at = snapshot(numbered("purpose", f"See {token}."), recommendations=[recommendation("note")])

    assert problems_of(at) == [f"The reference {token} leads nowhere."]


def test_a_reference_to_a_withheld_section_does_not_tell_its_heading():
    paper = built(
        numbered("purpose", "See [[section:secret-plans]], [[paragraph:secret-plans/0]]."),
        numbered(
            "secret-plans",
            "SECRET",
            is_heading_numbered=False,
            is_public=False,
            withheld_under="Section 31 (law enforcement)",
        ),
    )
    public = for_audience(paper, Audience.PUBLIC)

    assert "Secret-plans" in to_json(paper)
    assert "Secret-plans" not in to_json(public)
    assert plain(next(public.paragraphs()).inlines) == (
        f"See {A_SECTION_WITHHELD}, {A_PARAGRAPH_WITHHELD}."
    )


def threat_section(**fields):
    row = section("terrorism", kind="threat", threat_code="terrorism", level=3)
    return dataclasses.replace(row, shows_recommendations=True, **fields)


def about(identity, *codes, **fields):
    return dataclasses.replace(recommendation(identity, **fields), threat_codes=codes)


def test_recommendations_stand_in_front_after_their_threat_and_at_the_end_with_one_number():
    paper = built(
        section("front", kind="recommendations"),
        threat_section(),
        section("end", kind="recommendations"),
        recommendations=[
            about("a"),
            about("b", "terrorism", "cyber", text="to see [[board-date]]."),
        ],
        assessments={"terrorism": assessment(words("Words."))},
    )

    front, (_, inline), end = (part.blocks for part in paper.sections)
    assert [item.number for item in front[0].items] == [1, 2]
    assert front == end
    assert inline.items == front[0].items[1:]


@pytest.mark.parametrize(
    ("row", "is_approved", "said"),
    [
        (threat_section(words_when_none="None is made."), True, ["Words.", "None is made."]),
        (threat_section(), True, ["Words."]),
        (
            threat_section(words_when_none="None is made."),
            False,
            ["The assessment of this threat is not approved yet, so nothing of it stands here."],
        ),
    ],
)
def test_a_threat_without_recommendations_says_so_once_it_is_approved(row, is_approved, said):
    paper = built(
        row,
        recommendations=[about("a", "cyber")],
        assessments={"terrorism": assessment(words("Words."), is_approved=is_approved)},
        numbering="run",
    )

    assert [plain(p.inlines) for p in paper.paragraphs()] == said


def test_a_marked_place_is_marked_in_the_full_edition_and_withheld_from_the_public():
    paper = built(
        section("purpose", dataclasses.replace(words("SECRET"), marking="OFFICIAL-SENSITIVE: HQ")),
        recommendations=[dataclasses.replace(about("a"), marking="OFFICIAL-SENSITIVE")],
        last_year=[],
    )

    assert next(paper.paragraphs()).marking == "OFFICIAL-SENSITIVE: HQ"
    assert "SECRET" not in to_json(for_audience(paper, Audience.PUBLIC))


def test_the_header_block_says_what_the_paper_is_for():
    at = dataclasses.replace(
        snapshot(),
        agenda_item="7",
        item_type="For decision",
        meeting_part="Public",
        foi_class="Open",
    )

    assert build_paper(at, is_draft=False).header == (
        ("Agenda item", "7"),
        ("Report of", "Chief Constable"),
        ("Item", "For decision"),
        ("Part of the meeting", "Public"),
        ("FOI classification", "Open"),
    )
