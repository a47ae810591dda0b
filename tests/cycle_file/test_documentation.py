"""docs/cycle-file.md says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from assessments.enums import (
    EvidenceKind,
    FileStatus,
    FindingKind,
    FoiExemption,
    Impact,
    Likelihood,
    Marking,
    Outcome,
    RegisterStatus,
)
from reports.enums import (
    ActionStatus,
    DecisionOutcome,
    FigureSource,
    FileFormat,
    FoiClass,
    ItemType,
    ListSource,
    MeetingPart,
    MeetingStatus,
    Numbering,
    PaperAction,
    PaperStatus,
    RecommendationStatus,
    RecommendationStep,
    SectionKind,
    Topic,
)
from reports.past_papers.proposal import PieceKind
from reports.references import PLACES, WORDS
from spr_portal.cycle_file.reading import schema
from spr_portal.identity.enums import Role
from threats.models import Level

PAGE = (Path(settings.BASE_DIR) / "docs" / "cycle-file.md").read_text(encoding="utf-8")


def test_the_example_loads_and_makes_a_paper(shipped, write, tmp_path):
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    call_command("load_cycle", write(example), verbosity=0)

    call_command(
        "board_paper", force="nth", cycle="2012-13", audience="public", format="html",
        output=str(tmp_path / "paper.html"), verbosity=0,
    )  # fmt: skip

    words = (tmp_path / "paper.html").read_text(encoding="utf-8")
    assert "Two more units were trained, in May and in July." in words
    assert "Two posts in the unit stand empty." not in words


def names_in(value) -> set[str]:
    """Every name that the schema knows."""
    found = set()
    if isinstance(value, dict):
        found |= set(value.get("properties", {}))
        for inner in value.values():
            found |= names_in(inner)
    elif isinstance(value, list):
        for inner in value:
            found |= names_in(inner)
    return found


def test_every_name_of_the_schema_is_explained():
    explained = set(re.findall(r"`([\w-]+)`", PAGE))

    assert names_in(schema()) - explained - {"responses"} == set()


@pytest.mark.parametrize(
    ("where", "known"),
    [
        (("properties", "people", "items", "properties", "appointments", "items", "properties",
          "role"), Role),
        (("$defs", "exemption"), FoiExemption),
        (("$defs", "capacity_figure", "properties", "level"), Level),
        (("$defs", "vulnerability", "properties", "likelihood"), Likelihood),
        (("$defs", "vulnerability", "properties", "impact"), Impact),
        (("$defs", "evidence", "properties", "kind"), EvidenceKind),
        (("$defs", "register_entry", "properties", "kind"), EvidenceKind),
        (("$defs", "evidence_file", "properties", "status"), FileStatus),
        (("$defs", "finding", "properties", "finding_kind"), FindingKind),
        (("$defs", "finding", "properties", "status"), RegisterStatus),
        (("$defs", "vulnerability", "properties", "status"), RegisterStatus),
        (("$defs", "comment", "properties", "outcome"), Outcome),
        (("$defs", "recommendations", "items", "properties", "status"), RecommendationStatus),
        (("$defs", "paper", "properties", "status"), PaperStatus),
        (("$defs", "section", "properties", "kind"), SectionKind),
        (("$defs", "section", "properties", "paragraphs", "items", "anyOf", 1, "properties",
          "list"), ListSource),
        (("$defs", "meeting", "properties", "status"), MeetingStatus),
        (("$defs", "agenda_item", "properties", "topic"), Topic),
        (("$defs", "board_action", "properties", "status"), ActionStatus),
        (("$defs", "issued", "properties", "files", "items", "properties", "format"), FileFormat),
        (("$defs", "section", "properties", "paragraphs", "items", "anyOf", 1, "properties",
          "figure"), FigureSource),
        (("$defs", "paper", "properties", "numbering"), Numbering),
        (("$defs", "paper", "properties", "item_type"), ItemType),
        (("$defs", "paper", "properties", "meeting_part"), MeetingPart),
        (("$defs", "paper", "properties", "foi_class"), FoiClass),
        (("$defs", "decisions", "items", "properties", "outcome"), DecisionOutcome),
        (("$defs", "marking"), Marking),
        (("$defs", "reading", "properties", "file_format"), FileFormat),
    ],
)  # fmt: skip
def test_the_schema_knows_what_the_portal_knows(where, known):
    found = schema()
    for step in where:
        found = found[step]

    assert set(found["enum"]) == set(known.values)
    assert all(f"`{value}`" in PAGE for value in known.values)


@pytest.mark.parametrize("known", [PaperAction, RecommendationStep])
def test_every_step_is_named(known):
    assert all(f"`{value}`" in PAGE for value in known.values)


def test_every_kind_of_piece_is_known():
    assert set(schema()["$defs"]["piece"]["properties"]["kind"]["enum"]) == set(PieceKind)


def test_every_reference_is_explained():
    assert all(f"`[[{word}]]`" in PAGE for word in WORDS)
    assert all(f"`[[{place}:" in PAGE for place in PLACES)
