"""Correcting an issued paper: it is written, sent, agreed and issued again as a further issue.

What was issued stands, and is what others read, until the correction is issued.
"""

from __future__ import annotations

from django.db import transaction

from reports.domain.kept_words import give_back_words, keep_words, words_of
from reports.domain.wording import lock_paper
from reports.domain.workflow import WORKFLOW
from reports.enums import PaperAction
from reports.exceptions import StalePaperEdit
from reports.models import BoardPaper
from reports.policies import can_change_correction
from spr_portal.audit.recording import record
from spr_portal.identity.models import User


def begin_correction(*, paper: BoardPaper, reason: str, by: User) -> BoardPaper:
    """Make an issued paper a draft again. `reason` says what it corrects and will be printed.

    The assessments stay approved and closed: what changes are the paper's own
    words, what it overrides, and its recommendations.
    """

    def reopen(locked: BoardPaper) -> dict:
        keep_words(locked)
        locked.correction = reason.strip()
        locked.version += 1
        locked.sent_by = None
        unbind_agreement(locked)
        return {"corrects": locked.issued.number}

    return WORKFLOW.move(paper, PaperAction.CORRECT, by=by, reason=reason, before_saving=reopen)


def change_correction(*, paper: BoardPaper, text: str, started_from: int, by: User) -> BoardPaper:
    """Say otherwise what the correction changes; raises StalePaperEdit."""
    with transaction.atomic():
        locked = lock_paper(paper, by=by)
        can_change_correction(by, locked).require()
        if locked.version != started_from:
            raise StalePaperEdit(locked)
        locked.correction = text
        locked.version += 1
        locked.save()
        record(
            action="paper.correction_changed",
            subject=f"paper {locked.reference}",
            by=by,
            force=locked.force,
            details={},
        )
    return locked


def give_up_correction(*, paper: BoardPaper, reason: str, by: User) -> BoardPaper:
    """Leave the paper as it is issued, with the words that were issued."""

    def restore(locked: BoardPaper) -> dict:
        given_up = words_of(locked)  # the audit keeps them: nothing that was written is lost
        give_back_words(locked)
        return {"stands": locked.issued.number, "words": given_up}

    return WORKFLOW.move(paper, PaperAction.GIVE_UP, by=by, reason=reason, before_saving=restore)


def unbind_agreement(paper: BoardPaper) -> None:
    """Forget on the row that anybody has agreed it; the history and the audit keep it."""
    paper.agreed_hash = ""
    paper.agreed_by = paper.agreed_at = None
    paper.agreed_by_name = paper.agreed_by_post = ""
