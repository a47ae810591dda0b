"""What a board paper says and how it is numbered: from a snapshot to a document."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from reports.document import (
    Audience,
    Block,
    Inline,
    Paper,
    Paragraph,
    RecommendationItem,
    RecommendationList,
    Section,
    Source,
    Text,
    plain,
)
from reports.enums import ListSource, RecommendationStatus, SectionKind
from reports.figures import figure_blocks
from reports.overriding import told
from reports.references import Targets, long_date, resolve
from reports.snapshot import RecommendationWords, Snapshot, Words
from spr_portal.plain_text import blocks


def build_paper(snapshot: Snapshot, *, is_draft: bool) -> Paper:
    """The full edition. Paragraphs are numbered in one run over all headings."""
    numbers = itertools.count(1)
    targets = targets_of(snapshot)
    return Paper(
        title=snapshot.title,
        force_name=snapshot.force_name,
        board_name=snapshot.board_name,
        meeting_on=snapshot.board_on,
        header=tuple(
            (label, words)
            for label, words in (
                ("Agenda item", snapshot.agenda_item),
                ("Report of", snapshot.report_of),
                ("Author", snapshot.author),
            )
            if words
        ),
        marking=snapshot.marking,
        audience=Audience.FULL,
        edition_label="Full edition",
        is_draft=is_draft,
        reference=snapshot.reference,
        notices=snapshot.notices,
        sections=tuple(
            Section(
                identity=f"section-{section.identity}",
                heading=plain(resolve(section.heading, targets)),
                level=section.level,
                blocks=tuple(_blocks(section, snapshot, numbers, targets)),
            )
            for section in snapshot.sections
        ),
    )


def targets_of(snapshot: Snapshot) -> Targets:
    """What the paper's wording can refer to."""
    return Targets(
        recommendations={
            item.identity: number for number, item in enumerate(snapshot.recommendations, start=1)
        },
        words={
            "board-date": long_date(snapshot.board_on),
            "as-at-date": long_date(snapshot.as_at),
            "tasked-month": f"{snapshot.tasked_on:%B %Y}",
            "due-month": f"{snapshot.due_on:%B %Y}",
            "executive-date": long_date(snapshot.executive_on),
        },
    )


def own_texts(snapshot: Snapshot) -> Iterator[tuple[str, str, str]]:
    """Each text that may hold references, with the part of the paper it is and which one."""
    for section in snapshot.sections:
        yield section.heading, "heading", section.identity
        for words in section.paragraphs:
            place = f"{section.identity}/{words.identity}"
            yield words.text, "paragraph", place
            yield words.text_when_empty, "paragraph", place
    for item in snapshot.recommendations:
        yield item.text, "recommendation", item.identity


def _blocks(section, snapshot: Snapshot, numbers, targets: Targets) -> Iterator[Block]:
    if section.kind == SectionKind.RECOMMENDATIONS:
        items = _recommendations(snapshot.recommendations, targets)
        yield RecommendationList(items=items)
        return
    if section.kind == SectionKind.THREAT:
        yield from _threat_paragraphs(section, snapshot, numbers)
        return
    heading = plain(resolve(section.heading, targets))
    for position, words in enumerate(section.paragraphs, start=1):
        yield from _paragraphs(
            words,
            identity=f"{section.identity}/{words.identity}",
            numbers=numbers if section.has_numbers else itertools.repeat(None),
            targets=targets,
            snapshot=snapshot,
            source=Source(
                kind="paper_paragraph",
                reference=f"{section.identity}/{words.identity}",
                label=f"{heading}, paragraph {position} of the section",
            ),
        )
        if words.figure_source:
            yield from figure_blocks(section, words, snapshot)


def _threat_paragraphs(section, snapshot: Snapshot, numbers) -> Iterator[Paragraph]:
    """The assessment's summary. Its words are a lead's: double brackets mean nothing in them."""
    assessment = snapshot.assessments.get(section.threat_code)
    if assessment is None or not assessment.is_approved:
        sentence = (
            "The assessment of this threat is not approved yet, so nothing of it stands here."
        )
        yield Paragraph(
            identity=f"{section.identity}-waiting", number=None, inlines=(Text(sentence),)
        )
        return
    for position, line in enumerate(told(snapshot, section.threat_code), start=1):
        if line.words is None:
            continue
        label = f"{assessment.label} assessment, summary paragraph {position}"
        yield from _paragraphs(
            line.words,
            identity=f"{section.identity}/{line.source.identity}",
            numbers=numbers if section.has_numbers else itertools.repeat(None),
            source=Source(
                kind="override" if line.override else "summary_paragraph",
                reference=f"{assessment.reference}/{line.source.identity}",
                label=f"{label}, told otherwise in the paper" if line.override else label,
            ),
        )


def _paragraphs(
    words: Words,
    *,
    identity: str,
    numbers: Iterator[int | None],
    source: Source,
    targets: Targets | None = None,
    snapshot: Snapshot | None = None,
) -> Iterator[Paragraph]:
    """The paragraphs of one text: a blank line in it parts them.

    `identity` is of the whole paper: what words are called is their own list's only.
    """
    derived: tuple[tuple[Inline, ...], ...] = ()
    for_public = derived
    text = words.text
    if words.list_source and snapshot is not None:
        derived = _derived_bullets(words.list_source, snapshot, Audience.FULL)
        for_public = _derived_bullets(words.list_source, snapshot, Audience.PUBLIC)
        text = text if derived else words.text_when_empty
    parts = list(blocks(text))
    for index, part in enumerate(parts):
        is_last = index == len(parts) - 1
        own = tuple(_inlines(bullet, targets) for bullet in part.bullets)
        yield Paragraph(
            identity=identity if index == 0 else f"{identity}/{index + 1}",
            number=next(numbers),
            inlines=_inlines(part.text, targets),
            bullets=own + (derived if is_last else ()),
            public_bullets=own + for_public if is_last and for_public != derived else None,
            is_public=words.is_public,
            withheld_under=words.withheld_under,
            source=source,
        )


def _inlines(text: str, targets: Targets | None) -> tuple[Inline, ...]:
    return (Text(text),) if targets is None else resolve(text, targets)


def _derived_bullets(
    list_source: str, snapshot: Snapshot, audience: Audience
) -> tuple[tuple[Inline, ...], ...]:
    if list_source == ListSource.THREATS:
        return tuple((Text(label),) for label in snapshot.threats)
    return tuple(
        (Text(_outcome(number, was, audience)),)
        for number, was in enumerate(snapshot.last_year, start=1)
    )


def _outcome(number: int, was: RecommendationWords, audience: Audience) -> str:
    """One bullet. A completed one needs no status before its words; the public may not read all."""
    outcome = was.outcome.strip() or "no outcome has been reported."
    if audience is Audience.PUBLIC and not was.is_public:
        return f"Recommendation {number} is withheld."
    if was.status == RecommendationStatus.COMPLETED:
        return outcome
    return f"{was.status_label}: {outcome}"


def _recommendations(
    rows: tuple[RecommendationWords, ...], targets: Targets
) -> tuple[RecommendationItem, ...]:
    return tuple(
        RecommendationItem(
            identity=row.identity,
            number=number,
            heading=row.heading,
            addressee=row.addressee,
            inlines=resolve(row.text, targets),
            is_public=row.is_public,
            withheld_under=row.withheld_under,
            source=Source(
                kind="recommendation", reference=row.identity, label=f"Recommendation {number}"
            ),
        )
        for number, row in enumerate(rows, start=1)
    )
