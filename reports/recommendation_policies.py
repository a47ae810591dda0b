"""Who may follow a recommendation up, answer it and report on it."""

from __future__ import annotations

from reports.models import Recommendation
from reports.policies import WRITERS
from reports.recommendation_selectors import register_visible_to
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from spr_portal.identity.policies import ALLOW, Decision, deny, has_role
from spr_portal.identity.selectors import rights_of

NOT_YOURS = deny("This recommendation is not one you can see.")
EXECUTIVE_TEAM = "executive team"


def can_see_recommendations(user: User) -> Decision:
    """Whether there is a register for the person; which ones stand in it, a selector says."""
    roles = rights_of(user).roles if user.force_id else frozenset()
    if roles - {Role.OPCC, Role.ADMINISTRATOR} or register_visible_to(user).exists():
        return ALLOW
    return deny("Recommendations are followed up by the people of the force.")


def can_run_recommendation(user: User, recommendation: Recommendation) -> Decision:
    if user.force_id != recommendation.force_id or not has_role(user, *WRITERS):
        return deny("Only ACC Security or the staff officer can change how it is followed up.")
    return ALLOW


def can_report_recommendation(user: User, recommendation: Recommendation) -> Decision:
    is_owner = recommendation.owner_id == user.pk and user.force_id == recommendation.force_id
    if is_owner or can_run_recommendation(user, recommendation):
        return ALLOW
    return deny("Only its owner, ACC Security or the staff officer can report on it.")


def can_answer_recommendation(user: User, recommendation: Recommendation) -> Decision:
    """The Executive Team answers for itself; what others answered is recorded for them."""
    if user.force_id != recommendation.force_id:
        return NOT_YOURS
    if not is_for_executive(recommendation):
        return can_run_recommendation(user, recommendation)
    if has_role(user, Role.EXECUTIVE):
        return ALLOW
    return deny("It is addressed to the Executive Team, whose members answer it.")


def is_for_executive(recommendation: Recommendation) -> bool:
    """Whether those it is addressed to sit in the Executive Team."""
    addressee = recommendation.addressee.casefold()
    chief = recommendation.force.chief_officer_title.casefold()
    return EXECUTIVE_TEAM in addressee or chief in addressee
