"""The steps of a paper: sent to the Executive Team, agreed or sent back, issued."""

from __future__ import annotations

import logging

from django.db import OperationalError
from django.utils import timezone

from assessments.domain.cycles import close_cycle
from assessments.models import Assessment
from reports.document import Audience
from reports.domain.corrections import unbind_agreement
from reports.domain.documents import document_hash, final_documents, problems_in
from reports.domain.issuing import freeze
from reports.domain.kept_words import forget_kept_words
from reports.domain.manifest import sum_of
from reports.domain.renditions import ask_for_renditions
from reports.domain.workflow import WORKFLOW
from reports.enums import Format, PaperAction, PaperKind, RenditionStatus
from reports.exceptions import FilesNotMade, NotStored, PaperNotReady
from reports.models import BoardPaper, IssuedPaper, Rendition
from spr_portal.identity.models import User

logger = logging.getLogger(__name__)


def send_paper(*, paper: BoardPaper, by: User) -> BoardPaper:
    """Put the paper before the Executive Team. Raises PaperNotReady while something is missing."""

    def check(locked: BoardPaper) -> dict:
        _require_ready(locked)
        locked.sent_by = by
        return {}

    return WORKFLOW.move(paper, PaperAction.SEND, by=by, before_saving=check)


def send_paper_back(*, paper: BoardPaper, reason: str, by: User) -> BoardPaper:
    """Give the paper back to ACC Security to be changed."""
    return WORKFLOW.move(paper, PaperAction.SEND_BACK, by=by, reason=reason)


def withdraw_paper(*, paper: BoardPaper, reason: str, by: User) -> BoardPaper:
    """Take the paper back to change it; an agreement given is void."""

    def unbind(locked: BoardPaper) -> dict:
        voided = locked.agreed_hash
        unbind_agreement(locked)
        return {"voided": voided}

    return WORKFLOW.move(paper, PaperAction.WITHDRAW, by=by, reason=reason, before_saving=unbind)


def agree_paper(*, paper: BoardPaper, document: str, by: User) -> BoardPaper:
    """Agree the paper for the Executive Team, and have all its files made.

    `document` is the hash of the full edition the person was shown: agreement
    is bound to it. Raises PaperNotReady when it is another by now.
    """

    def bind(locked: BoardPaper) -> dict:
        _require_ready(locked)
        documents = final_documents(locked)
        now_hash = document_hash(documents[Audience.FULL])
        if document != now_hash:
            raise PaperNotReady(
                ["It is not the paper you were shown: read it again before you agree it."]
            )
        locked.agreed_by, locked.agreed_at = by, timezone.now()
        locked.agreed_by_name, locked.agreed_by_post = by.name, by.post
        locked.agreed_hash = now_hash
        ask_for_renditions(paper=locked, documents=documents.values(), by=by, is_recorded=False)
        return {"document": now_hash}

    return WORKFLOW.move(paper, PaperAction.AGREE, by=by, before_saving=bind)


def make_final_files(*, paper: BoardPaper, by: User) -> list[Rendition]:
    """Ask the worker for every format of both editions; those already made are left alone."""
    return ask_for_renditions(paper=paper, documents=final_documents(paper).values(), by=by)


def issue_paper(*, paper: BoardPaper, by: User, agreed: str = "") -> IssuedPaper:
    """Issue the paper: freeze its document, its files and who approved what, by value.

    `agreed` is the hash of what was agreed when the person looked, if they did. Raises
    PaperNotReady when something else was agreed since, or the words are not those agreed, and
    FilesNotMade while a file is missing, NotStored when the database cannot keep
    it; then nothing is issued.
    """

    def keep(locked: BoardPaper) -> dict:
        if agreed and agreed != locked.agreed_hash:
            raise PaperNotReady(
                ["The Executive Team has agreed other words since you opened the page. Read the "
                 "paper again before you issue it."]
            )  # fmt: skip
        _require_ready(locked)
        documents = final_documents(locked)
        if document_hash(documents[Audience.FULL]) != locked.agreed_hash:
            raise PaperNotReady(
                ["Its words have changed since the Executive Team agreed it. Take it back, "
                 "and send it again."]
            )  # fmt: skip
        issued = freeze(
            paper=locked, documents=documents, renditions=_made(locked, documents), by=by
        )
        if locked.kind == PaperKind.BOARD_PAPER:
            close_cycle(locked.cycle, at=issued.issued_at)
        forget_kept_words(locked)
        locked.renditions.all().delete()  # their bytes are kept with what was issued
        return {
            "number": issued.number,
            "manifest": sum_of(issued.manifest),
            "files": {file.name: file.sha256 for file in issued.files.defer("content")},
        }

    try:
        moved = WORKFLOW.move(paper, PaperAction.ISSUE, by=by, before_saving=keep)
    except OperationalError as fault:
        logger.exception("A paper could not be stored when it was issued")
        raise NotStored(
            "The database could not store the paper and its files, so nothing was issued. The "
            "paper and what was agreed are unaffected. Tell your administrator: the disk may be "
            "full. Then look at the paper again before you issue it."
        ) from fault
    return moved.issued


def _require_ready(paper: BoardPaper) -> None:
    """Nothing is missing, and no assessment is reopened before the caller's transaction ends."""
    rows = Assessment.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(cycle=paper.cycle_id).order_by("pk"))
    problems = problems_in(paper)
    if problems:
        raise PaperNotReady(problems)


def _made(paper: BoardPaper, documents) -> list[Rendition]:
    hashes = [document_hash(document) for document in documents.values()]
    rows = list(paper.renditions.filter(document_hash__in=hashes).defer("document"))
    made = [row for row in rows if row.status == RenditionStatus.MADE]
    missing = len(documents) * len(Format) - len(made)
    if missing:
        failed = [
            f"The {row.get_format_display()} file of the {row.audience} edition could not be made."
            for row in rows
            if row.status == RenditionStatus.FAILED
        ]
        waiting = (
            f"{missing} of the paper’s files {'is' if missing == 1 else 'are'} not made yet, so "
            "nothing was issued. Wait until all are made, or have a failed one made again on the "
            "page of the paper’s files."
        )
        raise FilesNotMade(" ".join([waiting, *failed]))
    return made
