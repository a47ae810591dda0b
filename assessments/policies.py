"""Who may do what with a cycle and its assessments.

Each policy also asks whether the person may see the thing at all, so that no
caller can forget it. What may happen from which status stands in
`assessments.domain.workflow.TRANSITIONS`, except for editing, which is no
transition.
"""

from __future__ import annotations

from assessments.enums import EDITABLE, AssessmentStatus
from assessments.models import Assessment, Comment, Cycle
from assessments.models.items import Item
from assessments.selectors import (
    is_lead,
    is_visible_to,
    named_for,
    questions_drafted_by,
)
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from spr_portal.identity.policies import ALLOW, Decision, deny, has_role, rights_of

REVIEWERS = (Role.ACC_SECURITY, Role.STAFF_OFFICER)
CLOSED = deny("The board paper of this year is issued, so what it was made from stays as it was.")
NOT_YOURS = deny("This assessment is not one you can see.")


def can_open_cycle(user: User) -> Decision:
    if user.force_id is None or not has_role(user, *REVIEWERS):
        return deny("Only ACC Security or the staff officer can open a cycle.")
    return ALLOW


def can_change_cycle(user: User, cycle: Cycle) -> Decision:
    if cycle.force_id != user.force_id or not has_role(user, *REVIEWERS):
        return deny("Only ACC Security or the staff officer can change a cycle’s dates and leads.")
    if cycle.closed_at:
        return CLOSED
    return ALLOW


def can_see_cycles(user: User) -> Decision:
    """Whether the person sees whole cycles; which ones, `cycles_visible_to` says."""
    if user.force_id is None or not has_role(user, *REVIEWERS, Role.EXECUTIVE):
        return deny(
            "Only ACC Security, the staff officer and the Executive Team see a whole cycle."
        )
    return ALLOW


def can_see(user: User, assessment: Assessment) -> Decision:
    return ALLOW if is_visible_to(user, assessment) else NOT_YOURS


def can_write(user: User, assessment: Assessment) -> Decision:
    """Whether the person drafts this assessment, in whatever status it is."""
    if not is_visible_to(user, assessment):
        return NOT_YOURS
    if questions_drafted_by(user, assessment) == frozenset():
        return deny(
            "Only the force leads of this threat and their contributors can change its answers."
        )
    return ALLOW


def can_write_place(user: User, assessment: Assessment, place: str) -> Decision:
    """Whether the person drafts this answer (a question's code) or this list (an ItemKind)."""
    writing = can_write(user, assessment)
    codes = questions_drafted_by(user, assessment)
    if not writing or codes is None or place in codes:
        return writing
    return deny("The lead has asked you to draft other answers, so you cannot change this one.")


def can_lead(user: User, assessment: Assessment) -> Decision:
    """Whether the person answers for the assessment: accepts drafts, names contributors."""
    if not is_visible_to(user, assessment):
        return NOT_YOURS
    if not is_lead(user, assessment):
        return deny("Only a force lead of this threat can accept drafts and say who contributes.")
    return ALLOW


def can_name(user: User, assessment: Assessment) -> Decision:
    """Whether the person says who drafts this assessment."""
    leading = can_lead(user, assessment)
    return CLOSED if leading and assessment.cycle.closed_at else leading


def can_remove(user: User, assessment: Assessment, item: Item) -> Decision:
    """Whether the person may take an item out of its list: a contributor, what is a mere draft."""
    if is_lead(user, assessment) or (item.is_draft and item.accepted_values is None):
        return ALLOW
    return deny(
        "A lead has accepted this, so only a lead can remove it. You can change it: "
        "what you write waits for the lead as a draft."
    )


def can_mark(user: User, assessment: Assessment) -> Decision:
    """Whether the person says how the assessment as a whole is marked, in whatever status it is."""
    if not is_visible_to(user, assessment):
        return NOT_YOURS
    if assessment.cycle.closed_at:
        return CLOSED
    if not is_lead(user, assessment) and not has_role(user, Role.ACC_SECURITY):
        return deny("Only a force lead of this threat and ACC Security can mark the assessment.")
    return ALLOW


def can_edit(user: User, assessment: Assessment) -> Decision:
    writing = can_write(user, assessment)
    if not writing:
        return writing
    if assessment.status not in EDITABLE:
        status = assessment.get_status_display().lower()
        return deny(
            f"This assessment is {status}, so its answers are locked. "
            "ACC Security can return it to you."
        )
    return ALLOW


def can_edit_place(user: User, assessment: Assessment, place: str) -> Decision:
    """Whether the person can change this answer or this list now."""
    editing = can_edit(user, assessment)
    return editing and can_write_place(user, assessment, place)


def can_submit(user: User, assessment: Assessment) -> Decision:
    if not is_visible_to(user, assessment):
        return NOT_YOURS
    if not is_lead(user, assessment):
        return deny("Only a force lead of this threat can submit the assessment.")
    return ALLOW


