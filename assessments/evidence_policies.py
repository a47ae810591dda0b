"""Who may do what with the force's register of evidence and the files in it."""

from __future__ import annotations

from assessments.evidence_selectors import is_drafting, standing_of
from assessments.models import Evidence
from assessments.policies import REVIEWERS
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from spr_portal.identity.policies import ALLOW, Decision, deny, has_role

NOT_YOURS = deny("This is not a piece of evidence that you can see.")


def can_see_register(user: User) -> Decision:
    """Whether the person has a register to look at; what is in it, `evidence_visible_to` says."""
    may = has_role(user, *REVIEWERS, Role.EXECUTIVE) or is_drafting(user)
    if user.force_id is None or not may:
        return deny("The register of evidence is for those who write, review or agree assessments.")
    return ALLOW


def can_add_evidence(user: User) -> Decision:
    if user.force_id is None or not (has_role(user, *REVIEWERS) or is_drafting(user)):
        return deny(
            "Only ACC Security, the staff officer, force leads and contributors can add evidence."
        )
    return ALLOW


def can_see_evidence(user: User, evidence: Evidence) -> Decision:
    return ALLOW if standing_of(user, evidence) else NOT_YOURS


def can_change_evidence(user: User, evidence: Evidence) -> Decision:
    """Who added it knows it; who leads on what it backs answers for the words that cite it; and
    ACC Security looks after the register. Everybody else may read and cite it as it stands."""
    standing = standing_of(user, evidence)
    if standing is None:
        return NOT_YOURS
    is_theirs = evidence.added_by_id == user.pk and can_add_evidence(user)
    if has_role(user, *REVIEWERS) or is_theirs or standing.leads_what_it_backs:
        return ALLOW
    return deny(
        "Only who added this evidence, a force lead whose open assessment it backs, ACC Security "
        "and the staff officer can change it."
    )


def can_remove_file(user: User, evidence: Evidence) -> Decision:
    """A file stays with what was handed in: a reviewer may have read it. Nor can a lead take it
    away from another threat, whose lead has cited it or has shared it."""
    changing = can_change_evidence(user, evidence)
    if not changing:
        return changing
    standing = standing_of(user, evidence)
    if standing.is_handed_in:
        return deny("This evidence backs an assessment that has been submitted, so its files stay.")
    is_theirs = evidence.added_by_id == user.pk or has_role(user, *REVIEWERS)
    if not is_theirs and (evidence.is_shared or standing.backs_others):
        return deny(
            "Others may rely on this evidence, so only who added it, ACC Security and the staff "
            "officer can remove its files."
        )
    return ALLOW
