"""Reads across assessments: what waits in them, for the page that everybody comes to first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from assessments.enums import AssessmentStatus, ItemKind
from assessments.models import Assessment, Comment, Response, StatusChange, Submission
from assessments.policies import REVIEWERS
from assessments.selectors import assessments_visible_to, is_lead, questions_drafted_by
from spr_portal.identity.models import Appointment, User
from spr_portal.identity.selectors import valid_on


@dataclass(frozen=True)
class Progress:
    """How far the answers are that a person drafts of an assessment."""

    asked: int
    answered: int
    drafts: int  # a contributor's words that no lead has accepted
    not_reviewed: int  # last year's words stand beside them, and nothing is said yet


@dataclass(frozen=True)
class OpenThread:
    assessment: int
    place: str
    begun_by: int
    last_by: int
    waits_for_writers: bool  # a reviewer had the last word
    is_proposal: bool  # of another rating


def work_of(user: User) -> QuerySet[Assessment]:
    """The assessments a person sees in years whose paper is not issued, newest year first.

    Each with `asked_back` (the places named by the last return, or None),
    `times_submitted` and `draft_items` (items that no lead has accepted); one query.
    """
    returns = StatusChange.objects.filter(
        subject=OuterRef("pk"), to_status=AssessmentStatus.RETURNED
    ).order_by("-at", "-id")
    submissions = Submission.objects.filter(assessment=OuterRef("pk")).order_by("-number")
    return (
        assessments_visible_to(user)
        .filter(cycle__closed_at__isnull=True)
        .annotate(
            asked_back=Subquery(returns.values("places")[:1]),
            times_submitted=Coalesce(Subquery(submissions.values("number")[:1]), 0),
            draft_items=sum((_drafts_of(kind) for kind in ItemKind), Value(0)),
        )
        .order_by("-cycle__year", "threat__order")
    )


def progress_of(user: User, assessments: Iterable[Assessment]) -> dict[int, Progress]:
    """By the assessment's key, of the answers that the person drafts; one query."""
    codes = {one.pk: questions_drafted_by(user, one) for one in assessments}
    said = ~Q(text="") | Q(rating__isnull=False)
    carried = Q(carried__isnull=False) & (~Q(carried__text="") | ~Q(carried__rating_label=""))
    rows = (
        Response.objects.filter(assessment__in=codes)
        .order_by()
        .annotate(
            is_said=_claim(said),
            is_drafted=_claim(Q(version__gt=F("accepted_version"))),
            is_carried=_claim(carried),
        )
        .values_list(
            "assessment_id", "question__code", "question__is_required", "is_said", "is_drafted",
            "is_carried",
        )
    )  # fmt: skip
    counted = {key: [0, 0, 0, 0] for key in codes}
    for key, code, is_required, is_said, is_drafted, is_carried in rows if codes else ():
        named = codes[key]
        if code in named if named is not None else is_required:
            counted[key][0] += 1
            counted[key][1] += is_said
        if named is None or code in named:
            counted[key][2] += is_drafted
            counted[key][3] += is_carried and not is_said
    return {key: Progress(*numbers) for key, numbers in counted.items()}


def open_threads(assessments: Collection[Assessment]) -> list[OpenThread]:
    """What is said in these assessments and not resolved; one query, none for no assessment."""
    if not assessments:
        return []
    replies = Comment.objects.filter(thread=OuterRef("pk")).order_by("-at", "-id")
    reviewers = Appointment.objects.filter(
        valid_on(timezone.localdate()), role__in=REVIEWERS, person=OuterRef("last_by")
    )
    roots = (
        Comment.objects.filter(
            assessment__in=[one.pk for one in assessments],
            thread__isnull=True,
            resolved_at__isnull=True,
        )
        .order_by("at", "id")
        .annotate(
            last_by=Coalesce(
                Subquery(replies.values("by")[:1]), F("by_id"), output_field=BigIntegerField()
            )
        )
        .annotate(by_reviewer=Exists(reviewers))
        .values_list("assessment_id", "place", "by_id", "last_by", "by_reviewer", "proposed_rating")
    )
    return [OpenThread(*values, proposed is not None) for *values, proposed in roots]


def acting_today(user: User) -> list[Appointment]:
    """For whom the person acts today, and who acts for them; one query."""
    return list(
        Appointment.objects.filter(
            valid_on(timezone.localdate()),
            Q(person=user) | Q(acting_for=user),
            acting_for__isnull=False,
            person__is_active=True,
        )
        .select_related("person", "acting_for")
        .order_by("ends_on", "threat_code")
    )


def writes(user: User, assessment: Assessment) -> bool:
    return is_lead(user, assessment) or questions_drafted_by(user, assessment) != frozenset()


def _claim(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def _drafts_of(kind: ItemKind) -> Coalesce:
    rows = Assessment._meta.get_field(kind.value).related_model.objects
    counted = (
        rows.filter(assessment=OuterRef("pk"), is_draft=True).order_by().values("assessment")
    ).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number"), IntegerField()), 0)
