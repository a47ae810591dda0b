"""A table of transitions as a diagram and a table in Markdown, so that docs never differ."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices

from spr_portal.workflow import Workflow


def describe(workflow: Workflow, *, statuses: type[TextChoices], first: StrEnum) -> str:
    """Mermaid's state diagram and a Markdown table of every transition, in the table's order."""
    actions = workflow.transitions.items()
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {first}"]
    lines += [f"    {status}: {status.label}" for status in statuses]
    lines += [
        f"    {source} --> {step.target}: {action.label}"
        for action, step in actions
        for source in statuses
        if source in step.sources
    ]
    lines += ["```", "", "| Action | From | To | Needs a reason |", "|---|---|---|---|"]
    for action, step in actions:
        sources = ", ".join(status.label for status in statuses if status in step.sources)
        reason = "yes" if step.needs_reason else "no"
        lines.append(f"| {action.label} | {sources} | {statuses(step.target).label} | {reason} |")
    return "\n".join(lines) + "\n"
