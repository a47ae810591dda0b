"""What readers of a paper say about one block of it: threads that get resolved.

A comment keeps the words it was about, so that it still means something when they have changed.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from reports.blocks import words_by_block
from reports.domain.documents import full_edition
from reports.emails import tell_of_paper_comment
from reports.exceptions import UnknownBlock
from reports.models import BoardPaper, PaperComment
from reports.policies import can_comment_on_paper, can_resolve_comment
from reports.snapshot import take_snapshot
from spr_portal.audit.recording import record
from spr_portal.identity.models import User

# Within this time the same words of the same person are one click too many.
SAME_CLICK = datetime.timedelta(minutes=1)


def add_paper_comment(*, paper: BoardPaper, block: str, text: str, by: User) -> PaperComment:
    """Begin a thread on a block of the full edition, found by its identity.

    Raises PolicyDenied, or UnknownBlock when the paper has no such block any more.
    """
    can_comment_on_paper(by, paper).require()
    with transaction.atomic():
        locked = _lock(paper)
        can_comment_on_paper(by, locked).require()
        document = full_edition(locked, take_snapshot(locked, checking_approvals=False))
        about = words_by_block(document).get(block)
        if about is None:
            raise UnknownBlock(
                "This part of the paper is not there any more, so nothing was saved. Somebody may "
                "have changed the paper since you opened the page."
            )
        said = _said_already(locked, text, by=by, block=block, thread=None)
        if said:
            return said
        comment = _say(
            locked, text, by=by, block=block, label=about.label, quoted=about.words, thread=None
        )
        _record("paper.commented", comment, by=by)
        tell_of_paper_comment(comment, by=by)
    return comment


def reply_to_paper_comment(
    *, thread: PaperComment, text: str, by: User, resolves: bool = False
) -> PaperComment:
    """Answer in a thread, and resolve it with that if asked to.

    A resolved one is open again, so that the answer is seen. Raises PolicyDenied.
    """
    with transaction.atomic():
        locked = _lock(thread.paper)
        thread = locked.comments.get(pk=thread.pk, thread=None)
        can_comment_on_paper(by, locked).require()
        if resolves:
            can_resolve_comment(by, locked, thread).require()
        said = _said_already(locked, text, by=by, thread=thread)
        if said:
            return said
        comment = _say(
            locked, text, by=by, block=thread.block, label=thread.label, quoted="", thread=thread
        )
        _close(thread, by=by if resolves else None)
        _record("paper.comment_replied", comment, by=by, resolved=resolves)
        tell_of_paper_comment(comment, by=by)
    return comment


def resolve_paper_comment(*, thread: PaperComment, by: User) -> PaperComment:
    """Say that a thread needs nothing more. Nothing happens to one that is resolved already."""
    return _set_resolved(thread, "paper.comment_resolved", is_resolved=True, by=by)


def reopen_paper_comment(*, thread: PaperComment, by: User) -> PaperComment:
    """Say that a resolved thread needs something after all. Nothing happens to an open one."""
    return _set_resolved(thread, "paper.comment_reopened", is_resolved=False, by=by)


def _set_resolved(thread: PaperComment, action: str, *, is_resolved: bool, by: User):
    with transaction.atomic():
        locked = _lock(thread.paper)
        thread = locked.comments.get(pk=thread.pk, thread=None)
        can_resolve_comment(by, locked, thread).require()
        if bool(thread.resolved_at) != is_resolved:
            _close(thread, by=by if is_resolved else None)
            _record(action, thread, by=by)
    return thread


def _lock(paper: BoardPaper) -> BoardPaper:
    """The paper, for something said about it in the caller's transaction, one at a time."""
    papers = BoardPaper.objects.select_for_update(of=("self",), no_key=True)
    return papers.select_related("cycle__force", "cycle__edition", "template").get(pk=paper.pk)


def _close(thread: PaperComment, *, by: User | None) -> None:
    thread.resolved_at = timezone.now() if by else None
    thread.resolved_by_name = by.name if by else ""
    thread.save(update_fields=["resolved_at", "resolved_by_name"])


def _say(paper: BoardPaper, text: str, *, by: User, **about) -> PaperComment:
    return PaperComment.objects.create(
        paper=paper,
        text=text,
        by=by,
        by_name=by.name,
        by_post=by.post,
        at=timezone.now(),
        **about,
    )


def _said_already(paper: BoardPaper, text: str, *, by: User, **where) -> PaperComment | None:
    """The same words at the same place a moment ago: somebody pressed twice."""
    since = timezone.now() - SAME_CLICK
    return paper.comments.filter(text=text, by=by, at__gte=since, **where).first()


def _record(action: str, comment: PaperComment, *, by: User, **details) -> None:
    thread = comment.thread if comment.thread_id else comment
    record(
        action=action,
        subject=f"paper {comment.paper.reference}",
        by=by,
        force=comment.paper.force,
        details={"block": comment.block, "thread": thread.identity, **details},
    )
