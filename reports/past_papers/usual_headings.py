"""Headings that board papers usually have."""

from __future__ import annotations

import re

from reports.past_papers.recommending import is_recommendations_heading

KNOWN = re.compile(
    r"(?:purpose(?: of (?:the |this )?(?:report|paper))?|introduction|background(?: information)?"
    r"|(?:strategic |national |local )?context|(?:executive )?summary|overview|scope|governance"
    r"|conclusions?|discussion|key points|current position|(?:key )?findings|next steps|resources"
    r"|consultation|risks?(?: .{0,30})?|appendi(?:x|ces)(?: .{0,40})?|list of appendices"
    r"|annex(?: .{0,40})?|glossary|(?:.{2,40} )?implications?(?: .{0,30})?|recommendations?"
    r"|(?:.{0,20} )?police and crime plan.{0,30}|legal|finance|financial"
    r"|equality(?: and diversity)?"
    r"|(?:legal|financ\w+|equality|human resources?) (?:comments|issues|considerations)"
    r"|threat assessments?|(?:the )?(?:national )?threats|options(?: considered)?|communications?"
    r"|contact officer|diversity|human rights|background (?:papers|documents)|assurance"
    r"|publication|methodology|approach)$",
    re.IGNORECASE,
)
APPENDIX = re.compile(r"(?:appendix|annex|enclosure)\b", re.IGNORECASE)
APPENDICES = re.compile(r"(?:appendices|annexe?s|enclosures)$", re.IGNORECASE)
ABBREVIATIONS = re.compile(r"abbreviation|glossary|acronym|definition", re.IGNORECASE)


def is_known(text: str) -> bool:
    """Whether a line is one of them, for recommendations too."""
    return bool(KNOWN.match(text)) or is_recommendations_heading(text)
