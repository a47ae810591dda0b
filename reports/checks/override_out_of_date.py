"""A paragraph was rewritten for the paper, and its assessment says something else since."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.checks.printed import cut
from reports.document import Paper
from reports.enums import SectionKind
from reports.overriding import told, without_source
from reports.snapshot import Snapshot

CODE = "override-out-of-date"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    for section in snapshot.sections:
        if section.kind != SectionKind.THREAT:
            continue
        for line in told(snapshot, section.threat_code):
            if line.is_out_of_date:
                what = "left out" if line.override.is_left_out else "rewritten"
                sentence = (
                    f"“{cut(line.source.text)}” is {what} in the paper, and the assessment has "
                    "changed it since."
                )
                reference = f"{section.identity}/{line.source.identity}"
                yield Finding(sentence, Part.SUMMARY, reference)
        for override in without_source(snapshot, section.threat_code):
            sentence = (
                f"“{cut(override.text or override.source_text)}” was written over a paragraph "
                "that the assessment no longer has, so it is not printed."
            )
            yield Finding(sentence, Part.SUMMARY, f"{section.identity}/{override.source}")
