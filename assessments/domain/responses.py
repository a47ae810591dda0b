"""Saving an answer so that nobody's words are lost."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from assessments.domain.workflow import WORKFLOW
from assessments.enums import Action, AssessmentStatus
from assessments.exceptions import StaleEdit
from assessments.models import Assessment, Response, ResponseVersion, SetAside
from assessments.policies import can_edit, can_write_place
from assessments.selectors import is_lead
from spr_portal.audit.recording import record
from spr_portal.identity.models import User
from threats.models import RatingPoint


def save_response(
    *, response: Response, text: str, rating: RatingPoint | None, started_from: int, by: User
) -> Response:
    """Save an answer that was written on top of version `started_from`.

    An answer equal to the saved one changes nothing. Where the writer changed
    nothing since `started_from` and somebody else did, the newer one stands.
    When both changed it, the words given are kept as a `SetAside` and
    StaleEdit is raised. Raises PolicyDenied when the answers are locked.

    Must not be called inside a transaction that may be rolled back: the words
    set aside would go with it.
    """
    with transaction.atomic():
        assessment = lock_for_writing(response.assessment, by=by)
        can_write_place(by, assessment, response.question.code).require()
        current = _current(response, by=by)
        if (current.text, current.rating_id) == (text, rating.pk if rating else None):
            _settle(assessment, current, by=by)
            return current
        if current.version == started_from:
            return _write(assessment, current, text=text, rating=rating, by=by)
        if not _changed_since(current, started_from, text, rating):
            return current
        kept = SetAside.objects.create(
            assessment=assessment,
            place=current.question.code,
            values={"text": text, "rating": rating.code if rating else None},
            started_from=started_from,
            by=by,
            at=timezone.now(),
        )
        record(
            action="response.set_aside",
            subject=f"assessment {assessment.reference}",
            by=by,
            force=assessment.force,
            details={"question": current.question.code, "started_from": started_from},
        )
    raise StaleEdit(newer=current, kept=kept)


def _write(
    assessment: Assessment, response: Response, *, text: str, rating: RatingPoint | None, by: User
) -> Response:
    start_if_new(assessment, by=by)
    now = timezone.now()
    version = response.version + 1
    # What a lead writes is accepted; a contributor's words are a draft until a lead accepts them.
    accepted = version if is_lead(by, assessment) else response.accepted_version
    # The version stands in the condition too: correctness rests on no lock (SQLite has none).
    changed = Response.objects.filter(pk=response.pk, version=response.version).update(
        text=text,
        rating=rating,
        version=version,
        accepted_version=accepted,
        updated_by=by,
        updated_at=now,
    )
    if not changed:
        raise RuntimeError("A response changed while its assessment was locked.")
    ResponseVersion.objects.create(
        response=response, version=version, text=text, rating=rating, by=by, at=now
    )
    _settle(assessment, response, by=by)
    record(
        action="response.saved",
        subject=f"assessment {assessment.reference}",
        by=by,
        force=assessment.force,
        details={"question": response.question.code, "version": version},
    )
    response.text, response.rating, response.version = text, rating, version
    response.accepted_version = accepted
    response.updated_by, response.updated_at = by, now
    return response


def lock_for_writing(assessment: Assessment, *, by: User) -> Assessment:
    """The assessment, for a change to its content in the caller's transaction.

    Writers to one assessment take turns, and none writes while it is being
    submitted. Raises PolicyDenied when the person may not edit it.
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


def _changed_since(
    current: Response, started_from: int, text: str, rating: RatingPoint | None
) -> bool:
    """Whether the words given differ from those the writer began with."""
    rating_id = rating.pk if rating else None
    if started_from == 0:
        return bool(text) or rating_id is not None
    began_with = current.versions.filter(version=started_from).first()
    return began_with is None or (began_with.text, began_with.rating_id) != (text, rating_id)


def _current(response: Response, *, by: User) -> Response:
    """The response as it stands, and whether words of the writer wait there (`has_waiting`)."""
    waiting = SetAside.objects.filter(
        assessment=OuterRef("assessment"),
        place=OuterRef("question__code"),
        by=by,
        settled_at__isnull=True,
    )
    rows = Response.objects.select_related("rating", "question")
    return rows.annotate(has_waiting=Exists(waiting)).get(pk=response.pk)


def _settle(assessment: Assessment, current: Response, *, by: User) -> None:
    """The writer has now chosen what stands here: their words set aside need no more showing."""
    if current.has_waiting:
        assessment.set_aside.filter(
            place=current.question.code, by=by, settled_at__isnull=True
        ).update(settled_at=timezone.now())
