"""What is said beside the blocks of a paper, as it reads."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from reports.blocks import BlockWords, words_by_block
from reports.document import Audience, Paper
from reports.domain.documents import documents_shown
from reports.models import BoardPaper, PaperComment
from reports.policies import can_comment_on_paper, can_resolve_comment
from reports.snapshot import Snapshot
from reports.talk_selectors import said_on
from spr_portal.identity.models import User


@dataclass(frozen=True)
class Said:
    by: str
    at: datetime.datetime
    text: str


@dataclass(frozen=True)
class Thread:
    """`quoted` is what the block said then, where it says something else now."""

    identity: str
    label: str  # of the block, as it is called now
    href: str  # the page of its block
    action: str  # where its buttons send their form
    said: tuple[Said, ...]
    quoted: str
    is_gone: bool  # the paper has no such block any more
    is_open: bool
    resolved: str  # "Resolved by Ann Approver", empty while open
    resolved_at: datetime.datetime | None
    may_reply: bool
    may_resolve: bool


@dataclass(frozen=True)
class CommentLink:
    """Beside a block of the paper: where to talk about it, and how much is open there."""

    href: str
    words: str  # "Comment", "2 open comments"
    about: str  # "Paragraph 12"
    has_open: bool


def threads(
    paper: BoardPaper,
    said: Iterable[PaperComment],
    *,
    blocks: Mapping[str, BlockWords] | None,
    user: User,
) -> list[Thread]:
    """Every thread, what is open first. With no `blocks`, words are not compared."""
    rows = list(said)
    replies: dict[int, list[PaperComment]] = {}
    for row in rows:
        replies.setdefault(row.thread_id, []).append(row)
    commenting = bool(can_comment_on_paper(user, paper))
    found = [
        _thread(paper, root, replies.get(root.pk, []), blocks, user=user, may_reply=commenting)
        for root in replies.get(None, [])
    ]
    return sorted(found, key=lambda thread: not thread.is_open)


def threads_beside(
    paper: BoardPaper, snapshot: Snapshot, block: str, *, user: User
) -> list[Thread]:
    """What is said of a part of the paper, for the page on which it is written.

    Only while some of it is open; then one query.
    """
    if not any(f"{one.block}/".startswith(f"{block}/") for one in snapshot.beside.comments):
        return []
    said = said_on(paper, block)
    blocks = words_by_block(documents_shown(paper, snapshot)[Audience.FULL])
    return threads(paper, said, blocks=blocks, user=user)


def comment_links(
    paper: BoardPaper, document: Paper, snapshot: Snapshot, *, user: User
) -> dict[str, CommentLink]:
    """From each block of the full edition to the page where it is talked about."""
    if not can_comment_on_paper(user, paper):
        return {}
    still = Counter(comment.block for comment in snapshot.beside.comments)
    return {
        identity: CommentLink(
            href=block_href(paper, identity),
            words=_count(still[identity]),
            about=block.label,
            has_open=bool(still[identity]),
        )
        for identity, block in words_by_block(document).items()
    }


def block_href(paper: BoardPaper, block: str) -> str:
    return reverse("reports:comment_on", args=[paper.address, block])


def _thread(paper, root: PaperComment, replies, blocks, *, user: User, may_reply: bool) -> Thread:
    now = blocks.get(root.block) if blocks is not None else None
    changed = blocks is not None and (now is None or now.words != root.quoted)
    return Thread(
        identity=root.identity,
        label=now.label if now else root.label,
        href=block_href(paper, root.block),
        action=reverse("reports:comment_thread", args=[paper.address, root.identity]),
        said=tuple(Said(_named(row), row.at, row.text) for row in (root, *replies)),
        quoted=root.quoted if changed else "",
        is_gone=blocks is not None and now is None,
        is_open=root.resolved_at is None,
        resolved=f"Resolved by {root.resolved_by_name}" if root.resolved_at else "",
        resolved_at=root.resolved_at,
        may_reply=may_reply,
        may_resolve=may_reply and bool(can_resolve_comment(user, paper, root)),
    )


def _named(row: PaperComment) -> str:
    return ", ".join(filter(None, (row.by_name, row.by_post)))


def _count(still: int) -> str:
    if not still:
        return "Comment"
    return f"{still} open comment{'' if still == 1 else 's'}"
