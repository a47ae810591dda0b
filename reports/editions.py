"""The two editions of a paper: the public one is made by including what is cleared.

Numbers are equal in both. A place that is left out says so, with the
exemption, and nothing more.
"""

from __future__ import annotations

from reports.document import (
    Audience,
    Block,
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
        sections=tuple(
            Section(
                identity=section.identity,
                heading=section.heading,
                level=section.level,
                blocks=tuple(_public(block) for block in section.blocks),
            )
            for section in paper.sections
        ),
    )


def _public(block: Block) -> Block:
    if isinstance(block, RecommendationList):
        return RecommendationList(items=tuple(_public_item(item) for item in block.items))
    if isinstance(block, Table):
        return block if block.is_public else _withheld(block.identity, None, "This table", "")
    if not block.is_public:
        return _withheld(block.identity, block.number, "This paragraph", block.withheld_under)
    return Paragraph(
        identity=block.identity,
        number=block.number,
        inlines=block.inlines,
        bullets=block.bullets if block.public_bullets is None else block.public_bullets,
    )


def _public_item(item: RecommendationItem) -> RecommendationItem:
    if item.is_public:
        return RecommendationItem(
            identity=item.identity,
            number=item.number,
            heading=item.heading,
            addressee=item.addressee,
            inlines=item.inlines,
        )
    return RecommendationItem(
        identity=item.identity,
        number=item.number,
        heading="",
        addressee="",
        inlines=(Text(_sentence("This recommendation", item.withheld_under)),),
        is_public=False,
        withheld_under=item.withheld_under,
        is_withheld=True,
    )


def _withheld(identity: str, number: int | None, noun: str, exemption: str) -> Paragraph:
    return Paragraph(
        identity=identity,
        number=number,
        inlines=(Text(_sentence(noun, exemption)),),
        is_public=False,
        withheld_under=exemption,
        is_withheld=True,
    )


def _sentence(noun: str, exemption: str) -> str:
    if not exemption:
        return f"{noun} is withheld from the public edition."
    under = exemption[0].lower() + exemption[1:]
    return f"{noun} is withheld under {under} of the Freedom of Information Act 2000."
