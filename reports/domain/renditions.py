"""Files of a paper or of a meeting's pack: asked for by people, made by the background worker.

A rendition is keyed by the words of its document, so that asking twice makes a
file once, and making twice gives the same file.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable

from django.db import Error as DatabaseFault
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, task

from reports.document import Paper, to_json
from reports.domain.published import is_whole
from reports.domain.rendering import RenderingFailed, render_apart
from reports.enums import Format, RenditionStatus
from reports.models import BoardPaper, MeetingPack, Rendition
from reports.policies import can_see_pack, can_see_paper
from spr_portal.audit.recording import record
from spr_portal.background.retries import USUAL_WAITS, retried
from spr_portal.identity.models import User
from spr_portal.identity.policies import Decision

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = len(USUAL_WAITS) + 1
OPEN = (RenditionStatus.QUEUED, RenditionStatus.MAKING)


def ask_for_renditions(
    *,
    paper: BoardPaper | MeetingPack,
    documents: Iterable[Paper],
    by: User,
    is_recorded: bool = True,
) -> list[Rendition]:
    """Have every format of each document made, and return the renditions, made or not.

    A file that is made or being made is left alone; one that failed is tried
    again. `is_recorded` is False where it is part of a step that is recorded
    itself. Raises PolicyDenied for who may not see the paper, or the pack.
    """
    _may_see(by, paper).require()
    with transaction.atomic():
        asked = [_ask(paper, document, format) for document in documents for format in Format]
        _forget_earlier(paper, {rendition.document_hash for rendition, _ in asked})
        queued = [rendition for rendition, is_queued in asked if is_queued]
        if queued:
            _queue(queued)
            if is_recorded:
                _record(paper, queued, by=by)
    return [rendition for rendition, _ in asked]


def ask_again(*, rendition: Rendition, by: User) -> Rendition:
    """Have a file that could not be made, or is damaged, made again; any other is left alone."""
    _may_see(by, rendition.subject).require()
    with transaction.atomic():
        if _reopen(rendition) or _reopen_damaged(rendition):
            _queue([rendition])
            _record(rendition.subject, [rendition], by=by)
    rendition.refresh_from_db(fields=["status", "error", "attempts"])
    return rendition


def make_rendition(*, rendition_id: int, attempt: int) -> None:
    """Make the file, if it is still wanted, from nothing but the rendition's row.

    `attempt` counts from 1. Raises what went wrong, so that the worker tries
    again; after MOST_ATTEMPTS the row says so, in words for a person.
    """
    rendition = _start(rendition_id, attempt)
    if rendition is None:
        return
    try:
        _keep(rendition, render_apart(document=rendition.document, format=rendition.format))
    except RenderingFailed as problem:
        _note_failure(rendition, str(problem))
        raise
    except DatabaseFault:
        _note_failure(rendition, "it could not be stored")
        raise


@retried(after=USUAL_WAITS)
@task(takes_context=True)
def make_file(context: TaskContext, rendition_id: int) -> None:
    make_rendition(rendition_id=rendition_id, attempt=context.attempt)


def _may_see(user: User, paper: BoardPaper | MeetingPack) -> Decision:
    can_see = can_see_pack if isinstance(paper, MeetingPack) else can_see_paper
    return can_see(user, paper)


def _ask(
    paper: BoardPaper | MeetingPack, document: Paper, format: Format
) -> tuple[Rendition, bool]:
    """The rendition of one format of a document, and whether it must be queued."""
    words = to_json(document)
    noun = "pack" if isinstance(paper, MeetingPack) else "paper"
    rendition, is_new = Rendition.objects.defer("document", "content").get_or_create(
        **{noun: paper},
        document_hash=hashlib.sha256(words.encode()).hexdigest(),
        format=format,
        defaults={
            "document": words,
            "audience": document.audience,
            "asked_for_at": timezone.now(),
        },
    )
    return rendition, is_new or _reopen(rendition)


def _reopen(rendition: Rendition) -> bool:
    """Give a failed rendition all its attempts again; False, and no change, for any other."""
    return bool(
        Rendition.objects.filter(pk=rendition.pk, status=RenditionStatus.FAILED).update(
            status=RenditionStatus.QUEUED, attempts=0, error="", asked_for_at=timezone.now()
        )
    )


def _reopen_damaged(rendition: Rendition) -> bool:
    """Give up bytes that are not those that were made; False, and no change, where they are."""
    made = Rendition.objects.select_for_update().filter(
        pk=rendition.pk, status=RenditionStatus.MADE
    )
    found = made.defer("document").first()
    if found is None or is_whole(found.content, sha256=found.sha256):
        return False
    logger.error("Rendition R%s was damaged after it was made; it is made again.", rendition.pk)
    made.update(
        status=RenditionStatus.QUEUED,
        attempts=0,
        error="",
        content=None,
        sha256="",
        asked_for_at=timezone.now(),
    )
    return True


def _forget_earlier(subject: BoardPaper | MeetingPack, hashes: set[str]) -> None:
    """Delete files of what the paper said before, but never those of what was agreed."""
    if isinstance(subject, MeetingPack):
        return  # a pack is kept as it was made
    if not subject.agreed_hash or subject.agreed_hash in hashes:
        subject.renditions.exclude(document_hash__in=hashes).delete()


def _queue(renditions: list[Rendition]) -> None:
    for rendition in renditions:
        make_file.enqueue(rendition.pk)


def _record(paper: BoardPaper | MeetingPack, renditions: list[Rendition], *, by: User) -> None:
    noun = "pack" if isinstance(paper, MeetingPack) else "paper"
    record(
        action=f"{noun}.files_asked_for",
        subject=f"{noun} {paper.reference}",
        by=by,
        force=paper.force,
        details={
            "files": [
                {"audience": r.audience, "format": r.format, "document": r.document_hash}
                for r in renditions
            ]
        },
    )


def _start(rendition_id: int, attempt: int) -> Rendition | None:
    """Note that the file is being made; None when there is nothing to make.

    An attempt after the last means that the worker was killed during each: a
    file that does so must come to an end too.
    """
    with transaction.atomic():
        wanted = Rendition.objects.select_for_update().defer("content")
        rendition = wanted.filter(pk=rendition_id, status__in=OPEN).first()
        if rendition is None:
            return None
        rendition.attempts = attempt
        if attempt > MOST_ATTEMPTS:
            _note_failure(rendition, "making it was cut short each time")
            return None
        rendition.status = RenditionStatus.MAKING
        rendition.started_at = timezone.now()
        rendition.save(update_fields=["status", "attempts", "started_at"])
    return rendition


def _keep(rendition: Rendition, content: bytes) -> None:
    # Another worker that took this one for dead may have been quicker: its file stands.
    Rendition.objects.filter(pk=rendition.pk, status__in=OPEN).update(
        status=RenditionStatus.MADE,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        made_at=timezone.now(),
        error="",
    )


def _note_failure(rendition: Rendition, why: str) -> None:
    """Say why in words for a person after the last attempt; before it, the file is queued again."""
    reference = f"R{rendition.pk}-{rendition.document_hash[:8]}"
    logger.error("Rendition %s, attempt %s: %s", reference, rendition.attempts, why)
    outcome = {"status": RenditionStatus.QUEUED}
    noun = "pack" if rendition.pack_id else "paper"
    if rendition.attempts >= MOST_ATTEMPTS:
        outcome = {
            "status": RenditionStatus.FAILED,
            "error": (
                f"The {rendition.get_format_display()} file could not be made: {why}. The {noun} "
                "itself is unaffected. Try again; if it happens again, give the administrator "
                f"this reference: {reference}."
            ),
        }
    Rendition.objects.filter(pk=rendition.pk, status__in=OPEN).update(**outcome)
