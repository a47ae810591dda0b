"""The head of a paper: its title, the board, the day, and the labelled lines."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from reports.past_papers.block import Block
from reports.past_papers.labels import labelled
from reports.past_papers.marks import MONTH_ONLY, date_in, month_in, without_date
from reports.past_papers.proposal import PieceKind
from reports.past_papers.running import MARKING
from reports.past_papers.words import is_capitals, is_unfinished

LONGEST_TITLE = 30  # words
PURPOSE = re.compile(
    r"(?:(?:item|report|paper)\s+)?(?:for|to)\s+(?:decision|information|noting|discussion|approval"
    r"|assurance|consideration|note)$"
    r"|(?:draft|final|version)\b.{0,20}$|(?:public|private|open|closed)(?: (?:session|part|item))$",
    re.IGNORECASE,
)
BOARD = re.compile(
    r"\b(?:board|panel|committee|authority|conference|accountability|governance|commissioner)\b",
    re.IGNORECASE,
)
# In the head of a paper whatever stands before a colon is a label.
ANY_LABEL = re.compile(r"(?P<label>[A-Z][\w/&()’'-]*(?: [\w/&()’'-]+){0,3})\s?: +(?P<value>\S.*)$")
BODY = re.compile(r"\b(?:board|panel|committee|authority|conference)\b", re.IGNORECASE)
FORCE = re.compile(r"\b(?:police|constabulary|commissioner|opcc|policing|mayor)\b", re.IGNORECASE)
REQUIREMENT = re.compile(r"strategic policing requirement|\bSPR\b", re.IGNORECASE)
OF_TITLE = re.compile(r"title|subject", re.IGNORECASE)
OF_DATE = re.compile(r"date|meeting", re.IGNORECASE)
OF_MEETING = re.compile(r"(?:name of )?(?:the )?(?:meeting|board|committee)$", re.IGNORECASE)
OF_BOARD = re.compile(r"meeting|board|committee|report to|^to$|name of", re.IGNORECASE)


@dataclass
class Front:
    """What the first blocks are: (kind, label, words) for each, and what follows from them."""

    kinds: list[tuple[PieceKind, str, str]]
    title: str = ""
    board_name: str = ""
    meeting_on: datetime.date | None = None
    meeting_month: str = ""


def read_front(blocks: list[Block]) -> Front:
    """Tell the blocks before the first section apart."""
    kinds: list[tuple[PieceKind, str, str]] = [_kind_of(block) for block in blocks]
    title = _title_place(blocks, kinds)
    front = Front(kinds)
    if title is not None:
        _, label, words = kinds[title]
        kinds[title] = (PieceKind.TITLE, label, words)
        front.title = words or label
        if (below := title + 1) < len(kinds) and _is_subtitle(blocks[below], kinds[below]):
            kinds[below] = (PieceKind.HEADER, *kinds[below][1:])
    front.meeting_on, month = _meeting(kinds)
    front.meeting_month = f"{month[0]}-{month[1]:02}" if month and not front.meeting_on else ""
    front.board_name = _board_name(kinds)
    return front


def _kind_of(block: Block) -> tuple[PieceKind, str, str]:
    text = block.text
    if block.mark is not None:
        return PieceKind.UNPLACED, "", text
    if block.first.cells and (cells := [cell for cell in block.first.cells if cell])[1:]:
        if len(cells) == 2 and len(cells[0].split()) <= 5:
            return PieceKind.HEADER, cells[0], cells[1]
        return PieceKind.UNPLACED, "", text
    if pair := labelled("\n".join(line.text for line in block.lines)):
        return PieceKind.HEADER, *pair
    if (found := ANY_LABEL.match(text)) and not REQUIREMENT.search(found["label"]):
        return PieceKind.HEADER, found["label"], found["value"]
    is_short = block.word_count <= LONGEST_TITLE
    is_known = (
        MARKING.match(text)
        or PURPOSE.match(text)
        or (date_in(text) and block.word_count <= 20)
        or (MONTH_ONLY.search(text) and block.word_count <= 6)
        or (BOARD.search(text) and block.word_count <= 14 and is_unfinished(text))
        or (FORCE.search(text) and block.word_count <= 10 and is_unfinished(text))
    )
    return (PieceKind.HEADER if is_short and is_known else PieceKind.UNPLACED), "", text


def _is_subtitle(block: Block, kind: tuple[PieceKind, str, str]) -> bool:
    """Whether a short line right below the title goes with it."""
    is_open = kind[0] == PieceKind.UNPLACED and block.mark is None and not block.rows
    return is_open and block.word_count <= 10 and is_unfinished(block.text)


def _title_place(blocks: list[Block], kinds: list[tuple[PieceKind, str, str]]) -> int | None:
    """Where the title stands: by its label, its style, its words, its size."""
    best, best_score = None, 0.0
    largest = max((block.first.size for block in blocks), default=0.0)
    for index, (block, (kind, label, words)) in enumerate(zip(blocks, kinds, strict=True)):
        if label:
            score = 20.0 if OF_TITLE.search(label) and words else 0.0
        elif block.rows or block.mark or block.word_count > LONGEST_TITLE or not words:
            score = 0.0
        else:
            score = _title_score(block, kind, largest)
        if score > best_score:
            best, best_score = index, score
    return best


def _title_score(block: Block, kind: PieceKind, largest: float) -> float:
    text = block.text
    if MARKING.match(text) or PURPOSE.match(text) or not without_date(text):
        return 0.0
    score = 10.0 if block.first.level == -1 else 0.0
    score += 8.0 if REQUIREMENT.search(text) else 0.0
    score += 2.0 if largest and block.first.size >= largest else 0.0
    score += 1.0 if block.is_bold or is_capitals(text) else 0.0
    if kind == PieceKind.HEADER:
        score -= 4.0  # a board's name, a day
    else:
        score += 1.0
    return score


def _meeting(kinds: list) -> tuple[datetime.date | None, tuple[int, int] | None]:
    """The day of the meeting, or the month where no day is printed."""
    first = [words for kind, label, words in kinds if OF_DATE.search(label)]
    board = [words for kind, label, words in kinds if not label and BOARD.search(words)]
    other = [words for kind, label, words in kinds if kind == PieceKind.HEADER and not label]
    titles = [words for kind, label, words in kinds if kind == PieceKind.TITLE]
    for words in (*first, *board, *other, *titles):
        if found := date_in(words):
            return found, None
    for words in (*first, *board, *other, *titles):
        if found := month_in(words):
            return None, found
    return None, None


def _board_name(kinds: list) -> str:
    for _, label, words in kinds:
        name = _name_in(words)
        if name and (OF_MEETING.match(label) or (OF_BOARD.search(label) and BOARD.search(name))):
            return name
    for _, label, words in kinds:
        # "Report of the Chief Constable to the Audit Committee"
        put_to = re.search(r" to (?:the )?(?P<name>[A-Z].*)$", words)
        if label.casefold().startswith("report") and put_to and BODY.search(put_to["name"]):
            return _name_in(put_to["name"])
    lines = [words for kind, label, words in kinds if kind == PieceKind.HEADER and not label]
    for pattern in (BODY, BOARD):
        for words in lines:
            name = _name_in(words)
            if pattern.search(name) and not re.match(r"(?:office of|opcc|report)", name, re.I):
                return name
    return ""


def _name_in(words: str) -> str:
    """The name of a board in "Prepared for the Accountability Board on 19 July"."""
    name = re.sub(r"(?: held)? on$| at \d.*$", "", without_date(words))
    return re.sub(r"^(?:prepared for|(?:report|paper) (?:to|for)|meeting of) (?:the )?", "", name,
                  flags=re.IGNORECASE)  # fmt: skip
