"""The two editions of a paper: the public one is made by including what is cleared.

Numbers are equal in both. A place that is left out says so, with the
exemption, and nothing more: its name in the data is a count, as the one it has
in the full edition often says what it is about. What bears a marking above
OFFICIAL is never included, whatever else is said of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.document import (
    Audience,
    Block,
    CrossReference,
    Figure,
    Inline,
    Paper,
    Paragraph,
    RecommendationItem,
    RecommendationList,
    Section,
    Table,
    Text,
)


def for_audience(paper: Paper, audience: Audience) -> Paper:
    """The edition of a full paper that an audience may read."""
    if audience is Audience.FULL:
        return paper
    edition = _PublicEdition(paper)
    return Paper(
        title=paper.title,
        force_name=paper.force_name,
        board_name=paper.board_name,
        meeting_on=paper.meeting_on,
        header=paper.header,
        marking="OFFICIAL",
        audience=Audience.PUBLIC,
        edition_label="Public edition",
        is_draft=paper.is_draft,
        reference=paper.reference,
        language=paper.language,
        notices=paper.notices,
        brand=paper.brand,
        sections=tuple(edition.section(section) for section in paper.sections),
    )


def public_names_of(paper: Paper) -> dict[str, str]:
    """Identity → the name that the public edition has for it, where that is another one."""
    every, cleared = _identities(paper.sections), set(_cleared_identities(paper.sections))
    withheld = dict.fromkeys(identity for identity in every if identity not in cleared)
    return {identity: f"withheld:{count}" for count, identity in enumerate(withheld, start=1)}


def is_cleared(part: Section | Block | RecommendationItem) -> bool:
    return part.is_public and not part.marking


def _identities(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield section.identity
        yield from (part.identity for block in section.blocks for part in _parts(block))


def _cleared_identities(sections: tuple[Section, ...]) -> Iterator[str]:
    """Of what is printed with its words in the public edition, in one place at least."""
    for section in filter(is_cleared, sections):
        yield section.identity
        parts = (part for block in section.blocks for part in _parts(block))
        yield from (part.identity for part in parts if is_cleared(part))


def _parts(block: Block) -> tuple:
    return block.items if isinstance(block, RecommendationList) else (block,)


class _PublicEdition:
    """What the public may read of each part of one paper."""

    def __init__(self, paper: Paper):
        self._names = public_names_of(paper)
        # A reference may call a place by its heading, which a withheld section keeps to itself.
        self._withheld_places = {
            place.identity
            for section in paper.sections
            if not is_cleared(section)
            for place in (section, *section.blocks)
            if not isinstance(place, RecommendationList)
        }

    def section(self, section: Section) -> Section:
        if is_cleared(section):
            return Section(
                identity=section.identity,
                heading=section.heading,
                level=section.level,
                number=section.number,
                blocks=tuple(self._block(block) for block in section.blocks),
            )
        return Section(
            identity=self._name(section.identity),
            heading=_sentence("This section", section.withheld_under),
            level=section.level,
            number=section.number,
            blocks=(),
            is_public=False,
            withheld_under=section.withheld_under,
            is_withheld=True,
        )

    def _block(self, block: Block) -> Block:
        if isinstance(block, RecommendationList):
            return RecommendationList(items=tuple(self._item(item) for item in block.items))
        if isinstance(block, Table):
            return _table(block) if is_cleared(block) else self._withheld(block)
        if isinstance(block, Figure):
            return _figure(block) if is_cleared(block) else self._withheld(block)
        if not is_cleared(block):
            return self._withheld(block)
        bullets = block.bullets if block.public_bullets is None else block.public_bullets
        return Paragraph(
            identity=block.identity,
            number=block.number,
            inlines=self._inlines(block.inlines),
            bullets=tuple(map(self._inlines, bullets)),
        )

    def _item(self, item: RecommendationItem) -> RecommendationItem:
        if is_cleared(item):
            return RecommendationItem(
                identity=item.identity,
                number=item.number,
                heading=item.heading,
                addressee=item.addressee,
                inlines=self._inlines(item.inlines),
            )
        return RecommendationItem(
            identity=self._name(item.identity),
            number=item.number,
            heading="",
            addressee="",
            inlines=(Text(_sentence("This recommendation", item.withheld_under)),),
            is_public=False,
            withheld_under=item.withheld_under,
            is_withheld=True,
        )

    def _inlines(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(
            self._reference(inline) if isinstance(inline, CrossReference) else inline
            for inline in inlines
        )

    def _reference(self, reference: CrossReference) -> CrossReference:
        is_withheld = reference.target in self._withheld_places
        instead = reference.text_when_withheld if is_withheld else ""
        return CrossReference(target=self._name(reference.target), text=instead or reference.text)

    def _withheld(self, block: Paragraph | Table | Figure) -> Paragraph:
        exemption = block.withheld_under
        return Paragraph(
            identity=self._name(block.identity),
            number=block.number if isinstance(block, Paragraph) else None,
            inlines=(Text(_sentence(_noun(block), exemption)),),
            is_public=False,
            withheld_under=exemption,
            is_withheld=True,
        )

    def _name(self, identity: str) -> str:
        return self._names.get(identity, identity)


def _table(table: Table) -> Table:
    return Table(
        identity=table.identity,
        caption=table.caption,
        header=table.header,
        rows=table.rows if table.public_rows is None else table.public_rows,
        number=table.number,
    )


def _figure(figure: Figure) -> Figure:
    return Figure(
        identity=figure.identity,
        number=figure.number,
        title=figure.title,
        content=figure.public_content or figure.content,
    )


def _noun(block: Paragraph | Table | Figure) -> str:
    match block:
        case Table():
            return f"Table {block.number}" if block.number else "This table"
        case Figure():
            return f"Figure {block.number}"
    return "This paragraph"


def _sentence(noun: str, exemption: str) -> str:
    if not exemption:
        return f"{noun} is withheld from the public edition."
    under = exemption[0].lower() + exemption[1:]
    return f"{noun} is withheld under {under} of the Freedom of Information Act 2000."
