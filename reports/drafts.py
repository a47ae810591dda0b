"""A paper as it would be with one paragraph that somebody is writing and has not saved."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils import timezone

from assessments.enums import Marking
from reports.beside import OverrideWords
from reports.enums import SectionKind
from reports.snapshot import SectionWords, Snapshot, Words, marking_of

NEW = "being-written"  # what a paragraph is called that has no row yet


@dataclass(frozen=True)
class Draft:
    """`paragraph` is empty for a new one; in a threat's section it is the summary's paragraph."""

    section: str
    paragraph: str
    text: str
    is_public: bool
    withheld_under: str
    marking: str = Marking.OFFICIAL
    handling: str = ""
    is_left_out: bool = False

    @property
    def identity(self) -> str:
        """Of the block of the document that it becomes."""
        return f"{self.section}/{self.paragraph or NEW}"


def with_draft(snapshot: Snapshot, draft: Draft) -> Snapshot:
    """The snapshot with the draft in its place; unchanged when its section is gone."""
    section = next((row for row in snapshot.sections if row.identity == draft.section), None)
    if section is None:
        return snapshot
    if section.kind == SectionKind.THREAT:
        return _told_otherwise(snapshot, section, draft)
    written = replace(section, paragraphs=tuple(_paragraphs(section, draft)))
    sections = tuple(written if row is section else row for row in snapshot.sections)
    return replace(snapshot, sections=sections)


def _paragraphs(section: SectionWords, draft: Draft) -> list[Words]:
    fields = {
        "text": draft.text,
        "is_public": draft.is_public,
        "withheld_under": draft.withheld_under,
        "marking": marking_of(draft.marking, draft.handling),
    }
    if not draft.paragraph:
        return [*section.paragraphs, Words(identity=NEW, **fields)]
    return [
        replace(words, **fields) if words.identity == draft.paragraph else words
        for words in section.paragraphs
    ]


def _told_otherwise(snapshot: Snapshot, section: SectionWords, draft: Draft) -> Snapshot:
    assessment = snapshot.assessments.get(section.threat_code)
    texts = {words.identity: words.text for words in assessment.summary} if assessment else {}
    override = OverrideWords(
        threat_code=section.threat_code,
        source=draft.paragraph,
        source_text=texts.get(draft.paragraph, ""),
        text=draft.text,
        is_left_out=draft.is_left_out,
        is_public=draft.is_public,
        withheld_under=draft.withheld_under,
        clears_withheld=True,  # asked for when it is saved
        marking=draft.marking,
        handling=draft.handling,
        reason="",
        by="",
        at=timezone.now(),
        version=0,
    )
    others = [
        row
        for row in snapshot.beside.overrides
        if (row.threat_code, row.source) != (override.threat_code, override.source)
    ]
    return replace(snapshot, beside=replace(snapshot.beside, overrides=(*others, override)))
