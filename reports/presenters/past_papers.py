"""How a past paper reads beside the lines of its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from reports.domain.past_document import printed_numbers
from reports.domain.past_pieces import words_of
from reports.domain.taking_in import Missing
from reports.models import PastPaperDraft, PastPaperPiece
from reports.past_papers.proposal import PieceKind
from reports.past_papers.words import letters_of, tokens

# What each kind is called, and the colour of its tag.
KIND_TAGS = {
    PieceKind.TITLE: ("Title", "purple"),
    PieceKind.HEADER: ("Header", "purple"),
    PieceKind.HEADING: ("Heading", "blue"),
    PieceKind.PARAGRAPH: ("Paragraph", "grey"),
    PieceKind.BULLET: ("Bullet", "grey"),
    PieceKind.TABLE: ("Table", "grey"),
    PieceKind.RECOMMENDATION: ("Recommendation", "green"),
    PieceKind.REPEATED: ("Printed again", "turquoise"),
    PieceKind.LEFT_OUT: ("Left out", "yellow"),
    PieceKind.UNPLACED: ("Not placed", "red"),
}
LOOK, UNPLACED, LEFT_OUT, RECOMMENDATIONS = "look", "not-placed", "left-out", "recommendations"
SHOWN = {
    "": "Everything",
    LOOK: "What needs a look",
    RECOMMENDATIONS: "Recommendations",
    UNPLACED: "Not placed",
    LEFT_OUT: "Left out",
}


@dataclass(frozen=True)
class SourceLine:
    where: str  # "page 2, line 4"
    text: str


@dataclass(frozen=True)
class PieceLine:
    identity: str
    kind: str
    number: str
    words: str
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]  # what is about it: its threat, who is to act, what it repeats
    warnings: tuple[str, ...]  # what needs a look
    source: tuple[SourceLine, ...]
    href: str

    @property
    def needs_look(self) -> bool:
        return bool(self.warnings)


def piece_lines(
    draft: PastPaperDraft,
    pieces: Sequence[PastPaperPiece],
    labels: Mapping[str, str],
    missing: Iterable[Missing],
) -> list[PieceLine]:
    """Every piece with its lines; `labels` are those of the threats, by code."""
    numbers = printed_numbers(pieces)
    wrong: dict[str, list[str]] = {}
    for one in missing:
        wrong.setdefault(one.piece, []).append(one.sentence)
    return [
        PieceLine(
            identity=piece.identity,
            kind=piece.kind,
            number="" if piece.kind == PieceKind.REPEATED else piece.number,
            words=_said(piece),
            rows=tuple(tuple(row) for row in piece.rows),
            notes=tuple(_notes(piece, labels, numbers)),
            warnings=(*wrong.get(piece.identity, ()), *_doubts(piece)),
            source=source_lines(piece),
            href=reverse("reports:past_piece", args=[draft.year, piece.identity]),
        )
        for piece in pieces
    ]


def chosen(lines: Sequence[PieceLine], show: str) -> list[PieceLine]:
    """The lines of one of SHOWN."""
    wanted = {
        LOOK: lambda line: line.needs_look,
        UNPLACED: lambda line: line.kind == PieceKind.UNPLACED,
        LEFT_OUT: lambda line: line.kind == PieceKind.LEFT_OUT,
        RECOMMENDATIONS: lambda line: line.kind in (PieceKind.RECOMMENDATION, PieceKind.REPEATED),
    }
    return [line for line in lines if wanted.get(show, lambda _: True)(line)]


def source_lines(piece: PastPaperPiece) -> tuple[SourceLine, ...]:
    return tuple(
        SourceLine(f"page {page}, line {number}" if page else f"line {number}", text)
        for page, number, text in piece.origin
    )


def counts(pieces: Sequence[PastPaperPiece]) -> list[tuple[str, int]]:
    """How many of what the paper has, for its page."""
    found = Counter(piece.kind for piece in pieces)
    numbered = sum(bool(piece.number) for piece in pieces if piece.kind == PieceKind.PARAGRAPH)
    threats = {
        code for piece in pieces if piece.kind == PieceKind.HEADING for code in piece.threat_codes
    }
    return [
        ("Headings", found[PieceKind.HEADING]),
        ("Threats with a section", len(threats)),
        ("Paragraphs with a number", numbered),
        ("Paragraphs without one", found[PieceKind.PARAGRAPH] - numbered),
        ("Recommendations", found[PieceKind.RECOMMENDATION]),
        ("Printed again", found[PieceKind.REPEATED]),
        ("Left out", found[PieceKind.LEFT_OUT]),
        ("Not placed", found[PieceKind.UNPLACED]),
    ]


def recommendation_choices(pieces: Iterable[PastPaperPiece]) -> list[tuple[str, str]]:
    """Recommendations to choose from, each shortened."""
    made = [piece for piece in pieces if piece.kind == PieceKind.RECOMMENDATION]
    return [
        (piece.identity, f"{piece.number or place}: {piece.addressee} {piece.text}"[:90])
        for place, piece in enumerate(made, start=1)
    ]


def _said(piece: PastPaperPiece) -> str:
    if piece.kind == PieceKind.RECOMMENDATION:
        return f"{piece.addressee} {piece.text}".strip()
    if piece.kind == PieceKind.REPEATED:
        return words_of(piece)
    if piece.kind == PieceKind.HEADER and piece.label:
        return f"{piece.label}: {piece.text}"
    return piece.text or piece.mark


def _notes(piece: PastPaperPiece, labels: Mapping[str, str], numbers: Mapping[str, int]):
    if piece.kind == PieceKind.HEADING and (piece.level or 2) > 2:
        yield "Within the section before it"
    if piece.threat_codes:
        yield "About " + ", ".join(labels.get(code, code) for code in piece.threat_codes)
    if piece.kind == PieceKind.RECOMMENDATION and piece.heading:
        yield f"Headed “{piece.heading}”"
    if piece.kind == PieceKind.REPEATED and piece.repeats in numbers:
        yield f"The same as recommendation {numbers[piece.repeats]}"
    if piece.kind in (PieceKind.LEFT_OUT, PieceKind.UNPLACED) and piece.reason:
        yield piece.reason.capitalize()


def _doubts(piece: PastPaperPiece):
    """What somebody should look at, though the paper could be taken in."""
    if piece.kind == PieceKind.UNPLACED:
        yield "It has no place in the paper yet."
    if piece.kind == PieceKind.RECOMMENDATION and not piece.verb:
        yield "What is asked for was not recognised. Read it once."
    if lost := _lost_words(piece):
        yield f"In the file, but no longer here: {lost}"


def _lost_words(piece: PastPaperPiece) -> str:
    printed = " ".join(text for _, _, text in piece.origin)
    said = words_of(piece)
    if sorted(letters_of(printed).casefold()) == sorted(letters_of(said).casefold()):
        return ""
    lost = Counter(tokens(printed)) - Counter(tokens(said))
    return " ".join(lost.elements())[:200]
