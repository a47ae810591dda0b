"""An edition of an issued paper as it was stored: what is read, searched and compared."""

from __future__ import annotations

from reports.document import Audience, Paper, from_json
from reports.domain.published import whole
from reports.editions import for_audience
from reports.enums import FileFormat
from reports.models import IssuedPaper


def edition_as_issued(issued: IssuedPaper, audience: Audience) -> Paper:
    """One edition, from the bytes that were issued; of the public one nothing else is read.

    Raises DamagedFile when those bytes are no longer what was issued. A paper
    that was issued without its public edition as data has it made from the full one.
    """
    if audience is Audience.PUBLIC:
        stored = issued.files.filter(audience=Audience.PUBLIC, format=FileFormat.JSON).first()
        if stored is not None:
            return from_json(whole(stored.content, sha256=stored.sha256).decode())
    return for_audience(from_json(issued.document), audience)


def is_as_taken_in(issued: IssuedPaper, document: Paper) -> bool:
    """Whether an edition is all of a paper from before the portal, which has one edition only."""
    return issued.paper_id is None and from_json(issued.document).audience is document.audience
