"""Taking a corrected past paper in: issued as it was, its recommendations open."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assessments.models.items import new_identity
from reports.document import to_json
from reports.domain.past_document import past_document
from reports.domain.past_papers import lock_draft
from reports.enums import Origin
from reports.exceptions import PaperNotReady
from reports.models import (
    IssuedFile,
    IssuedPaper,
    PastPaperDraft,
    PastPaperPiece,
    Recommendation,
)
from reports.past_paper_selectors import entered_by_hand, pieces_of
from reports.past_papers.proposal import PieceKind
from reports.past_papers.words import alike
from spr_portal.audit.recording import record
from spr_portal.identity.models import User

SURELY_THE_SAME = 0.9
PROBABLY_THE_SAME = 0.5
LONGEST = {"heading": 200, "addressee": 100}
NEW = ""  # of a recommendation that nobody entered before


@dataclass(frozen=True)
class Missing:
    """What keeps a paper from being taken in. `piece` is where it can be mended, if anywhere."""

    sentence: str
    piece: str = ""


def missing_in(draft: PastPaperDraft, pieces: Sequence[PastPaperPiece]) -> list[Missing]:
    """What must be put right first."""
    found = []
    for name, words in (("title", "title"), ("board_name", "board’s name")):
        if not getattr(draft, name).strip():
            found.append(Missing(f"The {words} is missing."))
    if draft.meeting_on is None:
        found.append(Missing("The day of the meeting is missing."))
    made = [piece for piece in pieces if piece.kind == PieceKind.RECOMMENDATION]
    for place, piece in enumerate(made, start=1):
        found += _missing_in_recommendation(piece, piece.number or str(place))
    known = {piece.identity for piece in made}
    found += [
        Missing("A recommendation printed again does not say which it is.", piece.identity)
        for piece in pieces
        if piece.kind == PieceKind.REPEATED and piece.repeats not in known
    ]
    return found


def proposed_matches(
    pieces: Sequence[PastPaperPiece], entered: Sequence[Recommendation], *, at_least: float
) -> dict[str, str]:
    """Which recommendation of the paper is one that was entered by hand: the likeliest, once."""
    pairs = sorted(
        (
            (alike(f"{row.addressee} {row.text}", f"{piece.addressee} {piece.text}"), piece, row)
            for piece in pieces
            if piece.kind == PieceKind.RECOMMENDATION
            for row in entered
        ),
        key=lambda pair: -pair[0],
    )
    found: dict[str, str] = {}
    for nearness, piece, row in pairs:
        is_free = piece.identity not in found and row.identity not in found.values()
        if nearness >= at_least and is_free:
            found[piece.identity] = row.identity
    return found


def take_in(
    *,
    draft: PastPaperDraft,
    matches: Mapping[str, str],
    leaves_unplaced: bool,
    by: User,
) -> IssuedPaper:
    """Issue the paper as it was, and enter its recommendations as open.

    `matches` says of pieces which recommendation entered by hand each one is:
    that one stays as it stands, so none is doubled. Raises PaperNotReady while
    something is missing, or words are not placed and nobody said they may stay so.
    """
    with transaction.atomic():
        locked = lock_draft(draft, by=by)
        pieces = list(pieces_of(locked))
        _require_ready(locked, pieces, leaves_unplaced)
        issued = _issue(locked, pieces, by=by)
        entered = _enter(locked, pieces, matches)
        locked.issued, locked.content = issued, None
        locked.save(update_fields=["issued", "content"])
        record(
            action="past_paper.taken_in",
            subject=f"past paper {locked.reference}",
            by=by,
            force=locked.force,
            details={
                "document": issued.document_hash,
                "file": locked.sha256,
                "audience": locked.audience,
                "recommendations": entered,
                "not_placed": sum(piece.kind == PieceKind.UNPLACED for piece in pieces),
            },
        )
    return issued


def _require_ready(draft, pieces, leaves_unplaced: bool) -> None:
    problems = [missing.sentence for missing in missing_in(draft, pieces)]
    unplaced = sum(piece.kind == PieceKind.UNPLACED for piece in pieces)
    if unplaced and not leaves_unplaced:
        problems.append(
            f"{unplaced} part{'s are' if unplaced > 1 else ' is'} not placed. Place them, or say "
            "that they may be left out."
        )
    if problems:
        raise PaperNotReady(problems)


def _issue(draft: PastPaperDraft, pieces, *, by: User) -> IssuedPaper:
    words = to_json(past_document(draft, pieces))
    issued = IssuedPaper.objects.create(
        paper=None,
        origin=Origin.IMPORTED,
        edition_code=draft.edition.code,
        force=draft.force,
        year=draft.year,
        title=draft.title,
        board_name=draft.board_name,
        board_on=draft.meeting_on,
        document=words,
        document_hash=hashlib.sha256(words.encode()).hexdigest(),
        template_code="",
        template_version=0,
        approvals={},
        libraries={},
        issued_by=by,
        issued_by_name=by.name,
        issued_by_post=by.post,
        issued_at=timezone.now(),
    )
    IssuedFile.objects.create(
        issued=issued,
        audience=draft.audience,
        format=draft.file_format,
        name=f"{draft.reference}-spr-board-paper-{draft.audience}.{draft.file_format}",
        content=bytes(draft.content),
        size=draft.size,
        sha256=draft.sha256,
    )
    return issued


def _enter(draft: PastPaperDraft, pieces, matches: Mapping[str, str]) -> list[str]:
    """Enter what was not entered by hand; in the order printed, what only hands entered last."""
    entered = {row.identity: row for row in entered_by_hand(draft)}
    ordered: list[Recommendation] = []
    for piece in pieces:
        if piece.kind != PieceKind.RECOMMENDATION:
            continue
        same = entered.pop(matches.get(piece.identity, NEW), None)
        ordered.append(same or _recommendation(draft, piece))
    for order, row in enumerate([*ordered, *entered.values()], start=1):
        if row.pk is None:
            row.order = order
            row.save()
        elif row.order != order:
            Recommendation.objects.filter(pk=row.pk).update(order=order)
    return [row.identity for row in ordered]


def _recommendation(draft: PastPaperDraft, piece: PastPaperPiece) -> Recommendation:
    return Recommendation(
        force=draft.force,
        year=draft.year,
        identity=new_identity(),
        heading=piece.heading,
        addressee=piece.addressee,
        verb=piece.verb,
        text=piece.text,
        threat_codes=piece.threat_codes,
        is_public=draft.is_public,
        withheld_under=draft.withheld_under,
    )


def _missing_in_recommendation(piece: PastPaperPiece, number: str) -> list[Missing]:
    found = []
    if not piece.addressee.strip():
        found.append(f"Recommendation {number} does not say to whom it is made.")
    if not piece.text.strip():
        found.append(f"Recommendation {number} has no words.")
    for name, most in LONGEST.items():
        if len(getattr(piece, name)) > most:
            found.append(
                f"The {name} of recommendation {number} must be {most} characters or fewer."
            )
    return [Missing(sentence, piece.identity) for sentence in found]
