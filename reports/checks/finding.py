"""What a check of a paper says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from reports.beside import Waiver

LONGEST_SUBJECT = 200


class Part(StrEnum):
    """What a finding is about; in brackets what its reference holds."""

    ASSESSMENT = "assessment"  # (the threat's code)
    SECTIONS = "sections"
    SECTION = "section"  # (the section's identity)
    HEADING = "heading"  # (the section's identity)
    PARAGRAPH = "paragraph"  # (the section's identity / the paragraph's)
    SUMMARY = "summary"  # (the section's identity / that of the summary's paragraph)
    RECOMMENDATIONS = "recommendations"
    RECOMMENDATION = "recommendation"  # (its identity)
    OUTCOME = "outcome"  # (the recommendation's identity)
    HEADER = "header"
    DATES = "dates"
    COMMENT = "comment"  # (its identity)


@dataclass(frozen=True)
class Finding:
    """One thing that is missing or contradictory, for the person who can mend it.

    `sentence` names no paragraph's number, so that a waiver of it outlives a
    renumbering; `place` does ("Paragraph 12"). `about` tells several findings
    of one check in one part from each other.
    """

    sentence: str
    part: Part
    reference: str = ""
    is_blocking: bool = True
    can_be_waived: bool = False
    about: str = ""
    place: str = ""
    code: str = ""  # of the check; findings_of writes it
    waiver: Waiver | None = None

    @property
    def blocks(self) -> bool:
        """Whether it keeps the paper from being sent, agreed and issued."""
        return self.is_blocking and self.waiver is None

    @property
    def subject(self) -> str:
        """What it is about, in one word for all it has to say: a waiver is kept under it."""
        parts = (self.part.value, self.reference, self.about)
        return ":".join(filter(None, parts))[:LONGEST_SUBJECT]

    @property
    def key(self) -> str:
        """What its page is found by: the same as long as it says the same."""
        return hashlib.sha256(
            "\0".join((self.code, self.subject, self.sentence)).encode()
        ).hexdigest()[:16]
