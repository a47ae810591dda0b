"""A heading has nothing under it: no words and no section within it."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.checks.printed import section_identity
from reports.document import Block, Paper, RecommendationList, Section
from reports.snapshot import Snapshot

CODE = "empty-section"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    following = [*document.sections[1:], None]
    for section, after in zip(document.sections, following, strict=True):
        has_sections = after is not None and after.level > section.level
        if not has_sections and not any(map(_says_something, section.blocks)):
            yield _finding(section)


def _says_something(block: Block) -> bool:
    return bool(block.items) if isinstance(block, RecommendationList) else True


def _finding(section: Section) -> Finding:
    return Finding(
        f"Nothing stands under the heading “{section.heading}”.",
        Part.SECTION,
        section_identity(section),
        can_be_waived=True,
    )
