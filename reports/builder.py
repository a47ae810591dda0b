"""What a board paper says and how it is numbered: from a snapshot to a document."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator

from reports.document import (
    Audience,
    Block,
    CrossReference,
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
from reports.markings import marking_of_edition, markings_in
from reports.numbering import Counter
from reports.overriding import told
from reports.references import Targets, long_date, places_in, resolve
from reports.snapshot import RecommendationWords, SectionWords, Snapshot, Words
from spr_portal.plain_text import blocks

_NO_NUMBERS = itertools.repeat(None)


def build_paper(snapshot: Snapshot, *, is_draft: bool) -> Paper:
    """The full edition, numbered as the paper's numbering says."""
    sections = tuple(_sections(snapshot, targets_of(snapshot)))
    return Paper(
        title=snapshot.title,
        force_name=snapshot.force_name,
        board_name=snapshot.board_name,
        meeting_on=snapshot.board_on,
        header=_header(snapshot),
        marking=marking_of_edition(snapshot.marking, markings_in(sections, snapshot)),
        audience=Audience.FULL,
        edition_label="Full edition",
        is_draft=is_draft,
        reference=snapshot.reference,
        notices=snapshot.notices,
        sections=sections,
        brand=snapshot.brand,
    )


def _header(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    lines = (
        ("Agenda item", snapshot.agenda_item),
        ("Report of", snapshot.report_of),
        ("Author", snapshot.author),
        ("Item", snapshot.item_type),
        ("Part of the meeting", snapshot.meeting_part),
        ("FOI classification", snapshot.foi_class),
    )
    return tuple((label, words) for label, words in lines if words)


def targets_of(snapshot: Snapshot) -> Targets:
    """What the paper's wording can refer to.

    Where a place stands is known once the paper is laid out, which is done
    here without the references to places.
    """
    by_name = Targets(
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
    return dataclasses.replace(by_name, places=places_in(_sections(snapshot, by_name)))


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


def _sections(snapshot: Snapshot, targets: Targets) -> Iterator[Section]:
    """The sections in their order."""
    counter = Counter(snapshot.numbering)
    for section in snapshot.sections:
        number = counter.heading(
            kind=section.kind, level=section.level, is_numbered=section.is_heading_numbered
        )
        numbers = iter(counter.paragraph, object()) if section.has_numbers else _NO_NUMBERS
        yield Section(
            identity=f"section-{section.identity}",
            heading=plain(resolve(section.heading, targets)),
            level=section.level,
            number=number,
            blocks=tuple(_blocks(section, snapshot, numbers, targets)),
            is_public=section.is_public,
            withheld_under=section.withheld_under,
            marking=section.marking,
        )


def _blocks(section: SectionWords, snapshot: Snapshot, numbers, targets) -> Iterator[Block]:
    if section.kind == SectionKind.RECOMMENDATIONS:
        yield RecommendationList(items=_recommendations(snapshot.recommendations, targets))
    elif section.kind == SectionKind.THREAT:
        yield from _threat_paragraphs(section, snapshot, numbers)
        if section.shows_recommendations:
            yield from _recommendations_of_threat(section, snapshot, numbers, targets)
    else:
        yield from _own_paragraphs(section, snapshot, numbers, targets)


def _own_paragraphs(section, snapshot: Snapshot, numbers, targets) -> Iterator[Block]:
    heading = plain(resolve(section.heading, targets))
    for position, words in enumerate(section.paragraphs, start=1):
        yield from _paragraphs(
            words,
            identity=f"{section.identity}/{words.identity}",
            numbers=numbers,
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
            numbers=numbers,
            source=Source(
                kind="override" if line.override else "summary_paragraph",
                reference=f"{assessment.reference}/{line.source.identity}",
                label=f"{label}, rewritten for the paper" if line.override else label,
            ),
        )


def _recommendations_of_threat(section, snapshot: Snapshot, numbers, targets) -> Iterator[Block]:
    """Those of the threat again, with the numbers and words they have elsewhere; or that it has
    none, once its lead can propose no more."""
    items = _recommendations(
        snapshot.recommendations, targets, about=lambda row: section.threat_code in row.threat_codes
    )
    if items:
        yield RecommendationList(items=items)
        return
    assessment = snapshot.assessments.get(section.threat_code)
    if section.words_when_none and assessment is not None and assessment.is_approved:
        yield Paragraph(
            identity=f"{section.identity}-no-recommendations",
            number=next(numbers),
            inlines=(Text(section.words_when_none),),
            source=Source(
                kind="paper_paragraph",
                reference=f"{section.identity}/none",
                label=f"{section.heading}, where it has no recommendation",
            ),
        )


def _paragraphs(
    words: Words,
    *,
    identity: str,
    numbers: Iterator[int | str | None],
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
            marking=words.marking,
            source=source,
        )


def _inlines(text: str, targets: Targets | None) -> tuple[Inline, ...]:
    return (Text(text),) if targets is None else resolve(text, targets)


def _derived_bullets(
    list_source: str, snapshot: Snapshot, audience: Audience
) -> tuple[tuple[Inline, ...], ...]:
    if list_source == ListSource.THREATS:
        return tuple((Text(label),) for label in snapshot.threats)
    if list_source == ListSource.DECISION:
        return tuple((Text(sentence),) for sentence in snapshot.decision)
    return tuple(
        _outcome(number, was, snapshot, audience)
        for number, was in enumerate(snapshot.last_year, start=1)
    )


def _outcome(
    number: int, was: RecommendationWords, snapshot: Snapshot, audience: Audience
) -> tuple[Inline, ...]:
    """One bullet, with where it is made again if it is carried over."""
    again = None
    if was.carried_to == snapshot.year:
        identities = [row.identity for row in snapshot.recommendations]
        again = identities.index(was.identity) + 1 if was.identity in identities else None
    words = Text(_told(number, was, audience))
    if again is None:
        return (words,)
    link = CrossReference(target=was.identity, text=f"recommendation {again}")
    return (words, Text(" It is carried over: see "), link, Text("."))


def _told(number: int, was: RecommendationWords, audience: Audience) -> str:
    """A completed one needs no status before its words; the public may not read all."""
    outcome = was.outcome.strip() or "no outcome has been reported."
    if audience is Audience.PUBLIC and not (was.is_public and not was.marking):
        return f"Recommendation {number} is withheld."
    if was.status == RecommendationStatus.COMPLETED:
        return outcome
    return f"{was.status_label}: {outcome}"


def _recommendations(
    rows: tuple[RecommendationWords, ...],
    targets: Targets,
    *,
    about: Callable[[RecommendationWords], bool] = lambda row: True,
) -> tuple[RecommendationItem, ...]:
    """Each with its number among all of them."""
    return tuple(
        RecommendationItem(
            identity=row.identity,
            number=number,
            heading=row.heading,
            addressee=row.addressee,
            inlines=(*resolve(row.text, targets), *_since(row)),
            is_public=row.is_public,
            withheld_under=row.withheld_under,
            marking=row.marking,
            source=Source(
                kind="recommendation", reference=row.identity, label=f"Recommendation {number}"
            ),
        )
        for number, row in enumerate(rows, start=1)
        if about(row)
    )


def _since(row: RecommendationWords) -> tuple[Text, ...]:
    """One that is carried over says from when."""
    if not row.first_made_in:
        return ()
    return (Text(f" (First recommended in {row.first_made_in.replace('-', '/')}.)"),)
