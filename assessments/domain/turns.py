"""Whose turn it is to write in an assessment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import QuerySet

from assessments.domain.workflow import WORKFLOW
from assessments.enums import Action, AssessmentStatus
from assessments.models import Assessment
from assessments.policies import can_edit
from spr_portal.identity.models import User


@contextmanager
def in_turn(assessments: QuerySet[Assessment], **where) -> Iterator[Assessment]:
    """The one assessment, for changes to its content in the block, which is one transaction.

    Writers to an assessment take turns, and none writes while it is being
    submitted. Raises Assessment.DoesNotExist.
    """
    with transaction.atomic():
        yield assessments.select_for_update(of=("self",), no_key=True).get(**where)


def lock_for_writing(assessment: Assessment, *, by: User) -> Assessment:
    """The same for one already read, in the caller's transaction.

    Raises PolicyDenied when the person may not edit it.
    """
    locked = (
        Assessment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cycle__force", "threat")
        .get(pk=assessment.pk)
    )
    can_edit(by, locked).require()
    return locked


def start_if_new(assessment: Assessment, *, by: User) -> None:
    """The first words of an assessment start it."""
    if assessment.status == AssessmentStatus.NOT_STARTED:
        WORKFLOW.move(assessment, Action.START, by=by)
