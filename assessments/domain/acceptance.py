"""What contributors draft, a lead accepts: the words they have read, and no newer ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F

from assessments.domain.content import ITEM_MODELS, REFERENCES
from assessments.domain.evidence import COPIED
from assessments.domain.items import keep_words
from assessments.domain.responses import save_response
from assessments.domain.turns import lock_for_writing
from assessments.enums import ItemKind
from assessments.exceptions import NewerDraft
from assessments.models import Assessment, Response
from assessments.policies import can_lead
from spr_portal.audit.recording import record
from spr_portal.identity.models import User

ACCEPTED = {"is_draft": False, "drafted_by_name": "", "accepted_values": None}


@dataclass
class AcceptedDrafts:
    """Codes of the answers that are accepted now, and of those that changed since they were read.

    One that was no draft any more is in neither.
    """

    accepted: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)


def accept_drafts(
    *, assessment: Assessment, versions: Mapping[str, int], by: User
) -> AcceptedDrafts:
    """Make drafts the force's answer, each if it still is the version the lead has read.

    `versions` maps the codes of questions to what was read. Raises PolicyDenied.
    """
    outcome = AcceptedDrafts()
    with transaction.atomic():
        assessment = lock_for_writing(assessment, by=by)
        can_lead(by, assessment).require()
        for response in _drafts(assessment).filter(question__code__in=list(versions)):
            code = response.question.code
            read = Response.objects.filter(pk=response.pk, version=versions[code])
            is_accepted = read.update(accepted_version=F("version"))
            (outcome.accepted if is_accepted else outcome.newer).append(code)
        if outcome.accepted:
            read = {code: versions[code] for code in outcome.accepted}
            _record(assessment, "response.accepted", {"versions": read}, by=by)
    return outcome


def go_back(*, response: Response, version: int, by: User) -> None:
    """Save the words a lead accepted last anew, in the place of a draft that stays in the history.

    `version` is that of the draft the lead has read: raises NewerDraft when it
    is another by now. Where there is no draft any more, nothing happens.
    """
    with transaction.atomic():
        assessment = lock_for_writing(response.assessment, by=by)
        can_lead(by, assessment).require()
        current = _drafts(assessment).filter(pk=response.pk).first()
        if current is None:
            return
        if current.version != version:
            raise NewerDraft()
        accepted = current.versions.filter(version=current.accepted_version).first()
        text, rating = (accepted.text, accepted.rating) if accepted else ("", None)
        if (text, rating) == (current.text, current.rating):
            accept_drafts(assessment=assessment, versions={current.question.code: version}, by=by)
        else:
            save_response(response=current, text=text, rating=rating, started_from=version, by=by)


def accept_item(
    *, assessment: Assessment, kind: ItemKind, identity: str, version: int, by: User
) -> None:
    """The same for an item of a list. Raises NewerDraft; one that is accepted stays so."""
    with transaction.atomic():
        assessment = lock_for_writing(assessment, by=by)
        can_lead(by, assessment).require()
        drafts = ITEM_MODELS[kind].objects.filter(
            assessment=assessment, identity=identity, is_draft=True
        )
        if not drafts.exists():
            return
        if not drafts.filter(version=version).update(**ACCEPTED):
            raise NewerDraft()
        _record(assessment, "item.accepted", {"list": str(kind), "identity": identity}, by=by)


def restore_item(
    *, assessment: Assessment, kind: ItemKind, identity: str, version: int, by: User
) -> None:
    """Let an item read as the lead accepted it last; what was drafted is kept. Raises NewerDraft.

    Nothing happens to one that is no draft, or that no lead has accepted before.
    """
    with transaction.atomic():
        assessment = lock_for_writing(assessment, by=by)
        can_lead(by, assessment).require()
        rows = ITEM_MODELS[kind].objects.filter(assessment=assessment, identity=identity)
        item = rows.filter(is_draft=True, accepted_values__isnull=False).first()
        if item is None:
            return
        values = _as_fields(assessment, item.accepted_values)
        if kind == ItemKind.EVIDENCE and item.evidence_id:
            # What a reference says of its piece follows the register; a lead restores the ticks.
            values = {name: values[name] for name in values if name not in COPIED}
        restored = rows.filter(version=version).update(
            **values | ACCEPTED, version=F("version") + 1
        )
        if not restored:
            raise NewerDraft()
        # An item has no versions: what was drafted is kept as what is removed is.
        keep_words(assessment, kind, item, by=by)
        _record(assessment, "item.restored", {"list": str(kind), "identity": identity}, by=by)


def _drafts(assessment: Assessment):
    return Response.objects.filter(
        assessment=assessment, version__gt=F("accepted_version")
    ).select_related("question", "rating", "assessment")


def _as_fields(assessment: Assessment, values: dict) -> dict:
    """Plain values as a row takes them: codes become rows of the edition again."""
    edition = assessment.cycle.edition
    rows = {"criterion": edition.criteria, "part": edition.parts}
    return {
        name: rows[name].get(code=value) if name in REFERENCES and value else value
        for name, value in values.items()
    }


def _record(assessment: Assessment, action: str, details: dict, *, by: User) -> None:
    record(
        action=action,
        subject=f"assessment {assessment.reference}",
        by=by,
        force=assessment.force,
        details=details,
    )
