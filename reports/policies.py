"""Who may do what with a paper. From which status stands in reports.domain.workflow."""

from __future__ import annotations

from assessments.models import Cycle
from reports.document import Audience
from reports.enums import PaperStatus
from reports.models import BoardPaper, IssuedFile
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from spr_portal.identity.policies import ALLOW, Decision, deny, has_role
from spr_portal.workflow import within_sentence

WRITERS = (Role.ACC_SECURITY, Role.STAFF_OFFICER)
READERS = (*WRITERS, Role.EXECUTIVE)
NOT_YOURS = deny("This paper is not one you can see.")


def can_compose(user: User, cycle: Cycle) -> Decision:
    if user.force_id != cycle.force_id or not has_role(user, *WRITERS):
        return deny("Only ACC Security or the staff officer can compose the board paper.")
    return ALLOW


def can_see_paper(user: User, paper: BoardPaper) -> Decision:
    if user.force_id != paper.cycle.force_id or not has_role(user, *READERS):
        return NOT_YOURS
    return ALLOW


def can_edit_paper(user: User, paper: BoardPaper) -> Decision:
    composing = can_compose(user, paper.cycle)
    if not composing:
        return composing
    if paper.status == PaperStatus.ISSUED:
        return deny("The paper is issued. What was issued is never changed.")
    if paper.status != PaperStatus.DRAFT:
        status = within_sentence(paper.get_status_display())
        return deny(f"The paper is {status}, so its words are locked. Take it back to change it.")
    return ALLOW


def can_send(user: User, paper: BoardPaper) -> Decision:
    if not can_compose(user, paper.cycle):
        return deny("Only ACC Security or the staff officer can send the paper.")
    return ALLOW


def can_agree(user: User, paper: BoardPaper) -> Decision:
    if user.force_id != paper.cycle.force_id or not has_role(user, Role.EXECUTIVE):
        return deny("Only a member of the Executive Team can agree the paper.")
    if paper.sent_by_id == user.pk:
        return deny("You sent this paper to the Executive Team, so another member must agree it.")
    return ALLOW


def can_send_back(user: User, paper: BoardPaper) -> Decision:
    if user.force_id != paper.cycle.force_id or not has_role(user, Role.EXECUTIVE):
        return deny("Only a member of the Executive Team can send the paper back.")
    return ALLOW


def can_withdraw(user: User, paper: BoardPaper) -> Decision:
    if not can_compose(user, paper.cycle):
        return deny("Only ACC Security or the staff officer can take the paper back.")
    return ALLOW


def can_issue(user: User, paper: BoardPaper) -> Decision:
    if user.force_id != paper.cycle.force_id or not has_role(user, Role.ACC_SECURITY):
        return deny("Only ACC Security can issue the paper.")
    return ALLOW


def can_take_file(user: User, file: IssuedFile) -> Decision:
    """Officers take both editions; staff of the body's office take the public one."""
    if user.force_id is None or user.force_id != file.issued.force_id:
        return NOT_YOURS
    if has_role(user, *READERS):
        return ALLOW
    if has_role(user, Role.OPCC) and file.audience == Audience.PUBLIC:
        return ALLOW
    return NOT_YOURS
