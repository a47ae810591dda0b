"""What is missing or contradictory in a paper: one module a check.

A check has a `CODE`, never used for another, and `check(snapshot, document)`,
which yields findings. The document is the full edition. A new check is a
module here and its name in `CHECKS`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from reports.checks import (
    acronym_not_spelt_out,
    assessment_not_approved,
    dates,
    duplicate_paragraph,
    earlier_paper_corrected,
    empty_figure,
    empty_section,
    expired_evidence,
    marking_in_public,
    no_recommendations,
    not_carried_over,
    outcome_missing,
    override_out_of_date,
    placeholder,
    public_over_withheld,
    recommendation_without_addressee,
    threat_without_section,
    unknown_reference,
    unresolved_comment,
    withheld_without_exemption,
)
from reports.checks.finding import Finding, Part
from reports.document import Paper
from reports.snapshot import Snapshot

__all__ = ["CHECKS", "Finding", "Part", "findings_of", "sentences_that_block"]

# In the order in which their findings stand.
CHECKS = (
    assessment_not_approved,
    threat_without_section,
    unknown_reference,
    no_recommendations,
    outcome_missing,
    not_carried_over,
    earlier_paper_corrected,
    recommendation_without_addressee,
    empty_section,
    empty_figure,
    placeholder,
    override_out_of_date,
    public_over_withheld,
    withheld_without_exemption,
    marking_in_public,
    unresolved_comment,
    dates,
    expired_evidence,
    duplicate_paragraph,
    acronym_not_spelt_out,
)


def findings_of(snapshot: Snapshot, document: Paper) -> list[Finding]:
    """Everything the checks find, what blocks first; what was waived carries its waiver.

    A waiver counts for the very sentence it was given for: when the finding
    says something else, it stands again.
    """
    waivers = snapshot.beside.waivers
    waived = {(waiver.code, waiver.subject, waiver.sentence): waiver for waiver in waivers}
    found = []
    for module in CHECKS:
        for finding in module.check(snapshot, document):
            waiver = waived.get((module.CODE, finding.subject, finding.sentence))
            found.append(
                dataclasses.replace(
                    finding, code=module.CODE, waiver=waiver if finding.can_be_waived else None
                )
            )
    return sorted(found, key=lambda finding: not finding.is_blocking)


def sentences_that_block(findings: Iterable[Finding]) -> list[str]:
    """What keeps the paper from going on."""
    return [finding.sentence for finding in findings if finding.blocks]
