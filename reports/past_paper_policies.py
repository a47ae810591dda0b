"""Who may bring in papers that were made before the portal was used."""

from __future__ import annotations

from reports.models import PastPaperDraft
from reports.policies import WRITERS
from spr_portal.identity.models import User
from spr_portal.identity.policies import ALLOW, Decision, deny, has_role

PAST_PAPER_NOT_YOURS = deny("This past paper is not one you can see.")


def can_bring_past_papers(user: User) -> Decision:
    if user.force_id is None or not has_role(user, *WRITERS):
        return deny("Only ACC Security or the staff officer can bring in past papers.")
    return ALLOW


def can_correct_past_paper(user: User, draft: PastPaperDraft) -> Decision:
    bringing = can_bring_past_papers(user)
    if not bringing:
        return bringing
    if user.force_id != draft.force_id:
        return PAST_PAPER_NOT_YOURS
    if draft.issued_id:
        return deny("The paper is taken in. What was taken in is never changed.")
    return ALLOW
