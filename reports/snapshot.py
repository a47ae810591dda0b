"""Everything a paper is built from, read at one moment into plain data."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from assessments.domain.content import approval_stands
from assessments.enums import AssessmentStatus
from assessments.models import Assessment, SummaryParagraph
from reports.models import BoardPaper, PaperSection, Recommendation
from reports.selectors import recommendations_of, recommendations_reported_in
from threats.models import Place
from threats.selectors import threat_labels


@dataclass(frozen=True)
class Words:
    """A paragraph's worth of plain text, and whether the public may read it."""

    identity: str
    text: str
    is_public: bool
    withheld_under: str
    list_source: str = ""
    text_when_empty: str = ""


@dataclass(frozen=True)
class SectionWords:
    identity: str
    kind: str
    heading: str
    level: int
    has_numbers: bool
    threat_code: str
    paragraphs: tuple[Words, ...]


@dataclass(frozen=True)
class AssessmentWords:
    """What an assessment gives to the paper. `is_approved` is false when its approval is void."""

    reference: str
    label: str
    is_approved: bool
    approved_by: str  # name and post, by value
    approved_at: datetime.datetime | None
    content_hash: str
    summary: tuple[Words, ...]


@dataclass(frozen=True)
class RecommendationWords:
    identity: str
    heading: str
    addressee: str
    text: str
    is_public: bool
    withheld_under: str
    status: str
    status_label: str
    outcome: str
    year: str


@dataclass(frozen=True)
class Snapshot:
    reference: str
    force_name: str
    board_name: str
    year: str
    title: str
    agenda_item: str
    report_of: str
    author: str
    marking: str
    as_at: datetime.date
    tasked_on: datetime.date
    due_on: datetime.date
    executive_on: datetime.date
    board_on: datetime.date
    threats: tuple[str, ...]  # the labels, in the order of a list
    sections: tuple[SectionWords, ...]
    assessments: dict[str, AssessmentWords]  # by threat code
    recommendations: tuple[RecommendationWords, ...]
    last_year: tuple[RecommendationWords, ...]


def take_snapshot(paper: BoardPaper) -> Snapshot:
    """Read a paper with its cycle, approved assessments and recommendations.

    The number of queries does not grow with what has been written.
    """
    cycle = paper.cycle
    sections = paper.sections.prefetch_related("paragraphs")
    return Snapshot(
        reference=f"{cycle.force.short_name} SPR {cycle.year}",
        force_name=cycle.force.name,
        board_name=cycle.force.board_name,
        year=cycle.year,
        title=paper.title,
        agenda_item=paper.agenda_item,
        report_of=paper.report_of,
        author=paper.author,
        marking=paper.marking,
        as_at=cycle.as_at,
        tasked_on=cycle.tasked_on,
        due_on=cycle.due_on,
        executive_on=cycle.executive_on,
        board_on=cycle.board_on,
        threats=tuple(named.label for named in threat_labels(cycle.edition, Place.LIST)),
        sections=tuple(_section(section) for section in sections),
        assessments={
            assessment.threat.code: _assessment(assessment)
            for assessment in cycle.assessments.select_related(
                "threat", "cycle__force"
            ).prefetch_related("summary")
        },
        recommendations=tuple(_recommendation(row) for row in recommendations_of(cycle)),
        last_year=tuple(_recommendation(row) for row in recommendations_reported_in(cycle)),
    )


def _section(section: PaperSection) -> SectionWords:
    return SectionWords(
        identity=section.identity,
        kind=section.kind,
        heading=section.heading,
        level=section.level,
        has_numbers=section.has_numbers,
        threat_code=section.threat_code,
        paragraphs=tuple(
            Words(
                identity=paragraph.identity,
                text=paragraph.text,
                is_public=paragraph.is_public,
                withheld_under=paragraph.get_withheld_under_display(),
                list_source=paragraph.list_source,
                text_when_empty=paragraph.text_when_empty,
            )
            for paragraph in section.paragraphs.all()
        ),
    )


def _assessment(assessment: Assessment) -> AssessmentWords:
    is_approved = assessment.status == AssessmentStatus.APPROVED and approval_stands(assessment)
    approver = ", ".join(
        part for part in (assessment.approved_by_name, assessment.approved_by_post) if part
    )
    return AssessmentWords(
        reference=assessment.reference,
        label=assessment.threat.label,
        is_approved=is_approved,
        approved_by=approver,
        approved_at=assessment.approved_at,
        content_hash=assessment.approved_hash,
        summary=tuple(_summary(row) for row in assessment.summary.all()) if is_approved else (),
    )


def _summary(row: SummaryParagraph) -> Words:
    return Words(
        identity=row.identity,
        text=row.text,
        is_public=row.is_public,
        withheld_under=row.get_withheld_under_display(),
    )


def _recommendation(row: Recommendation) -> RecommendationWords:
    return RecommendationWords(
        identity=row.identity,
        heading=row.heading,
        addressee=row.addressee,
        text=row.text,
        is_public=row.is_public,
        withheld_under=row.get_withheld_under_display(),
        status=row.status,
        status_label=row.get_status_display(),
        outcome=row.outcome,
        year=row.year,
    )
