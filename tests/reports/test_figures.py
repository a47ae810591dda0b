"""What the figures of a paper say, to the force and to the public, asserted as data."""

import dataclasses
import datetime

import pytest

from assessments.enums import Standing
from assessments.year_selectors import Rated
from reports.builder import build_paper
from reports.document import Audience, Figure, Paragraph, Table, from_json, plain, to_json
from reports.editions import for_audience
from reports.figure_data import CapacityUnit
from reports.figure_selectors import (
    AnswerRead,
    CapacityRead,
    EvidenceRead,
    Restriction,
    YearFigures,
)
from tests.reports.test_builder import assessment, recommendation, section, snapshot, words
from threats.selectors import RatingChoice

SECRET = "BRAVO"
OPEN = Restriction(True, "", "")
CLOSED = Restriction(False, "Section 31 (law enforcement)", "")
ACT = "of the Freedom of Information Act 2000"
SCALE = tuple(
    RatingChoice(code, label, "", tone, symbol, is_not_rated)
    for code, label, tone, symbol, is_not_rated in (
        ("green", "Green", "green", "G", False),
        ("amber", "Amber", "yellow", "A", False),
        ("red", "Red", "red", "R", False),
        ("not-rated", "Not rated", "grey", "–", True),
    )
)
POINTS = {point.code: point for point in SCALE}


def rated(code):
    point = POINTS[code]
    return Rated(code, point.label, point.tone, point.symbol, "rag")


def answer(threat, criterion, now=None, before=None, standing=Standing.NEW, is_rating=True):
    return AnswerRead(
        threat_code=threat,
        part=criterion.lower(),
        part_label=criterion,
        criterion=criterion,
        is_rating=is_rating,
        now=rated(now) if now else None,
        before=rated(before) if before else None,
        year_before="2015-16" if before else "",
        standing=standing,
    )


def unit(name, required=None, held=None, projected=None, *, restriction=OPEN, **fields):
    values = {
        "threat_code": "terrorism",
        "level": "Regional",
        "required_by": "",
        "held_on": None,
        "projected_by": None,
        "accessible": None,
        "accessible_through": "",
    } | fields
    return CapacityRead(
        unit=name, required=required, held=held, projected=projected, restriction=restriction,
        **values,
    )  # fmt: skip


def evidence(title, *, restriction=OPEN, threat="terrorism"):
    return EvidenceRead(
        threat, title, "Testing and exercising", datetime.date(2016, 5, 4), restriction
    )


ASSESSMENTS = {
    "terrorism": assessment(),
    "cyber": dataclasses.replace(assessment(is_approved=False), label="Cyber"),
}


def paper_with(source, *, figures=None, assessments=ASSESSMENTS, public=True, text="", **fields):
    at = snapshot(
        section("introduction", words(text, public=public, identity="f", figure_source=source)),
        assessments=assessments,
        **fields,
    )
    return build_paper(dataclasses.replace(at, figures=figures or YearFigures()), is_draft=False)


def figure_of(paper):
    [block] = [block for block in paper.blocks() if isinstance(block, Figure | Table)]
    return block


def rows_of(content):
    return [[cell.text for cell in row] for row in content.rows]


def test_the_grid_says_each_rating_in_a_word_with_its_own_tone():
    figures = YearFigures(
        answers=(
            answer("terrorism", "Capacity", "green"),
            answer("terrorism", "Capability", "not-rated"),
            answer("terrorism", "Connectivity"),
        ),
        scale=SCALE,
    )

    figure = figure_of(paper_with("ratings", figures=figures))

    assert figure.title == "Ratings by threat, 2016/17"
    assert figure.content.header == ("Threat", "Capacity", "Capability", "Connectivity")
    assert rows_of(figure.content)[0] == ["Terrorism", "Green", "Not rated", "Not answered"]
    tones = [(cell.word, cell.tone) for cell in figure.content.chart.rows[0].cells]
    assert tones == [("Green", "green"), ("Not rated", "grey"), ("Not answered", "")]
    assert all(row[0].is_header for row in figure.content.rows)


def test_nothing_of_an_assessment_that_is_not_approved_stands_in_a_figure():
    figures = YearFigures(
        answers=(answer("terrorism", "Capacity", "green"), answer("cyber", "Capacity", "red")),
        scale=SCALE,
        capacity=(unit("Held", 1, 1), unit(SECRET, 5, 7, threat_code="cyber")),
        evidence=(evidence(SECRET, threat="cyber"),),
    )

    for source in ("ratings", "capacity", "changes", "evidence"):
        paper = paper_with(source, figures=figures)
        said = to_json(paper)
        assert SECRET not in said
        assert '"Red"' not in said
        assert "Not approved" in said
    grid = figure_of(paper_with("ratings", figures=figures))
    assert rows_of(grid.content) == [["Terrorism", "Green"], ["Cyber", "Not approved"]]
    assert grid.content.notes[-1] == "Not approved yet, so nothing of it stands here: Cyber."


