"""A threat's summary as the paper tells it: kept, told otherwise, or left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reports.beside import OverrideWords
from reports.snapshot import Snapshot, Words, marking_of


@dataclass(frozen=True)
class Told:
    """A paragraph of the summary, and what somebody made of it for the paper, if anything."""

    source: Words
    override: OverrideWords | None = None

    @property
    def words(self) -> Words | None:
        """What is printed; None when it is left out."""
        if self.override is None:
            return self.source
        if self.override.is_left_out:
            return None
        return replace(
            self.source,
            text=self.override.text,
            is_public=self.override.is_public,
            withheld_under=self.override.withheld_under,
            marking=marking_of(self.override.marking, self.override.handling),
        )

    @property
    def is_out_of_date(self) -> bool:
        """Whether the assessment says something else by now than when this was written."""
        return self.override is not None and self.override.source_text != self.source.text

    @property
    def is_public_over_withheld(self) -> bool:
        """Whether the public would read what its source withholds, and nobody said that it may."""
        words = self.words
        return (
            words is not None
            and words.is_public
            and not self.source.is_public
            and not self.override.clears_withheld
        )


def told(snapshot: Snapshot, threat_code: str) -> list[Told]:
    """Each paragraph of the approved summary, in its order."""
    assessment = snapshot.assessments.get(threat_code)
    overrides = _overrides(snapshot, threat_code)
    return [
        Told(words, overrides.get(words.identity))
        for words in (assessment.summary if assessment else ())
    ]


def without_source(snapshot: Snapshot, threat_code: str) -> list[OverrideWords]:
    """What was written over paragraphs that the approved assessment no longer has."""
    assessment = snapshot.assessments.get(threat_code)
    if assessment is None or not assessment.is_approved:
        return []
    standing = {words.identity for words in assessment.summary}
    overrides = _overrides(snapshot, threat_code)
    return [override for source, override in overrides.items() if source not in standing]


def _overrides(snapshot: Snapshot, threat_code: str) -> dict[str, OverrideWords]:
    return {
        override.source: override
        for override in snapshot.beside.overrides
        if override.threat_code == threat_code
    }
