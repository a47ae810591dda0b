"""A past paper while it is corrected: begun from a file, changed piece by piece, given up."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments.models import Cycle
from assessments.models.items import new_identity
from reports.domain.past_paper_reading import read_past_paper
from reports.domain.past_pieces import as_kind, words_of
from reports.enums import FileFormat, PaperKind
from reports.exceptions import StalePaperEdit
from reports.models import IssuedPaper, PastPaperDraft, PastPaperPiece
from reports.past_paper_policies import can_bring_past_papers, can_correct_past_paper
from reports.past_paper_selectors import current_year, pieces_of
from reports.past_papers.proposal import Piece, PieceKind, Proposal
from reports.past_papers.words import letters_of
from spr_portal.audit.recording import record
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import Force, User
from spr_portal.lists import change_row
from spr_portal.plain_text import clean_line
from threats.models import Edition

HEAD = ("title", "board_name", "meeting_on", "is_public", "withheld_under")
PIECE = (
    "text", "number", "level", "label", "heading", "addressee", "verb", "rows",
    "threat_codes", "repeats",
)  # fmt: skip
MOST_PIECES = 4_000
ENDINGS = {".pdf": FileFormat.PDF, ".docx": FileFormat.DOCX, ".txt": FileFormat.TXT}


def begin_past_paper(
    *, year: str, edition: Edition, withheld_under: str, path: Path, name: str, by: User
) -> PastPaperDraft:
    """Read a paper from its file, to be corrected. Raises Refused, and PaperUnreadable.

    `withheld_under` is the exemption of a paper that was not public, empty for one that was.
    """
    can_bring_past_papers(by).require()
    require_free(force=by.force, year=year)
    proposal = read_past_paper(path=path, name=name, edition=edition)
    return keep_proposal(
        proposal=proposal,
        year=year,
        edition=edition,
        withheld_under=withheld_under,
        path=path,
        name=name,
        by=by,
    )


def keep_proposal(
    *,
    proposal: Proposal,
    year: str,
    edition: Edition,
    withheld_under: str,
    path: Path,
    name: str,
    by: User,
) -> PastPaperDraft:
    """Keep what was read together with the file's bytes, until it is taken in or given up."""
    can_bring_past_papers(by).require()
    if len(proposal.pieces) > MOST_PIECES:
        raise Refused("The paper has far more parts than a board paper has.", field="file")
    content = path.read_bytes()
    with transaction.atomic():
        Force.objects.select_for_update().get(pk=by.force_id)
        require_free(force=by.force, year=year)
        draft = PastPaperDraft.objects.create(
            force=by.force,
            year=year,
            edition=edition,
            is_public=not withheld_under,
            withheld_under=withheld_under,
            title=proposal.title[:200],
            board_name=proposal.board_name[:120],
            meeting_on=proposal.meeting_on,
            meeting_month=proposal.meeting_month,
            file_name=clean_line(name)[-200:],
            file_format=ENDINGS[Path(name).suffix.lower()],
            content=content,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            read_by=by,
            read_by_name=by.name,
            read_at=timezone.now(),
        )
        PastPaperPiece.objects.bulk_create(_rows(draft, proposal))
        _record(draft, "read", by=by, file=draft.file_name, sha256=draft.sha256)
    return draft


def require_free(*, force: Force, year: str) -> None:
    """Refuse a year whose paper cannot be brought in."""
    words = year.replace("-", "/")
    if year >= current_year(force):
        raise Refused(
            "Only the paper of an earlier year can be brought in: this year’s is made in the "
            "portal",
            field="year",
        )
    if Cycle.objects.filter(force=force, year=year).exists():
        raise Refused(
            f"The year {words} is in the portal, so its paper is made there", field="year"
        )
    if IssuedPaper.objects.filter(force=force, year=year, kind=PaperKind.BOARD_PAPER).exists():
        raise Refused(f"The paper of {words} has been taken in already", field="year")
    if PastPaperDraft.objects.filter(force=force, year=year).exists():
        raise Refused(
            f"A paper of {words} has been read already: go on with it, or give it up first",
            field="year",
        )


def change_head(
    *, draft: PastPaperDraft, values: Mapping, started_from: int, by: User
) -> PastPaperDraft:
    """Change title, board, day or audience; raises StalePaperEdit when somebody did meanwhile."""
    with transaction.atomic():
        lock_draft(draft, by=by)
        known = {name: values[name] for name in HEAD if name in values}
        rows = PastPaperDraft.objects.filter(pk=draft.pk, version=started_from)
        changed = rows.update(**known, version=F("version") + 1)
        newer = PastPaperDraft.objects.defer("content").get(pk=draft.pk)
        if not changed:
            raise StalePaperEdit(newer)
        _record(draft, "head_changed", by=by, **{k: str(v) for k, v in known.items()})
    return newer


def change_piece(
    *, draft: PastPaperDraft, identity: str, values: Mapping, started_from: int, by: User
) -> PastPaperPiece:
    """Correct a piece; raises StalePaperEdit when somebody did meanwhile."""
    with transaction.atomic():
        lock_draft(draft, by=by)
        known = {name: values[name] for name in PIECE if name in values}
        _require_one_repeated(draft, identity, known)
        piece, changed = change_row(
            pieces_of(draft), identity=identity, started_from=started_from, values=known
        )
        if not changed:
            raise StalePaperEdit(piece)
        _record(draft, "piece_changed", by=by, identity=identity, kind=piece.kind)
    return piece


