"""The preview of a paper beside the form of one of its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.checks import Finding
from reports.document import Audience, Paper
from reports.editions import for_audience, public_names_of
from reports.models import BoardPaper
from reports.presenters.findings import FindingGroup, finding_groups, summary_of
from reports.presenters.paper import trace_links
from reports.presenters.words import EDITIONS
from reports.renderers.html import paper_body
from reports.renderers.wording import anchors


@dataclass(frozen=True)
class EditionChoice:
    value: str
    words: str
    is_shown: bool


@dataclass(frozen=True)
class LivePreview:
    """`anchor` is the id, in `body`, of what the form is about, or of the section it stands in."""

    edition: str
    choices: list[EditionChoice]
    body: str
    anchor: str
    summary: str
    groups: list[FindingGroup]


def live_preview(
    paper: BoardPaper,
    *,
    full: Paper,
    edition: Audience,
    findings: Sequence[Finding],
    place: str,
) -> LivePreview:
    """`place` is the identity of the block that somebody is writing, "introduction/threats"."""
    document = for_audience(full, edition)
    found = anchors(document)
    if edition is Audience.PUBLIC:
        found |= {
            whole: found[name] for whole, name in public_names_of(full).items() if name in found
        }
    section = f"section-{place.partition('/')[0]}"
    return LivePreview(
        edition=document.audience.value,
        choices=[
            EditionChoice(audience.value, EDITIONS[audience], audience is document.audience)
            for audience in (Audience.FULL, Audience.PUBLIC)
        ],
        body=paper_body(document, trace_links=trace_links(paper, full)),
        anchor=found.get(place) or found.get(section, ""),
        summary=summary_of(findings),
        groups=finding_groups(paper, findings),
    )
