"""Who is told of what about a paper. No e-mail quotes a word of it, or of what is said of it."""

from __future__ import annotations

from django.urls import reverse

from assessments.enums import Notice
from assessments.notices import notify_all
from reports.enums import PaperStatus
from reports.models import BoardPaper, PaperComment
from reports.selectors import SEE_DRAFTS
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from spr_portal.identity.selectors import people_with, rights_of

WRITERS = (Role.ACC_SECURITY, Role.STAFF_OFFICER)


def tell_of_paper_comment(comment: PaperComment, *, by: User) -> None:
    """To who writes the paper, to who wrote in the thread, and to its readers while they have it.

    Not to who wrote, nor to anybody who may not see the paper any more.
    """
    paper, root = comment.paper, comment.thread or comment
    wrote = {root.by, *(reply.by for reply in root.replies.select_related("by"))}
    told = {person for person in wrote if rights_of(person).roles & SEE_DRAFTS}
    told |= set(people_with(*WRITERS, force=paper.force))
    if paper.status == PaperStatus.WITH_EXECUTIVE and comment.thread_id is None:
        told |= set(people_with(Role.EXECUTIVE, force=paper.force))
    is_reply = comment.thread_id is not None
    notify_all(
        told - {by},
        notice=Notice.COMMENTED,
        subject=f"{_about(paper)}: {'a reply' if is_reply else 'a comment'}",
        sentence=f"{by.name} has {'replied' if is_reply else 'commented'} on {_title(paper)}.",
        path=reverse("reports:comments", args=[paper.address]),
    )


def _about(paper: BoardPaper) -> str:
    return f"{paper.get_kind_display()}, {paper.cycle.year_in_words}"


def _title(paper: BoardPaper) -> str:
    return f"the {paper.get_kind_display().lower()} of {paper.cycle.year_in_words}"
