"""Which threat a heading is about, by the labels of an edition: surely, or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reports.past_papers.words import tokens

# What labels of several threats share, or headings of none have.
WEAK = frozenset({"the", "of", "and", "to", "a", "in", "national", "threat", "against", "on"})
# One of these alone names no threat.
VAGUE = frozenset({"public", "civil", "serious", "security", "order", "local", "major"})
CLOSE_ENOUGH = 0.5
IN_BRACKETS = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]")
ABBREVIATION = re.compile(r"[A-Z]{3,6}")


@dataclass(frozen=True)
class Labels:
    """Every label of each threat, by its code."""

    labels: Mapping[str, tuple[str, ...]]

    def one(self, heading: str) -> str:
        """The code of the one threat a heading names; empty where that is not sure."""
        found = self.all(heading)
        return found[0] if len(found) == 1 else ""

    def all(self, heading: str) -> tuple[str, ...]:
        """The codes of every threat a heading names: "Public Order and Civil Emergencies"."""
        if exact := self._equal(heading):
            return (exact,)
        words = _content(heading)
        if not words:
            return self._abbreviated(heading)
        whole = {
            code
            for code, labels in self.labels.items()
            for label in labels
            if (wanted := _content(label)) and wanted <= words
        }
        if len(whole) > 1:
            named = set().union(*(self._longest(code, words) for code in whole))
            # Two threats are named only where both together make up most of the words.
            whole = self._parted(whole, words)
            return tuple(sorted(whole)) if _share(named, words) > CLOSE_ENOUGH else ()
        near = {
            code: max((_near(_content(label), words) for label in labels), default=0.0)
            for code, labels in self.labels.items()
        }
        best = [code for code, nearness in near.items() if nearness >= CLOSE_ENOUGH]
        return tuple(best) if len(best) == 1 else self._abbreviated(heading)

    def _equal(self, heading: str) -> str:
        words = tokens(IN_BRACKETS.sub(" ", heading))
        found = {
            code
            for code, labels in self.labels.items()
            if any(words == tokens(IN_BRACKETS.sub(" ", label)) for label in labels)
        }
        return found.pop() if words and len(found) == 1 else ""

    def _longest(self, code: str, words: frozenset[str]) -> frozenset[str]:
        return max(
            (_content(label) for label in self.labels[code] if _content(label) <= words), key=len
        )

    def _parted(self, codes: set[str], words: frozenset[str]) -> set[str]:
        """Without threats whose label is part of another's: "organised crime" in a longer one."""
        found = {code: self._longest(code, words) for code in codes}
        return {
            code
            for code, label in found.items()
            if not any(label < other for other in found.values())
        }

    def _abbreviated(self, heading: str) -> tuple[str, ...]:
        written = set(ABBREVIATION.findall(heading))
        if not written or tokens(heading) != [word.casefold() for word in heading.split()]:
            return ()
        found = {
            code
            for code, labels in self.labels.items()
            if written & {one for label in labels for one in _abbreviations(label)}
        }
        return tuple(found) if len(found) == 1 and len(heading.split()) == 1 else ()


def _content(words: str) -> frozenset[str]:
    return frozenset(tokens(IN_BRACKETS.sub(" ", words))) - WEAK


def _near(label: frozenset[str], words: frozenset[str]) -> float:
    """How near two sets of words are, where one holds the other; 0 where neither does."""
    if label and label == words:
        return 1.0
    if not label or not (label <= words or words <= label) or words <= VAGUE:
        return 0.0
    return _share(label, words)


def _share(one: frozenset[str] | set[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _abbreviations(label: str) -> set[str]:
    written = {found for pair in IN_BRACKETS.findall(label) for found in pair if found}
    first = "".join(
        word[0]
        for word in re.findall(r"[A-Za-z]+", IN_BRACKETS.sub(" ", label))
        if word.lower() not in {"and", "of", "the"}
    )
    return {one.upper() for one in (*written, first) if len(one) >= 3}
