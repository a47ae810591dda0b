"""Which characters a paper can show is a fact of the fonts it carries."""

import unicodedata

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from reports.renderers.characters import BOX, drawable, printable, unprintable
from reports.renderers.pdf import render_pdf
from tests.rendering.papers import numbered, paper_of
from tests.rendering.reading import failures

VENDOR = settings.BASE_DIR / "static" / "vendor"
FONTS = (
    "public-sans/public-sans-latin-400-normal.woff2",
    "public-sans/public-sans-latin-ext-400-normal.woff2",
    "dejavu-sans/DejaVuSans.ttf",
)


def test_what_is_called_drawable_has_a_glyph():
    glyphs = {chr(point) for name in FONTS for point in TTFont(VENDOR / name).getBestCmap()}

    assert drawable() - glyphs == set()


def test_every_drawable_character_passes_both_standards():
    characters = sorted(drawable())
    lines = ("".join(f"{c} " for c in characters[n : n + 64]) for n in range(0, 4096, 64))
    paper = paper_of(*(numbered(n, line) for n, line in enumerate(lines, start=1)))

    assert failures(render_pdf(paper)) == []


def test_what_is_printed_is_drawable_and_is_printed_again_the_same():
    for point in range(0x11000):
        shown = printable(chr(point))

        assert all(c in drawable() for c in shown), hex(point)
        assert printable(shown) == shown


def test_what_has_no_glyph_is_a_box_and_can_be_named():
    assert printable("one 漢 two") == f"one {BOX} two"
    assert unprintable("one 漢 two 漢 □ ≥") == ("漢",)


def test_what_cannot_be_seen_is_left_out():
    assert printable("a\u200bb\u00adc\u202ed\x07e") == "abcde"
    assert printable("a\tb\r\nc") == "a b  c"


def test_letters_and_marks_are_joined():
    assert printable(unicodedata.normalize("NFD", "Siân ŵ")) == "Siân ŵ"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("the force's plans", "the force’s plans"),
        ("officers' leave, 'Think Digital'.", "officers’ leave, ‘Think Digital’."),
        ('the "five Cs" (and "four Ps")', "the “five Cs” (and “four Ps”)"),
        ("\"He said 'no'\", it ends", "“He said ‘no’”, it ends"),
        ("since the '90s, don't", "since the ’90s, don’t"),
        ("'s own words", "’s own words"),  # after a name that is a link
        ("already “set” and ‘so’", "already “set” and ‘so’"),
        ("a lone ' and \" stay marks", "a lone ’ and ” stay marks"),
    ],
)
def test_typewriter_marks_become_real_quotes(typed, shown):
    assert printable(typed) == shown
    assert printable(shown) == shown
