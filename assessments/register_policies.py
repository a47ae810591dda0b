"""Who may look into the registers across threats."""

from __future__ import annotations

from assessments.evidence_selectors import is_drafting
from assessments.policies import REVIEWERS
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from spr_portal.identity.policies import ALLOW, Decision, deny, has_role


def can_see_registers(user: User) -> Decision:
    """Whether there are any to see; what stands in them, `register_selectors` says."""
    may = has_role(user, *REVIEWERS, Role.EXECUTIVE) or is_drafting(user)
    if user.force_id is None or not may:
        return deny("The registers are for those who write, review or agree assessments.")
    return ALLOW
