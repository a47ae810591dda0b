"""What PDFs of other forces do: frames, open rules, footnotes, titles in the middle."""

import pytest
import weasyprint

from reports.past_papers.proposal import PieceKind
from reports.past_papers.structure import propose
from tests.past_papers.papers import LABELS
from tests.past_papers.reading import assert_nothing_lost, read_bytes

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


def headings(paper) -> list[str]:
    return [piece.text for piece in paper.of_kind(PieceKind.HEADING)]


def of_page(body: str, tmp_path):
    """The proposal of a PDF that is printed from HTML."""
    printed = weasyprint.HTML(string=f"{PAGE}{body}").write_pdf()
    source = read_bytes(printed, "pdf", tmp_path)
    paper = propose(source, LABELS)
    assert len(paper.pieces) > 1
    return source, paper


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


def test_a_table_of_recommendations_without_upright_rules_is_one(tmp_path):
    rows = "".join(
        f"<tr><td>R{which}</td><td>{words}</td><td>DCC</td><td>March 2024</td></tr>"
        for which, words in enumerate(
            ("The Chief Constable should fill every vacancy in digital forensics by next March, "
             "and say how many are left.", "Publish the plan for the year that has begun."), 1
        )
    )  # fmt: skip
    body = (
        f"<h1>Strategic Policing Requirement</h1><h2>Purpose</h2><p>{WORDS * 2}</p>"
        "<style>.flat td, .flat th { border-bottom: 0.5pt solid grey; padding: 3pt; }</style>"
        "<h2>Recommendations</h2><table class='flat'><tr><th>No</th><th>Recommendation</th>"
        f"<th>Lead</th><th>By when</th></tr>{rows}</table><h2>Terrorism</h2><p>{WORDS * 2}</p>"
    )
    source, paper = of_page(body, tmp_path)

    assert [(piece.number, piece.addressee) for piece in paper.recommendations] == [
        ("1", "The Chief Constable"), ("2", "DCC"),
    ]  # fmt: skip
    assert headings(paper) == ["Purpose", "Recommendations", "Terrorism"]
    assert_nothing_lost(source, paper)


def test_a_paper_set_in_the_rows_of_a_table_is_read_as_paragraphs(tmp_path):
    rows = (
        ("1.", "<b>Purpose</b>"), ("1.1", WORDS * 2), ("2.", "<b>Recommendations</b>"),
        ("2.1", "It is recommended that the Board agrees to fund two analysts this year."),
        ("3.", "<b>Terrorism</b>"), ("3.1", WORDS * 2), ("", WORDS),
    )  # fmt: skip
    printed = "".join(f"<tr><td>{one}</td><td>{two}</td></tr>" for one, two in rows)
    body = f"<h1>Strategic Policing Requirement</h1><table class='ruled'>{printed}</table>"
    source, paper = of_page(body, tmp_path)

    assert headings(paper) == ["Purpose", "Recommendations", "Terrorism"]
    assert [piece.number for piece in paper.numbered_paragraphs] == ["1.1", "3.1"]
    assert [piece.addressee for piece in paper.recommendations] == ["The Board"]
    assert_nothing_lost(source, paper)


def test_words_beside_a_label_go_on_below_each_other(tmp_path):
    style = "<style>.head td { padding: 2pt; vertical-align: top; } .head { width: 90mm; }</style>"
    head = (
        "<table class='head'><tr><td style='width: 30mm'>Meeting:</td><td>Strategic Governance and "
        "Accountability Board of the Commissioner</td></tr><tr><td>Date:</td><td>9 November 2016"
        "</td></tr></table>"
    )
    body = f"<h1>Strategic Policing Requirement</h1><h2>Purpose</h2><p>{WORDS * 2}</p>"
    _, paper = of_page(f"{style}{head}{body}", tmp_path)

    assert paper.board_name == "Strategic Governance and Accountability Board of the Commissioner"


def test_a_full_line_of_a_paragraph_at_the_head_of_pages_is_not_running(tmp_path):
    pages = "".join(
        f"<div style='break-after: page'><p>{which}.1 The same words open each page of the paper, "
        f"and are many enough to fill a line from side to side and more. {WORDS * 2}</p></div>"
        for which in range(1, 5)
    )
    _, paper = of_page(f"<h2>Purpose</h2>{pages}", tmp_path)

    assert not any("same words" in piece.text for piece in paper.left_out)


def test_a_footnote_of_a_pdf_is_listed_as_such(tmp_path):
    note = "<span class='note'>Home Office (2012), the requirement of that year.</span>"
    body = f"<h1>Strategic Policing Requirement</h1><h2>Purpose</h2><p>1. {WORDS * 2}{note}</p>"
    _, paper = of_page(f"{body}<p>2. {WORDS}</p>", tmp_path)

    [found] = paper.unplaced
    assert (found.reason, "Home Office (2012)" in found.text) == ("footnote", True)
    assert [piece.number for piece in paper.numbered_paragraphs] == ["1", "2"]
