"""An assessment as the data of a cycle file."""

from __future__ import annotations

from assessments.domain.content import ITEM_FIELDS, content_of, without_usual
from assessments.enums import AssessmentStatus, ItemKind
from assessments.models import Assessment, CarriedAnswer, Comment, EvidenceReference, Response
from assessments.models.items import Carried, Published
from spr_portal.cycle_file.dumping.common import (
    given,
    in_order,
    marked,
    person_then,
    status_changes,
    version_of,
)
from spr_portal.cycle_file.moments import write_time

CARRIED_FIELDS = (
    "year", "threat_label", "text", "rating_code", "rating_label", "rating_tone",
    "rating_symbol", "scale_code",
)  # fmt: skip
# Written by the functions below, for every kind alike.
NOT_WORDS = frozenset({"is_public", "withheld_under", "marking", "handling"})


def assessment_data(assessment: Assessment) -> dict:
    """Empty for one that nobody has touched."""
    responses = assessment.responses.filter(version__gt=0)
    submissions = _submissions(assessment)
    words = given({
        **marked(assessment),
        "submitted": _submitted(assessment, submissions),
        "approved": _approved(assessment),
        "answers": {
            response.question.code: _answer(response)
            for response in responses.select_related("question", "rating", "updated_by")
            .prefetch_related("versions__rating", "versions__by")
            .order_by("question__part__order", "question__order")
        },
        "carried": _carried(assessment),
        **{kind.value: _items(assessment, kind) for kind in ItemKind},
        "submissions": submissions,
        "status_changes": status_changes(assessment),
        "contributors": _contributors(assessment),
        "comments": _comments(assessment),
        "set_aside": [
            given({"place": row.place})
            | {"values": in_order(row.values), "started_from": row.started_from}
            | given({
                "by": row.by.email,
                "at": write_time(row.at),
                "settled_at": row.settled_at and write_time(row.settled_at),
            })
            for row in assessment.set_aside.select_related("by")
        ],
    })  # fmt: skip
    if words or assessment.status != AssessmentStatus.NOT_STARTED:
        words = {"status": assessment.status} | words
    return words


def _carried(assessment: Assessment) -> dict:
    """What stands beside the answers, by the questions' codes in the order they are asked."""
    rows = CarriedAnswer.objects.filter(response__assessment=assessment).order_by(
        "response__question__part__order", "response__question__order"
    )
    return {
        row.response.question.code: given({name: getattr(row, name) for name in CARRIED_FIELDS})
        for row in rows.select_related("response__question")
    }


def _contributors(assessment: Assessment) -> list[dict]:
    return [
        given({
            "person": row.person.email,
            "questions": row.question_codes,
            "named_by": row.named_by.email,
            "named_at": write_time(row.named_at),
            "ended_at": row.ended_at and write_time(row.ended_at),
        })
        for row in assessment.contributors.select_related("person", "named_by")
    ]  # fmt: skip


def _comments(assessment: Assessment) -> list[dict]:
    rows = assessment.comments.select_related("by", "resolved_by", "thread", "proposed_rating")
    return [
        given({
            "identity": row.identity,
            "thread": row.thread and row.thread.identity,
            "place": row.place,
            "text": row.text,
            "by": person_then(row.by, row.by_name, row.by.post),
            "at": write_time(row.at),
            "proposed_rating": row.proposed_rating and row.proposed_rating.code,
            "outcome": row.outcome,
            "resolved": _resolved(row),
        })
        for row in rows
    ]  # fmt: skip


def _resolved(comment: Comment) -> dict | None:
    """By nobody where what it was about settled it."""
    if comment.resolved_at is None:
        return None
    by = comment.resolved_by
    return given({
        "by": by and person_then(by, comment.resolved_by_name, by.post),
        "at": write_time(comment.resolved_at),
    })  # fmt: skip


def _submitted(assessment: Assessment, submissions: list[dict]) -> dict | None:
    """Only where it is not what the last submission says."""
    if assessment.submitted_by is None:
        return None
    last = assessment.submissions.order_by("-number").first()
    if last and (last.by_id, last.at) == (assessment.submitted_by_id, assessment.submitted_at):
        return None
    return {
        "by": assessment.submitted_by.email,
        "at": write_time(assessment.submitted_at),
    }


def _approved(assessment: Assessment) -> dict | None:
    if assessment.approved_by is None:
        return None
    return {
        "by": person_then(
            assessment.approved_by, assessment.approved_by_name, assessment.approved_by_post
        ),
        "at": write_time(assessment.approved_at),
        "content": assessment.approved_hash,
    }


def _answer(response: Response) -> dict:
    versions = [row for row in response.versions.all() if row.version < response.version]
    return given({
        "text": response.text,
        "rating": response.rating and response.rating.code,
        "version": response.version,
        "accepted": response.accepted_version if response.is_draft else None,
        "by": response.updated_by.email,
        "at": write_time(response.updated_at),
        "earlier": [
            given({
                "version": row.version,
                "text": row.text,
                "rating": row.rating and row.rating.code,
                "by": row.by.email,
                "at": write_time(row.at),
            })
            for row in versions
        ],
    })  # fmt: skip


def _items(assessment: Assessment, kind: ItemKind) -> list[dict]:
    rows = getattr(assessment, kind.value).all()
    names = [name for name in ITEM_FIELDS[kind] if name not in NOT_WORDS]
    relations = {"criterion", "part", "evidence"} & {
        field.name for field in rows.model._meta.fields
    }
    if relations:
        rows = rows.select_related(*relations)
    year = assessment.cycle.year
    return [
        given({
            "identity": row.identity,
            "version": version_of(row),
            **without_usual(kind, {name: _code(getattr(row, name)) for name in names}),
            **marked(row),
            **_cleared(row),
            **_beyond_words(row, year),
        })
        for row in rows
    ]  # fmt: skip


def _cleared(row) -> dict:
    """An exemption, or what is public although its kind usually stays with the force."""
    if not isinstance(row, Published):
        return {}
    return {
        "public": (row.is_public or None) if isinstance(row, EvidenceReference) else None,
        "withheld_under": row.withheld_under,
    }


def _beyond_words(row, year: str) -> dict:
    """What nobody fills in: whose draft it is, since when it is open, its entry."""
    values = {
        "draft_by": row.drafted_by_name if row.is_draft else None,
        "accepted_values": row.accepted_values and in_order(row.accepted_values),
    }
    if isinstance(row, Carried):
        values["first_raised"] = row.first_raised if row.first_raised != year else None
        values["reviewed"] = None if row.is_reviewed else False
    if isinstance(row, EvidenceReference):
        values["entry"] = row.evidence and row.evidence.identity
    return values


def _code(value):
    return value.code if hasattr(value, "pk") else value


def _submissions(assessment: Assessment) -> list[dict]:
    """The content is left out where it is what stands in the assessment."""
    content = content_of(assessment)
    return [
        {"by": person_then(row.by, row.by_name, row.by_post), "at": write_time(row.at)}
        | {"declaration": row.declaration}
        | ({} if row.content == content else {"content": in_order(row.content)})
        | {"hash": row.content_hash}
        for row in assessment.submissions.select_related("by")
    ]
