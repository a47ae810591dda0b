"""The document as JSON: what is stored of an issued paper, and read for ever."""

import dataclasses
import json

import pytest

from reports.document import (
    Audience,
    Brand,
    CrossReference,
    Paper,
    Paragraph,
    RecommendationItem,
    RecommendationList,
    Section,
    Table,
    TableCell,
    Text,
    from_json,
    plain,
    to_json,
)
from reports.editions import for_audience

SECRET = "SECRET"
UNDER = "Section 31 (law enforcement)"

# As the portal wrote it before sections, tables and papers had the fields that came later.
WRITTEN_BEFORE = """{
 "audience": "full",
 "board_name": "Board",
 "edition_label": "Full edition",
 "force_name": "Force",
 "header": [],
 "is": "Paper",
 "is_draft": false,
 "language": "en-GB",
 "marking": "OFFICIAL",
 "meeting_on": "2017-02-07",
 "reference": "F SPR 2016-17",
 "sections": [
  {
   "blocks": [
    {
     "bullets": [],
     "identity": "p1",
     "inlines": [
      {
       "is": "Text",
       "text": "One."
      },
      {
       "is": "CrossReference",
       "target": "r1",
       "text": "recommendation 1"
      }
     ],
     "is": "Paragraph",
     "is_public": true,
     "is_withheld": false,
     "number": 1,
     "public_bullets": null,
     "source": null,
     "withheld_under": ""
    },
    {
     "caption": "Units",
     "header": [
      "Unit"
     ],
     "identity": "t1",
     "is": "Table",
     "is_public": true,
     "rows": [
      [
       {
        "is": "TableCell",
        "is_header": true,
        "text": "PSU"
       }
      ]
     ]
    },
    {
     "is": "RecommendationList",
     "items": [
      {
       "addressee": "ACC",
       "heading": "",
       "identity": "r1",
       "inlines": [
        {
         "is": "Text",
         "text": "to act."
        }
       ],
       "is": "RecommendationItem",
       "is_public": true,
       "is_withheld": false,
       "number": 1,
       "source": null,
       "withheld_under": ""
      }
     ]
    }
   ],
   "heading": "Purpose",
   "identity": "s1",
   "is": "Section",
   "level": 2
  }
 ],
 "title": "SPR"
}"""


def paper_of(*sections: Section, **changes) -> Paper:
    return dataclasses.replace(from_json(WRITTEN_BEFORE), sections=sections, **changes)


def section(*blocks, identity="s1", heading="Open heading", **fields) -> Section:
    return Section(identity, heading, 2, blocks, **fields)


def paragraph(number, words, identity="", **fields) -> Paragraph:
    inlines = tuple(Text(w) if isinstance(w, str) else w for w in (words,))
    return Paragraph(identity or f"p{number}", number, inlines, **fields)


def table(**fields) -> Table:
    rows = ((TableCell("a", is_header=True), TableCell(SECRET)), (TableCell("b"), TableCell("2")))
    return Table("t1", "Units", ("Unit", "Held"), rows, **fields)


def public(paper: Paper) -> Paper:
    return for_audience(paper, Audience.PUBLIC)


def test_what_was_written_before_reads_and_keeps_its_sum():
    assert to_json(from_json(WRITTEN_BEFORE)) == WRITTEN_BEFORE


def test_what_came_later_is_written_once_it_is_used():
    item = RecommendationItem("r1", 1, "", "ACC", (Text("to act."),), marking="OFFICIAL-SENSITIVE")
    paper = paper_of(
        section(
            paragraph("1.1", CrossReference("s1", "Open heading", "a withheld section")),
            table(number="1", marking="OFFICIAL-SENSITIVE", public_rows=()),
            RecommendationList((item,)),
            number="1",
            is_public=False,
            withheld_under=UNDER,
        ),
        notices=("This paper supersedes another.",),
        brand=Brand(logo="aGk=", logo_description="Crest", foot_words=("One.", "Two.")),
    )

    assert from_json(to_json(paper)) == paper
    assert json.loads(to_json(paper))["sections"][0]["number"] == "1"


def test_a_withheld_section_is_a_heading_that_says_so():
    paper = paper_of(
        section(paragraph("1.1", "Open."), number="1", identity="s1"),
        section(
            paragraph("2.1", SECRET),
            number="2",
            identity="s2",
            heading=f"{SECRET} plans",
            is_public=False,
            withheld_under=UNDER,
        ),
        section(paragraph("3.1", "Open."), number="3", identity="s3"),
    )

    edition = public(paper)

    assert SECRET not in to_json(edition)
    assert [(s.number, s.heading, len(s.blocks)) for s in edition.sections] == [
        ("1", "Open heading", 1),
        (
            "2",
            "This section is withheld under section 31 (law enforcement) of the Freedom of "
            "Information Act 2000.",
            0,
        ),
        ("3", "Open heading", 1),
    ]
    assert [s.is_withheld for s in edition.sections] == [False, True, False]


def test_a_reference_does_not_tell_the_heading_of_a_withheld_section():
    away = CrossReference("s2", f"“{SECRET} plans”", "a section that is withheld")
    paper = paper_of(
        section(paragraph(1, away), identity="s1"),
        section(identity="s2", heading=f"{SECRET} plans", is_public=False, withheld_under=UNDER),
    )

    edition = public(paper)

    assert SECRET not in to_json(edition)
    assert plain(next(edition.paragraphs()).inlines) == "a section that is withheld"


def test_the_public_rows_of_a_table_stand_in_place_of_its_rows():
    told = ((TableCell("b"), TableCell("2")),)
    edition = public(paper_of(section(table(public_rows=told, number="1"))))

    (block,) = edition.blocks()
    assert (block.rows, block.public_rows, block.number) == (told, None, "1")
    assert SECRET not in to_json(edition)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"is_public": False, "withheld_under": UNDER, "number": "2"},
            "Table 2 is withheld under section 31 (law enforcement) of the Freedom of Information "
            "Act 2000.",
        ),
        ({"is_public": False}, "This table is withheld from the public edition."),
        ({"marking": "OFFICIAL-SENSITIVE"}, "This table is withheld from the public edition."),
    ],
)
def test_a_withheld_table_says_so(fields, sentence):
    edition = public(paper_of(section(table(**fields))))

    assert [plain(p.inlines) for p in edition.paragraphs()] == [sentence]
    assert SECRET not in to_json(edition)


def test_what_bears_a_marking_is_never_in_the_public_edition():
    """Even where a mistake elsewhere has cleared it."""
    marked = {"marking": "OFFICIAL-SENSITIVE: for the Executive Team only", "is_public": True}
    item = RecommendationItem("r1", 1, SECRET, SECRET, (Text(SECRET),), **marked)
    paper = paper_of(
        section(paragraph(1, SECRET, **marked), table(**marked), RecommendationList((item,))),
        section(paragraph(2, SECRET), identity="s2", heading=SECRET, **marked),
    )

    edition = to_json(public(paper))

    assert SECRET not in edition
    assert "Executive Team" not in edition
