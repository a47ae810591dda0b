"""Loading the board paper: its wording, its agreement and what was issued."""

from __future__ import annotations

from assessments.models import Cycle
from reports.document import Audience
from reports.domain.documents import document_hash, final_documents, problems_in
from reports.enums import PaperAction, PaperStatus, SectionKind
from reports.models import (
    BoardPaper,
    IssuedFile,
    IssuedPaper,
    PaperParagraph,
    PaperSection,
    PaperStatusChange,
)
from spr_portal.cycle_file.checks.paper import AGREED, file_bytes, kind_of
from spr_portal.cycle_file.loading.history import Step, keep_history
from spr_portal.cycle_file.loading.identities import Identities, as_group, plain_json, published
from spr_portal.cycle_file.moments import at_hour, read_time
from spr_portal.cycle_file.people import People
from spr_portal.cycle_file.setting import Setting
from spr_portal.strict_yaml import Document, Problem

HEADER = ("title", "agenda_item", "report_of", "author", "marking", "version")


def load_paper(document: Document, setting: Setting, cycle: Cycle, people: People) -> list[Problem]:
    """The paper, if the file has one; returns what keeps it from being agreed as it says."""
    words = document.data.get("paper")
    if words is None:
        return []
    paper = BoardPaper.objects.create(
        cycle=cycle,
        template=setting.template,
        sent_by=people.user(words["sent_by"]) if "sent_by" in words else None,
        **{name: words[name] for name in HEADER if name in words},
    )
    _sections(paper, words["sections"], setting)
    problems = _agree(document, paper, words, people)
    if problems:
        return problems
    paper.status = words.get("status", PaperStatus.DRAFT)
    paper.save()
    keep_history(
        PaperStatusChange, paper, words.get("status_changes", []), _steps(paper, words), people
    )
    if "issued" in words:
        _issued(paper, words["issued"], people)
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
            threat_code=threat,
            version=row.get("version", 1),
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
            text_when_empty=row.get("when_empty", ""),
            version=row.get("version", 1),
            **published(row),
        )
        for order, row in enumerate(rows, start=1)
    )


def _agree(document: Document, paper: BoardPaper, words: dict, people: People) -> list[Problem]:
    agreed = words.get("agreed")
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
            document.problem(("paper", "status"), f"the paper cannot be agreed yet. {problem}")
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
        issued = words["issued"]
        steps.append(
            Step(
                PaperAction.ISSUE, PaperStatus.AGREED, PaperStatus.ISSUED,
                issued["by"], read_time(issued["at"]),
            )
        )  # fmt: skip
    return steps


def _issued(paper: BoardPaper, words: dict, people: People) -> None:
    by_value = people.by_value(words["by"])
    # Nothing is carried over to a later year: a file holds by value what stood beside its answers.
    Cycle.objects.filter(pk=paper.cycle_id).update(closed_at=read_time(words["at"]))
    issued = IssuedPaper.objects.create(
        paper=paper,
        force=paper.force,
        year=paper.cycle.year,
        title=words["title"],
        board_name=words["board_name"],
        board_on=words["board_on"],
        document=words["document"],
        document_hash=words["document_hash"],
        template_code=words["template"]["code"],
        template_version=words["template"]["version"],
        approvals=plain_json(words["approvals"]),
        libraries=plain_json(words["libraries"]),
        issued_by=people.user(words["by"]),
        issued_by_name=by_value["by_name"],
        issued_by_post=by_value["by_post"],
        issued_at=read_time(words["at"]),
    )
    for row in words["files"]:
        content = file_bytes(row["content"])
        IssuedFile.objects.create(
            issued=issued,
            audience=row["audience"],
            format=row["format"],
            name=row["name"],
            content=content,
            size=len(content),
            sha256=row["sha256"],
        )