def test_a_planned_fall_that_stays_above_the_requirement_is_no_shortfall():
    units = (
        unit("Support units", 19, 66, 62, held_on=datetime.date(2016, 8, 31)),
        unit("Firearms officers", 100, 60, 90, required_by="the programme"),
        unit("Not counted"),
    )

    content = figure_of(paper_with("capacity", figures=YearFigures(capacity=units))).content

    assert rows_of(content) == [
        ["Support units (Terrorism, regional)", "19", "66", "62", "–", "None",
         "Held on 31 August 2016"],
        ["Firearms officers (Terrorism, regional)", "100", "60", "90", "–",
         "40 now, 10 projected", "Requirement: the programme"],
        ["Not counted (Terrorism, regional)", "–", "–", "–", "–", "Not known", ""],
    ]  # fmt: skip
    assert [one.label for one in content.chart.units] == ["Support units", "Firearms officers"]
    assert content.numeric == (1, 2, 3, 4)
    assert "1 of 3 units falls short." in content.description


def test_of_many_units_the_largest_shares_missing_are_drawn_and_all_are_listed():
    units = (
        *(unit(f"Enough {count}", 5, 5) for count in range(20)),
        unit("Half", 2, 1),
        unit("A few of many", 1000, 900),
    )

    content = figure_of(paper_with("capacity", figures=YearFigures(capacity=units))).content

    drawn = [one.label for one in content.chart.units]
    assert len(drawn) == 8
    assert drawn[-2:] == ["Half", "A few of many"]
    assert len(content.rows) == 22
    assert "It shows 8 of 22 units" in content.notes[0]


MARKED = Restriction(True, "", "OFFICIAL-SENSITIVE: for the Executive Team only")


@pytest.mark.parametrize("restriction", [CLOSED, MARKED])
@pytest.mark.parametrize("source", ["capacity", "evidence"])
def test_the_public_is_told_how_many_rows_are_withheld_and_nothing_of_them(source, restriction):
    figures = YearFigures(
        capacity=(
            unit("Open", 3, 3),
            unit(SECRET, 41_417, 31_337, required_by=SECRET, restriction=restriction),
        ),
        evidence=(evidence("Open"), evidence(SECRET, restriction=restriction)),
    )

    full = paper_with(source, figures=figures)
    public = for_audience(full, Audience.PUBLIC)

    assert SECRET in to_json(full)
    for word in (SECRET, "41417", "41,417", "31,337", "10,080", "EXECUTIVE"):
        assert word.lower() not in to_json(public).lower()
    block = figure_of(public)
    rows = rows_of(block if isinstance(block, Table) else block.content)
    one = "row is" if source == "capacity" else "piece is"
    under = f"under section 31 (law enforcement) {ACT}" if restriction is CLOSED else "from the"
    assert rows[0][0].startswith("Open")
    assert rows[1][0].startswith(f"1 {one} withheld {under}")
    assert set(rows[1][1:]) == {""}
    assert from_json(to_json(full)) == full
    assert from_json(to_json(public)) == public


def test_withheld_rows_stand_at_the_end_so_that_no_neighbour_tells_of_them():
    units = (unit(SECRET, 9, 1, restriction=CLOSED), unit("Open", 3, 3), unit("Last", 1, 1))

    public = for_audience(
        paper_with("capacity", figures=YearFigures(capacity=units)), Audience.PUBLIC
    )

    content = figure_of(public).content
    assert [row[0].split(" (")[0] for row in rows_of(content)][:2] == ["Open", "Last"]
    assert "It shows none that are withheld." in content.notes[0]
    assert [one.label for one in content.chart.units] == ["Open", "Last"]
    assert "falls short" not in content.description


def test_the_reader_of_the_full_edition_sees_which_rows_are_restricted_and_how_marked():
    both = Restriction(False, "Section 24 (national security)", "OFFICIAL-SENSITIVE: for some")

    content = figure_of(
        paper_with(
            "capacity", figures=YearFigures(capacity=(unit("Unit", 1, 1, restriction=both),))
        )
    ).content

    assert rows_of(content)[0][0] == (
        "Unit (Terrorism, regional) [OFFICIAL-SENSITIVE: for some. "
        "Not for publication: Section 24 (national security)]"
    )


