"""The statuses of papers, meetings and actions, and what leads from one to another."""

from reports import policies
from reports import recommendation_policies as following
from reports.enums import (
    ActionStatus,
    ActionStep,
    MeetingStatus,
    MeetingStep,
    PaperAction,
    RecommendationStatus,
    RecommendationStep,
)
from reports.enums import PaperStatus as Status
from reports.models import (
    ActionChange,
    MeetingStatusChange,
    PaperStatusChange,
    RecommendationChange,
)
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
    PaperAction.CORRECT: Transition(
        sources=frozenset({Status.ISSUED}),
        target=Status.DRAFT,
        policy=policies.can_correct,
        done="corrected",
        needs_reason=True,
    ),
    PaperAction.GIVE_UP: Transition(
        sources=frozenset({Status.DRAFT}),
        target=Status.ISSUED,
        policy=policies.can_give_up,
        done="given up",
        needs_reason=True,
    ),
}

WORKFLOW = Workflow(noun="paper", transitions=TRANSITIONS, history=PaperStatusChange)

MEETING_TRANSITIONS: dict[MeetingStep, Transition] = {
    MeetingStep.HOLD: Transition(
        sources=frozenset({MeetingStatus.PLANNED}),
        target=MeetingStatus.HELD,
        policy=policies.can_run_meeting,
        done="recorded as held",
    ),
    MeetingStep.CANCEL: Transition(
        sources=frozenset({MeetingStatus.PLANNED}),
        target=MeetingStatus.CANCELLED,
        policy=policies.can_run_meeting,
        done="cancelled",
        needs_reason=True,
    ),
    MeetingStep.REOPEN: Transition(
        sources=frozenset({MeetingStatus.HELD, MeetingStatus.CANCELLED}),
        target=MeetingStatus.PLANNED,
        policy=policies.can_run_meeting,
        done="planned again",
        needs_reason=True,
    ),
}

MEETINGS = Workflow(noun="meeting", transitions=MEETING_TRANSITIONS, history=MeetingStatusChange)

ACTION_TRANSITIONS: dict[ActionStep, Transition] = {
    ActionStep.PROGRESS: Transition(
        sources=frozenset({ActionStatus.OPEN}),
        target=ActionStatus.OPEN,
        policy=policies.can_report_action,
        done="reported on",
        needs_reason=True,
    ),
    ActionStep.REPORT: Transition(
        sources=frozenset({ActionStatus.OPEN}),
        target=ActionStatus.REPORTED,
        policy=policies.can_report_action,
        done="reported as done",
        needs_reason=True,
    ),
    ActionStep.CONFIRM: Transition(
        sources=frozenset({ActionStatus.OPEN, ActionStatus.REPORTED}),
        target=ActionStatus.DONE,
        policy=policies.can_run_action,
        done="confirmed as done",
    ),
    ActionStep.DROP: Transition(
        sources=frozenset({ActionStatus.OPEN, ActionStatus.REPORTED}),
        target=ActionStatus.DROPPED,
        policy=policies.can_run_action,
        done="dropped",
        needs_reason=True,
    ),
    ActionStep.REOPEN: Transition(
        sources=frozenset({ActionStatus.REPORTED, ActionStatus.DONE, ActionStatus.DROPPED}),
        target=ActionStatus.OPEN,
        policy=policies.can_run_action,
        done="opened again",
        needs_reason=True,
    ),
}

ACTIONS = Workflow(noun="action", transitions=ACTION_TRANSITIONS, history=ActionChange)

_UNFINISHED = frozenset(
    {
        RecommendationStatus.OPEN,
        RecommendationStatus.ACCEPTED,
        RecommendationStatus.IN_PROGRESS,
    }
)

RECOMMENDATION_TRANSITIONS: dict[RecommendationStep, Transition] = {
    RecommendationStep.ACCEPT: Transition(
        sources=frozenset({RecommendationStatus.OPEN}),
        target=RecommendationStatus.ACCEPTED,
        policy=following.can_answer_recommendation,
        done="accepted",
    ),
    RecommendationStep.DECLINE: Transition(
        sources=_UNFINISHED,
        target=RecommendationStatus.NOT_ACCEPTED,
        policy=following.can_answer_recommendation,
        done="recorded as not accepted",
        needs_reason=True,
    ),
    RecommendationStep.PROGRESS: Transition(
        sources=_UNFINISHED,
        target=RecommendationStatus.IN_PROGRESS,
        policy=following.can_report_recommendation,
        done="reported on",
        needs_reason=True,
    ),
    RecommendationStep.COMPLETE: Transition(
        sources=_UNFINISHED,
        target=RecommendationStatus.COMPLETED,
        policy=following.can_report_recommendation,
        done="reported as completed",
        needs_reason=True,
    ),
    RecommendationStep.SUPERSEDE: Transition(
        sources=_UNFINISHED,
        target=RecommendationStatus.SUPERSEDED,
        policy=following.can_run_recommendation,
        done="recorded as superseded",
        needs_reason=True,
    ),
    RecommendationStep.REOPEN: Transition(
        sources=frozenset(RecommendationStatus) - _UNFINISHED,
        target=RecommendationStatus.OPEN,
        policy=following.can_run_recommendation,
        done="opened again",
        needs_reason=True,
    ),
}

RECOMMENDATIONS = Workflow(
    noun="recommendation",
    transitions=RECOMMENDATION_TRANSITIONS,
    history=RecommendationChange,
)
