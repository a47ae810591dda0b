"""Everything a paper is built from, read at one moment into plain data."""

from __future__ import annotations

import base64
import dataclasses
import datetime
import itertools
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from operator import itemgetter

from django.utils import timezone

from assessments.domain.content import contents_of, hash_of
from assessments.enums import AssessmentStatus, FoiExemption, Marking
from assessments.models import Cycle
from reports import document
from reports.beside import Beside, beside_of, beside_queries, rows_of
from reports.decisions import decision_in_words
from reports.enums import ListSource, Numbering, PaperKind
from reports.figure_selectors import YearFigures, figure_queries, figures_of
from reports.models import BoardPaper, Brand, Recommendation
from reports.references import long_date
from reports.selectors import decision_on, issue_before, recommendations_printed_in
from spr_portal.identity.models import Force
from spr_portal.plain_text import blocks
from threats.models import Place
from threats.selectors import printed_labels


@dataclass(frozen=True)
class Words:
    """A paragraph's worth of plain text, and whether the public may read it."""

    identity: str
    text: str
    is_public: bool
    withheld_under: str
    list_source: str = ""
    text_when_empty: str = ""
    figure_source: str = ""
    marking: str = ""  # "OFFICIAL-SENSITIVE: handling"; empty for OFFICIAL


@dataclass(frozen=True)
class SectionWords:
    identity: str
    kind: str
    heading: str
    level: int
    has_numbers: bool
    threat_code: str
    paragraphs: tuple[Words, ...]
    is_heading_numbered: bool = False
    shows_recommendations: bool = False
    words_when_none: str = ""
    is_public: bool = True
    withheld_under: str = ""
    marking: str = ""


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
    threat_codes: tuple[str, ...] = ()
    marking: str = ""
    first_made_in: str = ""  # the year, of one that is carried over
    carried_to: str = ""  # the year whose paper makes it again


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
    beside: Beside = Beside()  # noqa: RUF009  frozen, and of tuples
    figures: YearFigures = field(default_factory=YearFigures)
    notices: tuple[str, ...] = ()  # printed under the title: what this issue supersedes
    numbering: str = Numbering.RUN
    item_type: str = ""  # in words, as the two after it
    meeting_part: str = ""
    foi_class: str = ""
    brand: document.Brand | None = None
    kind: str = PaperKind.BOARD_PAPER
    decision: tuple[str, ...] = ()  # what the board made of the year's paper, a sentence each


def take_snapshot(
    paper: BoardPaper, *, checking_approvals: bool = True, with_history: bool = False
) -> Snapshot:
    """Read a paper with its cycle, approved assessments and recommendations.

    An approval is void when what was approved is not, to the letter, what is
    there now. The steps of a paper check it; a page that only shows the paper
    may leave that out and is then read in four queries. However much has been
    written, the number of queries stays the same.
    """
    cycle = paper.cycle
    is_statement = paper.kind == PaperKind.STATEMENT
    recommendations, last_year = ((), ()) if is_statement else _recommendations(cycle)
    sections = _sections(paper)
    assessments = _assessments(cycle, checking_approvals=checking_approvals)
    rows = rows_of(
        beside_queries(paper, with_history=with_history)
        | figure_queries(cycle, figure_sources(sections))
    )
    return Snapshot(
        kind=paper.kind,
        reference=f"{cycle.force.short_name} SPR {cycle.year}"
        + (" statement" if is_statement else ""),
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
        threats=tuple(label for _, label in printed_labels(cycle.edition, Place.LIST)),
        sections=sections,
        assessments=in_short(assessments) if is_statement else assessments,
        recommendations=recommendations,
        last_year=last_year,
        notices=_notices(paper),
        beside=beside_of(rows),
        figures=figures_of(cycle, rows),
        numbering=paper.numbering,
        item_type=paper.get_item_type_display(),
        meeting_part=paper.get_meeting_part_display(),
        foi_class=paper.get_foi_class_display(),
        brand=_brand(cycle.force),
        decision=_decision(cycle, sections),
    )


def in_short(assessments: dict[str, AssessmentWords]) -> dict[str, AssessmentWords]:
    """For a statement: of each summary the first paragraph that is cleared for the public."""
    return {
        code: dataclasses.replace(
            words, summary=tuple(one for one in words.summary if one.is_public)[:1]
        )
        for code, words in assessments.items()
    }


def _decision(cycle: Cycle, sections: Iterable[SectionWords]) -> tuple[str, ...]:
    """Read only for a paper that tells of it."""
    sources = {words.list_source for section in sections for words in section.paragraphs}
    if ListSource.DECISION not in sources:
        return ()
    decision = decision_on(cycle)
    return decision_in_words(decision, board=cycle.force.board_name) if decision else ()


def figure_sources(sections: Iterable[SectionWords]) -> set[str]:
    """What figures stand in a paper, each source once."""
    return {
        words.figure_source
        for section in sections
        for words in section.paragraphs
        if words.figure_source
    }


def _notices(paper: BoardPaper) -> tuple[str, ...]:
    """What a correction says at the head of the paper; one query, and none for any other paper."""
    before = issue_before(paper) if paper.correction else None
    if before is None:
        return ()
    day = long_date(timezone.localdate(before.issued_at))
    changes = [
        line for block in blocks(paper.correction) for line in (block.text, *block.bullets) if line
    ]
    return (
        f"This is issue {before.number + 1} of the paper. It supersedes issue {before.number}, "
        f"issued on {day}.",
        f"What it corrects: {changes[0]}",
        *changes[1:],
    )


def _brand(force: Force) -> document.Brand | None:
    row = getattr(force, "paper_brand", None)
    return None if row is None else brand_in_words(row)


