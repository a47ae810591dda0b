"""The same paper gives the same bytes, wherever and whenever it is made."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
RENDER = """
import hashlib, django
django.setup()
from reports.renderers import docx, html, pdf
from tests.rendering.figures import paper_with_figures
from tests.rendering.papers import board_paper
for paper in (board_paper(is_draft=True), paper_with_figures()):
    for render in (html.render_html, pdf.render_pdf, docx.render_docx):
        print(render.__name__, hashlib.sha256(render(paper)).hexdigest())
"""


def sums(folder: Path, **surroundings: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **surroundings}
    done = subprocess.run(
        [sys.executable, "-c", RENDER],
        check=True, capture_output=True, text=True, env=environment, cwd=folder,
    )  # fmt: skip
    return done.stdout


def test_the_same_paper_gives_the_same_bytes(tmp_path):
    here = sums(ROOT, PYTHONHASHSEED="1", TZ="Pacific/Auckland", LC_ALL="C.UTF-8")
    there = sums(
        tmp_path, PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C", SOURCE_DATE_EPOCH="5"
    )

    assert here.count("\n") == 6
    assert there == here