def can_review(user: User, assessment: Assessment) -> Decision:
    if not is_visible_to(user, assessment) or not has_role(user, *REVIEWERS):
        return deny("Only ACC Security or the staff officer can review an assessment.")
    return ALLOW


def can_return(user: User, assessment: Assessment) -> Decision:
    if not is_visible_to(user, assessment) or not has_role(user, Role.ACC_SECURITY):
        return deny("Only ACC Security can return an assessment.")
    return ALLOW


def can_approve(user: User, assessment: Assessment) -> Decision:
    if not is_visible_to(user, assessment) or not has_role(user, Role.ACC_SECURITY):
        return deny("Only ACC Security can approve an assessment.")
    if assessment.submitted_by_id == user.pk:
        return deny("You submitted this assessment, so somebody else must approve it.")
    return ALLOW


def can_reopen(user: User, assessment: Assessment) -> Decision:
    if not is_visible_to(user, assessment) or not has_role(user, Role.ACC_SECURITY):
        return deny("Only ACC Security can reopen an approved assessment.")
    if assessment.cycle.closed_at:
        return CLOSED
    return ALLOW


def can_comment(user: User, assessment: Assessment) -> Decision:
    return ALLOW if can_review(user, assessment) or can_write(user, assessment) else NOT_YOURS


def can_choose_mail(user: User) -> Decision:
    """People of the force: staff of the Commissioner's office and strangers are told nothing."""
    works_here = rights_of(user).roles - {Role.OPCC, Role.ADMINISTRATOR} or named_for(user)
    if user.force_id is None or not works_here:
        return deny("The portal sends these e-mails to those who work on the force’s assessments.")
    return ALLOW


def can_comment_on(user: User, assessment: Assessment, place: str) -> Decision:
    """Whether the person takes part in what is said about one answer, one list or, "", the whole.

    It does not matter whether the answers are locked: talking is how one gets on.
    """
    if can_review(user, assessment):
        return ALLOW
    return can_write_place(user, assessment, place) if place else can_write(user, assessment)


def can_resolve(user: User, assessment: Assessment, thread: Comment) -> Decision:
    """A reviewer, or who began it: whoever asked knows whether it is answered.

    Reviewers may resolve every thread, so that none stays open because
    somebody left. A lead cannot close what ACC Security asks.
    """
    if thread.proposed_rating_id:
        return deny("A proposed rating is agreed by a lead or withdrawn by ACC Security.")
    if can_review(user, assessment):
        return ALLOW
    if thread.by_id == user.pk:
        return can_comment_on(user, assessment, thread.place)
    return deny("Only a reviewer, or the person who began a thread, can resolve it.")


def can_reopen_thread(user: User, assessment: Assessment, thread: Comment) -> Decision:
    """Whoever takes part: a question that is not answered after all must not stay hidden."""
    if thread.proposed_rating_id:
        return deny("A proposed rating is closed for good. ACC Security can propose another one.")
    return can_comment_on(user, assessment, thread.place)


def can_moderate(user: User, assessment: Assessment) -> Decision:
    """Whether the person decides on other ratings that are proposed."""
    if not is_visible_to(user, assessment) or not has_role(user, Role.ACC_SECURITY):
        return deny("Only ACC Security can propose another rating or withdraw a proposal.")
    return ALLOW


def can_propose(user: User, assessment: Assessment) -> Decision:
    """Whether another rating can be proposed: while the assessment is with ACC Security."""
    moderating = can_moderate(user, assessment)
    if not moderating:
        return moderating
    if assessment.status != AssessmentStatus.SUBMITTED:
        status = assessment.get_status_display().lower()
        return deny(f"Another rating is proposed on a submitted assessment; this one is {status}.")
    if assessment.submitted_by_id == user.pk:
        return deny("You submitted this assessment, so somebody else must moderate it.")
    return ALLOW


def can_agree(user: User, assessment: Assessment, proposal: Comment) -> Decision:
    """Whether the person can take a proposed rating as the assessment's own."""
    if not can_lead(user, assessment):
        return deny("Only a force lead of this threat can agree to another rating.")
    if proposal.by_id == user.pk:
        return deny("You proposed this rating yourself, so another lead must agree.")
    if assessment.status == AssessmentStatus.APPROVED:
        return deny("This assessment is approved, so its ratings stand as they are.")
    return ALLOW


def all_proposals_settled(open_proposals: int) -> Decision:
    """Whether an assessment with so many proposed ratings that wait can be approved."""
    if not open_proposals:
        return ALLOW
    waiting = "A proposed rating waits" if open_proposals == 1 else "Proposed ratings wait"
    return deny(f"{waiting} for the lead’s answer. Wait until they agree, or withdraw it.")