def brand_in_words(row: Brand) -> document.Brand | None:
    """What the force's papers look like, by value; None where nothing of it is set."""
    brand = document.Brand(
        logo=base64.b64encode(row.logo or b"").decode(),
        logo_description=row.logo_description,
        colour=row.colour,
        head_words=row.head_words,
        foot_words=tuple(line for line in row.foot_words.splitlines() if line.strip()),
    )
    return None if brand == document.Brand() else brand


def _sections(paper: BoardPaper) -> tuple[SectionWords, ...]:
    """Each section with its paragraphs: one query for both, as every page of the paper asks it."""
    rows = paper.sections.order_by("order", "pk", "paragraphs__order", "paragraphs__pk").values(
        "pk", "identity", "kind", "heading", "level", "has_numbers", "threat_code",
        "is_heading_numbered", "shows_recommendations", "words_when_none",
        "is_public", "withheld_under", "marking", "handling",
        "paragraphs__identity", "paragraphs__text", "paragraphs__is_public",
        "paragraphs__withheld_under", "paragraphs__marking", "paragraphs__handling",
        "paragraphs__list_source", "paragraphs__text_when_empty",
        "paragraphs__figure_source",
    )  # fmt: skip
    return tuple(
        _section(list(of_one)) for _, of_one in itertools.groupby(rows, key=itemgetter("pk"))
    )


def _section(rows: list[dict]) -> SectionWords:
    return SectionWords(
        identity=rows[0]["identity"],
        kind=rows[0]["kind"],
        heading=rows[0]["heading"],
        level=rows[0]["level"],
        has_numbers=rows[0]["has_numbers"],
        threat_code=rows[0]["threat_code"],
        is_heading_numbered=rows[0]["is_heading_numbered"],
        shows_recommendations=rows[0]["shows_recommendations"],
        words_when_none=rows[0]["words_when_none"],
        is_public=rows[0]["is_public"],
        withheld_under=_exemption(rows[0]["withheld_under"]),
        marking=marking_of(rows[0]["marking"], rows[0]["handling"]),
        paragraphs=tuple(
            Words(
                identity=row["paragraphs__identity"],
                text=row["paragraphs__text"],
                is_public=row["paragraphs__is_public"],
                withheld_under=_exemption(row["paragraphs__withheld_under"]),
                marking=marking_of(row["paragraphs__marking"], row["paragraphs__handling"]),
                list_source=row["paragraphs__list_source"],
                text_when_empty=row["paragraphs__text_when_empty"],
                figure_source=row["paragraphs__figure_source"],
            )
            for row in rows
            if row["paragraphs__identity"] is not None
        ),
    )


def _assessments(cycle: Cycle, *, checking_approvals: bool) -> dict[str, AssessmentWords]:
    """What each threat's assessment gives, by the threat's code; one query, or three to check."""
    rows = cycle.assessments.order_by("threat__order", "pk", "summary__order", "summary__pk")
    rows = rows.values(
        "pk", "status", "threat__code", "threat__label", "approved_by_name", "approved_by_post",
        "approved_at", "approved_hash", "summary__identity", "summary__text",
        "summary__is_public", "summary__withheld_under", "summary__marking", "summary__handling",
    )  # fmt: skip
    by_code = {
        code: list(of_one)
        for code, of_one in itertools.groupby(rows, key=itemgetter("threat__code"))
    }
    void = _void_approvals(of_one[0] for of_one in by_code.values()) if checking_approvals else ()
    return {code: _assessment(cycle, of_one, void) for code, of_one in by_code.items()}


def _assessment(cycle: Cycle, rows: list[dict], void: Collection[int]) -> AssessmentWords:
    first = rows[0]
    is_approved = first["status"] == AssessmentStatus.APPROVED and first["pk"] not in void
    approver = (first["approved_by_name"], first["approved_by_post"])
    return AssessmentWords(
        reference=f"{cycle.reference}-{first['threat__code']}",
        label=first["threat__label"],
        is_approved=is_approved,
        approved_by=", ".join(filter(None, approver)),
        approved_at=first["approved_at"],
        content_hash=first["approved_hash"],
        summary=tuple(
            Words(
                identity=row["summary__identity"],
                text=row["summary__text"],
                is_public=row["summary__is_public"],
                withheld_under=_exemption(row["summary__withheld_under"]),
                marking=marking_of(row["summary__marking"], row["summary__handling"]),
            )
            for row in rows
            if is_approved and row["summary__identity"] is not None
        ),
    )


def _void_approvals(rows: Iterable[dict]) -> set[int]:
    """Keys of the assessments in which something has changed since they were approved."""
    approved = {
        row["pk"]: row["approved_hash"]
        for row in rows
        if row["status"] == AssessmentStatus.APPROVED
    }
    contents = contents_of(approved) if approved else {}
    return {key for key, content in contents.items() if hash_of(content) != approved[key]}


def _recommendations(cycle: Cycle) -> tuple[tuple[RecommendationWords, ...], ...]:
    """This year's and those of the paper before it, read at once."""
    both = recommendations_printed_in(cycle)
    words = [_recommendation(row) for row in both]
    return (
        tuple(row for row in words if row.year == cycle.year),
        tuple(row for row in words if row.year != cycle.year),
    )


def _exemption(value: str) -> str:
    return FoiExemption(value).label if value else ""


def marking_of(marking: str, handling: str) -> str:
    """A marking as the document has it: empty for OFFICIAL."""
    if marking == Marking.OFFICIAL:
        return ""
    return ": ".join(filter(None, (marking, handling)))


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
        threat_codes=tuple(row.threat_codes),
        marking=marking_of(row.marking, row.handling),
        first_made_in=row.first_made_in,
        carried_to=row.carried_to,
    )
