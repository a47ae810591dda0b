"""From a paper to its documents: what is previewed, agreed and made into files."""

from __future__ import annotations

import dataclasses
import hashlib

from reports.builder import build_paper
from reports.checks import findings_of, sentences_that_block
from reports.document import Audience, Paper, from_json, to_json
from reports.editions import for_audience
from reports.enums import FileFormat, PaperStatus
from reports.models import BoardPaper, IssuedPaper
from reports.snapshot import Snapshot, take_snapshot


def document_of(paper: BoardPaper, audience: Audience) -> Paper:
    """The paper as it stands, for one audience."""
    return for_audience(full_edition(paper, take_snapshot(paper)), audience)


def documents_shown(paper: BoardPaper, snapshot: Snapshot) -> dict[Audience, Paper]:
    """Both editions as the paper's pages show them and its files are made while it is drafted."""
    full = full_edition(paper, snapshot)
    return {audience: for_audience(full, audience) for audience in Audience}


def full_edition(paper: BoardPaper, snapshot: Snapshot) -> Paper:
    """A draft until it is agreed, and again when its words are no longer those agreed."""
    final = build_paper(snapshot, is_draft=False)
    is_agreed = paper.status in (PaperStatus.AGREED, PaperStatus.ISSUED)
    if is_agreed and document_hash(final) == paper.agreed_hash:
        return final
    return dataclasses.replace(final, is_draft=True)


def document_from(snapshot: Snapshot, audience: Audience, *, is_draft: bool) -> Paper:
    return for_audience(build_paper(snapshot, is_draft=is_draft), audience)


def document_as_issued(issued: IssuedPaper, audience: Audience) -> Paper:
    """What was issued, from what was stored then: nothing that changed since comes in."""
    return documents_as_issued(issued)[audience]


def documents_as_issued(issued: IssuedPaper) -> dict[Audience, Paper]:
    """Both editions as they were stored; the public one of a paper issued without it is made."""
    full = from_json(issued.document)
    stored = issued.files.filter(audience=Audience.PUBLIC, format=FileFormat.JSON).first()
    public = for_audience(full, Audience.PUBLIC)
    if stored is not None:
        public = from_json(bytes(stored.content).decode())
    return {Audience.FULL: full, Audience.PUBLIC: public}


def final_documents(paper: BoardPaper) -> dict[Audience, Paper]:
    """Both editions as they will be issued."""
    snapshot = take_snapshot(paper)
    return {audience: document_from(snapshot, audience, is_draft=False) for audience in Audience}


def document_hash(document: Paper) -> str:
    """SHA-256 of the document's JSON, in hexadecimal."""
    return hashlib.sha256(to_json(document).encode()).hexdigest()


def problems_in(paper: BoardPaper, snapshot: Snapshot | None = None) -> list[str]:
    """What keeps the paper from being sent, agreed or issued; nothing that was waived."""
    snapshot = snapshot or take_snapshot(paper)
    document = build_paper(snapshot, is_draft=False)
    return sentences_that_block(findings_of(snapshot, document))
