import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spr_portal.plain_text import Block, blocks, clean, clean_line

# Everything Python can hold, with what Word pastes made likely.
WORD = st.sampled_from(list("\r\n\t\v \u00a0\u200b\ufeff•·–-o*\u00ad\x00\u2028e\u0301\uf0b7\u2000"))
TEXTS = st.text(st.one_of(WORD, st.characters(exclude_categories=())), max_size=60)


def letters_and_digits(text: str) -> list[str]:
    return [c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c)[0] in "LN"]


@given(TEXTS)
@example("•\t•\to\tx")
@example("–\t\n-\n\n\n\n")
def test_cleaning_twice_changes_nothing_more(text):
    once = clean(text)

    assert clean(once) == once


@given(TEXTS)
def test_no_letter_or_digit_is_ever_lost(text):
    # The one exception is the letter o before a tab, which is a bullet of Word's.
    text = text.replace("o", "O")

    kept = letters_and_digits(clean(text))

    unwanted = {"Cf", "Cc", "Cs"}
    expected = "".join(c for c in text if unicodedata.category(c) not in unwanted or c in "\n\t")
    assert sorted(kept) == sorted(letters_and_digits(expected))


@given(TEXTS)
def test_cleaned_text_can_be_stored_and_printed(text):
    for cleaned in (clean(text), clean_line(text)):
        cleaned.encode("utf-8")
        assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in cleaned if c != "\n")


@given(TEXTS)
def test_every_block_says_something_and_keeps_the_words(text):
    found = blocks(text)

    assert all(block.text or block.bullets for block in found)
    together = "".join(block.text + "".join(block.bullets) for block in found)
    assert letters_and_digits(together) == letters_and_digits(clean(text))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb", "a\nb"),
        ("a\vb", "a\nb"),
        ("a\u00a0b", "a b"),
        ("a\u200bb\ufeff", "ab"),
        ("a\x00b\x07", "ab"),
        ("a\ud800b", "ab"),
        ("a\tb", "a b"),
        ("• one\n·\ttwo\n–\tthree\no\tfour\n\uf0b7 five", "- one\n- two\n- three\n- four\n- five"),
        ("9 – 5", "9 – 5"),
        ("-5 officers", "-5 officers"),
        ("of course", "of course"),
        ("a  \nb \t", "a\nb"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("\n\na\n", "a"),
        ("cafe\u0301", "café"),
        ("", ""),
    ],
)
def test_what_word_leaves_is_brought_to_plain_text(typed, kept):
    assert clean(typed) == kept


def test_a_title_stands_on_one_line():
    assert clean_line(" Board\r\npaper\u00a0\u200b 2017\t") == "Board paper 2017"


def test_lead_line_with_bullets_is_one_paragraph():
    text = "The force holds:\n- public order\n- firearms\n\nIt lends\nboth.\n- gladly\nAnd more."

    assert blocks(text) == (
        Block("The force holds:", ("public order", "firearms")),
        Block("It lends both.", ("gladly",)),
        Block("And more."),
    )


def test_no_text_has_no_blocks():
    assert blocks(" \n\n") == ()


def test_bullets_after_a_blank_line_belong_to_the_words_before_them():
    assert blocks("These:\n\n- one\n\n- two\n\nLast.") == (
        Block("These:", ("one", "two")),
        Block("Last."),
    )
