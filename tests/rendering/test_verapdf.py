"""A second opinion on the PDFs, by veraPDF: PDF/UA-1 and PDF/A-3a.

It runs where there is Java and VERAPDF_CLASSPATH names veraPDF's jar, with JAXB
beside it. Everywhere else `failures` of tests.rendering.reading is the check.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from reports.document import Audience
from reports.editions import for_audience
from reports.renderers.pdf import bare_document, render_pdf
from tests.rendering.figures import capacity, paper_with_figures, ratings, recommendations
from tests.rendering.papers import board_paper, paper_by_section

CLASSPATH = os.environ.get("VERAPDF_CLASSPATH", "")
pytestmark = pytest.mark.skipif(
    not (CLASSPATH and shutil.which("java")), reason="veraPDF is not on this machine."
)
PROGRAM = Path(__file__).parent / "verapdf" / "Check.java"
PAPERS = {
    "the paper of 2017": board_paper(),
    "one long enough for contents": board_paper(times=4),
    "a draft": board_paper(is_draft=True),
    "numbers by section": paper_by_section(),
    "numbers by section, for the public": for_audience(paper_by_section(), Audience.PUBLIC),
    "figures": paper_with_figures(ratings(), capacity(), recommendations()),
}


def found_in(*files: Path) -> list[str]:
    """A line for each thing that is wrong, with its rule."""
    done = subprocess.run(
        ["java", "-cp", CLASSPATH, str(PROGRAM), *map(str, files)],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    return done.stdout.splitlines()


def test_every_kind_of_paper_passes(tmp_path):
    files = []
    for number, paper in enumerate(PAPERS.values()):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(render_pdf(paper))

    assert found_in(*files) == []


def test_what_is_no_accessible_file_is_found(tmp_path):
    (tmp_path / "bare.pdf").write_bytes(bare_document(board_paper()).write_pdf())

    assert found_in(tmp_path / "bare.pdf")
