"""What papers of other forces and years do: running lines, heads, ways to print what is asked."""

import datetime

import docx
import pytest
import weasyprint

from reports.past_papers.proposal import PieceKind
from reports.past_papers.read_docx import read_docx
from reports.past_papers.structure import propose
from tests.past_papers.papers import LABELS
from tests.past_papers.reading import assert_nothing_lost, proposed_of, read_bytes

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

PAGE = """<style>@page { size: A4; margin: 25mm 22mm; background: white;
  @bottom-right { content: "Page " counter(page); font: 8pt "Liberation Sans"; } }
body { font: 11pt "Liberation Serif"; } p { margin: 0 0 7pt; } h2 { font-size: 13pt; }
table { border-collapse: collapse; width: 100%; } .note { font-size: 8pt; float: footnote; }
.framed { border: 0.5pt solid black; padding: 4pt; background: white; }
.ruled td { border: 0.5pt solid black; padding: 3pt; }
.open td { border: 0.5pt solid black; padding: 3pt; } .open td:first-child { border: none; }
h1 { font-size: 16pt; text-align: center; }</style>"""
WORDS = "The units were called for twice in the year, and were sent on both occasions in full. "
TABLE = (
    "<table class='{}'><tr><td>Threat</td><td>Now</td><td>Before</td></tr>"
    "<tr><td>Terrorism</td><td>Green</td><td>Amber</td></tr>"
    "<tr><td>Public order</td><td>Amber</td><td>Green</td></tr></table>"
)


@pytest.fixture
def board(tmp_path):
    return proposed_of(BOARD, tmp_path)


@pytest.fixture
def cover(tmp_path):
    return proposed_of(COVER, tmp_path)


def of_page(body: str, tmp_path):
    """The proposal of a PDF that is printed from HTML."""
    printed = weasyprint.HTML(string=f"{PAGE}{body}").write_pdf()
    source = read_bytes(printed, "pdf", tmp_path)
    paper = propose(source, LABELS)
    assert len(paper.pieces) > 1
    return source, paper


def headings(paper) -> list[str]:
    return [piece.text for piece in paper.of_kind(PieceKind.HEADING)]


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


@pytest.mark.parametrize("kind", ["ruled", "open"])
def test_prose_after_a_table_is_no_row_of_it(kind, tmp_path):
    body = f"<h1>Strategic Policing Requirement</h1><h2>Purpose</h2><p>{WORDS * 2}</p>"
    body += f"<div class='framed'>{TABLE.format(kind)}<h2>Public order</h2><p>{WORDS * 3}</p></div>"
    source, paper = of_page(body, tmp_path)

    [table] = paper.of_kind(PieceKind.TABLE)
    assert table.rows[2] == ("Public order", "Amber", "Green")
    assert len(table.rows) == 3
    assert headings(paper) == ["Purpose", "Public order"]
    assert_nothing_lost(source, paper)


def test_a_title_in_the_middle_of_the_page_goes_on_in_its_second_line(tmp_path):
    title = "Self-assessment of the constabulary against the Strategic Policing Requirement"
    body = f"<h1>{title}</h1><p>Date: 4 March 2014</p><h2>Purpose</h2><p>{WORDS * 2}</p>"
    _, paper = of_page(body, tmp_path)

    assert paper.title == title


def test_a_footnote_of_a_pdf_is_listed_as_such(tmp_path):
    note = "<span class='note'>Home Office (2012), the requirement of that year.</span>"
    body = f"<h1>Strategic Policing Requirement</h1><h2>Purpose</h2><p>1. {WORDS * 2}{note}</p>"
    _, paper = of_page(f"{body}<p>2. {WORDS}</p>", tmp_path)

    [found] = paper.unplaced
    assert (found.reason, "Home Office (2012)" in found.text) == ("footnote", True)
    assert [piece.number for piece in paper.numbered_paragraphs] == ["1", "2"]
