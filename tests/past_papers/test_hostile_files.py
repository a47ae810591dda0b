"""Whatever is brought in ends in a plain sentence, within 30 seconds and bounded memory."""

import resource
import time

import pytest

from reports.domain import past_paper_reading
from reports.domain.past_paper_reading import MEGABYTES, read_past_paper
from reports.exceptions import PaperUnreadable
from tests.past_papers import hostile

TOO_MUCH = "more memory|took too long|far more|damaged|far more complicated|could not be read"
FILES = {
    "nothing in it": ("x.pdf", bytes, "is empty"),
    "a picture of a page": ("x.pdf", hostile.a_scan, "scan"),
    "500 pages": ("x.pdf", hostile.five_hundred_pages, "500 pages, and 120 is the most"),
    "a stream that explodes": ("x.pdf", hostile.a_page_that_explodes, TOO_MUCH),
    "a page of signs without end": ("x.pdf", hostile.a_page_of_signs, TOO_MUCH),
    "a drawing that draws itself": ("x.pdf", hostile.a_page_that_shows_itself, "scan|" + TOO_MUCH),
    "a password": ("x.pdf", hostile.a_locked_pdf, "protected by a password"),
    "signs without letters": ("x.pdf", hostile.a_font_without_letters, "words cannot be read"),
    "a PDF cut short": ("x.pdf", lambda: hostile.a_scan()[:-60], "is not a PDF"),
    "noise": ("x.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 9 + b"%%EOF", "damaged"),
    "Word that is a PDF": ("x.docx", hostile.a_scan, "is not an Office file"),
    "a PDF that is Word": ("x.pdf", hostile.a_word_file, "is not a PDF"),
    "macros": ("x.docx", hostile.with_macros, "macros"),
    "an old Word file": ("x.doc", lambda: b"\xd0\xcf\x11\xe0" * 9, "Old Office files"),
    "deep XML": ("x.docx", hostile.deep_xml, "damaged"),
    "entities that unfold": ("x.docx", hostile.laughing_xml, "no words|damaged"),
    "a document that unpacks": ("x.docx", hostile.a_word_bomb, TOO_MUCH),
    "a picture": ("x.png", lambda: b"\x89PNG", "must be a PDF, a Word document"),
    "text in another code": ("x.txt", lambda: "é".encode("utf-16"), "UTF-8|plain text"),
    "text without end": ("x.txt", lambda: b"word " * 2_000_000, "far more text"),
}


@pytest.mark.parametrize("what", FILES)
def test_a_hostile_file_ends_in_a_sentence(what, edition, tmp_path):
    name, make, expected = FILES[what]
    path = tmp_path / name
    path.write_bytes(make())
    began, before = time.monotonic(), most_memory()

    with pytest.raises(PaperUnreadable, match=expected) as refused:
        read_past_paper(path=path, name=name, edition=edition)

    assert time.monotonic() - began < 30
    assert str(refused.value).endswith(".")
    # The libraries themselves are not counted by the limit.
    assert most_memory() <= max(MEGABYTES + 200, before, most_memory(resource.RUSAGE_SELF))


def most_memory(whose: int = resource.RUSAGE_CHILDREN) -> float:
    """MiB of the largest child so far. A child counts what this process held when it was made."""
    return resource.getrusage(whose).ru_maxrss / 1024


def test_a_file_that_takes_too_long_is_given_up(edition, tmp_path, monkeypatch):
    monkeypatch.setattr(past_paper_reading, "WITHIN", 0.01)
    path = tmp_path / "x.txt"
    path.write_text("1. Words.")

    with pytest.raises(PaperUnreadable, match="took too long"):
        read_past_paper(path=path, name="x.txt", edition=edition)
