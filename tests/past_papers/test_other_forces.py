"""What papers of other forces and years do: running lines, heads, ways to print what is asked."""

import datetime

import docx
import pytest

from reports.past_papers.proposal import PieceKind
from reports.past_papers.read_docx import read_docx
from reports.past_papers.structure import propose
from tests.past_papers.papers import LABELS
from tests.past_papers.reading import proposed_of

BOARD = """                                                            AGENDA ITEM 9
NORTHSHIRE POLICE, FIRE AND CRIME COMMISSIONER
ACCOUNTABILITY BOARD
Tuesday 14 March 2023

REPORT OF: Deputy Chief Constable
SUBJECT: Strategic Policing Requirement – annual assurance

1. Recommendations
1.1 It is recommended that the Board:
  (a) notes the contents of the report;
  (b) supports the investment in the cyber team.

2. National Cyber Security Incident
2.1 The team of nine works regionally.

Recommendation B – The Board supports the investment in the cyber team.

3. Terrorism
3.1 There are no recommendations on this threat.

                       OFFICIAL                         Page 2 of 3
4. Financial Implications
4.1 None beyond the existing budget.
"""

COVER = """Title: Strategic Policing Requirement - Annual Report
Executive Summary:   This report sets out how the force has met the Strategic Policing
                     Requirement in the year that ended on 31 March 2024, and what is left.
Report of:        T/Assistant Chief Constable (Operations)
Date of meeting:  Thursday, 23rd May 2024
Agenda item no:   6

1.      Purpose

1.1     To inform the Commissioner of the arrangements that the force has in place.

2.      Recommendations

2.1     The recommendations of the leads are set out in the list below.

Recommendation one (ACC Crime): Appoint a lead for the work on organised crime.

Recommendation two (Commissioner): Note the report and what it says of the year.

3.      Threats

Terrorism

3.1     The regional unit leads, and the force lends it twelve officers for the year.

Public Order

3.2     Nine units are held, as many as are required of the force by the national plan.
"""
WORDS = "The units were called for twice in the year, and were sent on both occasions in full. "


def headings(paper) -> list[str]:
    return [piece.text for piece in paper.of_kind(PieceKind.HEADING)]


@pytest.fixture
def board(tmp_path):
    return proposed_of(BOARD, tmp_path)


@pytest.fixture
def cover(tmp_path):
    return proposed_of(COVER, tmp_path)


def test_a_lone_agenda_item_does_not_take_in_the_boards_name(board):
    assert board.board_name == "NORTHSHIRE POLICE, FIRE AND CRIME COMMISSIONER ACCOUNTABILITY BOARD"
    assert ("AGENDA ITEM", "9") in board.header


def test_a_marking_beside_a_page_number_is_no_part_of_the_heading_below(board):
    assert headings(board)[-1] == "Financial Implications"
    assert [piece.text for piece in board.left_out] == ["OFFICIAL Page 2 of 3"]


def test_a_national_threat_has_recommendations_of_this_paper(board):
    assert [piece.text for piece in board.recommendations] == [
        "notes the contents of the report;", "supports the investment in the cyber team.",
    ]  # fmt: skip
    assert board.recommendations[1].threat_codes == ("cyber",)
    assert [piece.mark for piece in board.repeated] == ["Recommendation B –"]


def test_labelled_lines_below_a_summary_are_of_the_head(cover):
    assert cover.meeting_on == datetime.date(2024, 5, 23)
    assert ("Agenda item no", "6") in cover.header
    assert headings(cover)[0] == "Purpose"


def test_headings_without_numbers_stand_within_numbered_sections(cover):
    levels = {piece.text: piece.level for piece in cover.of_kind(PieceKind.HEADING)}

    assert (levels["Threats"], levels["Terrorism"], levels["Public Order"]) == (2, 3, 3)


def test_whom_a_recommendation_is_put_to_may_stand_in_brackets(cover):
    assert [(piece.number, piece.addressee) for piece in cover.recommendations] == [
        ("one", "ACC Crime"), ("two", "Commissioner"),
    ]  # fmt: skip


def test_words_that_only_lead_to_the_recommendations_are_a_paragraph(cover):
    assert "2.1" in [piece.number for piece in cover.paragraphs]


def test_letters_within_letters_are_part_of_the_item(tmp_path):
    text = (
        "Requirement\n\nRECOMMENDATIONS\n\nThe Board is recommended to:\n"
        "(a) note the report;\n(b) agree that the Chief Constable:\n(i) buys a van; and\n"
        "(ii) trains six officers.\n(c) receive a report in May.\n"
    )
    paper = proposed_of(text, tmp_path)

    assert [piece.number for piece in paper.recommendations] == ["a", "b", "c"]


