"""Who may do what, answered with a reason."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from spr_portal.identity.models import User
from spr_portal.identity.selectors import Rights, rights_of


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed, and the reason a person is told when it is not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise `PolicyDenied` with the reason unless allowed."""
        if not self.allowed:
            raise PolicyDenied(self.reason)


ALLOW = Decision(allowed=True)


def deny(reason: str) -> Decision:
    return Decision(allowed=False, reason=reason)


def has_role(user: User, *roles: Role, on: datetime.date | None = None) -> bool:
    """Whether the person holds one of the roles on a date, today if none is given."""
    return any(role in rights_of(user, on=on).roles for role in roles)


def can_manage_people(user: User) -> Decision:
    if not has_role(user, Role.ADMINISTRATOR):
        return deny("Only an administrator can change people and their appointments.")
    return ALLOW


__all__ = ["ALLOW", "Decision", "Rights", "can_manage_people", "deny", "has_role", "rights_of"]
