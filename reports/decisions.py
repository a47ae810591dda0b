"""What a board made of a paper, in sentences that a paper or a statement prints."""

from __future__ import annotations

from reports.enums import DecisionOutcome
from reports.models import BoardDecision
from reports.references import long_date

DECIDED = {
    DecisionOutcome.NOTED: "the {board} noted the report",
    DecisionOutcome.AGREED: "the {board} agreed the report",
    DecisionOutcome.ASSURED: "the {board} was assured by the report",
    DecisionOutcome.PARTLY_ASSURED: "the {board} was partly assured by the report",
    DecisionOutcome.NOT_ASSURED: "the {board} was not assured by the report",
    DecisionOutcome.DEFERRED: "the {board} put its decision on the report off",
}


def decision_in_words(decision: BoardDecision, *, board: str) -> tuple[str, ...]:
    """What a board made of a paper, one sentence for each thing there is to say."""
    minute = f" (minute {decision.minute_reference})" if decision.minute_reference else ""
    verb = DECIDED[DecisionOutcome(decision.outcome)].format(board=board)
    follow_up = decision.follow_up_on
    return tuple(
        filter(
            None,
            (
                f"On {long_date(decision.decided_on)} {verb}{minute}.",
                decision.wording.strip(),
                f"Conditions: {decision.conditions.strip()}" if decision.conditions.strip() else "",
                f"It asked what is new by {long_date(follow_up)}." if follow_up else "",
            ),
        )
    )
