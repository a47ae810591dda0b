"""What papers do besides: each as a short paper of its own."""

import datetime

import docx
import pytest

from reports.past_papers.proposal import PieceKind
from reports.past_papers.read_docx import read_docx
from reports.past_papers.source import Line, Source, numbered
from reports.past_papers.structure import propose
from tests.past_papers.papers import LABELS
from tests.past_papers.reading import assert_nothing_lost, proposed_of

PANEL = """OFFICE OF THE POLICE, FIRE AND CRIME COMMISSIONER
Report to the Police, Fire and Crime Panel
Date: 12/02/2020
AGENDA ITEM 9

STRATEGIC POLICING REQUIREMENT
ANNUAL ASSURANCE REPORT

1. Introduction

1.1 This report tells the Panel how ready the force is.

1.2 It covers the year to March.

2. Counter Terrorism

2.1 Officers were trained, namely:
   o in the north of the county
   o in the south
     i) and by night
     ii) and by day

There are no recommendations for this threat.

3. Public order and civil emergencies

3.1 The units were called for twice. It was hard on neigh-
bourhood teams, and self-
assessments said so.

4. Update on last year's recommendations

Recommendation 1 - The Chief Constable to train more officers. Completed in May.

Recommendation 2 - The Panel to note the report. Completed.

5. Recommendations

The Panel is asked to:

(a) note the progress that was made
(b) support the training of a further 20 officers, subject to:
    i) money being found
    ii) no harm to neighbourhoods
(c) receive a further report in six months.

Author: Chief Inspector B Sample
Background papers: none
"""


@pytest.fixture
def panel(tmp_path):
    return proposed_of(PANEL, tmp_path)


def texts(proposal, kind) -> list[str]:
    return [piece.text for piece in proposal.of_kind(kind)]


def test_a_title_in_two_lines_is_one(panel):
    assert panel.title == "STRATEGIC POLICING REQUIREMENT ANNUAL ASSURANCE REPORT"


def test_the_header_block_is_told_apart(panel):
    assert panel.meeting_on == datetime.date(2020, 2, 12)
    assert panel.board_name == "the Police, Fire and Crime Panel"
    assert panel.header == (
        ("Report to", "the Police, Fire and Crime Panel"),
        ("Date", "12/02/2020"),
        ("AGENDA ITEM", "9"),
        ("Author", "Chief Inspector B Sample"),
        ("Background papers", "none"),
    )


def test_bullets_of_every_kind_are_bullets(panel):
    marks = [(piece.mark, piece.text) for piece in panel.of_kind(PieceKind.BULLET)]

    assert marks == [
        ("o", "in the north of the county"), ("o", "in the south"), ("i)", "and by night"),
        ("ii)", "and by day"),
    ]  # fmt: skip


def test_words_broken_at_the_end_of_a_line_are_whole_again(panel):
    [text] = [piece.text for piece in panel.paragraphs if piece.number == "3.1"]

    assert text.endswith("hard on neighbourhood teams, and self-assessments said so.")


def test_a_heading_of_two_threats_is_of_neither(panel):
    codes = {piece.text: piece.threat_codes for piece in panel.of_kind(PieceKind.HEADING)}

    assert codes["Counter Terrorism"] == ("terrorism",)
    assert codes["Public order and civil emergencies"] == ()


def test_last_years_recommendations_are_not_this_years(panel):
    assert [piece.number for piece in panel.recommendations] == ["a", "b", "c"]
    assert "Completed in May." in " ".join(texts(panel, PieceKind.PARAGRAPH))


def test_a_list_says_to_whom_its_items_are_put(panel):
    assert {piece.lead for piece in panel.recommendations} == {"The Panel"}
    assert [piece.verb for piece in panel.recommendations] == ["note", "support", "receive"]


def test_letters_below_a_recommendation_are_part_of_it(panel):
    assert panel.recommendations[1].text == (
        "support the training of a further 20 officers, subject to: i) money being found "
        "ii) no harm to neighbourhoods"
    )


def test_a_threat_without_recommendations_has_none(panel):
    assert "There are no recommendations for this threat." in texts(panel, PieceKind.PARAGRAPH)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("7th February 2017", "2017-02-07"),
        ("Tuesday 7 February 2017", "2017-02-07"),
        ("Tuesday, 7th of February, 2017", "2017-02-07"),
        ("07/02/2017", "2017-02-07"),
        ("7.2.17", "2017-02-07"),
        ("2017-02-07", "2017-02-07"),
        ("Feb 7, 2017", "2017-02-07"),
        ("February 2017", None),
        ("31 February 2017", None),
    ],
)
def test_the_day_of_the_meeting(printed, day, tmp_path):
    paper = proposed_of(f"THE BOARD\n{printed}\n\nRequirement\n\n1. The words of it.", tmp_path)

    assert (paper.meeting_on and paper.meeting_on.isoformat()) == day
    assert paper.meeting_month == ("" if day else "2017-02")


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("TERRORISM", "terrorism"), ("Counter-Terrorism", "terrorism"),
        ("Threat 1: Terrorism", "terrorism"), ("Cyber", "cyber"), ("CSA", "child-sexual-abuse"),
        ("Serious & Organised Crime (SOC)", "serious-organised-crime"),
        ("National Cyber Security Incident", "cyber"), ("Civil Emergency", "civil-emergencies"),
        ("Child sexual exploitation and abuse", "child-sexual-abuse"),
        ("Child sexual exploitation", ""), ("National security", ""), ("Crime", ""),
        ("Public protection", ""), ("Serious violence", ""), ("Public and partners", ""),
        ("Terrorism and organised crime", ""), ("Modern slavery and organised theft", ""),
        ("Wellbeing", ""), ("The 5Cs", ""),
    ],
)  # fmt: skip
def test_a_threat_is_proposed_surely_or_not_at_all(heading, code, tmp_path):
    text = f"Requirement\n\nPURPOSE\n\n1. First words here.\n\n{heading}\n\n2. Second words here."
    paper = proposed_of(text, tmp_path)

    [found] = [piece for piece in paper.of_kind(PieceKind.HEADING) if piece.text == heading]
    assert "".join(found.threat_codes) == code


