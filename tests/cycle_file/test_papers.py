"""The board paper of any complete cycle, without a browser."""

from __future__ import annotations

import datetime
import io
import json

import pytest
from django.core.management import CommandError, call_command
from docx import Document
from pypdf import PdfReader

from reports.document import from_json
from reports.models import (
    BoardAction,
    IssuedFile,
    IssuedPaper,
    Meeting,
    PaperTemplate,
    Recommendation,
)
from spr_portal.cycle_file.demonstration import load_demonstration
from spr_portal.cycle_file.finding import find_cycle
from spr_portal.demonstration import FILES
from tests.cycle_file.files import SMALL, seven_threats

pytestmark = pytest.mark.django_db

FORMATS = ("html", "pdf", "docx", "json")


@pytest.fixture
def paper(tmp_path):
    """Have the command write a paper, and return its bytes."""

    def make(force: str, year: str, audience: str, format: str) -> bytes:
        path = tmp_path / f"paper.{format}"
        call_command(
            "board_paper", force=force, cycle=year, audience=audience, format=format,
            output=str(path), verbosity=0,
        )  # fmt: skip
        return path.read_bytes()

    return make


def words_of(content: bytes, format: str) -> str:
    """What a reader reads, with single spaces."""
    if format == "pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif format == "docx":
        text = "\n".join(row.text for row in Document(io.BytesIO(content)).paragraphs)
    else:
        text = content.decode()
    return " ".join(text.split())


@pytest.mark.parametrize("format", FORMATS)
def test_five_threats_of_2012_in_every_format_and_both_editions(small, paper, format):
    public = words_of(paper("nth", "2012-13", "public", format), format)
    full = words_of(paper("nth", "2012-13", "full", format), format)

    assert "Where the units stand at night." in full
    assert "Where the units stand at night." not in public
    assert "withheld under section 31 (law enforcement)" in public
    for words in ("civil emergencies", "Eleven police support units are trained.", "Chief Cons"):
        assert words in public
        assert words in full


@pytest.mark.parametrize("format", FORMATS)
def test_seven_threats_of_2023_in_every_format(shipped, write, paper, format):
    call_command("load_cycle", write(seven_threats()), verbosity=0)

    words = words_of(paper("nth", "2023-24", "public", format), format)

    assert "What the board reads on violence-against-women-and-girls." in words


def test_sections_stand_in_the_order_of_the_file(small, paper):
    made = from_json(paper("nth", "2012-13", "full", "json").decode())

    assert [section.heading for section in made.sections] == [
        "Purpose", "Public order", "Terrorism", "Large-scale cyber incidents",
        "Civil emergencies", "Organised crime", "Financial implications", "Recommendations",
    ]  # fmt: skip
    assert [paragraph.number for paragraph in made.paragraphs()] == [*range(1, 8), None]
    assert not made.is_draft


def test_a_paper_that_nobody_agreed_is_a_draft(shipped, write, paper):
    call_command("load_cycle", write(seven_threats()), verbosity=0)

    assert json.loads(paper("nth", "2023-24", "public", "json"))["is_draft"] is True


def test_what_is_missing_is_listed(shipped, write, paper):
    text = SMALL.replace(
        "    approved: {by: Ada Brook}\n    summary:\n      - Forty", "    summary:\n      - Forty"
    )
    text = text.replace(
        "  status: agreed\n  agreed: {by: {name: Cecil Dray, post: Chief Constable}}\n", ""
    )
    call_command("load_cycle", write(text), verbosity=0)

    with pytest.raises(CommandError) as error:
        paper("nth", "2012-13", "public", "html")

    assert str(error.value).splitlines() == [
        "The paper of nth-2012-13 cannot be made yet. Nothing was written.",
        "The assessment on Organised crime is not approved.",
    ]


def test_a_cycle_without_a_paper_says_so(shipped, write, paper):
    call_command("load_cycle", write(SMALL[: SMALL.index("paper:\n")]), verbosity=0)

    with pytest.raises(CommandError, match="The cycle nth-2012-13 has no paper yet"):
        paper("nth", "2012-13", "public", "html")


@pytest.mark.parametrize("command", ["board_paper", "dump_cycle"])
@pytest.mark.parametrize(
    ("force", "year", "reason"),
    [
        ("wmp", "2012-13", "There is no force with the code wmp. There is: nth."),
        ("nth", "2013-14", "Northshire has no cycle for 2013-14. It has: 2012-13."),
    ],
)
def test_an_unknown_force_or_cycle_is_told_in_one_line(
    small, tmp_path, command, force, year, reason
):
    path = tmp_path / "out"
    more = {"audience": "public", "format": "html"} if command == "board_paper" else {}

    with pytest.raises(CommandError) as error:
        call_command(command, force=force, cycle=year, output=str(path), **more)

    assert str(error.value) == reason
    assert not path.exists()


def test_a_file_that_cannot_be_written_leaves_nothing_behind(small, tmp_path):
    target = tmp_path / "folder"
    target.mkdir()

    with pytest.raises(CommandError, match="cannot be written"):
        call_command("dump_cycle", force="nth", cycle="2012-13", output=str(target))

    assert list(tmp_path.glob(".*")) == []


# --- The demonstration

