"""Who reads what was issued, records what the board decided, and answers it."""

from __future__ import annotations

from reports.models import BoardDecision, IssuedPaper
from reports.policies import NOT_YOURS, WRITERS
from reports.selectors import SEE_DRAFTS
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from spr_portal.identity.policies import ALLOW, Decision, deny, has_role
from spr_portal.identity.selectors import rights_of


def can_read_issued(user: User) -> Decision:
    """Whether there are issued papers for the person; which edition, a selector says."""
    if user.force_id is None or not has_role(user, Role.OPCC, *SEE_DRAFTS):
        return deny(
            "Only staff of the local policing body’s office and those who write, agree and issue "
            "papers see them here."
        )
    return ALLOW


def can_record_decision(user: User, issued: IssuedPaper) -> Decision:
    """The office minutes the board; the force may record what it was told of it."""
    if user.force_id != issued.force_id:
        return NOT_YOURS
    if not has_role(user, Role.OPCC, *WRITERS):
        return deny(
            "Only staff of the local policing body’s office, ACC Security or the staff officer "
            "can record what the board decided."
        )
    return ALLOW


def can_switch_public_link(user: User, issued: IssuedPaper) -> Decision:
    if user.force_id != issued.force_id:
        return NOT_YOURS
    if not has_role(user, Role.OPCC, Role.ACC_SECURITY):
        return deny(
            "Only staff of the local policing body’s office or ACC Security can decide whether "
            "anybody may read the paper without signing in."
        )
    return ALLOW


def can_see_follow_ups(user: User) -> Decision:
    """The force's own people; the office reads what is new when the next paper prints it."""
    if user.force_id is None or not has_role(user, Role.FORCE_LEAD, *SEE_DRAFTS):
        return deny("What the board asked for is followed up by the people of the force.")
    return ALLOW


def can_answer_follow_up(user: User, decision: BoardDecision, threat_code: str) -> Decision:
    """Its leads for a threat, ACC Security for the requirement as a whole (an empty code)."""
    if user.force_id != decision.issued.force_id:
        return NOT_YOURS
    if decision.follow_up_on is None:
        return deny("The board has set no date for a follow-up, so there is nothing to answer.")
    if not threat_code:
        if has_role(user, Role.ACC_SECURITY):
            return ALLOW
        return deny("Only ACC Security answers for the requirement as a whole.")
    if threat_code in rights_of(user).threats_as(Role.FORCE_LEAD):
        return ALLOW
    return deny("Only a lead of the threat says what is new on it.")
