"""How a paper in the making reads: its sections, what is missing, its steps and its history."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from reports.checks import Finding
from reports.document import Paper, Paragraph, RecommendationList, Section, Source, plain
from reports.domain.workflow import TRANSITIONS, WORKFLOW
from reports.editions import public_names_of
from reports.enums import FigureSource, ListSource, PaperAction, PaperStatus, SectionKind
from reports.models import BoardPaper, PaperStatusChange
from reports.presenters.findings import mended_at
from reports.presenters.words import DONE
from reports.snapshot import SectionWords, Snapshot, Words
from spr_portal.identity.models import User


@dataclass(frozen=True)
class SectionLine:
    identity: str
    heading: str
    is_within: bool  # stands under the section before it
    numbers: str  # "Paragraphs 2 to 6"
    href: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class ProblemLine:
    sentence: str
    href: str = ""


@dataclass(frozen=True)
class Step:
    """A button, or the reason why there is none."""

    words: str
    href: str
    reason: str  # empty when the person may take it
    kind: str  # of the button


@dataclass(frozen=True)
class HistoryLine:
    words: str
    by: str
    at: datetime.datetime
    reason: str


@dataclass(frozen=True)
class ParagraphLine:
    """A paragraph as written, with what it comes out as."""

    words: Words
    printed: list[Printed]
    derived: str  # what its list is made from; empty where all of it is typed
    figure: str  # what is drawn after it; empty where nothing is
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Printed:
    """A paragraph of a section as it will be printed."""

    number: str
    text: str
    bullets: tuple[str, ...]


STEP_WORDS = {
    PaperAction.WITHDRAW: "Take the paper back",
    PaperAction.CORRECT: "Correct the paper",
}
BUTTON_KINDS = {
    PaperAction.SEND_BACK: "warning",
    PaperAction.WITHDRAW: "secondary",
    PaperAction.CORRECT: "secondary",
    PaperAction.GIVE_UP: "secondary",
}


def section_lines(paper: BoardPaper, snapshot: Snapshot, document: Paper) -> list[SectionLine]:
    last = len(snapshot.sections) - 1
    return [
        SectionLine(
            identity=words.identity,
            heading=printed.heading,
            is_within=words.level > 2,
            numbers=numbers_of(printed),
            href=section_href(paper, words),
            is_first=place == 0,
            is_last=place == last,
        )
        for place, (words, printed) in enumerate(
            zip(snapshot.sections, document.sections, strict=True)
        )
    ]


def section_href(paper: BoardPaper, words: SectionWords) -> str:
    address = paper.address
    if words.kind == SectionKind.RECOMMENDATIONS:
        return reverse("reports:recommendations", args=[address])
    return reverse("reports:section", args=[address, words.identity])


def numbers_of(section: Section) -> str:
    """What stands under a heading of the full edition: "Paragraphs 2 to 6"."""
    for block in section.blocks:
        if isinstance(block, RecommendationList):
            count = len(block.items)
            return f"{count} recommendation{'' if count == 1 else 's'}"
    paragraphs = [block for block in section.blocks if isinstance(block, Paragraph)]
    numbers = [paragraph.number for paragraph in paragraphs if paragraph.number is not None]
    if not numbers:
        if any(paragraph.source is None for paragraph in paragraphs):
            return "Waits for approval"  # the builder's own sentence comes from nobody
        return "Not numbered" if section.blocks else "Nothing yet"
    if len(numbers) == 1:
        return f"Paragraph {numbers[0]}"
    return f"Paragraphs {numbers[0]} to {numbers[-1]}"


def printed_section(document: Paper, snapshot: Snapshot, identity: str) -> Section:
    """The section of a document that a section of the snapshot became."""
    pairs = zip(snapshot.sections, document.sections, strict=True)
    return next(printed for words, printed in pairs if words.identity == identity)


def printed_paragraphs(section: Section) -> dict[str, list[Printed]]:
    """What each paragraph as written comes out as: identity to the paragraphs printed."""
    found: dict[str, list[Printed]] = {}
    for block in section.blocks:
        if not isinstance(block, Paragraph):
            continue
        written = block.source.reference.rpartition("/")[2] if block.source else block.identity
        found.setdefault(written, []).append(
            Printed(
                number="" if block.number is None else f"{block.number}.",
                text=plain(block.inlines),
                bullets=tuple(plain(bullet) for bullet in block.bullets),
            )
        )
    return found


def paragraph_lines(
    section: SectionWords, printed: dict[str, list[Printed]]
) -> list[ParagraphLine]:
    last = len(section.paragraphs) - 1
    return [
        ParagraphLine(
            words=words,
            printed=printed.get(words.identity, []),
            derived=ListSource(words.list_source).label if words.list_source else "",
            figure=FigureSource(words.figure_source).label if words.figure_source else "",
            is_first=place == 0,
            is_last=place == last,
        )
        for place, words in enumerate(section.paragraphs)
    ]


def problem_lines(paper: BoardPaper, findings: Iterable[Finding]) -> list[ProblemLine]:
    """What keeps the paper from going on."""
    return [
        ProblemLine(finding.sentence, mended_at(paper, finding))
        for finding in findings
        if finding.blocks
    ]


def steps(paper: BoardPaper, user: User) -> list[Step]:
    """What can be done with the paper now; for what this person may not do, why."""
    found = [
        Step(
            words=STEP_WORDS.get(action, action.label),
            href=reverse(f"reports:{action.value}", args=[paper.address]),
            reason=TRANSITIONS[action].policy(user, paper).reason,
            kind=BUTTON_KINDS.get(action, ""),
        )
        for action in WORKFLOW.allowed_from(PaperStatus(paper.status))
        if action is not PaperAction.GIVE_UP or paper.is_correction
    ]
    return sorted(found, key=lambda step: step.kind != "")  # the step forward first


def history_lines(changes: Iterable[PaperStatusChange]) -> list[HistoryLine]:
    return [
        HistoryLine(
            words=DONE[PaperAction(change.action)],
            by=", ".join(filter(None, (change.by_name, change.by_post))),
            at=change.at,
            reason=change.reason,
        )
        for change in changes
    ]


def trace_links(paper: BoardPaper, document: Paper) -> dict[str, str]:
    """From each block of the full edition, and its place in the public one, to where its words
    were written.

    Once the paper is issued, the pages it was written on are closed: only the answers are left.
    """
    blocks = [*document.paragraphs(), *document.figures(), *document.recommendations()]
    links = {}
    for block in blocks:
        if block.source is not None and _is_open(paper, block.source):
            origin, _, identity = block.source.reference.rpartition("/")
            if block.source.kind == "override":  # written on the page of its section
                origin = block.identity.partition("/")[0]
            links[block.identity] = _written_at(paper, block.source.kind, origin, identity)
    names = public_names_of(document)
    return links | {names[identity]: links[identity] for identity in names.keys() & links.keys()}


def _is_open(paper: BoardPaper, source: Source) -> bool:
    return paper.status != PaperStatus.ISSUED or source.kind == "summary_paragraph"


def _written_at(paper: BoardPaper, kind: str, origin: str, identity: str) -> str:
    if kind == "summary_paragraph":
        year = paper.cycle.year
        threat_code = origin.partition(f"-{year}-")[2]
        address = reverse("assessments:items", args=[year, threat_code, "summary"])
        return f"{address}#item-{identity}"
    if kind in ("paper_paragraph", "override"):
        return f"{reverse('reports:section', args=[paper.address, origin])}#paragraph-{identity}"
    return f"{reverse('reports:recommendations', args=[paper.address])}#recommendation-{identity}"