# Heading, first and last number, bullets by paragraph: as the board paper of 7 February 2017 has.
STRUCTURE = [
    ("Purpose of report", [1], {}),
    ("Introduction", [2, 3, 4, 5, 6, 7], {2: 6, 5: 5, 7: 3}),
    ("Summary of self-assessments, August 2016", [8, 9], {}),
    ("Terrorism", [10, 11, 12, 13, 14], {}),
    ("Serious and Organised Crime (SOC)", [15, 16, 17, 18, 19, 20], {}),
    ("Public order", [21, 22, 23, 24], {}),
    ("Civil Emergencies", [25, 26, 27], {}),
    ("National Cyber Security Incident", [28, 29, 30, 31, 32], {}),
    ("Child Sexual Abuse (CSA)", [33, 34, 35, 36, 37, 38, 39], {}),
    ("Conclusion", [40, 41], {}),
    ("Financial implications", [None], {}),
    ("Legal implications", [None], {}),
    ("Recommendations", [], {}),
]
RECOMMENDATIONS = [
    (1, "Child Sexual Abuse", "Chief Constable"),
    (2, "Organised Crime", "Chief Constable"),
    (3, "Cyber Crime", "Chief Constable"),
    (4, "Counter Terrorism", "Chief Constable"),
    (5, "Public Order and Civil Emergencies", "Chief Constable"),
    (6, "SPR", "The Executive Team"),
    (7, "", "The Executive Team"),
    (8, "", "ACC Security"),
]
THREATS = [
    "Child Sexual Abuse", "National Cyber Security Incident", "Public order", "Civil Emergencies",
    "Terrorism", "Serious and Organised Crime",
]  # fmt: skip


def test_the_demonstration_has_the_structure_of_the_real_paper(shipped, paper):
    call_command("load_cycle", FILES[0], verbosity=0)

    made = from_json(paper("wmp", "2016-17", "public", "json").decode())

    sections = [
        (
            section.heading,
            [block.number for block in section.blocks if hasattr(block, "bullets")],
            {
                block.number: len(block.bullets)
                for block in section.blocks
                if getattr(block, "bullets", ())
            },
        )
        for section in made.sections
    ]
    assert sections == STRUCTURE
    items = list(made.recommendations())
    assert [(item.number, item.heading, item.addressee) for item in items] == RECOMMENDATIONS
    paragraphs = {block.number or block.identity: block for block in made.paragraphs()}
    assert [bullet[0].text for bullet in paragraphs[2].bullets] == THREATS
    financial = paragraphs["financial/financial"]
    assert "".join(i.text for i in financial.inlines) == "As per recommendation 8."
    assert paragraphs["legal/legal"].inlines[0].text == "None."
    assert made.meeting_on == datetime.date(2017, 2, 7)
    assert not any(block.is_withheld for block in made.paragraphs())


def test_the_recommendation_on_two_threats_belongs_to_both(shipped):
    call_command("load_cycle", FILES[0], verbosity=0)

    cycle = find_cycle("wmp", "2016-17")
    rows = cycle.force.recommendations.filter(year="2016-17").order_by("order")
    assert [row.threat_codes for row in rows] == [
        ["child-sexual-abuse"], ["serious-organised-crime"], ["cyber"], ["terrorism"],
        ["public-order", "civil-emergencies"], [], [], [],
    ]  # fmt: skip


def test_every_required_question_of_the_demonstration_is_answered(shipped):
    call_command("load_cycle", FILES[0], verbosity=0)

    unanswered = [
        str(response)
        for assessment in find_cycle("wmp", "2016-17").assessments.all()
        for response in assessment.responses.select_related("question")
        if response.question.is_required and not response.is_answered
    ]
    assert unanswered == []


def test_the_open_cycle_has_work_in_every_status(shipped):
    for file in FILES:
        call_command("load_cycle", file, verbosity=0)

    rows = find_cycle("wmp", "2017-18").assessments.values_list("threat__code", "status")
    assert dict(rows) == {
        "terrorism": "approved",
        "serious-organised-crime": "submitted",
        "public-order": "returned",
        "civil-emergencies": "submitted",
        "cyber": "in_progress",
        "child-sexual-abuse": "not_started",
    }


def test_the_demonstration_is_for_its_own_mode_only(shipped):
    with pytest.raises(CommandError, match="not in demonstration mode, so nothing was loaded"):
        call_command("load_demonstration")


def test_the_demonstration_issues_its_paper_and_is_loaded_once(shipped, settings, paper):
    settings.DEMONSTRATION = True
    call_command("load_demonstration", verbosity=0)

    assert not load_demonstration()
    origins = set(IssuedPaper.objects.values_list("year", "origin"))
    assert origins == {("2015-16", "imported"), ("2016-17", "portal")}
    assert IssuedFile.objects.filter(issued__year="2016-17").count() == 8
    assert IssuedFile.objects.get(issued__year="2015-16").format == "txt"
    told = Recommendation.objects.filter(year="2015-16")
    assert [row.status for row in told] == ["completed"] * 3  # those of the file, none twice
    assert {row.status for row in Meeting.objects.all()} == {"held", "planned"}
    assert BoardAction.objects.count() == 3
    assert Meeting.objects.get(status="planned").items.exists()
    stored = IssuedFile.objects.get(audience="public", format="pdf")
    assert paper("wmp", "2016-17", "public", "pdf") == bytes(stored.content)
    assert from_json(paper("wmp", "2016-17", "public", "json").decode()).reference


def test_the_open_year_reports_on_the_recommendations_of_the_year_before(shipped):
    for file in FILES:
        call_command("load_cycle", file, verbosity=0)

    rows = Recommendation.objects.filter(year="2016-17")
    assert {row.status for row in rows} == {
        "accepted", "in_progress", "completed", "not_accepted",
    }  # fmt: skip
    (carried,) = rows.exclude(carried_to="")
    again = Recommendation.objects.get(year="2017-18", identity=carried.identity)
    assert (again.text, again.first_made_in) == (carried.text, "2016-17")


def test_a_template_is_found_without_being_named(small):
    assert find_cycle("nth", "2012-13").papers.get().template == PaperTemplate.objects.get(
        code="spr-board-paper", version=2
    )
