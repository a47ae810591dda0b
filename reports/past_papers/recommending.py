"""Where recommendations stand: below which headings, in which tables, and where in none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reports.past_papers.words import flat

HEADING = re.compile(
    r"(?:summary of |list of |the |key |our |proposed |full )*recommendations?\b"
    r"|(?:decisions?|actions?) (?:required|requested|sought)|conclusions? and recommendations?"
    r"|what (?:we are|.{3,40} (?:is|are)(?: being)?) ask(?:ing|ed)\b"
    r"|.{3,40} (?:is|are) (?:asked|invited|requested)(?: to)?(?: (?:decide|do|consider|note))?$",
    re.IGNORECASE,
)
NAMED = re.compile(r"\brecommend(?:ations?|ed)\b", re.IGNORECASE)
# A heading with one of these is about recommendations that others made, or that were made before.
OF_OTHERS = re.compile(
    r"previous|last year|prior|earlier|progress|update|hmic|inspect|outcome|response|implement|"
    r"status|review of|made in|against|arising|follow|national|external|audit"
    r"|(?:from|of|in|since) (?:the )?(?:19|20)\d\d",
    re.IGNORECASE,
)
# So is a section whose heading has one of these, though it does not name recommendations.
SECTION_OF_OTHERS = re.compile(
    r"previous|last year|prior year|earlier|progress|update|hmic|inspect|outcome|implement|audit",
    re.IGNORECASE,
)
NONE = re.compile(
    r"^(?:there (?:are|were) )?(?:no|nil)\b.{0,30}\b(?:recommendation|implication|issue)s?\b"
    r".{0,60}$"
    r"|^(?:none|nil|not applicable|n/a)\b.{0,40}$",
    re.IGNORECASE,
)
STATUS_COLUMN = re.compile(
    r"\b(?:status|progress|updates?|outcome|position|rag)\b|\bcompleted?\b(?! by| date)",
    re.IGNORECASE,
)
# "The recommendations are set out below": it recommends nothing itself.
INTRODUCING = re.compile(
    r"\brecommendations?\b.*\b(?:below|above|follow(?:s|ing)?|set out|listed|table|appendix"
    r"|annex|section|paragraph)\b|\bfollowing recommendations?\b",
    re.IGNORECASE | re.DOTALL,
)


def is_recommendations_heading(heading: str) -> bool:
    """Whether the recommendations of this very paper stand below."""
    words = re.sub(r"^[\d.() ]+", "", heading).strip(" :.")
    return bool(
        HEADING.match(words) or (NAMED.search(words) and len(words.split()) <= 4)
    ) and not OF_OTHERS.search(words)


def is_of_others(heading: str) -> bool:
    """Whether recommendations below a heading are others', or of an earlier year."""
    pattern = OF_OTHERS if NAMED.search(heading) else SECTION_OF_OTHERS
    return bool(pattern.search(heading))


def is_none(text: str) -> bool:
    """Whether a text says that there is no recommendation."""
    return bool(NONE.match(text))


def is_introduction(text: str) -> bool:
    """Whether a text only says where the recommendations stand."""
    return len(text.split()) <= 40 and bool(INTRODUCING.search(text))


def columns(header: Sequence[str], *, in_list: bool = False) -> dict[str, int] | None:
    """What the columns of a table of recommendations hold; None for a table of anything else.

    `in_list`: the table stands below a heading of recommendations, and may call them otherwise.
    """
    named = [flat(cell).casefold() for cell in header]
    # A narrow column breaks the word anywhere.
    named = [re.sub(r"recommendatio ?n", "recommendation", name) for name in named]
    if in_list and not any("recommendation" in name for name in named):
        named = [re.sub(r"^(?:proposed )?(?:actions?|proposals?)$", "recommendation", name)
                 for name in named]  # fmt: skip
    if not any("recommendation" in name for name in named):
        return None
    if any(len(name.split()) > 6 for name in named):
        return None  # a row that recommends something
    if any(STATUS_COLUMN.search(name) for name in named):
        return None
    found: dict[str, int] = {}
    for place, name in enumerate(named):
        if re.fullmatch(
            r"(?:no\.?|#|ref(?:erence)?\.?|number|recommendation (?:no\.?|number))", name
        ):
            found.setdefault("number", place)
        elif "recommendation" in name:
            found.setdefault("text", place)
        elif re.search(r"owner|addressee|lead|responsib|^for$|^to$|who", name):
            found.setdefault("addressee", place)
        elif re.search(r"threat|theme|area|subject|topic|heading|strand", name):
            found.setdefault("heading", place)
    return found if "text" in found else None
