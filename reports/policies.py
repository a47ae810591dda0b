"""Who may do what with a paper or a meeting. From which status: reports.domain.workflow."""

from __future__ import annotations

from assessments.models import Cycle
from reports.document import Audience
from reports.enums import MeetingStatus, PaperStatus
from reports.meeting_selectors import (
    actions_visible_to,
    comes_to_meetings,
    is_action_visible_to,
    is_meeting_visible_to,
)
from reports.models import (
    BoardAction,
    BoardPaper,
    IssuedFile,
    Meeting,
    MeetingPack,
    PaperComment,
)
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Force, User
from spr_portal.identity.policies import ALLOW, Decision, deny, has_role
from spr_portal.workflow import within_sentence

WRITERS = (Role.ACC_SECURITY, Role.STAFF_OFFICER)
READERS = (*WRITERS, Role.EXECUTIVE)
NOT_YOURS = deny("This paper is not one you can see.")


def can_compose(user: User, cycle: Cycle) -> Decision:
    if user.force_id != cycle.force_id or not has_role(user, *WRITERS):
        return deny("Only ACC Security or the staff officer can compose the board paper.")
    return ALLOW


def can_change_brand(user: User, force: Force | None = None) -> Decision:
    """Whether the person may say what papers look like; those of their own force."""
    is_own = user.force_id is not None and (force is None or force.pk == user.force_id)
    if not is_own or not has_role(user, *WRITERS):
        return deny("Only ACC Security or the staff officer can change what papers look like.")
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
        return deny(
            "The paper is issued. What was issued is never changed: a correction is a new issue."
        )
    if paper.status != PaperStatus.DRAFT:
        status = within_sentence(paper.get_status_display())
        return deny(f"The paper is {status}, so its words are locked. Take it back to change it.")
    return ALLOW


def can_waive(user: User, paper: BoardPaper) -> Decision:
    if user.force_id != paper.cycle.force_id or not has_role(user, Role.ACC_SECURITY):
        return deny("Only ACC Security can let the paper pass with what a check found.")
    if paper.status == PaperStatus.ISSUED:
        return deny("The paper is issued. What was issued is never changed.")
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


def can_comment_on_paper(user: User, paper: BoardPaper) -> Decision:
    """Who reads the paper in the making talks about it: never staff of the body's office."""
    seeing = can_see_paper(user, paper)
    if seeing and paper.status == PaperStatus.ISSUED:
        return deny(
            "The paper is issued, so nothing more is said about its parts. What is wrong in it is "
            "put right by a correction."
        )
    return seeing


def can_resolve_comment(user: User, paper: BoardPaper, thread: PaperComment) -> Decision:
    commenting = can_comment_on_paper(user, paper)
    if commenting and not has_role(user, *WRITERS) and thread.by_id != user.pk:
        return deny(
            "Only ACC Security, the staff officer and who began a comment can resolve it or open "
            "it again."
        )
    return commenting


def can_correct(user: User, paper: BoardPaper) -> Decision:
    if user.force_id != paper.cycle.force_id or not has_role(user, Role.ACC_SECURITY):
        return deny("Only ACC Security can start a correction of an issued paper.")
    return ALLOW


def can_change_correction(user: User, paper: BoardPaper) -> Decision:
    editing = can_edit_paper(user, paper)
    if editing and not paper.is_correction:
        return deny("The paper is no correction: it has not been issued yet.")
    return editing


def can_give_up(user: User, paper: BoardPaper) -> Decision:
    if user.force_id != paper.cycle.force_id or not has_role(user, Role.ACC_SECURITY):
        return deny("Only ACC Security can give up a correction.")
    if not paper.is_correction:
        return deny("The paper is no correction: it has not been issued yet.")
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


MEETING_NOT_YOURS = deny("This meeting is not one you can see.")
ACTION_NOT_YOURS = deny("This action is not one you can see.")


def can_see_meetings(user: User) -> Decision:
    """Whether there is a list of meetings for the person; which ones, a selector says."""
    if not comes_to_meetings(user):
        return deny("The meetings of the SPR board are for the force’s own people with a role.")
    return ALLOW


def can_see_actions(user: User) -> Decision:
    if comes_to_meetings(user) or actions_visible_to(user).exists():
        return ALLOW
    return deny("You have no actions of the SPR board.")


def can_call_meetings(user: User) -> Decision:
    if user.force_id is None or not has_role(user, *WRITERS):
        return deny("Only ACC Security or the staff officer can call a meeting of the SPR board.")
    return ALLOW


def can_see_meeting(user: User, meeting: Meeting) -> Decision:
    return ALLOW if is_meeting_visible_to(user, meeting) else MEETING_NOT_YOURS


def can_run_meeting(user: User, meeting: Meeting) -> Decision:
    """Change it and whom it is for, write its notes, give actions, make packs."""
    if not has_role(user, *WRITERS):
        return deny("Only ACC Security or the staff officer can change a meeting of the SPR board.")
    return ALLOW if is_meeting_visible_to(user, meeting) else MEETING_NOT_YOURS


def can_edit_agenda(user: User, meeting: Meeting) -> Decision:
    running = can_run_meeting(user, meeting)
    if running and meeting.status != MeetingStatus.PLANNED:
        status = within_sentence(meeting.get_status_display())
        return deny(
            f"The meeting is {status}, so its agenda is locked. Plan it again to change the agenda."
        )
    return running


def can_see_pack(user: User, pack: MeetingPack) -> Decision:
    return can_see_meeting(user, pack.meeting)


def can_see_action(user: User, action: BoardAction) -> Decision:
    return ALLOW if is_action_visible_to(user, action) else ACTION_NOT_YOURS


def can_report_action(user: User, action: BoardAction) -> Decision:
    if not is_action_visible_to(user, action):
        return ACTION_NOT_YOURS
    if action.owner_id != user.pk:
        return deny("Only the owner of an action can report on it.")
    return ALLOW


def can_run_action(user: User, action: BoardAction) -> Decision:
    """Confirm it, drop it, give it to somebody else."""
    if not has_role(user, *WRITERS):
        return deny("Only ACC Security or the staff officer can do this with an action.")
    return ALLOW if is_action_visible_to(user, action) else ACTION_NOT_YOURS
