"""The statuses of an assessment and what leads from one to another: the whole table.

The diagram in docs/workflow.md is generated from it.
"""

from assessments import policies
from assessments.enums import Action
from assessments.enums import AssessmentStatus as Status
from assessments.models import StatusChange
from spr_portal.workflow import Transition, Workflow

TRANSITIONS: dict[Action, Transition] = {
    Action.START: Transition(
        sources=frozenset({Status.NOT_STARTED}),
        target=Status.IN_PROGRESS,
        policy=policies.can_edit,
        done="started",
    ),
    Action.SUBMIT: Transition(
        sources=frozenset({Status.IN_PROGRESS, Status.RETURNED}),
        target=Status.SUBMITTED,
        policy=policies.can_submit,
        done="submitted",
    ),
    Action.RETURN: Transition(
        sources=frozenset({Status.SUBMITTED}),
        target=Status.RETURNED,
        policy=policies.can_return,
        done="returned",
        needs_reason=True,
    ),
    Action.APPROVE: Transition(
        sources=frozenset({Status.SUBMITTED}),
        target=Status.APPROVED,
        policy=policies.can_approve,
        done="approved",
    ),
    # The way back from an approval, at any time. A paper that is not issued then waits until the
    # assessment is approved again; one that is issued stays as it is.
    Action.REOPEN: Transition(
        sources=frozenset({Status.APPROVED}),
        target=Status.RETURNED,
        policy=policies.can_reopen,
        done="reopened",
        needs_reason=True,
    ),
}

WORKFLOW = Workflow(noun="assessment", transitions=TRANSITIONS, history=StatusChange)
