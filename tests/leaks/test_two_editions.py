"""Numbers are equal in both editions, a withheld place says so once, and nothing else is told."""

import dataclasses
import json
import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from reports.document import (
    Audience,
    CrossReference,
    Figure,
    Paragraph,
    RecommendationItem,
    RecommendationList,
    Section,
    Table,
    Text,
    from_json,
    plain,
    to_json,
)
from reports.editions import for_audience, is_cleared
from reports.renderers.docx import render_docx
from reports.renderers.html import render_html
from reports.renderers.pdf import render_pdf
from tests.leaks.made_papers import OPEN, SECRET, UNDER, papers
from tests.leaks.unpacking import leaks
from tests.rendering.papers import blank_paper

# Without shrinking, which takes minutes: the paper that failed is printed whole.
QUICK = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
SLOW = settings(QUICK, max_examples=6)
SENTENCE = re.compile(
    r"^(This (section|paragraph|table|recommendation)|Table \w+|Figure \w+) is withheld "
    r"(from the public edition"
    r"|under section 31 \(law enforcement\) of the Freedom of Information Act 2000)\.$"
)


def public(paper):
    return for_audience(paper, Audience.PUBLIC)


def numbers_of(section: Section) -> list:
    """The number of each block, in order; of a list, those of its recommendations."""
    found = []
    for block in section.blocks:
        if isinstance(block, RecommendationList):
            found += [item.number for item in block.items]
        elif isinstance(block, Paragraph) and block.number is not None:
            found.append(block.number)
    return found


def words_in(paper, kind: str) -> set[str]:
    return set(re.findall(rf"{kind}\w+", to_json(paper)))


@QUICK
@given(paper=papers())
def test_numbers_and_their_order_are_equal_in_both(paper):
    edition = public(paper)

    assert [section.number for section in edition.sections] == [s.number for s in paper.sections]
    for told, full in zip(edition.sections, paper.sections, strict=True):
        if is_cleared(full):
            assert numbers_of(told) == numbers_of(full)
            assert len(told.blocks) == len(full.blocks)
        else:
            assert told.blocks == ()


@QUICK
@given(paper=papers())
def test_each_withheld_place_has_one_sentence_with_its_exemption(paper):
    for told, full in zip(public(paper).sections, paper.sections, strict=True):
        if not is_cleared(full):
            expect_withheld(told.heading, full)
            continue
        for block, whole in zip(told.blocks, full.blocks, strict=True):
            if isinstance(whole, RecommendationList):
                for item, source in zip(block.items, whole.items, strict=True):
                    if not is_cleared(source):
                        assert (item.heading, item.addressee) == ("", "")
                        expect_withheld(plain(item.inlines), source)
            elif not is_cleared(whole):
                assert (block.bullets, block.public_bullets, block.source) == ((), None, None)
                expect_withheld(plain(block.inlines), whole)


def expect_withheld(sentence: str, source) -> None:
    assert SENTENCE.match(sentence)
    under = UNDER[0].lower() + UNDER[1:]
    assert sentence.count(under) == (1 if source.withheld_under else 0)


@QUICK
@given(paper=papers())
def test_the_public_json_has_all_open_words_and_no_restricted_one(paper):
    edition = public(paper)

    assert words_in(edition, SECRET) == set()
    assert words_in(edition, OPEN) == words_in(paper, OPEN)
    assert edition.marking == "OFFICIAL"
    assert from_json(to_json(edition)) == edition
    assert not any('"marking": "OFFICIAL-S' in line for line in to_json(edition).splitlines())


@QUICK
@given(paper=papers())
def test_what_a_withheld_place_is_called_is_not_told(paper):
    """A recommendation is called after its threat, "terrorism-3f2a…"; a section after its topic."""
    named = [
        (place.identity, is_cleared(section) and is_cleared(place))
        for section in paper.sections
        for block in section.blocks
        for place in (block.items if isinstance(block, RecommendationList) else (block,))
    ]
    named += [(section.identity, is_cleared(section)) for section in paper.sections]

    told = to_json(public(paper))

    for identity, is_told in named:
        assert (f'"{identity}"' in told) == is_told


def test_what_stands_twice_has_one_name_and_is_referred_to_by_it():
    item = RecommendationItem(
        "terrorism-3f2a", 1, "Terrorism", "A", (Text("to act."),), is_public=False
    )
    twice = [
        Section(name, name, 2, (RecommendationList((item,)),), number="") for name in ("one", "two")
    ]
    refer = Section("s", "S", 2, (Paragraph("p", 1, (CrossReference(item.identity, "1"),)),))

    paper = dataclasses.replace(blank_paper(), audience=Audience.FULL, sections=(*twice, refer))
    edition = public(paper)

    [name] = {found.identity for found in edition.recommendations()}
    assert edition.sections[2].blocks[0].inlines[0].target == name != item.identity


@SLOW
@given(paper=papers())
def test_no_format_of_the_public_edition_holds_a_restricted_word(paper):
    edition, secrets = public(paper), sorted(words_in(paper, SECRET))
    files = [render(edition) for render in (render_html, render_docx, render_pdf)]

    assert leaks([*secrets, SECRET], *files, to_json(edition).encode()) == []
    for file in files:
        told = words_in(edition, OPEN)
        assert set(leaks(sorted(told), file)) == told


EDITIONS = {"html": render_html, "docx": render_docx, "pdf": render_pdf}


@pytest.mark.parametrize("file_format", EDITIONS)
@settings(SLOW, max_examples=2)
@given(paper=papers())
def test_the_search_finds_them_in_the_full_edition(paper, file_format):
    """Otherwise finding none in the public one would say nothing."""
    printed = words_printed(paper)

    found = leaks(sorted(printed), EDITIONS[file_format](paper))

    assert set(found) == printed


def words_printed(paper) -> set[str]:
    """What the full edition prints: not what stands in its place in the public one."""
    parts = []
    for section in paper.sections:
        parts.append(section.heading)
        for block in section.blocks:
            parts.append(json.dumps(dataclasses.asdict(whole(block)), default=str))
    return set(re.findall(rf"(?:{SECRET}|{OPEN})\d+x", " ".join(parts)))


def whole(block):
    if isinstance(block, Paragraph):
        return dataclasses.replace(block, public_bullets=None)
    if isinstance(block, Table):
        return dataclasses.replace(block, public_rows=None)
    if isinstance(block, Figure):
        return dataclasses.replace(block, public_content=None)
    return block
