"""The steps of a paper: sent to the Executive Team, agreed or sent back, issued."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from assessments.domain.cycles import close_cycle
from assessments.models import Assessment
from reports.document import Audience, to_json
from reports.domain.documents import document_hash, final_documents, problems_in
from reports.domain.libraries import versions
from reports.domain.renditions import ask_for_renditions
from reports.domain.workflow import WORKFLOW
from reports.enums import Format, PaperAction, RenditionStatus
from reports.exceptions import FilesNotMade, PaperNotReady
from reports.models import BoardPaper, IssuedFile, IssuedPaper, Rendition
from spr_portal.identity.models import User


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
        voided, locked.agreed_hash = locked.agreed_hash, ""
        locked.agreed_by = locked.agreed_at = None
        locked.agreed_by_name = locked.agreed_by_post = ""
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
        return {"document": now_hash}

    with transaction.atomic():
        agreed = WORKFLOW.move(paper, PaperAction.AGREE, by=by, before_saving=bind)
        make_final_files(paper=agreed, by=by)
    return agreed


def make_final_files(*, paper: BoardPaper, by: User) -> list[Rendition]:
    """Ask the worker for every format of both editions; those already made are left alone."""
    return ask_for_renditions(paper=paper, documents=final_documents(paper).values(), by=by)


def issue_paper(*, paper: BoardPaper, by: User) -> IssuedPaper:
    """Issue the paper: freeze its document, its files and who approved what, by value.

    Raises PaperNotReady when the words are not those that were agreed, and
    FilesNotMade while a file is missing; then nothing is issued.
    """

    def freeze(locked: BoardPaper) -> dict:
        _require_ready(locked)
        documents = final_documents(locked)
        if document_hash(documents[Audience.FULL]) != locked.agreed_hash:
            raise PaperNotReady(
                ["Its words have changed since the Executive Team agreed it. Take it back, "
                 "and send it again."]
            )  # fmt: skip
        renditions = _made_renditions(locked, documents)
        issued = _freeze_paper(locked, documents, by=by)
        for rendition in renditions:
            _freeze_file(issued, rendition)
        close_cycle(locked.cycle, at=issued.issued_at)
        return {"files": {file.name: file.sha256 for file in issued.files.defer("content")}}

    moved = WORKFLOW.move(paper, PaperAction.ISSUE, by=by, before_saving=freeze)
    return moved.issued


def _require_ready(paper: BoardPaper) -> None:
    """Nothing is missing, and no assessment is reopened before the caller's transaction ends."""
    rows = Assessment.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(cycle=paper.cycle_id).order_by("pk"))
    problems = problems_in(paper)
    if problems:
        raise PaperNotReady(problems)


def _made_renditions(paper: BoardPaper, documents) -> list[Rendition]:
    hashes = [document_hash(document) for document in documents.values()]
    made = list(paper.renditions.filter(document_hash__in=hashes, status=RenditionStatus.MADE))
    if len(made) != len(documents) * len(Format):
        missing = len(documents) * len(Format) - len(made)
        raise FilesNotMade(
            f"{missing} of the paper’s files {'is' if missing == 1 else 'are'} not made yet, "
            "so nothing was issued. Wait until all are made, or have a failed one made again."
        )
    return made


def _freeze_paper(paper: BoardPaper, documents, *, by: User) -> IssuedPaper:
    full = documents[Audience.FULL]
    return IssuedPaper.objects.create(
        paper=paper,
        kind=paper.kind,
        edition_code=paper.cycle.edition.code,
        force=paper.force,
        year=paper.cycle.year,
        title=paper.title,
        board_name=full.board_name,
        board_on=paper.cycle.board_on,
        document=to_json(full),
        document_hash=document_hash(full),
        template_code=paper.template.code,
        template_version=paper.template.version,
        approvals=_approvals(paper),
        libraries=versions(),
        issued_by=by,
        issued_by_name=by.name,
        issued_by_post=by.post,
        issued_at=timezone.now(),
    )


def _freeze_file(issued: IssuedPaper, rendition: Rendition) -> IssuedFile:
    content = bytes(rendition.content)
    if hashlib.sha256(content).hexdigest() != rendition.sha256:
        raise FilesNotMade(
            "A file of the paper was damaged after it was made, so nothing was issued. "
            "Have it made again."
        )
    name = f"{issued.force.code}-{issued.year}-spr-board-paper-{rendition.audience}"
    return IssuedFile.objects.create(
        issued=issued,
        audience=rendition.audience,
        format=rendition.format,
        name=f"{name}.{rendition.format}",
        content=content,
        size=len(content),
        sha256=rendition.sha256,
    )


def _approvals(paper: BoardPaper) -> dict:
    """Who approved each assessment and agreed the paper, as they were then."""
    assessments = paper.cycle.assessments.select_related("threat")
    return {
        "assessments": [
            {
                "threat": assessment.threat.code,
                "name": assessment.approved_by_name,
                "post": assessment.approved_by_post,
                "at": assessment.approved_at.isoformat(),
                "content": assessment.approved_hash,
            }
            for assessment in assessments
        ],
        "paper": {
            "name": paper.agreed_by_name,
            "post": paper.agreed_by_post,
            "at": paper.agreed_at.isoformat(),
            "document": paper.agreed_hash,
        },
    }
