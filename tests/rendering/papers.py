"""Papers to render: one shaped like a real board paper, and the means to make others.

The shape (sections, 41 numbered paragraphs, 8 recommendations) is that of the
paper for the board of 7 February 2017; every sentence here is invented.
"""

import dataclasses
import datetime

from reports.document import (
    Audience,
    Brand,
    CrossReference,
    Paper,
    Paragraph,
    RecommendationItem,
    RecommendationList,
    Section,
    Source,
    Table,
    TableCell,
    Text,
)

FILLER = (
    "The lead reviewed what is held against what a demanding week would ask for, compared it "
    "with the year before, and set out in the assessment where the margin is thin.",
    "Partners were asked for their view at two exercises, one of them without notice – their "
    "answers, and the lead’s reply to each, stand in the assessment.",
    "No officer was moved from neighbourhood duties for longer than a day without the duty "
    "superintendent’s agreement; the log shows four such moves between April and August.",
)

# heading, level, paragraphs as (opening words, bullets)
SHAPE = (
    ("Purpose of report", 2, [("This report tells the Commissioner how the force stands.", ())]),
    (
        "Introduction",
        2,
        [
            (
                "Six national threats are assessed each year:",
                (
                    "terrorism",
                    "serious and organised crime",
                    "public order",
                    "civil emergencies",
                    "a national cyber security incident",
                    "child sexual abuse",
                ),
            ),
            ("The aim is to show strengths and gaps alike.", ()),
            ("The minimum national capacity is under review.", ()),
            (
                "Leads were asked to consider:",
                ("the threat today", "delivery at three levels", "command", "structures", "advice"),
            ),
            ("Inspectors looked at readiness in the spring.", ()),
            (
                "Last year’s recommendations are complete:",
                ("the report was adopted", "national work was supported", "the budget took note"),
            ),
        ],
    ),
    (
        "Summary of self-assessments, August 2016",
        2,
        [("Every lead has reported.", ()), ("Each of the five Cs was weighed.", ())],
    ),
    ("Terrorism", 3, [(f"Terrorism, point {n}.", ()) for n in range(1, 6)]),
    ("Serious and organised crime", 3, [(f"Organised crime, point {n}.", ()) for n in range(1, 7)]),
    ("Public order", 3, [(f"Public order, point {n}.", ()) for n in range(1, 5)]),
    ("Civil emergencies", 3, [(f"Civil emergencies, point {n}.", ()) for n in range(1, 4)]),
    (
        "National cyber security incident",
        3,
        [
            (f"Cyber, point {n}.", ("pursue", "prevent", "protect") if n == 2 else ())
            for n in range(1, 6)
        ],
    ),
    (
        "Child sexual abuse",
        3,
        [
            (f"Child sexual abuse, point {n}.", ("hubs", "teams", "training") if n == 4 else ())
            for n in range(1, 8)
        ],
    ),
    (
        "Conclusion",
        2,
        [("The force can meet what is asked of it.", ()), ("It is now for you.", ())],
    ),
)

RECOMMENDATIONS = (
    ("Child sexual abuse", "The Chief Constable", "to plan for rising demand in each coming year."),
    ("Organised crime", "The Chief Constable", "to widen the local profiles to every area."),
    ("Cyber crime", "The Chief Constable", "to acknowledge what the medium term will need."),
    ("Counter terrorism", "The Chief Constable", "to keep the national programme supported."),
    ("Public order and civil emergencies", "The Chief Constable", "to keep present processes."),
    ("SPR", "The Executive Team", "to weigh the change programme against national duties."),
    ("", "The Executive Team", "to note this report and plan accordingly."),
    ("", "ACC Security", "to submit this report to the Commissioner’s office for the budget."),
)


def board_paper(*, times: int = 1, **changes) -> Paper:
    """The whole paper, `times` as long: 41 numbered paragraphs at once, 82 at twice."""
    sections, number = [], 0
    for turn in range(times):
        for heading, level, paragraphs in SHAPE:
            blocks = []
            for opening, bullets in paragraphs:
                number += 1
                words = f"{opening} {FILLER[number % 3]} {FILLER[(number + 1) % 3]}"
                blocks.append(
                    Paragraph(
                        identity=f"p{number}",
                        number=number,
                        inlines=(Text(opening if bullets else words),),
                        bullets=tuple((Text(bullet),) for bullet in bullets),
                        source=Source("summary_paragraph", f"a{number}", f"Answer {number}"),
                    )
                )
            if heading == "Public order":
                blocks.append(capacity_table(identity=f"capacity-{turn}"))
            sections.append(Section(f"s{turn}-{heading}", heading, level, tuple(blocks)))
    sections += closing_sections()
    return dataclasses.replace(blank_paper(), sections=tuple(sections), **changes)