def change_kind(
    *, draft: PastPaperDraft, identity: str, kind: PieceKind, started_from: int, by: User
) -> PastPaperPiece:
    """Say that a piece is something else; every word of it stays in it."""
    with transaction.atomic():
        lock_draft(draft, by=by)
        before = pieces_of(draft).filter(identity=identity).first()
        if before is None:
            raise StalePaperEdit(None)
        if before.kind == kind:
            return before
        piece, changed = change_row(
            pieces_of(draft),
            identity=identity,
            started_from=started_from,
            values=as_kind(before, kind),
        )
        if not changed:
            raise StalePaperEdit(piece)
        if before.kind == PieceKind.RECOMMENDATION:
            # What repeated it repeats nothing now; somebody says what it is.
            draft.pieces.filter(repeats=identity).update(repeats="")
        _record(draft, "kind_changed", by=by, identity=identity, was=before.kind, kind=kind)
    return piece


def join_piece(*, draft: PastPaperDraft, identity: str, started_from: int, by: User):
    """Join a piece to the one before it, whose kind it takes. Returns the joined piece."""
    with transaction.atomic():
        lock_draft(draft, by=by)
        rows = list(pieces_of(draft))
        place = next((p for p, row in enumerate(rows) if row.identity == identity), None)
        if place is None or rows[place].version != started_from:
            raise StalePaperEdit(None if place is None else rows[place])
        if place == 0:
            raise Refused("There is nothing before it")
        before, after = rows[place - 1], rows[place]
        before.text = " ".join(part for part in (before.text, words_of(after)) if part)
        before.origin = [*before.origin, *after.origin]
        before.version += 1
        before.save(update_fields=["text", "origin", "version"])
        draft.pieces.filter(repeats=identity).update(repeats=before.identity)
        after.delete()
        _record(draft, "pieces_joined", by=by, identity=before.identity, joined=identity)
    return before


def split_piece(*, draft: PastPaperDraft, identity: str, text: str, started_from: int, by: User):
    """Part a piece at the blank lines of `text`, which says the same words. Returns the parts.

    The parts keep its kind, and the lines of the file it came from.
    """
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
    with transaction.atomic():
        lock_draft(draft, by=by)
        piece = pieces_of(draft).filter(identity=identity).first()
        if piece is None or piece.version != started_from:
            raise StalePaperEdit(piece)
        if letters_of(" ".join(parts)) != letters_of(piece.text):
            raise Refused("The words are not the same. Change them first, then split", field="text")
        if len(parts) < 2:
            raise Refused("Put a blank line where the next part begins", field="text")
        pieces_of(draft).filter(order__gt=piece.order).update(order=F("order") + len(parts) - 1)
        piece.text = parts[0]
        piece.version += 1
        piece.save(update_fields=["text", "version"])
        added = [
            PastPaperPiece(
                draft=draft, identity=new_identity(), order=piece.order + step, kind=piece.kind,
                text=part, level=piece.level, origin=piece.origin, reason=piece.reason,
            )
            for step, part in enumerate(parts[1:], start=1)
        ]  # fmt: skip
        PastPaperPiece.objects.bulk_create(added)
        _record(draft, "piece_split", by=by, identity=identity, parts=len(parts))
    return [piece, *added]


def give_up(*, draft: PastPaperDraft, by: User) -> None:
    """Drop what was read, so that the year is free for another file; nothing was taken in."""
    with transaction.atomic():
        locked = lock_draft(draft, by=by)
        _record(draft, "given_up", by=by, file=locked.file_name, sha256=locked.sha256)
        locked.delete()


def lock_draft(draft: PastPaperDraft, *, by: User) -> PastPaperDraft:
    """The draft as it stands now, held until the transaction ends, for who may correct it."""
    locked = (
        PastPaperDraft.objects.select_for_update(of=("self",))
        .select_related("force", "edition")
        .filter(pk=draft.pk)
        .first()
    )
    if locked is None:
        raise StalePaperEdit(None)
    can_correct_past_paper(by, locked).require()
    return locked


def _require_one_repeated(draft: PastPaperDraft, identity: str, values: dict) -> None:
    """A second printing is one of a recommendation, which is no second printing itself."""
    if "repeats" not in values:
        return
    wanted = pieces_of(draft).filter(kind=PieceKind.RECOMMENDATION, identity=values["repeats"])
    if not wanted.exclude(identity=identity).exists():
        raise Refused("Choose the recommendation that is printed once more", field="repeats")


def _rows(draft: PastPaperDraft, proposal: Proposal) -> list[PastPaperPiece]:
    return [
        _row(draft, order, piece) for order, piece in enumerate(proposal.pieces, start=1)
    ]  # fmt: skip


def _row(draft: PastPaperDraft, order: int, piece: Piece) -> PastPaperPiece:
    return PastPaperPiece(
        draft=draft,
        identity=piece.identity,
        order=order,
        kind=piece.kind,
        text=piece.text,
        mark=piece.mark[:200],
        number=piece.number[:20],
        level=piece.level,
        label=piece.label[:200],
        heading=piece.heading,
        addressee=piece.addressee or piece.lead,
        verb=piece.verb[:60],
        rows=[list(row) for row in piece.rows],
        threat_codes=list(piece.threat_codes),
        repeats=piece.repeats,
        reason=piece.reason[:200],
        origin=[[line.page, line.number, line.text] for line in piece.origin],
    )


def _record(draft: PastPaperDraft, what: str, *, by: User, **details) -> None:
    record(
        action=f"past_paper.{what}",
        subject=f"past paper {draft.reference}",
        by=by,
        force=draft.force,
        details=details,
    )
