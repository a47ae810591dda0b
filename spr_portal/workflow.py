"""Moving something from one status to another: one gate for every table of transitions.

A workflow is a table from action to `Transition`. `Workflow.move` is the only
place where a status is written: in one transaction it locks the row, checks
the status it starts from, asks the policy, saves, keeps the change in the
history and records it. An action that may not happen changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from spr_portal.audit.recording import record
from spr_portal.identity.exceptions import DomainError
from spr_portal.identity.models import User
from spr_portal.identity.policies import Decision


class InvalidTransition(DomainError):
    """The action does not start from the status the subject is in; nothing was changed."""

    status = 409


class ReasonMissing(DomainError):
    """The action needs a reason in words and got none; nothing was changed."""

    status = 400


@dataclass(frozen=True)
class Transition:
    """From any of `sources` to `target`, if `policy` allows it.

    `done` completes the sentence "This cannot be …" for a person who asks too
    late: "submitted", "returned".
    """

    sources: frozenset[StrEnum]
    target: StrEnum
    policy: Callable[[User, Any], Decision]
    done: str
    needs_reason: bool = False


@dataclass(frozen=True)
class Workflow:
    """A table of transitions for one kind of subject, and where its history is kept.

    `history` is a model with the fields subject, action, from_status,
    to_status, by, by_name, by_post, at and reason.
    """

    noun: str  # "assessment"
    transitions: Mapping[StrEnum, Transition]
    history: type[models.Model]

    def move(
        self,
        subject: models.Model,
        action: StrEnum,
        *,
        by: User,
        reason: str = "",
        post: str | None = None,
        before_saving: Callable[[Any], dict] | None = None,
        also_kept: Mapping[str, Any] | None = None,
    ) -> Any:
        """Take the action and return the subject as it then is.

        `post` stands beside the person's name in the history, if not simply their own.
        `before_saving` is called with the locked row once the action is known
        to be allowed; it may set fields, may raise, and returns details for
        the audit trail. `also_kept` are further fields of the history. Raises
        InvalidTransition, PolicyDenied or ReasonMissing, and then nothing has
        changed.
        """
        transition = self.transitions[action]
        with transaction.atomic():
            locked = type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk)
            transition.policy(by, locked).require()
            if locked.status not in transition.sources:
                raise InvalidTransition(self._too_late(locked, transition))
            if transition.needs_reason and not reason.strip():
                raise ReasonMissing(
                    f"Give a reason, so that others know why it is {transition.done}."
                )
            details = before_saving(locked) if before_saving else {}
            if post is not None and post != by.post:
                details = details | {"post": post}  # for whom they act
            from_status, locked.status = locked.status, transition.target
            locked.save()
            self.history.objects.create(
                subject=locked,
                action=action,
                from_status=from_status,
                to_status=transition.target,
                by=by,
                by_name=by.name,
                by_post=by.post if post is None else post,
                at=timezone.now(),
                reason=reason.strip(),
                **(also_kept or {}),
            )
            record(
                action=f"{self.noun}.{action}",
                subject=f"{self.noun} {locked.reference}",
                by=by,
                force=locked.force,
                details={"from": str(from_status), "to": str(transition.target), **details},
            )
        return locked

    def allowed_from(self, status: StrEnum) -> list[StrEnum]:
        """The actions that start from a status, in the order of the table."""
        return [action for action, step in self.transitions.items() if status in step.sources]

    def _too_late(self, subject, transition: Transition) -> str:
        label = within_sentence(subject.get_status_display())
        return (
            f"This {self.noun} cannot be {transition.done}: it is {label}. "
            "Somebody may have acted on it since you opened the page. Nothing was changed."
        )


def within_sentence(label: str) -> str:
    """A status within a sentence: "with the Executive Team", names left as they are."""
    return label[:1].lower() + label[1:]


class StatusChangeBase(models.Model):
    """One step in the history of a subject; names and posts are kept by value."""

    action = models.CharField(max_length=30)
    from_status = models.CharField(max_length=30)
    to_status = models.CharField(max_length=30)
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    by_post = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "id"]
