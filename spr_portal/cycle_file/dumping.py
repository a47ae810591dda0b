"""A cycle as the data of a cycle file: everything of its year, nothing that has its usual value.

Not in it: passwords, sessions, the audit chain, downloads, and files that were
being made.
"""

from __future__ import annotations

import base64

from assessments.domain.content import ITEM_FIELDS, content_of, without_usual
from assessments.enums import AssessmentStatus, ItemKind
from assessments.models import Assessment, Cycle, Response
from reports.enums import PaperStatus, SectionKind
from reports.models import BoardPaper, IssuedPaper, Recommendation
from reports.selectors import recommendations_of, recommendations_reported_in
from spr_portal.cycle_file.moments import write_time
from spr_portal.cycle_file.writing import Bytes64
from spr_portal.identity.models import Force, User

FORCE_FIELDS = (
    "code", "name", "short_name", "chief_officer_title", "body_title", "body_short_title",
    "body_office", "board_name", "colour",
)  # fmt: skip


def cycle_data(cycle: Cycle) -> dict:
    """The whole year of a force, in the order of docs/cycle-file.md."""
    data = {
        "format": 1,
        "force": {name: getattr(cycle.force, name) for name in FORCE_FIELDS},
        "people": _people(cycle.force),
        "cycle": _cycle(cycle),
    }
    previous = list(recommendations_reported_in(cycle))
    if previous:
        data["previous_recommendations"] = {
            "year": previous[0].year,
            "recommendations": [_recommendation(row) for row in previous],
        }
    data["assessments"] = {
        assessment.threat.code: words
        for assessment in cycle.assessments.select_related(
            "cycle__force", "threat", "submitted_by", "approved_by"
        ).order_by("threat__order")
        if (words := _assessment(assessment))
    }
    data["recommendations"] = [_recommendation(row) for row in recommendations_of(cycle)]
    paper = BoardPaper.objects.filter(cycle=cycle).select_related(
        "template", "sent_by", "agreed_by", "cycle"
    )
    if found := paper.first():
        data["paper"] = _paper(found)
    return _given(data)


def _given(values: dict) -> dict:
    """Without what is empty; False and 0 are not."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _people(force: Force) -> list[dict]:
    people = force.people.order_by("email").prefetch_related("appointments")
    return [
        _given({
            "name": person.name,
            "post": person.post,
            "email": person.email,
            "active": None if person.is_active else False,
            "joined_at": write_time(person.joined_at),
            "appointments": [
                _given({
                    "role": row.role,
                    "threat": row.threat_code,
                    "from": row.starts_on,
                    "to": row.ends_on,
                })
                for row in sorted(person.appointments.all(), key=_appointment_order)
            ],
        })
        for person in people
    ]  # fmt: skip


def _appointment_order(row) -> tuple:
    return row.role, row.threat_code, row.starts_on, row.ends_on is None, row.ends_on, row.pk


def _cycle(cycle: Cycle) -> dict:
    return {
        "year": cycle.year,
        "edition": cycle.edition.code,
        "rating_scale": cycle.rating_scale.code,
        "as_at": cycle.as_at,
        "tasked_on": cycle.tasked_on,
        "due_on": cycle.due_on,
        "executive_on": cycle.executive_on,
        "board_on": cycle.board_on,
        "opened_at": write_time(cycle.opened_at),
        "opened_by": cycle.opened_by.email,
    }


def _person(person: User, name: str, post: str) -> str | dict:
    """The address alone, or with name and post where these were others then."""
    if (name, post) == (person.name, person.post):
        return person.email
    return {"email": person.email, "name": name, "post": post}


def _version(row) -> int | None:
    return row.version if row.version != 1 else None


def _recommendation(row: Recommendation) -> dict:
    return _given({
        "identity": row.identity,
        "version": _version(row),
        "heading": row.heading,
        "addressee": row.addressee,
        "text": row.text,
        "threats": row.threat_codes,
        "proposed_in": row.proposed_in,
        "withheld_under": row.withheld_under,
        "status": row.status,
        "outcome": row.outcome,
        "outcome_on": row.outcome_on,
    })  # fmt: skip


def _assessment(assessment: Assessment) -> dict:
    """Empty for one that nobody has touched."""
    responses = assessment.responses.filter(version__gt=0)
    submissions = _submissions(assessment)
    words = _given({
        "submitted": _submitted(assessment, submissions),
        "approved": _approved(assessment),
        "answers": {
            response.question.code: _answer(response)
            for response in responses.select_related("question", "rating", "updated_by")
            .prefetch_related("versions__rating", "versions__by")
            .order_by("question__part__order", "question__order")
        },
        **{kind.value: _items(assessment, kind) for kind in ItemKind},
        "submissions": submissions,
        "status_changes": _status_changes(assessment),
        "comments": [
            _given({
                "identity": row.identity,
                "place": row.place,
                "text": row.text,
                "by": _person(row.by, row.by_name, row.by.post),
                "at": write_time(row.at),
            })
            for row in assessment.comments.select_related("by")
        ],
        "set_aside": [
            _given({"place": row.place})
            | {"values": _sorted(row.values), "started_from": row.started_from}
            | _given({
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
        "by": _person(
            assessment.approved_by, assessment.approved_by_name, assessment.approved_by_post
        ),
        "at": write_time(assessment.approved_at),
        "content": assessment.approved_hash,
    }


def _answer(response: Response) -> dict:
    versions = [row for row in response.versions.all() if row.version < response.version]
    return _given({
        "text": response.text,
        "rating": response.rating and response.rating.code,
        "version": response.version,
        "by": response.updated_by.email,
        "at": write_time(response.updated_at),
        "earlier": [
            _given({
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
    names = [name for name in ITEM_FIELDS[kind] if name != "is_public"]
    relations = {"criterion", "part"} & set(names)
    if relations:
        rows = rows.select_related(*relations)
    return [
        _given({
            "identity": row.identity,
            "version": _version(row),
            **without_usual(kind, {name: _code(getattr(row, name)) for name in names}),
        })
        for row in rows
    ]  # fmt: skip


def _code(value):
    return value.code if hasattr(value, "pk") else value


def _submissions(assessment: Assessment) -> list[dict]:
    """The content is left out where it is what stands in the assessment."""
    content = content_of(assessment)
    return [
        {"by": _person(row.by, row.by_name, row.by_post), "at": write_time(row.at)}
        | {"declaration": row.declaration}
        | ({} if row.content == content else {"content": _sorted(row.content)})
        | {"hash": row.content_hash}
        for row in assessment.submissions.select_related("by")
    ]


def _sorted(value):
    """JSON comes back in another order from PostgreSQL than from SQLite."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(inner) for inner in value] if isinstance(value, list) else value


