"""Reading lists and tables of recommendations, wherever they stand in a paper."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reports.past_papers import recommending, wording
from reports.past_papers.block import Block
from reports.past_papers.labels import labelled
from reports.past_papers.marks import Kind
from reports.past_papers.piecing import Pieces
from reports.past_papers.proposal import Piece, PieceKind
from reports.past_papers.threats import Labels
from reports.past_papers.words import FULL_STOP, starts_small

COLUMN_HEADINGS = "headings of the columns of a table of recommendations"
LABELS_AT_END = re.compile(
    r"author|contact|telephone|tel|e-?mail|job title|background|appendi|enclosure"
    r"|prepared|presented",
    re.IGNORECASE,
)


@dataclass
class OpenList:
    """Recommendations that are being read."""

    region: int
    level: int  # of the heading they stand under; 0 without one
    addressee: str = ""
    style: str = ""  # of the marks of its items
    kind: Kind | None = None  # of these marks
    is_only_items: bool = False  # begun by a lead-in within a section


class RecommendationLists(Pieces):
    """What a paper recommends; `_list` is the list being read, None outside of any."""

    def __init__(self, blocks: list[Block], labels: Labels):
        super().__init__()
        self._blocks, self._labels = blocks, labels
        self._list: OpenList | None = None
        self._of_others = False  # the section is about what others recommended, or earlier
        self._threat = ""  # of the section being read
        self._subject = ""  # of a heading within a list of recommendations
        self._subjects: set[int] = set()  # headings of single items within a list
        self._last: Block | None = None
        # Columns, list and width of the table of recommendations that was read last.
        self._table: tuple[dict[str, int], int, int] | None = None

    def _leads_into_items(self, place: int, block: Block) -> bool:
        following = self._blocks[place + 1] if place + 1 < len(self._blocks) else None
        return (
            following is not None
            and following.mark is not None
            and (block.text.rstrip().endswith((":", "-", "–", ";", "that", "to")))
        )

    def _is_recommendation_by_name(self, block: Block) -> bool:
        """ "Recommendation 3 – …", wherever it stands, unless it is one of an earlier year's."""
        named = block.mark is not None and block.mark.kind == Kind.RECOMMENDATION
        return named and not self._of_others

    def _add_named(self, block: Block) -> None:
        if self._list is None or self._list.is_only_items:
            region = len(self._pieces) if self._list is None else self._list.region
            self._list = OpenList(region, 9, style=block.mark.style)
        if not block.mark.number and not block.text:
            # "Recommendation:" alone opens a list of one or more.
            self._add(block, PieceKind.HEADING, text="", level=3, mark=block.mark.printed)
            self._list.style = ""
            return
        self._list.style, self._list.kind = block.mark.style, block.mark.kind
        self._add_recommendation(block, region=self._list.region)

    def _add_in_list(self, place: int, block: Block) -> bool:
        """Read a block as part of the list of recommendations; False where it is none."""
        now = self._list
        open_item = self._open_item()
        if self._is_item_mark(block):
            if recommending.is_none(block.text) or recommending.is_introduction(block.text):
                return False
            whom = wording.lead_in(block.text)
            if whom is not None and self._leads_into_items(place, block):
                now.addressee = whom
                self._add(block, PieceKind.PARAGRAPH, text=block.text, **self._mark(block))
                return True
            if self._is_part_of_item(block, open_item):
                self._append(block)
                return True
            if now.level == 9 and block.mark.style != now.style:
                self._list = None
                return False
            now.style = now.style or block.mark.style
            now.kind = now.kind or block.mark.kind
            self._add_recommendation(block, region=now.region)
            return True
        if now.is_only_items:
            self._list = None
            return False
        if open_item is not None and self._continues(open_item, block):
            self._append(block)
            return True
        if self._is_label_at_end(block) or recommending.is_none(block.text):
            return False
        whom = wording.lead_in(block.text)
        if whom is not None and not is_sentence(block):
            now.addressee = whom
            self._add(block, PieceKind.PARAGRAPH, text=block.text)
            return True
        if now.level == 9:
            self._list = None
            return False
        is_item = not self._has_marked_items(now) or self._is_below_subject()
        if wording.is_recommending(block.text) and is_item:
            self._add_recommendation(block, region=now.region)
            return True
        return False

    def _is_item_mark(self, block: Block) -> bool:
        return block.mark is not None

    def _has_marked_items(self, now: OpenList) -> bool:
        return bool(now.style)

    def _is_below_subject(self) -> bool:
        """Whether the line before is a number and what the item is about: "6) Training"."""
        last = self._pieces[-1][1] if self._pieces else None
        return last is not None and id(last) in self._subjects and bool(last.number)

    def _open_item(self) -> Piece | None:
        last = self._pieces[-1][1] if self._pieces else None
        return last if last is not None and last.kind == PieceKind.RECOMMENDATION else None

    def _is_part_of_item(self, block: Block, item: Piece | None) -> bool:
        """Bullets and letters below a numbered recommendation are part of it."""
        if item is None or not item.number or self._list.kind is None:
            return False
        kind = block.mark.kind
        if kind == self._list.kind or (kind == Kind.ROMAN and follows_letter(item, block)):
            return kind in (Kind.LETTER, Kind.ROMAN) and block.mark.style != self._list.style
        return kind in (Kind.BULLET, Kind.LETTER, Kind.ROMAN)

    def _continues(self, item: Piece, block: Block) -> bool:
        """Whether words without a mark belong to the recommendation before them."""
        says = item.text or item.heading
        if wording.OWNER.match(block.text):
            return True
        if not item.text or (not FULL_STOP.search(item.text) and starts_small(block.text)):
            return True
        if not item.text.strip() or says.endswith(":"):
            return True
        is_only_heading = not item.addressee and not item.verb and len(says.split()) <= 9
        return is_only_heading and not FULL_STOP.search(says)

    def _append(self, block: Block) -> None:
        """Let a block go on with the recommendation before it."""
        index, item = self._pieces[-1]
        region = self.regions.pop(id(item))
        heading = item.text if _is_only_heading(item, block) else ""
        whole = replace(
            item,
            heading=heading,
            addressee="",
            verb="",
            lead="",
            text=block.text if heading else f"{_printed(item)} {self._all(block)}".strip(),
            origin=(*item.origin, *self._origins(block)),
        )
        grown = wording.split(whole, addressee=item.lead)
        codes = item.threat_codes or self._codes_of(grown)
        grown = replace(grown, threat_codes=codes)
        self._pieces[-1] = (index, grown)
        self.regions[id(grown)] = region

    def _add_recommendation(self, block: Block, *, region: int) -> None:
        addressee = self._list.addressee if self._list else ""
        heading, text = _broken_by_hand(block)
        piece = Piece(
            "", PieceKind.RECOMMENDATION, text=text, heading=heading, origin=self._origins(block),
            **self._mark(block),
        )  # fmt: skip
        piece = wording.split(piece, addressee=addressee)
        piece = replace(piece, threat_codes=self._codes_of(piece))
        self._pieces.append((block.indexes[0], piece))
        self.regions[id(piece)] = region

    def _codes_of(self, piece: Piece) -> tuple[str, ...]:
        """The threats a recommendation is about: by its heading, or where it stands."""
        if piece.heading:
            return self._labels.all(piece.heading)
        if self._subject:
            return self._labels.all(self._subject)
        return (self._threat,) if self._threat else ()

    def _add_table(self, place: int, block: Block) -> None:
        columns = (
            None
            if self._of_others
            else recommending.columns(block.rows[0], in_list=self._list is not None)
        )
        is_headed = columns is not None
        goes_on = self._table is not None and self._last is not None and self._last.rows
        if columns is None and goes_on and self._table[2] == len(block.rows[0]):
            columns = self._table[0]  # the table goes on after the page's end
        if columns is None or (len(block.rows) == 1 and not self._goes_on_over_page(place, block)):
            self._table = None
            self._add(block, PieceKind.TABLE, rows=tuple(block.rows))
            return
        region = self._table[1] if self._table and goes_on else len(self._pieces)
        self._table = (columns, region, len(block.rows[0]))
        for row, one in enumerate(block.by_row()):
            if row == 0 and is_headed:
                self._add(one, PieceKind.LEFT_OUT, text=self._all(one), reason=COLUMN_HEADINGS)
            else:
                self._add_recommendation_row(one, columns, region)

    def _goes_on_over_page(self, place: int, block: Block) -> bool:
        """Whether a row by itself is of the table before it, or of the one after it."""
        if self._table is not None and self._last is not None and self._last.rows:
            return True
        after = self._blocks[place + 1] if place + 1 < len(self._blocks) else None
        return after is not None and bool(after.rows) and len(after.rows[0]) == len(block.rows[0])

    def _add_recommendation_row(self, block: Block, columns: dict[str, int], region: int) -> None:
        cells = dict(enumerate(block.rows[0]))
        number = cells.pop(columns["number"], "") if "number" in columns else ""
        heading = cells.pop(columns["heading"], "") if "heading" in columns else ""
        addressee = cells.pop(columns["addressee"], "") if "addressee" in columns else ""
        text = cells.pop(columns["text"], "")
        if addressee and "should" in text and wording.addressee_of(text)[0]:
            # The sentence says to whom it is made, and the column who sees to it.
            cells[columns["addressee"]], addressee = addressee, ""
        rest = "; ".join(cell for cell in cells.values() if cell)
        text = f"{text} ({rest})" if rest else text
        piece = Piece(
            "", PieceKind.RECOMMENDATION, text=text, mark=number, heading=heading,
            number=re.sub(r"\D+$|^\D+", "", number), origin=self._origins(block),
        )  # fmt: skip
        if addressee:
            piece = replace(piece, addressee=addressee, verb=wording.verb_of(text))
        else:
            piece = wording.split(piece)
        piece = replace(piece, threat_codes=self._codes_of(piece))
        self._pieces.append((block.indexes[0], piece))
        self.regions[id(piece)] = region

    def _is_label_at_end(self, block: Block) -> bool:
        """A line such as "Author: …" after the words of the paper."""
        pair = labelled(block.text) if block.mark is None and block.word_count <= 30 else None
        return pair is not None and bool(LABELS_AT_END.search(pair[0])) and ":" in block.text


