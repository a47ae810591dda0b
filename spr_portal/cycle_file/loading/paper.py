"""Loading the board paper and the statement: wording, agreement, what was said and issued."""

from __future__ import annotations

from assessments.domain.cycles import close_cycle
from assessments.models import Cycle
from reports.document import Audience
from reports.domain.documents import document_hash, final_documents, problems_in
from reports.enums import PaperAction, PaperStatus, SectionKind
from reports.models import BoardPaper, PaperParagraph, PaperSection, PaperStatusChange
from spr_portal.cycle_file.checks.issues import issues_of
from spr_portal.cycle_file.checks.paper import kind_of
from spr_portal.cycle_file.checks.paper_steps import AGREED
from spr_portal.cycle_file.loading.history import Step, keep_history
from spr_portal.cycle_file.loading.identities import Identities, as_group, published
from spr_portal.cycle_file.loading.issues import load_issues
from spr_portal.cycle_file.loading.paper_talk import (
    keep_comments,
    keep_overrides,
    keep_waivers,
    keep_words,
)
from spr_portal.cycle_file.moments import at_hour, read_time
from spr_portal.cycle_file.people import People
from spr_portal.cycle_file.setting import PAPER_NAMES, Setting
from spr_portal.strict_yaml import Document, Problem

HEADER = (
    "title", "agenda_item", "report_of", "author", "marking", "numbering", "item_type",
    "meeting_part", "foi_class", "correction", "version",
)  # fmt: skip
SECTION_FIELDS = ("shows_recommendations", "words_when_none", "version")


def load_papers(
    document: Document, setting: Setting, cycle: Cycle, people: People
) -> list[Problem]:
    """The papers that the file has; returns what keeps one from being agreed as it says."""
    problems: list[Problem] = []
    for kind, name in PAPER_NAMES.items():
        if name not in document.data:
            continue
        words = document.data[name]
        paper = BoardPaper.objects.create(
            cycle=cycle,
            kind=kind,
            template=setting.templates[name],
            sent_by=people.user(words["sent_by"]) if "sent_by" in words else None,
            **{field: words[field] for field in HEADER if field in words},
        )
        problems += _load(document, setting, paper, name, people)
    return problems


def _load(
    document: Document, setting: Setting, paper: BoardPaper, name: str, people: People
) -> list[Problem]:
    words = document.data[name]
    _sections(paper, words["sections"], setting)
    keep_overrides(paper, words, people)
    keep_waivers(paper, words, people)
    keep_comments(paper, words, people)
    if problems := _agree(document, paper, name, people):
        return problems
    paper.status = words.get("status", PaperStatus.DRAFT)
    paper.save()
    keep_history(
        PaperStatusChange, paper, words.get("status_changes", []), _steps(paper, words), people
    )
    issues = load_issues(
        words, people, force=paper.force, year=paper.cycle.year, kind=paper.kind, paper=paper
    )
    if issues:
        # Nothing is carried over to a later year: a file holds by value what stood beside it.
        close_cycle(paper.cycle, at=issues[0].issued_at)
    keep_words(paper, words)
    return []


def _sections(paper: BoardPaper, rows: list[dict], setting: Setting) -> None:
    identities = Identities(f"{paper.reference}/paper", rows)
    for order, row in enumerate(rows, start=1):
        kind, threat = kind_of(row), row.get("threat", "")
        heading = row.get("heading") or setting.section_labels.get(threat, "Recommendations")
        section = PaperSection.objects.create(
            paper=paper,
            identity=identities.of(row, f"{kind} {threat} {heading}"),
            kind=kind,
            heading=heading,
            level=row.get("level", 3 if kind == SectionKind.THREAT else 2),
            order=order,
            has_numbers=row.get("numbered", True),
            is_heading_numbered=row.get("heading_numbered", False),
            threat_code=threat,
            **{name: row[name] for name in SECTION_FIELDS if name in row},
            **published(row),
        )
        _paragraphs(section, [as_group(inner) for inner in row.get("paragraphs", [])])


def _paragraphs(section: PaperSection, rows: list[dict]) -> None:
    identities = Identities(f"{section.paper.reference}/paper/{section.identity}", rows)
    PaperParagraph.objects.bulk_create(
        PaperParagraph(
            section=section,
            identity=identities.of(row, row["text"]),
            order=order,
            text=row["text"],
            list_source=row.get("list", ""),
            figure_source=row.get("figure", ""),
            text_when_empty=row.get("when_empty", ""),
            version=row.get("version", 1),
            **published(row),
        )
        for order, row in enumerate(rows, start=1)
    )


def _agree(document: Document, paper: BoardPaper, name: str, people: People) -> list[Problem]:
    agreed = document.data[name].get("agreed")
    if agreed is None:
        return []
    by_value = people.by_value(agreed["by"])
    paper.agreed_by = people.user(agreed["by"])
    paper.agreed_by_name, paper.agreed_by_post = by_value["by_name"], by_value["by_post"]
    paper.agreed_at = (
        read_time(agreed["at"]) if "at" in agreed else at_hour(paper.cycle.executive_on, 12)
    )
    if "document" in agreed:
        # As it was agreed then: what the portal makes of the same words may differ by now.
        paper.agreed_hash = agreed["document"]
        return []
    if problems := problems_in(paper):
        return [
            document.problem((name, "status"), f"the paper cannot be agreed yet. {problem}")
            for problem in problems
        ]
    paper.agreed_hash = document_hash(final_documents(paper)[Audience.FULL])
    return []


def _steps(paper: BoardPaper, words: dict) -> list[Step]:
    """What must have happened for the status to be what it is."""
    status, sent_by = paper.status, words.get("sent_by")
    if status == PaperStatus.DRAFT:
        return []
    sent_at = at_hour(paper.cycle.executive_on, 9)
    if paper.agreed_at:
        sent_at = min(sent_at, paper.agreed_at)
    steps = [
        Step(PaperAction.SEND, PaperStatus.DRAFT, PaperStatus.WITH_EXECUTIVE, sent_by, sent_at)
    ]
    if status in AGREED:
        steps.append(
            Step(
                PaperAction.AGREE, PaperStatus.WITH_EXECUTIVE, PaperStatus.AGREED,
                words["agreed"]["by"], paper.agreed_at,
            )
        )  # fmt: skip
    if status == PaperStatus.ISSUED:
        issued = issues_of(words)[0][0]
        steps.append(
            Step(
                PaperAction.ISSUE, PaperStatus.AGREED, PaperStatus.ISSUED,
                issued["by"], read_time(issued["at"]),
            )
        )  # fmt: skip
    return steps