def test_a_figure_that_is_not_cleared_is_withheld_whole_and_keeps_its_number():
    figures = YearFigures(answers=(answer("terrorism", "Capacity", "green"),), scale=SCALE)

    public = for_audience(
        paper_with("ratings", figures=figures, public=False, text="Before."), Audience.PUBLIC
    )

    assert [plain(block.inlines) for block in public.blocks()] == [
        f"This paragraph is withheld under section 31 (law enforcement) {ACT}.",
        f"Figure 1 is withheld under section 31 (law enforcement) {ACT}.",
    ]
    assert "Green" not in to_json(public)


@pytest.mark.parametrize(
    ("now", "before", "said", "tone"),
    [
        ("green", "red", "Better: Green, was Red", "blue"),
        ("red", "amber", "Worse: Red, was Amber", "orange"),
        ("green", "green", "The same: Green", ""),
        ("green", None, "New: Green", ""),
        ("green", "not-rated", "Not comparable: Green, was Not rated", "grey"),
        ("not-rated", "green", "Not comparable: Not rated, was Green", "grey"),
        (None, "green", "Not yet rated", ""),
    ],
)
def test_a_change_is_said_in_words_and_never_in_the_colour_of_a_rating(now, before, said, tone):
    figures = YearFigures(
        answers=(answer("terrorism", "Capacity", now, before, Standing.CHANGED),), scale=SCALE
    )

    content = figure_of(paper_with("changes", figures=figures)).content

    assert rows_of(content)[0] == ["Terrorism", said]
    assert content.chart.rows[0].cells[0].tone == tone


def test_which_answers_changed_is_told_for_each_threat():
    figures = YearFigures(
        answers=(
            answer("terrorism", "Capacity", "green", "red", Standing.CHANGED),
            answer("terrorism", "Delivery", standing=Standing.NEW, is_rating=False),
            answer("terrorism", "Command", standing=Standing.UNCHANGED, is_rating=False),
        ),
        scale=SCALE,
    )

    figure = figure_of(paper_with("changes", figures=figures))

    assert figure.title == "What changed from 2015/16 to 2016/17"
    assert figure.content.notes[0] == (
        "Terrorism: 1 answer changed (Capacity), 1 answer new, 1 answer unchanged and confirmed."
    )


def test_recommendations_are_counted_by_status_with_their_numbers():
    last_year = [
        recommendation("a", status="completed", outcome="Done."),
        recommendation("b", status="in_progress", public=False, outcome=SECRET),
        recommendation("c", status="completed", outcome="Done."),
    ]

    full = paper_with("recommendations", last_year=last_year, recommendations=[recommendation("d")])
    public = for_audience(full, Audience.PUBLIC)

    assert rows_of(figure_of(full).content) == [
        ["Open", "0", "None", "1", "1"],
        ["In progress", "1", "2", "0", "None"],
        ["Completed", "2", "1 and 3", "0", "None"],
    ]
    assert rows_of(figure_of(public).content) == [
        ["Open", "0", "None", "1", "1"],
        ["Completed", "2", "1 and 3", "0", "None"],
    ]
    assert figure_of(public).content.notes == (
        f"1 recommendation is withheld under section 31 (law enforcement) {ACT}, "
        "and not counted here.",
    )


def test_figures_and_tables_are_counted_apart_and_references_follow_them():
    at = snapshot(
        section(
            "introduction",
            words("See [[figure:introduction/b/figure]].", identity="a", figure_source="evidence"),
            words("", identity="b", figure_source="capacity"),
            words("See [[table:introduction/a/figure]].", identity="c", figure_source="ratings"),
        ),
        assessments=ASSESSMENTS,
    )

    paper = build_paper(at, is_draft=False)

    counted = [
        (type(b).__name__, b.number) for b in paper.blocks() if isinstance(b, Figure | Table)
    ]
    assert counted == [("Table", "1"), ("Figure", "1"), ("Figure", "2")]
    said = [plain(block.inlines) for block in paper.blocks() if isinstance(block, Paragraph)]
    assert "See figure 1." in said
    assert "See table 1." in said


@pytest.mark.parametrize(
    "source", ["ratings", "capacity", "changes", "recommendations", "evidence"]
)
def test_a_figure_of_nothing_says_so_and_is_read_back(source):
    paper = paper_with(source)

    block = figure_of(paper)
    assert from_json(to_json(paper)) == paper
    if isinstance(block, Figure):
        assert block.content.chart is None
        assert block.content.notes
    else:
        assert rows_of(block) == [["None", "", "", ""]]


def test_what_is_drawn_of_a_unit_is_what_its_row_says():
    content = figure_of(
        paper_with("capacity", figures=YearFigures(capacity=(unit("Unit", 7, 0, None),)))
    ).content

    assert content.chart.units == (
        CapacityUnit("Unit", "Terrorism, regional", 7, 0, None, "Short by 7 now"),
    )
