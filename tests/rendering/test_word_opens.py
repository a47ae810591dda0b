"""The Word file opened by another program, which counts and lays it out by itself."""

import io
import shutil
import subprocess

import pypdf
import pytest

from reports.renderers.docx import render_docx
from tests.rendering.figures import capacity, paper_with_figures, ratings
from tests.rendering.papers import board_paper, paper_by_section
from tests.rendering.reading import word_paragraphs

pytestmark = pytest.mark.skipif(
    not shutil.which("libreoffice"), reason="LibreOffice is not on this machine."
)
PAPERS = {
    "the paper of 2017": board_paper(),
    "numbers by section": paper_by_section(),
    "figures": paper_with_figures(ratings(), capacity()),
}
BEGINNING = 25  # characters: the rest may stand on the next page


def opened(content: bytes, folder) -> pypdf.PdfReader:
    """What LibreOffice makes of a Word file, as a PDF."""
    (folder / "paper.docx").write_bytes(content)
    command = ["libreoffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "paper.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return pypdf.PdfReader(io.BytesIO((folder / "paper.pdf").read_bytes()))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", PAPERS)
def test_every_paragraph_opens_with_its_number_in_its_order(name, tmp_path):
    content = render_docx(PAPERS[name])

    seen = squeezed(" ".join(page.extract_text() for page in opened(content, tmp_path).pages))

    place, found = 0, 0
    for style, label, text in word_paragraphs(content):
        if not text or style.startswith(("TOC", "Header", "Footer")):
            continue
        begins = squeezed(f"{label}{text}")[:BEGINNING]
        assert begins in seen[place:], (style, begins)
        place, found = seen.index(begins, place), found + 1
    assert found > 10


def test_charts_are_shown_and_no_page_is_empty(tmp_path):
    pages = opened(render_docx(PAPERS["figures"]), tmp_path).pages

    assert sum(len(page.images) for page in pages) >= 2
    assert all(len(page.extract_text().split()) > 10 for page in pages)
