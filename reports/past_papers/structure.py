"""From the lines of a paper to what it seems to say: sections, paragraphs, recommendations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from reports.past_papers import recommending
from reports.past_papers.blocks import Block, blocks_of
from reports.past_papers.front import Front, read_front
from reports.past_papers.headings import Headings
from reports.past_papers.labels import labelled
from reports.past_papers.marks import Kind
from reports.past_papers.proposal import Origin, Piece, PieceKind, Proposal
from reports.past_papers.running import running_lines
from reports.past_papers.source import Place, Source
from reports.past_papers.threats import Labels
from reports.past_papers.words import FULL_STOP, flat, starts_small

CONTENTS = re.compile(r"(?:table of )?contents(?: page)?$", re.IGNORECASE)
CONTENTS_LINE = re.compile(r"^.{2,120}?(?:[.…·_ ]{3,}|\t\s*)\d{1,3}$")
CONTENTS_LIST = "contents list"
COLUMN_HEADINGS = "headings of the columns of a table of recommendations"
NOT_SURE = "it was not clear where this belongs"
LABELS_AT_END = re.compile(
    r"author|contact|telephone|tel|e-?mail|job title|background|appendi|enclosure"
    r"|prepared|presented",
    re.IGNORECASE,
)


def propose(source: Source, labels: Mapping[str, tuple[str, ...]]) -> Proposal:
    """What a paper seems to say; `labels` are those of each threat of the edition, by its code.

    Every word of the source is in one piece, and the pieces follow its order.
    """
    running = running_lines(source)
    blocks = blocks_of(source, running)
    reading = _Reading(source, blocks, Labels(labels))
    pieces = reading.pieces()
    for index, reason in running.items():
        pieces.append((index, _left_out([source.lines[index]], reason)))
    ordered = [piece for _, piece in sorted(pieces, key=lambda pair: pair[0])]
    named = [replace(piece, identity=f"p{place}") for place, piece in enumerate(ordered, start=1)]
    regions = {
        piece.identity: reading.regions[id(before)]
        for piece, before in zip(named, ordered, strict=True)
        if id(before) in reading.regions
    }
    front = reading.front
    return Proposal(
        title=front.title,
        board_name=front.board_name,
        meeting_on=front.meeting_on,
        meeting_month=front.meeting_month,
        pieces=_checked(source, recommending.once_each(named, regions)),
        pages=source.pages,
    )


def _checked(source: Source, pieces: list[Piece]) -> tuple[Piece, ...]:
    """Hold the promise that no word is lost, whatever went wrong before.

    A piece that does not say what its lines say is not placed, and neither is
    a line that stands in no piece or in two.
    """
    found = [
        piece if piece.is_whole else _unplaced(piece, "its words could not be told apart")
        for piece in pieces
    ]
    wanted = [_origin(line) for line in source.lines]
    if sorted(wanted, key=_place) != sorted((o for p in found for o in p.origin), key=_place):
        return tuple(
            Piece(f"p{place}", PieceKind.UNPLACED, text=o.text, reason=NOT_SURE, origin=(o,))
            for place, o in enumerate(wanted, start=1)
        )
    return tuple(found)


def _place(origin: Origin) -> tuple:
    return (origin.page, origin.number, origin.text)


def _unplaced(piece: Piece, reason: str) -> Piece:
    return Piece(
        piece.identity,
        PieceKind.UNPLACED,
        text=flat(" ".join(line.text for line in piece.origin)),
        reason=reason,
        origin=piece.origin,
    )


@dataclass
class _List:
    """Recommendations that are being read."""

    region: int
    level: int  # of the heading they stand under; 0 without one
    addressee: str = ""
    style: str = ""  # of the marks of its items
    is_only_items: bool = False  # begun by a lead-in within a section


class _Reading:
    def __init__(self, source: Source, blocks: list[Block], labels: Labels):
        self._labels = labels
        self._blocks = blocks
        self._headings = Headings(source, blocks, labels)
        self._start = self._headings.first_section
        self._head = self._flow(blocks[: self._start])
        self.front: Front = read_front(self._head)
        self._pieces: list[tuple[int, Piece]] = []
        self._list: _List | None = None
        self._of_others = False
        self._threat = ""  # of the section being read
        self._subject = ""  # of a heading within a list of recommendations
        self.regions: dict[int, int] = {}
        self._last: Block | None = None
        # Columns, list and width of the table of recommendations that was read last.
        self._table: tuple[dict[str, int], int, int] | None = None

    def pieces(self) -> list[tuple[int, Piece]]:
        """Each piece with the place of its first line."""
        for block, (kind, label, words) in zip(self._head, self.front.kinds, strict=True):
            self._add_front(block, kind, label, words)
        in_contents = False
        for place in range(self._start, len(self._blocks)):
            block = self._blocks[place]
            if block.place in (Place.NOTE, Place.COMMENT, Place.TURNED):
                self._add(block, PieceKind.UNPLACED, text=self._all(block), reason=block.place)
                continue
            in_contents = self._is_contents(block, in_contents)
            if in_contents:
                self._add(block, PieceKind.LEFT_OUT, text=self._all(block), reason=CONTENTS_LIST)
                continue
            self._read(place, block)
        return self._pieces

    def _flow(self, blocks: list[Block]) -> list[Block]:
        """Blocks of the front in their order; a row of a table is a line like others."""
        found: list[Block] = []
        for block in blocks:
            if not block.rows:
                found.append(block)
                continue
            for index, line in zip(block.indexes, block.lines, strict=True):
                cells = [cell for cell in line.cells if cell]
                is_pair = len(cells) == 2 and len(cells[0].split()) <= 5
                text = f"{cells[0].strip(' :')}: {cells[1]}" if is_pair else " ".join(cells)
                found.append(Block([line], [index], text, first_line=text))
        return found

    # The front

    def _add_front(self, block: Block, kind: PieceKind, label: str, words: str) -> None:
        if block.place in (Place.NOTE, Place.COMMENT, Place.TURNED):
            self._add(block, PieceKind.UNPLACED, text=self._all(block), reason=block.place)
        elif kind == PieceKind.UNPLACED:
            in_contents = self._is_contents(block, False) or self._follows_contents(block)
            if in_contents:
                self._add(block, PieceKind.LEFT_OUT, text=self._all(block), reason=CONTENTS_LIST)
            else:
                self._add(block, kind, text=self._all(block), reason=NOT_SURE)
        else:
            mark = block.mark.printed if block.mark else ""
            self._add(block, kind, mark=mark, label=label.strip(" :"), text=words)

    # The sections

    def _read(self, place: int, block: Block) -> None:
        if block.rows:
            self._add_table(place, block)
        elif level := self._headings.level(place):
            self._add_heading(block, level)
        elif self._is_recommendation_by_name(block):
            self._add_named(block)
        elif self._list is not None and self._add_in_list(place, block):
            pass
        else:
            self._add_text(place, block)
        self._last = block

    def _add_heading(self, block: Block, level: int) -> None:
        text = block.text
        is_list = recommending.is_recommendations_heading(text)
        deeper = self._list is not None and level > self._list.level > 0
        if deeper and not is_list:
            self._subject = text
        else:
            self._list = _List(len(self._pieces), level) if is_list else None
            self._subject = ""
            if not is_list or level <= 2:
                self._threat = self._labels.one(text)
                self._of_others = bool(recommending.OF_OTHERS.search(text))
        code = "" if is_list else self._labels.one(text)
        self._add(
            block,
            PieceKind.HEADING,
            text=text,
            level=level,
            threat_codes=(code,) if code else (),
            **self._mark(block),
        )

    def _add_text(self, place: int, block: Block) -> None:
        if self._is_label_at_end(block):
            label, words = labelled(block.text)
            self._add(block, PieceKind.HEADER, label=label, text=words, **self._mark(block))
            return
        whom = None if self._of_others else recommending.lead_in(block.text)
        if whom is not None and self._leads_into_items(place, block):
            self._list = _List(len(self._pieces), 0, addressee=whom, is_only_items=True)
        elif whom is not None and not self._is_item_mark(block) and _is_sentence(block):
            self._list = None
            if self._threat or recommending.LEAD_IN.match(block.text):
                self._add_recommendation(block, region=-len(self._pieces) - 1)
                return
        if block.mark is not None and block.mark.kind == Kind.RECOMMENDATION:
            # One of an earlier year's: its number counts no paragraph of this paper.
            self._add(block, PieceKind.PARAGRAPH, text=block.text, mark=block.mark.printed)
            return
        is_bullet = block.mark is not None and not self._headings.is_paragraph_number(place)
        kind = PieceKind.BULLET if is_bullet else PieceKind.PARAGRAPH
        self._add(block, kind, text=block.text, **self._mark(block))

    def _leads_into_items(self, place: int, block: Block) -> bool:
        following = self._blocks[place + 1] if place + 1 < len(self._blocks) else None
        return (
            following is not None
            and following.mark is not None
            and (block.text.rstrip().endswith((":", "-", "–", ";", "that", "to")))
        )

    # Recommendations

    def _is_recommendation_by_name(self, block: Block) -> bool:
        """ "Recommendation 3 – …", wherever it stands, unless it is one of an earlier year's."""
        named = block.mark is not None and block.mark.kind == Kind.RECOMMENDATION
        return named and not self._of_others

    def _add_named(self, block: Block) -> None:
        if self._list is None or self._list.is_only_items:
            region = len(self._pieces) if self._list is None else self._list.region
            self._list = _List(region, 9, style=block.mark.style)
        if not block.mark.number and not block.text:
            # "Recommendation:" alone opens a list of one or more.
            self._add(block, PieceKind.HEADING, text="", level=3, mark=block.mark.printed)
            self._list.style = ""
            return
        self._list.style = block.mark.style
        self._add_recommendation(block, region=self._list.region)

    def _add_in_list(self, place: int, block: Block) -> bool:
        """Read a block as part of the list of recommendations; False where it is none."""
        now = self._list
        open_item = self._open_item()
        if self._is_item_mark(block):
            if recommending.is_none(block.text):
                return False
            whom = recommending.lead_in(block.text)
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
        whom = recommending.lead_in(block.text)
        if whom is not None and not _is_sentence(block):
            now.addressee = whom
            self._add(block, PieceKind.PARAGRAPH, text=block.text)
            return True
        if now.level == 9:
            self._list = None
            return False
        if recommending.is_recommending(block.text) and not self._has_marked_items(now):
            self._add_recommendation(block, region=now.region)
            return True
        return False

    def _is_item_mark(self, block: Block) -> bool:
        return block.mark is not None

    def _has_marked_items(self, now: _List) -> bool:
        return bool(now.style)

    def _open_item(self) -> Piece | None:
        last = self._pieces[-1][1] if self._pieces else None
        return last if last is not None and last.kind == PieceKind.RECOMMENDATION else None

    def _is_part_of_item(self, block: Block, item: Piece | None) -> bool:
        """Bullets and letters below a numbered recommendation are part of it."""
        if item is None or self._list.style in ("", block.mark.style):
            return False
        if block.mark.kind in (Kind.BULLET, Kind.LETTER, Kind.ROMAN):
            return bool(item.number)
        return False

    def _continues(self, item: Piece, block: Block) -> bool:
        """Whether words without a mark belong to the recommendation before them."""
        says = item.text or item.heading
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
        whole = replace(
            item,
            heading="",
            addressee="",
            verb="",
            lead="",
            text=f"{_printed(item)} {self._all(block)}".strip(),
            origin=(*item.origin, *self._origins(block)),
        )
        grown = recommending.split(whole, addressee=item.lead)
        codes = item.threat_codes or self._codes_of(grown)
        grown = replace(grown, threat_codes=codes)
        self._pieces[-1] = (index, grown)
        self.regions[id(grown)] = region

    def _add_recommendation(self, block: Block, *, region: int) -> None:
        addressee = self._list.addressee if self._list else ""
        piece = Piece(
            "", PieceKind.RECOMMENDATION, text=block.text, origin=self._origins(block),
            **self._mark(block),
        )  # fmt: skip
        piece = recommending.split(piece, addressee=addressee)
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

    # Tables

    def _add_table(self, place: int, block: Block) -> None:
        columns = None if self._of_others else recommending.columns(block.rows[0])
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
        rest = "; ".join(cell for cell in cells.values() if cell)
        text = f"{text} ({rest})" if rest else text
        piece = Piece(
            "", PieceKind.RECOMMENDATION, text=text, mark=number, heading=heading,
            number=re.sub(r"\D+$|^\D+", "", number), origin=self._origins(block),
        )  # fmt: skip
        if addressee:
            piece = replace(piece, addressee=addressee, verb=recommending.verb_of(text))
        else:
            piece = recommending.split(piece)
        piece = replace(piece, threat_codes=self._codes_of(piece))
        self._pieces.append((block.indexes[0], piece))
        self.regions[id(piece)] = region

    # What all have

    def _is_contents(self, block: Block, already: bool) -> bool:
        if CONTENTS.match(block.text) and block.mark is None:
            return True
        return already and all(CONTENTS_LINE.match(line.words.strip()) for line in block.lines)

    def _follows_contents(self, block: Block) -> bool:
        last = self._pieces[-1][1] if self._pieces else None
        return bool(last and last.reason == CONTENTS_LIST) and self._is_contents(block, True)

    def _is_label_at_end(self, block: Block) -> bool:
        """A line such as "Author: …" after the words of the paper."""
        pair = labelled(block.text) if block.mark is None and block.word_count <= 30 else None
        return pair is not None and bool(LABELS_AT_END.search(pair[0])) and ":" in block.text

    def _mark(self, block: Block) -> dict[str, str]:
        if block.mark is None:
            return {}
        return {"mark": block.mark.printed, "number": block.mark.number}

    def _all(self, block: Block) -> str:
        """Every word of a block."""
        if block.rows:
            return " ".join(cell for row in block.rows for cell in row if cell)
        return f"{block.mark.printed} {block.text}" if block.mark else block.text

    def _origins(self, block: Block) -> tuple[Origin, ...]:
        return tuple(_origin(line) for line in block.lines)

    def _add(self, block: Block, kind: PieceKind, **fields) -> None:
        if "reason" in fields:
            fields["reason"] = str(fields["reason"])
        piece = Piece("", kind, origin=self._origins(block), **fields)
        self._pieces.append((block.indexes[0], piece))


def _left_out(lines: list, reason: str) -> Piece:
    return Piece(
        "",
        PieceKind.LEFT_OUT,
        text=flat(" ".join(line.words for line in lines)),
        reason=reason,
        origin=tuple(_origin(line) for line in lines),
    )


def _origin(line) -> Origin:
    return Origin(page=line.page, number=line.number, text=line.words.replace("\t", " "))


def _printed(item: Piece) -> str:
    """The words of a recommendation before it was split, with a colon after its heading."""
    heading = f"{item.heading}:" if item.heading else ""
    return " ".join(part for part in (heading, item.addressee, item.text) if part)


def _is_sentence(block: Block) -> bool:
    return bool(FULL_STOP.search(block.text)) and block.word_count > 5