def test_what_a_recommendation_is_about_may_stand_in_a_line_above_it(tmp_path):
    document = docx.Document()
    document.add_heading("Strategic Policing Requirement", level=0)
    document.add_heading("Recommendations", level=1)
    document.add_paragraph("1)\tTerrorism\nThe Chief Constable to train more officers.")
    document.add_paragraph("2)\tPublic order")
    document.add_paragraph("The Board to support a review of it.")
    document.add_paragraph("3)\tSPR")
    document.add_paragraph("The Executive Team to note the report.")
    document.save(tmp_path / "x.docx")

    paper = propose(read_docx(tmp_path / "x.docx"), LABELS)

    assert [(one.number, one.heading, one.addressee) for one in paper.recommendations] == [
        ("1", "Terrorism", "The Chief Constable"), ("2", "Public order", "The Board"),
        ("3", "SPR", "The Executive Team"),
    ]  # fmt: skip
    assert [one.threat_codes for one in paper.recommendations] == [
        ("terrorism",), ("public-order",), (),
    ]  # fmt: skip


def test_an_item_printed_again_within_a_section_is_told_as_such(tmp_path):
    said = "The Chief Constable to train more officers in the north of the county."
    text = (
        f"Requirement\n\nTERRORISM\n\n1. {WORDS * 3}\n\n4) {said}\n\n"
        f"PUBLIC ORDER\n\n2. {WORDS * 2}\n\nRECOMMENDATIONS\n\n"
        f"3) The Board to note the report.\n\n4) {said}\n"
    )
    paper = proposed_of(text, tmp_path)

    assert [piece.number for piece in paper.recommendations] == ["3", "4"]
    assert [piece.number for piece in paper.repeated] == ["4"]


def test_a_heading_that_asks_begins_a_list_in_word(tmp_path):
    document = docx.Document()
    document.add_heading("Meeting the Strategic Policing Requirement", level=0)
    document.add_heading("What we are asking the Committee to do", level=1)
    for words in ("Note the report as it is.", "Ask the Chief Constable to bring a plan in May."):
        document.add_paragraph(words, style="List Number")
    document.add_heading("Terrorism", level=1)
    document.add_paragraph("The regional unit leads on it.")
    document.save(tmp_path / "x.docx")

    paper = propose(read_docx(tmp_path / "x.docx"), LABELS)

    asked = [(piece.addressee, piece.verb) for piece in paper.recommendations]
    assert asked == [("", "note"), ("", "ask")]


def test_a_contents_list_with_numbers_of_pages_alone_is_left_out(tmp_path):
    text = (
        "Strategic Policing Requirement\n\nContents\n1 Purpose      2\n2 Terrorism      2\n"
        "2.1 Capacity      3\n\n1 Purpose\n\n1.1 The first words of it, which are of the year.\n"
        "\n2 Terrorism\n\n2.1 The words on it, which are of the year, too.\n"
    )
    paper = proposed_of(text, tmp_path)

    assert len([piece for piece in paper.left_out if piece.reason == "contents list"]) == 4
    assert headings(paper) == ["Purpose", "Terrorism"]


def test_appendices_in_a_list_and_what_letters_stand_for_are_no_headings(tmp_path):
    text = (
        "Requirement\n\nPURPOSE\n\n1. First words here.\n\nAPPENDICES\n\nAppendix 1 Ratings\n\n"
        "Appendix 2 Plan\n\nGLOSSARY\n\nSOC – serious and organised crime\n\nThe end of them."
    )
    paper = proposed_of(text, tmp_path)

    assert headings(paper) == ["PURPOSE", "APPENDICES", "GLOSSARY"]


def test_a_threats_long_name_is_one_though_its_words_are_vague(tmp_path):
    text = "Requirement\n\nPURPOSE\n\n1. First words.\n\nThreats to Public Order\n\n2. More words."
    paper = proposed_of(text, tmp_path)

    [found] = [piece for piece in paper.of_kind(PieceKind.HEADING) if piece.threat_codes]
    assert found.threat_codes == ("public-order",)


def test_a_board_is_rather_a_panel_than_a_commissioner(tmp_path):
    text = (
        "POLICE AND CRIME COMMISSIONER FOR EASTMARCH\n\nStrategic Policing Requirement\n\n"
        "Prepared for the Audit Panel on 21 July 2016\n\nPURPOSE\n\n1. The first words of it.\n"
    )
    paper = proposed_of(text, tmp_path)

    assert (paper.board_name, paper.meeting_on) == ("Audit Panel", datetime.date(2016, 7, 21))


def test_an_owner_below_a_recommendation_is_part_of_it(tmp_path):
    text = (
        "Requirement\n\nPURPOSE\n\n1. The first words.\n\nRECOMMENDATIONS\n\nRecommendation 1\n"
        "Review the dog section.\nOwner: Head of Operations\nDue: 31 March 2024\n\n"
        "Recommendation 2\nThat you commission a review of the response to the floods.\n"
    )
    paper = proposed_of(text, tmp_path)

    first, second = paper.recommendations
    assert first.lead == "Head of Operations"
    assert first.text.endswith("Due: 31 March 2024")
    assert second.verb == "commission"
