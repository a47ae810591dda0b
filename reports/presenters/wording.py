"""What can be typed into a paper's own wording, and how recommendations stand in a list."""

from __future__ import annotations

from dataclasses import dataclass

from reports.builder import targets_of
from reports.document import plain
from reports.references import Targets, resolve, tokens_in
from reports.snapshot import Snapshot

MEANINGS = {
    "board-date": "the day the board meets",
    "as-at-date": "the day the answers describe",
    "tasked-month": "the month the leads were asked",
    "due-month": "the month their assessments were due",
    "executive-date": "the day the Executive Team meets",
}
SHORT = 90  # characters of a recommendation shown beside its reference


@dataclass(frozen=True)
class Reference:
    """What is typed, what it is printed as, and what that is."""

    typed: str
    printed: str
    meaning: str


@dataclass(frozen=True)
class RecommendationLine:
    identity: str
    number: int
    heading: str
    addressee: str
    text: str
    threats: str
    withheld_under: str  # empty for one that all may read
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class ReferenceGroup:
    label: str
    references: list[Reference]


_KINDS = {
    "recommendation": "Recommendations",
    "paragraph": "Paragraphs",
    "section": "Sections",
    "annex": "Annexes",
    "table": "Tables",
    "figure": "Figures",
}


def references(snapshot: Snapshot) -> list[ReferenceGroup]:
    """Everything that can be referred to, by kind; a kind of which there is nothing is left out."""
    targets = targets_of(snapshot)
    places = [
        ReferenceGroup(
            label,
            [
                Reference(f"[[{kind}:{typed}]]", target.words, _cut(target.about))
                for typed, target in targets.places.get(kind, {}).items()
            ],
        )
        for kind, label in _KINDS.items()
    ]
    words = [
        Reference(f"[[{name}]]", printed, MEANINGS[name]) for name, printed in targets.words.items()
    ]
    return [group for group in [*places, ReferenceGroup("Dates", words)] if group.references]


def recommendation_lines(snapshot: Snapshot, threats: dict[str, str]) -> list[RecommendationLine]:
    """`threats` maps a threat's code to what it is called."""
    targets: Targets = targets_of(snapshot)
    last = len(snapshot.recommendations)
    return [
        RecommendationLine(
            identity=item.identity,
            number=number,
            heading=item.heading,
            addressee=item.addressee,
            text=plain(resolve(item.text, targets)),
            threats=", ".join(threats.get(code, code) for code in item.threat_codes),
            withheld_under=item.withheld_under,
            is_first=number == 1,
            is_last=number == last,
        )
        for number, item in enumerate(snapshot.recommendations, start=1)
    ]


def referring_to(snapshot: Snapshot, identity: str) -> list[str]:
    """Which places of the paper refer to a recommendation, in words."""
    token = f"[[recommendation:{identity}]]"
    places = [
        f"the section “{section.heading}”"
        for section in snapshot.sections
        if any(
            token in tokens_in(text)
            for text in (section.heading, *(words.text for words in section.paragraphs))
        )
    ]
    return places + [
        f"recommendation {number}"
        for number, item in enumerate(snapshot.recommendations, start=1)
        if item.identity != identity and token in tokens_in(item.text)
    ]


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHORT else f"{words[: SHORT - 1].rstrip()}…"
