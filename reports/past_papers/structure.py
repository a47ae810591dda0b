"""From the lines of a paper to what it seems to say: sections, paragraphs, recommendations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reports.past_papers import contents, printings, recommending, wording
from reports.past_papers.block import Block
from reports.past_papers.blocks import blocks_of
from reports.past_papers.front import Front, read_front
from reports.past_papers.headed_items import headed, with_inline
from reports.past_papers.headings import Headings
from reports.past_papers.labels import labelled
from reports.past_papers.marks import Kind
from reports.past_papers.notes import with_notes
from reports.past_papers.piecing import left_out, origin_of
from reports.past_papers.proposal import Origin, Piece, PieceKind, Proposal
from reports.past_papers.recommendation_lists import (
    OpenList,
    RecommendationLists,
    is_sentence,
)
from reports.past_papers.running import running_lines
from reports.past_papers.source import Place, Source
from reports.past_papers.threats import Labels
from reports.past_papers.words import flat

NOT_SURE = "it was not clear where this belongs"


def propose(source: Source, labels: Mapping[str, tuple[str, ...]]) -> Proposal:
    """What a paper seems to say; `labels` are those of each threat of the edition, by its code.

    Every word of the source is in one piece, and the pieces follow its order.
    """
    running = running_lines(source)
    source = with_notes(source, running)
    listed = contents.contents_lines(source.lines)
    blocks = blocks_of(source, running, listed)
    reading = _Reading(source, blocks, Labels(labels), listed)
    pieces = reading.pieces()
    for index, reason in running.items():
        pieces.append((index, left_out([source.lines[index]], reason)))
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
        pieces=_checked(source, with_inline(printings.once_each(named, regions))),
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
    wanted = [origin_of(line) for line in source.lines]
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


class _Reading(RecommendationLists):
    def __init__(
        self, source: Source, blocks: list[Block], labels: Labels, contents: frozenset[int]
    ):
        super().__init__(blocks, labels)
        self._contents = contents
        self._headings = Headings(source, blocks, labels, contents)
        self._start = self._headings.first_section
        self._head = self._flow(blocks[: self._start])
        self.front: Front = read_front(self._head)

    def pieces(self) -> list[tuple[int, Piece]]:
        """Each piece with the place of its first line."""
        for block, (kind, label, words) in zip(self._head, self.front.kinds, strict=True):
            self._add_front(block, kind, label, words)
        for place in range(self._start, len(self._blocks)):
            block = self._blocks[place]
            if block.place in (Place.NOTE, Place.COMMENT, Place.TURNED):
                self._add(block, PieceKind.UNPLACED, text=self._all(block), reason=block.place)
                continue
            if self._is_contents(block):
                self._add(block, PieceKind.LEFT_OUT, text=self._all(block), reason=contents.LIST)
                continue
            self._read(place, block)
        return self._with_heads_joined()

    def _with_heads_joined(self) -> list[tuple[int, Piece]]:
        """The pieces, where a heading within a list goes with the recommendation below it."""
        found: list[tuple[int, Piece]] = []
        for index, piece in self._pieces:
            region = self.regions.get(id(piece))
            if found and region is not None and id(found[-1][1]) in self._subjects:
                whole = headed(found[-1][1], piece)
                if whole is not None:
                    index, _ = found.pop()
                    self.regions[id(whole)] = region
                    piece = whole
            found.append((index, piece))
        return found

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
        elif self._is_contents(block):
            self._add(block, PieceKind.LEFT_OUT, text=self._all(block), reason=contents.LIST)
        elif kind == PieceKind.UNPLACED:
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
            self._list = OpenList(len(self._pieces), level) if is_list else None
            self._subject = ""
            if not is_list or level <= 2:
                self._threat = self._labels.one(text)
                self._of_others = not self._threat and recommending.is_of_others(text)
        is_subject = deeper and not is_list
        code = "" if is_list else self._labels.one(text)
        self._add(
            block,
            PieceKind.HEADING,
            text=text,
            level=level,
            threat_codes=(code,) if code else (),
            **self._mark(block),
        )
        if is_subject:
            self._subjects.add(id(self._pieces[-1][1]))

    def _add_text(self, place: int, block: Block) -> None:
        if self._is_label_at_end(block):
            label, words = labelled(block.text)
            self._add(block, PieceKind.HEADER, label=label, text=words, **self._mark(block))
            return
        whom = None if self._of_others else wording.lead_in(block.text)
        if whom is not None and self._leads_into_items(place, block):
            self._list = OpenList(len(self._pieces), 0, addressee=whom, is_only_items=True)
        elif whom is not None and not self._is_item_mark(block) and is_sentence(block):
            self._list = None
            if self._threat or wording.LEAD_IN.match(block.text):
                self._add_recommendation(block, region=-len(self._pieces) - 1)
                return
        if block.mark is not None and block.mark.kind == Kind.RECOMMENDATION:
            # One of an earlier year's: its number counts no paragraph of this paper.
            self._add(block, PieceKind.PARAGRAPH, text=block.text, mark=block.mark.printed)
            return
        is_bullet = block.mark is not None and not self._headings.is_paragraph_number(place)
        kind = PieceKind.BULLET if is_bullet else PieceKind.PARAGRAPH
        self._add(block, kind, text=block.text, **self._mark(block))

    def _is_contents(self, block: Block) -> bool:
        is_heading = block.mark is None and contents.HEADING.match(block.text)
        return bool(is_heading) or self._contents.issuperset(block.indexes)
