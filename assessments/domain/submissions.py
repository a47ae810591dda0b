"""Keeping what was submitted, word for word."""

from __future__ import annotations

from django.utils import timezone

from assessments.domain.content import hash_of
from assessments.models import Assessment, Submission
from spr_portal.identity.models import User


def keep_submission(
    assessment: Assessment, content: dict, *, declaration: str, post: str, by: User
) -> Submission:
    """Keep a content as the next submission, for a caller who has locked the assessment.

    `post` is the one that the person submits in. Who submitted it last is set;
    saving the assessment is the caller's.
    """
    submission = Submission.objects.create(
        assessment=assessment,
        number=assessment.submissions.count() + 1,
        content=content,
        content_hash=hash_of(content),
        declaration=declaration,
        by=by,
        by_name=by.name,
        by_post=post,
        at=timezone.now(),
    )
    assessment.submitted_by, assessment.submitted_at = by, submission.at
    return submission
