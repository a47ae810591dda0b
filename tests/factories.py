"""People and forces for tests, ready to sign in; every value has a sensible default."""

from __future__ import annotations

import datetime
import hashlib
import itertools

from django.utils import timezone

from assessments.domain.assessments import approve_assessment, submit_assessment
from assessments.domain.content import content_of, hash_of
from assessments.domain.cycles import CycleDates, open_cycle
from assessments.domain.items import add_item
from assessments.enums import AssessmentStatus, ItemKind
from assessments.models import Response, ResponseVersion, SummaryParagraph
from reports.document import Audience
from reports.domain.board_actions import give_action
from reports.domain.compose import compose_paper
from reports.domain.documents import document_hash, final_documents
from reports.domain.meetings import call_meeting, choose_attendees
from reports.domain.papers import agree_paper, issue_paper, send_paper
from reports.enums import RecommendationStatus, RenditionStatus
from reports.loading import load_paper_template, shipped_templates
from reports.models import Recommendation
from reports.selectors import latest_templates
from spr_portal.identity.enums import THREAT_ROLES, Role
from spr_portal.identity.models import Appointment, Force, User
from threats.loading import load_edition, shipped_editions
from threats.models import Edition

PASSWORD = "a long enough password"
_numbers = itertools.count(1)


def make_force(code: str = "", **fields) -> Force:
    number = next(_numbers)
    code = code or f"force-{number}"
    fields = {
        "name": f"{code.title()} Police",
        "short_name": code.title(),
        "board_name": "Strategic Policing and Crime Board",
    } | fields
    return Force.objects.create(code=code, **fields)


def make_person(
    *,
    force: Force | None = None,
    role: Role | None = None,
    threat: str = "",
    starts_on: datetime.date = datetime.date(2016, 1, 1),
    password: str = PASSWORD,
    **fields,
) -> User:
    """Make a person of a force, appointed to a role (for a threat, where the role has one)."""
    number = next(_numbers)
    fields = {"name": f"Person {number}", "email": f"person{number}@example.org"} | fields
    person = User.objects.create_user(password=password, force=force or make_force(), **fields)
    if role:
        make_appointment(person=person, role=role, threat=threat, starts_on=starts_on)
    return person


def make_appointment(
    *,
    person: User,
    role: Role,
    threat: str = "",
    starts_on: datetime.date = datetime.date(2016, 1, 1),
    ends_on: datetime.date | None = None,
) -> Appointment:
    if role in THREAT_ROLES:
        threat = threat or "terrorism"
    return Appointment.objects.create(
        person=person, role=role, threat_code=threat, starts_on=starts_on, ends_on=ends_on
    )


def make_cycle(*, force: Force | None = None, by: User | None = None, **fields):
    """A cycle of 2016-17 on the edition of March 2015, with leads for the threats named."""
    leads = fields.pop("leads", {})
    edition = fields.pop("edition", None) or shipped_edition(fields.pop("edition_code", "2015-03"))
    by = by or make_person(force=force, role=Role.ACC_SECURITY)
    dates = {
        "as_at": datetime.date(2016, 8, 31),
        "tasked_on": datetime.date(2016, 2, 15),
        "due_on": datetime.date(2016, 8, 31),
        "executive_on": datetime.date(2017, 1, 16),
        "board_on": datetime.date(2017, 2, 7),
    } | fields.pop("dates", {})
    return open_cycle(
        year=fields.pop("year", "2016-17"),
        edition=edition,
        rating_scale=edition.rating_scales.get(is_proposed=True),
        dates=CycleDates(**dates),
        leads=leads,
        by=by,
    )


def shipped_edition(code: str = "2015-03"):
    """A shipped edition, loaded together with those before it."""
    for path in shipped_editions():
        load_edition(path)
    return Edition.objects.get(code=code)


def fill_in(assessment, *, by: User) -> None:
    """Answer every required question and write one public paragraph for the board.

    The paragraph goes through the domain and so starts the assessment; the
    answers are written at once, as hundreds of tests need them.
    """
    add_item(
        assessment=assessment,
        kind=ItemKind.SUMMARY,
        values={"text": f"What the board reads on {assessment.threat.label}.", "is_public": True},
        by=by,
    )
    best, now = assessment.cycle.rating_scale.points.first(), timezone.now()
    responses = list(
        assessment.responses.select_related("question").filter(question__is_required=True)
    )
    for response in responses:
        is_rating = response.question.kind == "rating"
        response.text = "" if is_rating else f"An answer to {response.question.code}."
        response.rating = best if is_rating else None
        response.version = response.accepted_version = 1
        response.updated_by, response.updated_at = by, now
    Response.objects.bulk_update(
        responses, ["text", "rating", "version", "accepted_version", "updated_by", "updated_at"]
    )
    ResponseVersion.objects.bulk_create(
        ResponseVersion(
            response=response, version=1, text=response.text, rating=response.rating, by=by, at=now
        )
        for response in responses
    )