def test_a_number_in_a_sentence_numbers_nothing(tmp_path):
    text = (
        "Requirement\n\nPURPOSE\n\n1. The force was called for in the year and sent in all some\n"
        "2 hundred officers, who were drawn from every part of the county by about\n"
        "19. January, and from the neighbouring force by the late spring of the year\n"
        "2017. It says so.\n\n2. The second of them.\n"
    )
    paper = proposed_of(text, tmp_path)

    assert [piece.number for piece in paper.paragraphs] == ["1", "2"]


def test_a_list_of_numbers_within_a_paragraph_is_its_bullets(tmp_path):
    text = (
        "Requirement\n\nPURPOSE\n\n1. The force has these:\n1) units\n2) teams\n\n"
        "2. The second of them is as long as the first, and numbered after it.\n"
    )
    paper = proposed_of(text, tmp_path)

    assert [piece.number for piece in paper.numbered_paragraphs] == ["1", "2"]
    assert texts(paper, PieceKind.BULLET) == ["units", "teams"]


def test_a_contents_list_is_left_out_and_shown(tmp_path):
    text = (
        "Requirement\n\nContents\nPurpose .......... 1\nTerrorism .......... 2\n\nPURPOSE\n\n"
        "1. The words of the first paragraph.\n"
    )
    paper = proposed_of(text, tmp_path)

    assert {piece.reason for piece in paper.left_out} == {"contents list"}
    assert "Terrorism" in " ".join(texts(paper, PieceKind.LEFT_OUT))
    assert len(paper.of_kind(PieceKind.HEADING)) == 1


def test_a_row_that_the_pages_end_broke_is_one_row():
    cells = [
        (1, 1, ("No.", "Recommendation", "Owner")),
        (1, 1, ("1", "Train more officers in the", "The Chief Constable")),
        (2, 2, ("", "north of the county", "")),
        (2, 2, ("2", "Note the report as it stands", "The Board")),
    ]
    lines = [
        Line("Requirement", page=1, has_gap=True), Line("PURPOSE", page=1, has_gap=True),
        Line("1. The words of the first paragraph.", page=1, has_gap=True),
        Line("RECOMMENDATIONS", page=1, has_gap=True),
        *(Line("", page=page, table=table, cells=row, has_gap=True) for page, table, row in cells),
    ]  # fmt: skip
    source = Source(numbered(lines), is_wrapped=True, pages=2)

    paper = propose(source, LABELS)

    assert [(piece.addressee, piece.text) for piece in paper.recommendations] == [
        ("The Chief Constable", "Train more officers in the north of the county"),
        ("The Board", "Note the report as it stands"),
    ]
    assert_nothing_lost(source, paper)


def test_comments_and_notes_of_word_are_listed_and_not_dropped(tmp_path):
    document = docx.Document()
    document.add_heading("Strategic Policing Requirement", level=0)
    document.add_heading("Purpose", level=1)
    paragraph = document.add_paragraph("1. The words of the first paragraph.")
    document.add_comment(paragraph.runs, text="Check this with Jo.", author="A", initials="A")
    document.save(tmp_path / "x.docx")

    paper = propose(read_docx(tmp_path / "x.docx"), LABELS)

    [found] = paper.unplaced
    assert (found.text, found.reason) == ("Check this with Jo.", "comment in the margin")


def test_what_word_counts_is_counted(tmp_path):
    document = docx.Document()
    document.add_heading("Strategic Policing Requirement", level=0)
    document.add_heading("Purpose", level=1)
    for words in ("The first of them.", "The second of them.", "The third of them."):
        document.add_paragraph(words, style="List Number")
    document.save(tmp_path / "x.docx")

    paper = propose(read_docx(tmp_path / "x.docx"), LABELS)

    assert [piece.number for piece in paper.paragraphs] == ["1", "2", "3"]


def test_text_without_blank_lines_is_told_apart_by_where_its_lines_end(tmp_path):
    text = (
        "POLICING BOARD 7 February 2017\nRequirement\nPURPOSE OF REPORT\n"
        "1. This is a paragraph that was broken where the line was full, as a programme does it\n"
        "when it saves a text, and it ends here.\n"
        "RECOMMENDATIONS\n1) The Board to note the report.\n2) The Chief Constable to train more\n"
        "officers.\nOFFICIAL\n"
    )
    paper = proposed_of(text, tmp_path)

    assert paper.title == "Requirement"
    assert len(paper.paragraphs) == 1
    assert [piece.number for piece in paper.recommendations] == ["1", "2"]
    assert [piece.text for piece in paper.left_out] == ["OFFICIAL"]
