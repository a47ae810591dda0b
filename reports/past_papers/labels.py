"""The labelled lines of a paper's head: "Report of: the Chief Constable"."""

from __future__ import annotations

import re

LABEL = re.compile(
    r"(?P<label>agenda item(?: no\.?| number)?|item(?: no\.?| number)?|report (?:of|by|from|author"
    r"|to|title|for)|title(?: of (?:report|paper))?|subject(?: of report)?|author(?:\(s\)|s)?"
    r"|(?:report |officer )?contact(?: officer| details| name)?|further information(?: from)?"
    r"|lead (?:officer|member)|presented by"
    r"|prepared by|job title|post|telephone|tel|e-?mail|date(?: of (?:meeting|report|board))?"
    r"|meeting(?: date| of)?|name of (?:meeting|board|committee)|board|committee|venue|time|to|from"
    r"|purpose(?: of (?:the )?(?:report|paper))?|status|type of (?:report|paper|item)|decision"
    r"|(?:protective |security |government security )?(?:marking|classification)"
    r"|(?:foia?|freedom of information)(?: act)?(?: classification| status| exemption)?"
    r"|(?:public|open|closed|private)(?: or (?:closed|private))?(?: session| part)?"
    r"|version|ref(?:erence)?"
    r"|portfolio(?: holder)?|sponsor|chief officer|director|background (?:papers|documents)"
    r"|enclosures?|appendices|attachments|for)(?P<sign>\s*[:\t]\s*)(?P<value>.*)$",
    re.IGNORECASE | re.DOTALL,
)
# The same without a sign between.
RUN_IN = re.compile(
    r"(?P<label>agenda item(?: no\.?| number)?|report (?:of|by|from|to))\s+(?P<value>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)


def labelled(text: str) -> tuple[str, str] | None:
    """Label and value of a line such as "Report of: the Chief Constable"."""
    found = LABEL.match(text)
    if found is None and len(text.split()) <= 14:
        found = RUN_IN.match(text)
    if found is None:
        return None
    return found["label"].strip(), " ".join(found["value"].split())