def make_submitted(*, cycle=None, threat: str = "terrorism", by: User | None = None):
    """An assessment that its lead has filled in and submitted."""
    cycle = cycle or make_cycle()
    by = by or make_person(force=cycle.force, role=Role.FORCE_LEAD, threat=threat)
    assessment = cycle.assessments.get(threat__code=threat)
    fill_in(assessment, by=by)
    return submit_assessment(assessment=assessment, by=by)


def make_approved(*, cycle=None, threat: str = "terrorism", by: User | None = None):
    """An assessment that ACC Security has approved."""
    assessment = make_submitted(cycle=cycle, threat=threat)
    by = by or make_person(force=assessment.force, role=Role.ACC_SECURITY)
    return approve_assessment(
        assessment=assessment, content_hash=hash_of(content_of(assessment)), by=by
    )


def approve_at_once(assessment, *, words: str = "", restricted: str = "") -> None:
    """Bring an assessment to approved without its lead's work: one summary paragraph or two."""
    SummaryParagraph.objects.create(
        assessment=assessment,
        order=1,
        text=words or f"What the board reads on {assessment.threat.label}.",
        is_public=True,
    )
    if restricted:
        SummaryParagraph.objects.create(
            assessment=assessment, order=2, text=restricted, withheld_under="section 31"
        )
    assessment.approved_hash = hash_of(content_of(assessment))
    assessment.approved_by_name, assessment.approved_by_post = "Ann Approver", "ACC Security"
    assessment.approved_at = timezone.now()
    assessment.status = AssessmentStatus.APPROVED
    assessment.save()


def make_paper(*, force: Force | None = None, by: User | None = None, restricted: str = ""):
    """A draft that could be sent: all assessments approved, one recommendation of the year before.

    `restricted` are words of the terrorism assessment that are not for the public.
    """
    by = by or make_person(force=force, role=Role.ACC_SECURITY)
    cycle = make_cycle(by=by)
    for assessment in cycle.assessments.select_related("threat", "cycle__force"):
        is_terrorism = assessment.threat.code == "terrorism"
        approve_at_once(assessment, restricted=restricted if is_terrorism else "")
    Recommendation.objects.create(
        force=cycle.force,
        year="2015-16",
        identity="earlier",
        order=1,
        addressee="ACC Security",
        text="to test the plans.",
        is_public=True,
        status=RecommendationStatus.COMPLETED,
        outcome="The plans were tested in May 2016.",
    )
    return compose_paper(cycle=cycle, template=shipped_template(), by=by)


def shipped_template():
    for path in shipped_templates():
        load_paper_template(path)
    return latest_templates()[0]


def make_sent(*, by: User | None = None, **fields):
    """A paper before the Executive Team."""
    by = by or make_person(force=fields.pop("force", None), role=Role.ACC_SECURITY)
    return send_paper(paper=make_paper(by=by, **fields), by=by)


def make_agreed(*, by: User | None = None, with_files: bool = True, **fields):
    """A paper that a member of the Executive Team has agreed, with all its files made."""
    paper = make_sent(by=by, **fields)
    executive = make_person(force=paper.force, role=Role.EXECUTIVE, post="Deputy Chief Constable")
    full = final_documents(paper)[Audience.FULL]
    agreed = agree_paper(paper=paper, document=document_hash(full), by=executive)
    if with_files:
        make_files_up(agreed)
    return agreed


def make_files_up(paper) -> None:
    """Give every file asked for some bytes, as if a worker had made them."""
    for rendition in paper.renditions.all():
        content = f"{rendition.audience} {rendition.format} of {paper}".encode()
        rendition.content, rendition.status = content, RenditionStatus.MADE
        rendition.sha256 = hashlib.sha256(content).hexdigest()
        rendition.save()


def make_issued(*, by: User | None = None, **fields):
    """An issued paper, as reports.models.IssuedPaper."""
    by = by or make_person(force=fields.pop("force", None), role=Role.ACC_SECURITY)
    return issue_paper(paper=make_agreed(by=by, **fields), by=by)


def make_meeting(*, force: Force | None = None, by: User | None = None, for_=(), **values):
    """A planned meeting of the SPR board; `for_` are the people who come to it."""
    by = by or make_person(force=force, role=Role.ACC_SECURITY)
    values = {
        "title": "Meeting of the SPR board",
        "held_on": datetime.date(2016, 9, 15),
        "chair": "Alex Acc, ACC Security",
    } | values
    meeting = call_meeting(values=values, by=by)
    if for_:
        choose_attendees(meeting=meeting, add=for_, remove=(), by=by)
    return meeting


def make_action(*, meeting=None, owner: User | None = None, by: User | None = None, **values):
    """An open action of a meeting, somebody's of the force."""
    if meeting is None:
        by = by or make_person(force=owner.force if owner else None, role=Role.ACC_SECURITY)
        meeting = make_meeting(by=by)
    by = by or make_person(force=meeting.force, role=Role.ACC_SECURITY)
    owner = owner or make_person(force=meeting.force, role=Role.FORCE_LEAD)
    values = {"text": "Test the plans.", "due_on": datetime.date(2016, 12, 1)} | values
    return give_action(meeting=meeting, values={**values, "owner": owner.pk}, by=by)
