"""From a paper to its documents: what is previewed, agreed and made into files."""

from __future__ import annotations

import hashlib

from reports.builder import build_paper, problems_of
from reports.document import Audience, Paper, from_json, to_json
from reports.editions import for_audience
from reports.enums import PaperStatus
from reports.models import BoardPaper, IssuedPaper
from reports.snapshot import Snapshot, take_snapshot


def document_of(paper: BoardPaper, audience: Audience) -> Paper:
    """The paper as it stands, for one audience; a draft until it is agreed."""
    return document_from(take_snapshot(paper), audience, is_draft=is_draft(paper))


def documents_shown(paper: BoardPaper, snapshot: Snapshot) -> dict[Audience, Paper]:
    """Both editions as the paper's pages show them and its files are made while it is drafted."""
    return {
        audience: document_from(snapshot, audience, is_draft=is_draft(paper))
        for audience in Audience
    }


def document_from(snapshot: Snapshot, audience: Audience, *, is_draft: bool) -> Paper:
    return for_audience(build_paper(snapshot, is_draft=is_draft), audience)


def document_as_issued(issued: IssuedPaper, audience: Audience) -> Paper:
    """What was issued, from what was stored then: nothing that changed since comes in."""
    return for_audience(from_json(issued.document), audience)


def is_draft(paper: BoardPaper) -> bool:
    return paper.status not in (PaperStatus.AGREED, PaperStatus.ISSUED)


def final_documents(paper: BoardPaper) -> dict[Audience, Paper]:
    """Both editions as they will be issued."""
    snapshot = take_snapshot(paper)
    return {audience: document_from(snapshot, audience, is_draft=False) for audience in Audience}


def document_hash(document: Paper) -> str:
    """SHA-256 of the document's JSON, in hexadecimal."""
    return hashlib.sha256(to_json(document).encode()).hexdigest()


def problems_in(paper: BoardPaper) -> list[str]:
    """What keeps the paper from being sent, agreed or issued."""
    return problems_of(take_snapshot(paper))
