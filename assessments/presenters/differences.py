"""What differs between two texts or two submissions, shown word by word."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessments.domain.changes import Change, Difference
from assessments.enums import ItemKind
from assessments.presenters.item_words import value_in_words
from assessments.wording import FIELD_LABELS

# Pairs of equal words that are compared one by one: some thirty times what two long answers have.
# A text of one word over and over has so many that it would keep a web process busy for seconds.
MOST_PAIRS = 1_000_000
PIECES = re.compile(r"\S+\s*|\s+")

DIFFERENCE_WORDS = {
    Difference.ADDED: "Added",
    Difference.CHANGED: "Changed",
    Difference.REMOVED: "Removed",
}


@dataclass(frozen=True)
class Piece:
    """A run of words: "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True)
class FieldChange:
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ShownChange:
    place: str
    heading: str
    difference: str
    fields: tuple[FieldChange, ...]
    is_answer: bool  # and not the item of a list


def word_difference(before: str, after: str) -> tuple[Piece, ...]:
    """The second text with what was taken out and put in, in the order of reading."""
    old, new = PIECES.findall(before), PIECES.findall(after)
    counts = Counter(new)
    is_monotonous = sum(counts[piece] for piece in old) > MOST_PAIRS
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=is_monotonous)
    pieces = []
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(new[new_from:new_to])))
            continue
        if old_to > old_from:
            pieces.append(Piece("removed", "".join(old[old_from:old_to])))
        if new_to > new_from:
            pieces.append(Piece("added", "".join(new[new_from:new_to])))
    return tuple(pieces)


def two_sides(mine: str, theirs: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts whole, each with what the other one does not have marked as "added"."""
    pieces = word_difference(theirs, mine)
    other = {"same": "same", "removed": "added"}
    return (
        tuple(piece for piece in pieces if piece.kind != "removed"),
        tuple(Piece(other[piece.kind], piece.text) for piece in pieces if piece.kind in other),
    )


def shown_changes(
    changes: list[Change], prompts: Mapping[str, str], labels: Mapping[str, str]
) -> list[ShownChange]:
    """Changes as the page shows them: answers in the order of the edition, then the lists.

    `prompts` maps question codes to their words in that order, `labels` the codes of parts,
    criteria and ratings to theirs.
    """
    order = {code: place for place, code in enumerate(prompts)}
    return [
        ShownChange(
            place=change.place,
            heading=prompts.get(change.place) or ItemKind(change.place).label,
            difference=DIFFERENCE_WORDS[change.difference],
            fields=tuple(_field_changes(change, labels)),
            is_answer=change.place in prompts,
        )
        for change in sorted(changes, key=lambda change: order.get(change.place, len(order)))
    ]


def _field_changes(change: Change, labels: Mapping[str, str]) -> Iterator[FieldChange]:
    """Fields in their order; what is empty before and after says nothing."""
    for name in dict.fromkeys([*change.before, *change.after]):
        before, after = (
            _words(change.place, name, values.get(name), labels)
            for values in (change.before, change.after)
        )
        if before or after:
            yield FieldChange(FIELD_LABELS[name], word_difference(before, after))


def _words(place: str, name: str, value, labels: Mapping[str, str]) -> str:
    if place in ItemKind.values:
        return value_in_words(ItemKind(place), name, value, labels)
    if name == "rating":
        return labels.get(value, value or "")
    return value or ""
