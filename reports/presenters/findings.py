"""What the checks of a paper found, as its pages show it: where it is mended, who let it pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from reports.beside import Waiver
from reports.checks import Finding, Part
from reports.models import BoardPaper, CheckWaiver


@dataclass(frozen=True)
class FindingLine:
    sentence: str
    place: str  # "Paragraph 12"
    href: str  # of the page that mends it
    waive_href: str = ""  # empty where the person cannot let it pass
    waiver: Waiver | None = None


@dataclass(frozen=True)
class FindingGroup:
    heading: str
    told: str
    kind: str  # "blocking", "warning" or "waived"
    lines: list[FindingLine]


@dataclass(frozen=True)
class WaiverLine:
    row: CheckWaiver
    state: str
    stands: bool


_GROUPS = (
    ("blocking", "What is missing or contradictory", "These keep the paper from going on."),
    ("warning", "Worth a look", "The paper can go on with these."),
    ("waived", "Let pass", "Somebody has let the paper go on with these."),
)


def finding_groups(
    paper: BoardPaper, findings: Iterable[Finding], *, may_waive: bool = False
) -> list[FindingGroup]:
    """What blocks first; a group of which there is nothing is left out."""
    of_kind: dict[str, list[FindingLine]] = {kind: [] for kind, _, _ in _GROUPS}
    for finding in findings:
        of_kind[_kind(finding)].append(_line(paper, finding, may_waive=may_waive))
    return [
        FindingGroup(heading=heading, told=told, kind=kind, lines=of_kind[kind])
        for kind, heading, told in _GROUPS
        if of_kind[kind]
    ]


def summary_of(findings: Iterable[Finding]) -> str:
    """How many there are, in words: "2 things are missing or contradictory, 1 is worth a look"."""
    kinds = [_kind(finding) for finding in findings]
    blocking, warning = kinds.count("blocking"), kinds.count("warning")
    parts = []
    if blocking:
        noun = "thing is" if blocking == 1 else "things are"
        parts.append(f"{blocking} {noun} missing or contradictory")
    if warning:
        verb = "is" if warning == 1 else "are"
        parts.append(f"{warning} {verb} worth a look")
    return ", ".join(parts) or "Nothing is missing"


def waiver_lines(waivers: Iterable[CheckWaiver], findings: Iterable[Finding]) -> list[WaiverLine]:
    """Every waiver that was ever given, the newest first, and whether it counts."""
    counting = {finding.waiver.key for finding in findings if finding.waiver}
    return [
        WaiverLine(row=row, state=_state(row, counting), stands=row.ended_at is None)
        for row in waivers
    ]


def _state(row: CheckWaiver, counting: set[int]) -> str:
    if row.ended_at is not None:
        return f"Ended by {row.ended_by_name}"
    if row.pk in counting:
        return "Counts"
    return "Counts for nothing now: it is mended, or it says something else"


def _kind(finding: Finding) -> str:
    if finding.waiver:
        return "waived"
    return "blocking" if finding.is_blocking else "warning"


def _line(paper: BoardPaper, finding: Finding, *, may_waive: bool) -> FindingLine:
    can_waive = may_waive and finding.can_be_waived and finding.waiver is None
    waive = reverse("reports:waive", args=[paper.address, finding.key]) if can_waive else ""
    return FindingLine(
        sentence=finding.sentence,
        place=finding.place,
        href=mended_at(paper, finding),
        waive_href=waive,
        waiver=finding.waiver,
    )


# Which page mends a finding, by what it is about.
_PAGES = {
    Part.ASSESSMENT: "assessments:assessment",
    Part.DATES: "assessments:change_cycle",
    Part.HEADER: "reports:change_paper",
    Part.SECTION: "reports:section",
    Part.SUMMARY: "reports:section",
    Part.HEADING: "reports:change_section",
    Part.PARAGRAPH: "reports:paragraph",
    Part.RECOMMENDATIONS: "reports:recommendations",
    Part.RECOMMENDATION: "reports:recommendation",
    Part.OUTCOME: "reports:outcome",
    Part.COMMENT: "reports:comment_thread",
}
_OF_THE_CYCLE = (Part.ASSESSMENT, Part.DATES)


def mended_at(paper: BoardPaper, finding: Finding) -> str:
    """The page on which a finding can be mended; empty when there is none."""
    if finding.part not in _PAGES:
        return ""
    reference = finding.reference.split("/") if finding.reference else []
    if finding.part is Part.SUMMARY:
        section, source = reference
        return f"{reverse('reports:section', args=[paper.address, section])}#paragraph-{source}"
    about = paper.cycle.year if finding.part in _OF_THE_CYCLE else paper.address
    return reverse(_PAGES[finding.part], args=[about, *reference])