def _printed(item: Piece) -> str:
    """The words of a recommendation before it was split, with a colon after its heading."""
    heading = f"{item.heading}:" if item.heading else ""
    return " ".join(part for part in (heading, item.addressee, item.text) if part)


def _is_only_heading(item: Piece, block: Block) -> bool:
    """Whether an item so far only says what it is about, and a block begins what is asked."""
    is_short = 0 < len(item.text.split()) <= wording.MOST_OF_HEADING and not item.verb
    is_open = not (item.heading or item.addressee or item.text.endswith((":", ",", ".", ";")))
    return is_short and is_open and block.mark is None and wording.is_recommending(block.text)


def _broken_by_hand(block: Block) -> tuple[str, str]:
    """What a recommendation is about, where Word has it on a line of its own; and its words."""
    first, rest = block.first_line, block.text[len(block.first_line) :].strip()
    is_broken = len(block.lines) > 1 and not block.first.right and block.text.startswith(first)
    is_short = 0 < len(first.split()) <= wording.MOST_OF_HEADING and not first.endswith((".", ","))
    if is_broken and is_short and wording.is_recommending(rest):
        return first, rest
    return "", block.text


def follows_letter(item: Piece, block: Block) -> bool:
    """Whether "(i)" is the letter after "(h)", and not the first of a list within an item."""
    last, mark = item.number, block.mark.number
    return len(last) == len(mark) == 1 and ord(mark) - ord(last) == 1


def is_sentence(block: Block) -> bool:
    return bool(FULL_STOP.search(block.text)) and block.word_count > 5
