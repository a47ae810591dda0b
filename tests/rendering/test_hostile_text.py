"""Whatever is typed comes out: right, whole and on the page."""

import itertools

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reports.document import (
    Audience,
    Brand,
    CrossReference,
    Paragraph,
    RecommendationItem,
    RecommendationList,
    Section,
    Strong,
    Table,
    TableCell,
    Text,
)
from reports.renderers.docx import render_docx
from reports.renderers.html import render_html
from reports.renderers.pdf import render_pdf
from tests.rendering.papers import LOGO, blank_paper, numbered, paper_of
from tests.rendering.reading import docx_words, failures, html_words, pdf_text

HOSTILE = {
    "controls": "a" + "".join(map(chr, range(32))) + "b\x7f\x85\u2028c",
    "a lone surrogate": "a\ud800b",
    "not a character": "a\uffff\ufdd0b",
    "private use": "a\ue000b",
    "right to left": "a \u202eevil\u202c مرحبا שלום b",
    "emoji": "👩‍👩‍👧‍👦 👍🏽 🇬🇧 ☺️",
    "combining": "a" + "\u0301" * 40 + "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G",
    "scripts": "漢字 かな 한국어 ไทย हिन्दी ߒߞߏ ລຳ",
    "markup": "</p></style><script>x</script>]]>&amp;<!-- {{ x }} {% x %}",
    "css": '"; } @page { size: A5 } /* \\',
    "only spaces": "\u3000\u2003 \t\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_come_out_of_every_format(name):
    words = HOSTILE[name]
    paper = paper_of(
        numbered(1, words), heading=words, title=words, marking=words, force_name=words
    )

    as_html = html_words(render_html(paper))

    assert docx_words(render_docx(paper)) == as_html
    assert failures(render_pdf(paper)) == []


@pytest.mark.parametrize("place", ["title", "force_name", "board_name", "marking", "reference"])
def test_an_endless_word_stays_on_the_page(place):
    word = "x" * 3000
    paper = paper_of(numbered(1, word), heading=word, **{place: word})

    content = render_pdf(paper)

    assert failures(content) == []
    assert max(map(len, pdf_text(content).splitlines())) < 150


def test_a_wide_table_stays_on_the_page():
    row = tuple(TableCell("unbroken" * 6) for _ in range(12))
    table = Table("t", "Wide", tuple(f"Column {n}" for n in range(12)), (row,) * 3)

    content = render_pdf(paper_of(table))

    assert failures(content) == []
    assert max(map(len, pdf_text(content).splitlines())) < 150


def test_three_hundred_paragraphs_in_one_section():
    paper = paper_of(*(numbered(n, "A point to note. " * 9) for n in range(1, 301)))

    content = render_pdf(paper)

    assert failures(content) == []
    assert "\n300. " in pdf_text(content)
    assert docx_words(render_docx(paper)) == html_words(render_html(paper))


words = st.text(max_size=60)
targets = st.sampled_from(["p0", "p1", "r1", "nowhere"])
inlines = st.lists(
    st.one_of(st.builds(Text, words), st.builds(Strong, words))
    | st.builds(CrossReference, targets, words),
    max_size=3,
).map(tuple)
tables = st.builds(
    Table,
    st.just("t1"),
    words,
    st.lists(words, max_size=3).map(tuple),
    st.lists(
        st.lists(st.builds(TableCell, words, st.booleans()), max_size=4).map(tuple), max_size=3
    ).map(tuple),
)


# What a paper numbered by section may hold, in any order: Word must print each all the same.
labels = st.from_regex(r"([A-Z]{1,2}[1-9][0-9]?|[1-9][0-9]?(\.[1-9][0-9]?){0,3})", fullmatch=True)
brands = st.builds(
    Brand,
    logo=st.sampled_from(["", LOGO]),
    logo_description=words,
    colour=st.sampled_from(["", "#553399", "</style>", "red"]),
    head_words=words,
    foot_words=st.lists(words, max_size=2).map(tuple),
)


@st.composite
def papers(draw):
    counter = itertools.count()
    paragraphs = st.builds(
        lambda number, words, bullets, public, marking: Paragraph(
            f"p{next(counter)}",
            number,
            words,
            bullets,
            public,
            withheld_under="section 31",
            marking=marking,
        ),
        st.none() | st.integers(0, 2000) | labels,
        inlines,
        st.lists(inlines, max_size=2).map(tuple),
        st.booleans(),
        st.just("") | words,
    )
    items = st.builds(
        lambda number, heading, addressee, words: RecommendationItem(
            f"r{number}", number, heading, addressee, words
        ),
        st.integers(1, 20),
        words,
        words,
        inlines,
    )
    lists = st.lists(items, max_size=3).map(lambda made: RecommendationList(tuple(made)))
    blocks = st.lists(paragraphs | tables | lists, max_size=4).map(tuple)
    sections = draw(
        st.lists(
            st.builds(
                Section,
                words,
                words,
                st.sampled_from([2, 3]),
                blocks,
                number=st.sampled_from(["", "1", "2", "1.1", "7.3", "Annex A"]),
                is_public=st.booleans(),
                withheld_under=words,
            ),
            max_size=3,
        )
    )
    changes = {
        "title": draw(words),
        "marking": draw(words),
        "header": tuple(draw(st.lists(st.tuples(words, words), max_size=2))),
        "is_draft": draw(st.booleans()),
        "audience": Audience.FULL,
        "sections": tuple(sections),
        "brand": draw(st.none() | brands),
        "notices": tuple(draw(st.lists(words, max_size=2))),
    }
    return type(blank_paper())(**{**vars(blank_paper()), **changes})


# Without shrinking, which takes minutes here: the paper that failed is printed whole.
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(paper=papers())
def test_any_paper_comes_out_of_every_format(paper):
    assert docx_words(render_docx(paper)) == html_words(render_html(paper))
    assert failures(render_pdf(paper)) == []