def _status_changes(subject) -> list[dict]:
    return [
        _given({
            "action": row.action,
            "from": row.from_status,
            "to": row.to_status,
            "by": _person(row.by, row.by_name, row.by_post),
            "at": write_time(row.at),
            "reason": row.reason,
        })
        for row in subject.status_changes.select_related("by")
    ]  # fmt: skip


def _paper(paper: BoardPaper) -> dict:
    data = _given({
        "template": {"code": paper.template.code, "version": paper.template.version},
        "title": paper.title,
        "agenda_item": paper.agenda_item,
        "report_of": paper.report_of,
        "author": paper.author,
    })  # fmt: skip
    data |= {"marking": paper.marking, "status": paper.status} | _given({
        "version": _version(paper),
        "sent_by": paper.sent_by and paper.sent_by.email,
        "agreed": _agreed(paper),
        "status_changes": _status_changes(paper),
        "sections": [
            _section(section) for section in paper.sections.prefetch_related("paragraphs")
        ],
    })  # fmt: skip
    if paper.status == PaperStatus.ISSUED:
        data["issued"] = _issued(paper.issued)
    return data


def _agreed(paper: BoardPaper) -> dict | None:
    if paper.agreed_by is None:
        return None
    return {
        "by": _person(paper.agreed_by, paper.agreed_by_name, paper.agreed_by_post),
        "at": write_time(paper.agreed_at),
        "document": paper.agreed_hash,
    }


def _section(section) -> dict:
    return _given({
        "identity": section.identity,
        "version": _version(section),
        "kind": None if section.kind != SectionKind.RECOMMENDATIONS else section.kind,
        "threat": section.threat_code,
        "heading": section.heading,
        "level": section.level,
        "numbered": None if section.has_numbers else False,
        "paragraphs": [
            _given({
                "identity": row.identity,
                "version": _version(row),
                "text": row.text,
                "list": row.list_source,
                "when_empty": row.text_when_empty,
                "withheld_under": row.withheld_under,
            })
            for row in section.paragraphs.all()
        ],
    })  # fmt: skip


def _issued(issued: IssuedPaper) -> dict:
    return {
        "title": issued.title,
        "board_name": issued.board_name,
        "board_on": issued.board_on,
        "template": {"code": issued.template_code, "version": issued.template_version},
        "by": _person(issued.issued_by, issued.issued_by_name, issued.issued_by_post),
        "at": write_time(issued.issued_at),
        "approvals": _sorted(issued.approvals),
        "libraries": _sorted(issued.libraries),
        "document_hash": issued.document_hash,
        "document": issued.document,
        "files": [
            {
                "audience": row.audience,
                "format": row.format,
                "name": row.name,
                "sha256": row.sha256,
                "content": Bytes64(base64.b64encode(bytes(row.content)).decode()),
            }
            for row in issued.files.all()
        ],
    }
