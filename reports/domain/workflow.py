"""The statuses of a board paper and what leads from one to another: the whole table."""

from reports import policies
from reports.enums import PaperAction
from reports.enums import PaperStatus as Status
from reports.models import PaperStatusChange
from spr_portal.workflow import Transition, Workflow

TRANSITIONS: dict[PaperAction, Transition] = {
    PaperAction.SEND: Transition(
        sources=frozenset({Status.DRAFT}),
        target=Status.WITH_EXECUTIVE,
        policy=policies.can_send,
        done="sent to the Executive Team",
    ),
    PaperAction.SEND_BACK: Transition(
        sources=frozenset({Status.WITH_EXECUTIVE}),
        target=Status.DRAFT,
        policy=policies.can_send_back,
        done="sent back",
        needs_reason=True,
    ),
    PaperAction.AGREE: Transition(
        sources=frozenset({Status.WITH_EXECUTIVE}),
        target=Status.AGREED,
        policy=policies.can_agree,
        done="agreed",
    ),
    PaperAction.WITHDRAW: Transition(
        sources=frozenset({Status.WITH_EXECUTIVE, Status.AGREED}),
        target=Status.DRAFT,
        policy=policies.can_withdraw,
        done="taken back",
        needs_reason=True,
    ),
    PaperAction.ISSUE: Transition(
        sources=frozenset({Status.AGREED}),
        target=Status.ISSUED,
        policy=policies.can_issue,
        done="issued",
    ),
}

WORKFLOW = Workflow(noun="paper", transitions=TRANSITIONS, history=PaperStatusChange)
