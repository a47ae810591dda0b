"""Naming colleagues who draft an assessment or some of its answers, and ending that."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.emails import tell_of_named
from assessments.exceptions import UnknownPlace
from assessments.models import Assessment, Contributor
from assessments.policies import can_name
from assessments.selectors import is_lead
from spr_portal.audit.recording import record
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import User
from spr_portal.identity.selectors import who_can_lead


def name_contributor(
    *, assessment: Assessment, person: User, question_codes: Collection[str], by: User
) -> Contributor:
    """Ask a colleague of the force to draft these answers, or with none named all of it.

    They are told by e-mail. Raises PolicyDenied; Refused when the person
    cannot draft or drafts already; UnknownPlace for a question that is not asked.
    """
    can_name(by, assessment).require()
    codes = _in_order(assessment, question_codes)
    if not who_can_lead(by).filter(pk=person.pk).exists():
        raise Refused(
            "Only people of your own force with an open account can draft.", field="person"
        )
    if is_lead(person, assessment):
        raise Refused(
            f"{person.name} leads on this threat and can change every answer already.",
            field="person",
        )
    try:
        with transaction.atomic():
            contributor = Contributor.objects.create(
                assessment=assessment,
                person=person,
                question_codes=codes,
                named_by=by,
                named_at=timezone.now(),
            )
            _record(contributor, "contributor.named", by=by)
            tell_of_named(contributor, by=by)
    except IntegrityError:
        raise Refused(
            f"{person.name} has been named already. Change which answers they draft instead.",
            field="person",
        ) from None
    return contributor


def change_contributor(
    *, contributor: Contributor, question_codes: Collection[str], by: User
) -> Contributor:
    """Let a contributor draft these answers from now on; with none named, all of it.

    They are told when there is more to draft than before. What they have
    drafted stays. Raises PolicyDenied, Refused when it was ended meanwhile.
    """
    assessment = contributor.assessment
    can_name(by, assessment).require()
    codes = _in_order(assessment, question_codes)
    with transaction.atomic():
        current = Contributor.objects.select_for_update(of=("self",)).get(pk=contributor.pk)
        if current.ended_at:
            raise Refused(
                f"{current.person.name} no longer contributes: somebody ended it meanwhile. "
                "Name them again if they should."
            )
        before, current.question_codes = current.question_codes, codes
        if codes == before:
            return current
        current.save(update_fields=["question_codes"])
        _record(current, "contributor.changed", by=by)
        if before and not (codes and set(codes) <= set(before)):
            tell_of_named(current, by=by)
    return current


def end_contributor(*, contributor: Contributor, by: User) -> None:
    """Take the right to draft away at once. What they have drafted stays and waits for the lead.

    Ending twice changes nothing.
    """
    can_name(by, contributor.assessment).require()
    with transaction.atomic():
        ended = Contributor.objects.filter(pk=contributor.pk, ended_at__isnull=True).update(
            ended_at=timezone.now()
        )
        if ended:
            _record(contributor, "contributor.ended", by=by)


def _in_order(assessment: Assessment, codes: Collection[str]) -> list[str]:
    """The codes in the order of the page, each once."""
    asked = list(
        assessment.responses.order_by("question__part__order", "question__order").values_list(
            "question__code", flat=True
        )
    )
    if unknown := set(codes) - set(asked):
        raise UnknownPlace(f"This assessment has no answer called {min(unknown)}.")
    return [code for code in asked if code in set(codes)]


def _record(contributor: Contributor, action: str, *, by: User) -> None:
    assessment = contributor.assessment
    record(
        action=action,
        subject=f"assessment {assessment.reference}",
        by=by,
        force=assessment.force,
        details={
            "person": contributor.person_id,
            "name": contributor.person.name,
            "questions": contributor.question_codes,
        },
    )
