"""What is typed into the form of a paragraph, valid or not, for a preview of it."""

from __future__ import annotations

from collections.abc import Mapping

from assessments.enums import FoiExemption, Marking
from assessments.forms.publishing import PUBLIC
from reports.document import Audience
from reports.drafts import Draft
from reports.forms.overriding import LEAVE_OUT
from spr_portal.plain_text import clean

LONGEST = 20_000  # characters; a form takes fewer


def draft_in(sent: Mapping[str, str], *, section: str, paragraph: str) -> Draft:
    """Nothing but what the form's fields can hold comes out, whatever was sent."""
    exemption, marking = sent.get("withheld_under", ""), sent.get("marking", "")
    return Draft(
        section=section,
        paragraph=paragraph,
        text=clean(sent.get("text", "")[:LONGEST]),
        is_public=sent.get("publication") == PUBLIC,
        withheld_under=FoiExemption(exemption).label if exemption in FoiExemption.values else "",
        marking=marking if marking in Marking.values else Marking.OFFICIAL,
        handling=clean(sent.get("handling", "")[:150]),
        is_left_out=sent.get("telling") == LEAVE_OUT,
    )


def edition_in(sent: Mapping[str, str]) -> Audience:
    """The edition that is asked for; the full one where none is."""
    asked = sent.get("edition") or sent.get("preview") or ""
    return Audience(asked) if asked in list(Audience) else Audience.FULL
