"""Reads about what is said beside the blocks of a paper."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from reports.models import BoardPaper, PaperComment


def said_about(paper: BoardPaper) -> QuerySet[PaperComment]:
    """Everything that was ever said about a paper, threads and replies, oldest first; one query."""
    return paper.comments.order_by("at", "pk")


def said_on(paper: BoardPaper, *blocks: str) -> QuerySet[PaperComment]:
    """What was said about some blocks of a paper, and about the parts a blank line made of them."""
    wanted = Q(pk__in=[])
    for block in blocks:
        wanted |= Q(block=block) | Q(block__startswith=f"{block}/")
    return said_about(paper).filter(wanted)


def open_threads(paper: BoardPaper) -> list[PaperComment]:
    """The threads that nobody has resolved, oldest first."""
    return list(said_about(paper).filter(thread=None, resolved_at=None))


def thread_of(paper: BoardPaper, identity: str) -> PaperComment | None:
    """A thread of a paper, with the paper as it was read."""
    thread = paper.comments.filter(identity=identity, thread=None).first()
    if thread:
        thread.paper = paper
    return thread
