"""Small papers to make files of."""

import datetime

from reports.document import Audience, Paper, Paragraph, Section, Text


def make_document(*, paragraphs: int = 3, **fields) -> Paper:
    blocks = tuple(
        Paragraph(f"p{number}", number, (Text(f"The {number}. thing the board is told."),))
        for number in range(1, paragraphs + 1)
    )
    values = {
        "title": "Strategic Policing Requirement",
        "force_name": "West Midlands Police",
        "board_name": "Strategic Policing and Crime Board",
        "meeting_on": datetime.date(2017, 2, 7),
        "header": (("Report of", "Chief Constable"),),
        "marking": "OFFICIAL",
        "audience": Audience.FULL,
        "edition_label": "Full edition",
        "is_draft": True,
        "reference": "WMP SPR 2016-17",
        "sections": (Section("purpose", "Purpose of report", 2, blocks),),
    }
    return Paper(**values | fields)
