"""A file from a person is read strictly, and what is wrong with it is said in plain English."""

import datetime
import re
import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from spr_portal.strict_yaml import (
    DIRECTIONS,
    MAX_PROBLEMS,
    DataFileError,
    place_of,
    read_yaml,
    validate,
)
from tests.threats.conftest import WithoutAliases


def read(text: str):
    return read_yaml(text.encode(), name="x.yaml")


def problem_with(text: str, schema: dict | None = None) -> str:
    with pytest.raises(DataFileError) as caught:
        validate(read(text), schema or {})
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2016-17", "2016-17"),
        ("2016-08", "2016-08"),
        ("2016-08-31", datetime.date(2016, 8, 31)),
        ('"2016-08-31"', "2016-08-31"),
        ("2016-08-31T09:30:00+01:00", "2016-08-31T09:30:00+01:00"),
        ("no", "no"),
        ("yes", "yes"),
        ("off", "off"),
        ("true", True),
        ("False", False),
        ("012", "012"),
        ("0", 0),
        ("-19", -19),
        ("+44 121 496 0000", "+44 121 496 0000"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1e5", "1e5"),
        ("1.5", 1.5),
        (".inf", ".inf"),
        ("null", None),
        ("", None),
        ("=", "="),
    ],
)
def test_unquoted_words_mean_what_a_person_means(written, meant):
    value = read(f"entry: {written}\n").data["entry"]

    assert (value, type(value)) == (meant, type(meant))


def test_names_of_entries_are_always_text():
    assert read("2015: a\n2016-08-31: b\ntrue: c\n").data == {
        "2015": "a",
        "2016-08-31": "b",
        "true": "c",
    }


def test_windows_line_ends_and_a_byte_order_mark_are_read():
    assert read_yaml("﻿a: é\r\nb: 2\r\n".encode()).data == {"a": "é", "b": 2}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: &x 2\n", "line 2, b: the anchor &x is not allowed"),
        ("a: 1\nb: *x\n", "line 2, b: the reference *x is not allowed"),
        ("a: !!python/object:os.system x", "line 1, a: the tag "),
        ("a: !!str 12", "line 1, a: the tag "),
        ("a:\n  <<: {b: 1}\n", "line 2, a: merging with << is not allowed"),
        ("a: 1\nb: 2\na: 3\n", "line 3, a: “a” stands here twice; the first is on line 1."),
        ("a: 1\n---\nb: 2\n", "line 2: a second document begins here"),
        ("a: 1\nb: \x07\n", "line 2: there is a control character (U+0007)"),
        ('a: 1\nb: "\\x07"\n', "line 2, b: there is a control character (U+0007)"),
        ("a: 1\nb: \u202e\n", "line 2: there is a character for the direction of writing (U+202E)"),
        ('b: "\\u2066"\n', "line 1, b: there is a character for the direction of writing (U+2066)"),
        ("? [a, b]\n: 1\n", "line 1: a name here must be a word or words"),
        ("a: 2016-02-30", "line 1, a: there is no such date as 2016-02-30."),
        ("a: " + "9" * 5000, "line 1, a: this number is too long"),
        ("a: 9.0e+999", "line 1, a: this number is too large"),
        ("a:\n\tb: 1\n", "line 2: there is a character here that cannot begin a value"),
        ("a: - b\n", "line 1: an entry of a list cannot begin here"),
        ("a: b: c\n", "line 1: there is a colon where none is expected"),
        ("a: 'b\n", "the file ends inside a text in quotes"),
        ("a:\n  b: 1\n c: 2\n", "line 3: this line does not fit the lines before it"),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", "line 1: tags are not used in this file"),
        ("", "x.yaml: the file is empty."),
        ("# nothing here\n", "x.yaml: the file is empty."),
    ],
)
def test_what_is_refused_is_told_with_its_line_and_reason(text, expected):
    message = problem_with(text)

    assert message.startswith("x.yaml")
    assert expected in message
    assert "\n" not in message


def test_a_file_that_is_not_utf8_is_refused_with_its_line():
    with pytest.raises(DataFileError, match=r"x\.yaml, line 2: the file is not in UTF-8"):
        read_yaml(b"a: 1\nb: caf\xe9\n", name="x.yaml")