def closing_sections() -> list[Section]:
    """Financial and legal implications, unnumbered, and the recommendations."""
    cost = (Text("As per "), CrossReference("r8", "recommendation 8"), Text("."))
    return [
        Section("financial", "Financial implications", 2, (unnumbered("financial-1", *cost),)),
        Section("legal", "Legal implications", 2, (unnumbered("legal-1", Text("None.")),)),
        Section("recommendations", "Recommendations", 2, (recommendations(),)),
    ]


def recommendations() -> RecommendationList:
    return RecommendationList(
        tuple(
            RecommendationItem(f"r{number}", number, heading, addressee, (Text(words),))
            for number, (heading, addressee, words) in enumerate(RECOMMENDATIONS, start=1)
        )
    )


def blank_paper() -> Paper:
    """A paper with a head and no sections."""
    return Paper(
        title="Strategic Policing Requirement",
        force_name="West Midlands Police",
        board_name="Strategic Policing and Crime Board",
        meeting_on=datetime.date(2017, 2, 7),
        header=(("Report of", "Chief Constable"), ("For", "Information")),
        marking="OFFICIAL",
        audience=Audience.PUBLIC,
        edition_label="Public edition",
        is_draft=False,
        reference="WMP SPR 2016-17",
        sections=(),
    )


def paper_of(*blocks, heading: str = "Terrorism", **changes) -> Paper:
    """A paper with one section of these blocks."""
    sections = (Section("s1", heading, 2, blocks),)
    return dataclasses.replace(blank_paper(), sections=sections, **changes)


def numbered(number: int, *words: str, **changes) -> Paragraph:
    return Paragraph(f"p{number}", number, tuple(map(Text, words)), **changes)


def unnumbered(identity: str, *inlines) -> Paragraph:
    return Paragraph(identity, None, inlines)


def capacity_table(*, identity: str = "capacity", rows: int = 2) -> Table:
    lines = (("Spontaneous mutual aid", "19", "62"), ("Trained evidence gatherers", "40", "44"))
    return Table(
        identity=identity,
        caption="Police Support Units, required and held",
        header=("Unit", "Required", "Held"),
        rows=tuple(
            (TableCell(label, is_header=True), TableCell(required), TableCell(held))
            for label, required, held in (lines[n % 2] for n in range(rows))
        ),
    )


LOGO = (  # a picture of two dark pixels
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGPUYAAAAFYAKiza9yUAAAAASUVORK5CYII="
)


def brand() -> Brand:
    return Brand(
        logo=LOGO,
        logo_description="Crest of the force",
        colour="#553399",
        head_words="Keeping people safe",
        foot_words=("Ask for this paper in large print.", "Telephone 101."),
    )


def paper_by_section(**changes) -> Paper:
    """Numbered 1, 1.1, 1.2, with recommendations in three places, a marked and a withheld part."""
    listed = recommendations()
    marked = "OFFICIAL-SENSITIVE: for the Executive Team only"
    inline = RecommendationList(listed.items[3:4])
    sections = (
        Section("s1", "Purpose", 2, (counted("1.1"), counted("1.2")), number="1"),
        Section("s2", "What is recommended", 2, (listed,), number="2"),
        Section("s3", "The threats", 2, (counted("3.1"),), number="3"),
        Section("s4", "Terrorism", 3, (counted("3.2.1"), counted("3.2.2"), inline), number="3.2"),
        Section("s5", "Cyber", 3, (counted("3.3.1", is_public=False, marking=marked),), "3.3"),
        Section(
            "s6", "Plans", 2, (counted("4.1"),), "4", is_public=False, withheld_under="section 31"
        ),
        Section("s7", "Legal implications", 2, (unnumbered("legal", Text("None.")),)),
        Section("s8", "Conclusion", 2, (counted("5.1"), *_pointing()), number="5"),
        Section("s9", "Recommendations", 2, (listed,), number="6"),
        Section("a1", "Capacity", 2, (counted("A1"), counted_table()), number="Annex A"),
        Section("a2", "Words", 2, (counted("B1"), counted("B2")), number="Annex B"),
    )
    fields = {
        "sections": sections,
        "audience": Audience.FULL,
        "edition_label": "Full edition",
        "brand": brand(),
        "notices": ("This is issue 2 of the paper. It supersedes issue 1.",),
    }
    return dataclasses.replace(blank_paper(), **fields | changes)


def counted(number: str, **fields) -> Paragraph:
    return Paragraph(f"p{number}", number, (Text(f"What stands at {number}."),), **fields)


def counted_table() -> Table:
    return dataclasses.replace(capacity_table(), number="1")


def _pointing() -> tuple[Paragraph, ...]:
    """A paragraph that refers to each kind of place."""
    inlines = (
        Text("See "),
        CrossReference("s3", "section 3"),
        Text(", "),
        CrossReference("p3.2.2", "paragraph 3.2.2"),
        Text(", "),
        CrossReference("capacity", "table 1"),
        Text(" and "),
        CrossReference("a2", "Annex B"),
        Text("."),
    )
    return (Paragraph("p5.2", "5.2", inlines),)