@pytest.mark.parametrize("path", ["absent.yaml", "", "a\0b"])
def test_a_file_that_cannot_be_opened_is_told_in_one_line(tmp_path, path):
    with pytest.raises(DataFileError) as caught:
        read_yaml(str(tmp_path / path), name="x.yaml")

    assert str(caught.value).startswith("x.yaml: ")
    assert "\n" not in str(caught.value)


def test_a_yaml_bomb_is_refused_at_once():
    layers = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, after in zip("abcdefgh", "bcdefghi", strict=True):
        layers.append(f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]")

    assert "the anchor &a is not allowed" in problem_with("\n".join(layers))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[" * 100_000, "more than 20 levels deep"),
        ("- " * 100_000, "more than 20 levels deep"),
        ("{a: " * 100_000, "more than 20 levels deep"),
        ("- a\n" * 200_001, "the file holds more than 200,000 entries"),
        ("#" * 3_000_000, "the file is larger than 2 MB, the most allowed"),
    ],
    ids=["brackets", "dashes", "braces", "entries", "size"],
)
def test_a_file_that_could_exhaust_the_machine_is_refused(text, expected):
    assert expected in problem_with(text)


def test_a_file_of_two_megabytes_is_read_within_seconds():
    responses = {f"question-{n}": {"narrative": "Some words. " * 20} for n in range(6000)}
    content = yaml.safe_dump({"assessments": [{"responses": responses}]}).encode()

    started = time.monotonic()
    document = read_yaml(content)

    assert len(document.data["assessments"][0]["responses"]) == 6000
    assert time.monotonic() - started < 10


def test_a_place_is_found_by_its_path():
    document = read("a:\n  - b: 1\n    c:\n      - x\n      - |\n        y\n  - d\n")

    assert [
        document.line_of(path)
        for path in [("a",), ("a", 0), ("a", 0, "c"), ("a", 0, "c", 1), ("a", 1), ("a", 1, "no")]
    ] == [1, 2, 3, 5, 7, 7]
    assert place_of(("a", 2, "b", "capacity-local")) == "a[2].b.capacity-local"


_text = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc", "Cn"],
        exclude_characters=DIRECTIONS,
        include_characters="\n\t",
    )
)
_scalars = (
    _text
    | st.from_regex(r"[-+0-9eE._:~]{1,12}", fullmatch=True)
    | st.sampled_from(["no", "yes", "Null", "TRUE", "true", "012", "2016-08", "2016-08-31"])
    | st.sampled_from(["<<", "=", "*a", "&a", "!a", "@a", "%a", "- a", "a: b", "# a"])
    | st.integers(-(10**17) + 1, 10**17)
    | st.booleans()
    | st.none()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
)
_data = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_text, inner, max_size=4),
    max_leaves=12,
)


@given(_data)
def test_what_safe_dump_writes_reads_back_the_same(data):
    written = yaml.dump(data, Dumper=WithoutAliases, allow_unicode=True, sort_keys=False)

    read_back = read_yaml(written.encode()).data

    assert read_back == data
    assert repr(read_back) == repr(data)  # 1 is not True, and 1.0 is not 1


_names = st.from_regex(r"[a-z]{3,8}x", fullmatch=True)
_trees = st.recursive(
    st.integers(0, 9), lambda inner: st.dictionaries(_names, inner, min_size=1, max_size=4)
)


@given(st.lists(st.dictionaries(_names, _trees, min_size=1, max_size=3), min_size=1, max_size=4))
def test_every_entry_knows_the_line_its_name_stands_on(data):
    written = yaml.safe_dump(data, sort_keys=False)
    document = read_yaml(written.encode())

    named = [path for path in document.lines if path and isinstance(path[-1], str)]

    assert [
        re.sub(r"^[- ]+", "", written.splitlines()[document.line_of(path) - 1]).split(":")[0]
        for path in named
    ] == [path[-1] for path in named]


_SCHEMA = {
    "type": "object",
    "required": ["code"],
    "additionalProperties": False,
    "properties": {
        "code": {"type": "string", "pattern": "^[a-z]+$", "x-expected": "a short code"},
        "title": {"type": "string", "minLength": 1, "maxLength": 10},
        "due": {"type": "string", "format": "date"},
        "ended": {"type": ["string", "null"], "format": "date"},
        "at": {"type": "string", "format": "date-time"},
        "held": {"type": "integer", "minimum": 0, "maximum": 100},
        "is_open": {"type": "boolean"},
        "tone": {"enum": ["red", "green"]},
        "leads": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string"}},
        "notes": {
            "type": "array",
            "items": {
                "anyOf": [
                    {"type": "string"},
                    {"type": "object", "required": ["text"], "properties": {"text": {}}},
                ]
            },
        },
    },
}


def test_a_file_that_fits_its_schema_is_accepted():
    validate(
        read(
            "code: ab\ntitle: Ten\ndue: 2016-08-31\nended:\nat: 2016-08-31T09:30:00+01:00\n"
            "held: 19\nis_open: true\ntone: red\nleads: [a, b]\nnotes: [a, {text: b}]\n"
        ),
        _SCHEMA,
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("titel: x", "titel: “titel” is not known here; did you mean “title”?"),
        ("zzz: x", "zzz: “zzz” is not known here; known here: at, code, due, ended, held, is_open"),
        ("title: 2016-08-31", "title: expected text; found the date 2016-08-31. Put it in quotes"),
        ("title: true", "title: expected text; found true. Put it in quotes"),
        ("title: 12", "title: expected text; found the number 12. Put it in quotes"),
        ("title: ''", "title: expected some text; found nothing."),
        ("title:", "title: expected text; found nothing."),
        ("title: abcdefghijk", "title: this text has 11 characters; at most 10 are allowed."),
        ("due: 2016-08", "due: expected a date such as 2016-08-31; found “2016-08”."),
        ("due: '2016-08-31'", "found “2016-08-31”. Write it without quotes."),
        ("due: 7", "due: expected a date such as 2016-08-31; found the number 7."),
        ("ended: soon", "ended: expected a date such as 2016-08-31; found “soon”."),
        ("at: 2016-08-31T09:30:00", "at: expected a date and time such as"),
        ("held: -1", "held: expected 0 or more; found the number -1."),
        ("held: 101", "held: expected at most 100; found the number 101."),
        ("held: '19'", "held: expected a whole number; found “19”. Write the figure alone"),
        ("held: 19 PSUs", "held: expected a whole number; found “19 PSUs”. Write the figure alone"),
        ("code: 12", "code: expected a short code; found the number 12. Put it in quotes"),
        ("is_open: yes", "is_open: expected true or false; found “yes”. Write true or false"),
        ("tone: blue", "tone: expected “red” or “green”; found “blue”."),
        ("leads: []", "leads: this list needs at least 1 entry; it has 0."),
        ("leads: [a, a]", "leads: an entry stands in this list twice."),
        ("leads: a", "leads: expected a list; found “a”."),
        ("leads: [a, 5]", "leads[1]: expected text; found the number 5."),
        ("notes: [7]", "notes[0]: expected text or a group of named entries; found the number 7."),
        ("notes: [{}]", "notes[0]: “text” is missing."),
    ],
)
def test_a_fault_says_what_was_expected_and_what_was_found(line, expected):
    before = "tone: red" if line.startswith("code") else "code: ab"

    message = problem_with(f"{before}\n{line}\n", _SCHEMA)

    assert message.startswith("x.yaml, line 2, ")
    assert expected in message
    assert "\n" not in message


def test_a_schema_can_say_in_words_what_it_expects():
    assert problem_with("code: AB\n", _SCHEMA) == (
        "x.yaml, line 1, code: expected a short code; found “AB”."
    )


def test_what_is_missing_is_told_at_the_group_it_is_missing_from():
    assert problem_with("title: x\n", _SCHEMA) == "x.yaml, line 1: “code” is missing."


def test_all_problems_are_told_in_the_order_of_the_file():
    message = problem_with("tone: blue\ncode: AB\nheld: -1\n", _SCHEMA)

    assert [line.split(",")[1] for line in message.splitlines()] == [
        " line 1",
        " line 2",
        " line 3",
    ]


def test_a_file_full_of_faults_shows_the_first_and_says_there_are_more():
    faults = "".join(f"fault-{n}: x\n" for n in range(MAX_PROBLEMS + 5))

    lines = problem_with(f"code: ab\n{faults}", _SCHEMA).splitlines()

    assert len(lines) == MAX_PROBLEMS + 1
    assert lines[-1] == "x.yaml: there are more problems; these are the first 20."
