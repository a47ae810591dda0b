"""The one strict way in for a YAML file that a person wrote: editions, templates, cycle files.

Two steps: `read_yaml` turns the file into plain data that remembers its lines, and
`validate` holds it against a JSON Schema. Both say what is wrong in plain English
through `DataFileError`; neither lets a traceback or a parser's jargon reach a person.

What is read is YAML 1.2 without its traps: only `true` and `false` are booleans, `012`,
`12:30` and `2016-17` stay text, `2016-08-31` is a date, and a time of day is text.
Keys are always text. Anchors, aliases, tags and merge keys are refused, so a small file
cannot grow in memory. Whatever is read as something other than text here is quoted by
`yaml.safe_dump` when it is text, so what that writes (without aliases) reads back the same.
"""

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

import yaml

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 20
MAX_NODES = 200_000
MAX_PROBLEMS = 20
MAX_DIGITS = 18

DataPath = tuple[str | int, ...]

# libyaml reads about ten times faster; the pure parser understands the same.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# They turn the direction of writing, so that words would not read as they stand.
DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROL = re.compile(
    rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff{DIRECTIONS}]"
)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+([eE][-+][0-9]{1,3})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = {"": None, "~": None} | {
    spelling: value
    for word, value in {"null": None, "true": True, "false": False}.items()
    for spelling in (word, word.capitalize(), word.upper())
}
# What libyaml and PyYAML say, and what it usually means for the person who wrote the file.
_SYNTAX_REASONS = {
    "mapping values are not allowed": "there is a colon where none is expected; put text that "
    "holds a colon and a space in quotes, and check the indentation",
    "cannot start any token": "there is a character here that cannot begin a value; indent with "
    "spaces instead of tabs, and put text that begins with a sign such as @, ` or % in quotes",
    "could not find expected ':'": "a colon is missing after a name, or a line that continues "
    "a text is not indented",
    "did not find expected key": "this line does not fit the lines before it; check the "
    "indentation and that every quotation mark is closed",
    "did not find expected '-' indicator": "an entry of a list should begin here with “- ”; "
    "check the indentation",
    "expected <block end>": "this line does not fit the lines before it; check the indentation "
    "and that every quotation mark is closed",
    "unexpected end of stream": "the file ends inside a text in quotes; close the quotation mark",
    "expected ',' or": "a comma or a closing bracket is missing",
    "block sequence entries are not allowed": "an entry of a list cannot begin here; check the "
    "indentation, and put text that begins with a dash in quotes",
    "found a tab character": "there is a tab in the indentation; indent with spaces",
    "scanning an alias": "put text that begins with an asterisk in quotes",
    "scanning an anchor": "put text that begins with & in quotes",
    "unknown escape character": "a backslash in double quotes is followed by a letter that means "
    "nothing; use single quotes",
}


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with a file. The line counts from 1; 0 means the file as a whole."""

    line: int
    place: str
    reason: str

    def __str__(self) -> str:
        where = [f"line {self.line}"] * bool(self.line) + [self.place] * bool(self.place)
        return f"{', '.join(where)}: {self.reason}" if where else self.reason


class DataFileError(Exception):
    """A file cannot be used. Its text is one line for each problem, in the file's order."""

    def __init__(self, name: str, problems: Iterable[Problem]):
        found = sorted(set(problems))
        self.name = name
        self.problems = found[:MAX_PROBLEMS]
        lines = [f"{name}, {p}" if p.line or p.place else f"{name}: {p}" for p in self.problems]
        if len(found) > MAX_PROBLEMS:
            lines.append(f"{name}: there are more problems; these are the first {MAX_PROBLEMS}.")
        super().__init__("\n".join(lines))


@dataclass(frozen=True)
class Document:
    """Plain data (dict, list, str, int, float, bool, None, date) that knows its lines."""

    name: str
    data: Any
    lines: dict[DataPath, int] = field(repr=False)

    def line_of(self, path: DataPath) -> int:
        """The line, from 1, where the entry at this path begins, or the nearest one around it."""
        path = tuple(path)
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: DataPath, reason: str) -> Problem:
        return Problem(self.line_of(path), place_of(path), reason)


def place_of(path: DataPath) -> str:
    """`("threats", 2, "code")` as `threats[2].code`; entries of a list count from 0."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(parts).removeprefix(".")


def read_bytes(path: str | Path, *, name: str = "", max_bytes: int = MAX_BYTES) -> bytes:
    """A file's content, for who needs it before it is read as YAML; raises DataFileError."""
    name = name or Path(path).name
    try:
        with Path(path).open("rb") as file:
            content = file.read(max_bytes + 1)
    except FileNotFoundError:
        _refuse(name, "there is no such file")
    except IsADirectoryError:
        _refuse(name, "this is a folder; name a file in it")
    except (OSError, ValueError):  # ValueError: a NUL in the path
        _refuse(name, "the file cannot be opened; check its name and that you may read it")
    _check_size(content, name, max_bytes)
    return content


def read_yaml(
    path_or_bytes: str | Path | bytes, *, name: str = "", max_bytes: int = MAX_BYTES
) -> Document:
    """Read one YAML document strictly; `name` is what its errors call it (default: file name).

    Raises DataFileError for a file that cannot be read, is too large, too deep, not UTF-8,
    not YAML, or uses a part of YAML that is refused here.
    """
    if isinstance(path_or_bytes, bytes):
        name, content = name or "file", path_or_bytes
        _check_size(content, name, max_bytes)
    else:
        name = name or Path(path_or_bytes).name
        content = read_bytes(path_or_bytes, name=name, max_bytes=max_bytes)
    text = _decode(content, name)
    builder = _Builder(name)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        _refuse_syntax(name, error)
    except yaml.YAMLError:
        _refuse(name, "the file is not YAML")
    if not builder.documents:
        _refuse(name, "the file is empty")
    return Document(name, builder.data, builder.lines)


def validate(document: Document, schema: dict) -> None:
    """Hold a document against a JSON Schema (2020-12); raises DataFileError with all problems.

    A date matches `{"type": "string", "format": "date"}` and only that. Where a schema has
    "x-expected" ("a short code of small letters and hyphens"), the reason says that.
    """
    from spr_portal.schema_reasons import schema_problems  # jsonschema: 0.1 s at every start

    found = schema_problems(document.data, schema)
    problems = [document.problem(path, reason) for path, reason in islice(found, 10 * MAX_PROBLEMS)]
    if problems:
        raise DataFileError(document.name, problems)


def _refuse(name: str, reason: str, line: int = 0, path: DataPath = ()):
    raise DataFileError(name, [Problem(line, place_of(path), reason + ".")])


def _check_size(content: bytes, name: str, max_bytes: int) -> None:
    if len(content) > max_bytes:
        _refuse(name, f"the file is larger than {max_bytes / 1024 / 1024:.3g} MB, the most allowed")


def _decode(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        _refuse(name, "the file is not in UTF-8; save it again with the encoding UTF-8", line)
    if found := _CONTROL.search(text):
        _refuse(name, _control_reason(found[0]), text.count("\n", 0, found.start()) + 1)
    return text


def _control_reason(character: str) -> str:
    turns = character in DIRECTIONS
    kind = "character for the direction of writing" if turns else "control character"
    return f"there is a {kind} (U+{ord(character):04X}) that cannot be kept; remove it"


def _refuse_syntax(name: str, error: yaml.MarkedYAMLError):
    words = f"{error.context or ''} {error.problem or ''}"
    reason = next((plain for raw, plain in _SYNTAX_REASONS.items() if raw in words), None)
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    _refuse(name, reason or f"this is not YAML as expected ({words.strip()})", line)


class _Builder:
    """Builds data from the parser's events without recursion, so depth cannot hurt."""

    def __init__(self, name: str):
        self.name = name
        self.data: Any = None
        self.documents = 0
        self.lines: dict[DataPath, int] = {}
        self.nodes = 0
        self.open: list[dict | list] = []  # the containers around the next value
        self.path: list[str | int] = []  # their place; its last step is the next value's
        self.key: tuple[str, int] | None = None  # a key that waits for its value, and its line

    def take(self, event: yaml.Event) -> None:
        if step := self._STEPS.get(type(event)):
            step(self, event)

    def _start_document(self, event) -> None:
        if event.tags:
            self._refuse(event, "tags are not used in this file; remove the %TAG line")
        self.documents += 1
        if self.documents > 1:
            self._refuse(event, "a second document begins here; keep one in a file")

    def _alias(self, event) -> None:
        self._refuse(event, f"the reference *{event.anchor} is not allowed; write the value out, "
                     "or put text that begins with an asterisk in quotes")  # fmt: skip

    def _start_collection(self, event) -> None:
        self._check_node(event)
        if self._awaits_key():
            self._refuse(event, "a name here must be a word or words, not a list or a group")
        if len(self.open) >= MAX_DEPTH:
            self._refuse(event, f"entries stand more than {MAX_DEPTH} levels deep")
        container = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._place(container, event)
        self.open.append(container)

    def _end_collection(self, event) -> None:
        self.open.pop()
        if self.open:
            self._leave()

    def _scalar(self, event) -> None:
        self._check_node(event)
        if found := _CONTROL.search(event.value):  # written as an escape such as "\x07"
            self._refuse(event, _control_reason(found[0]))
        if self._awaits_key():
            self._start_entry(event)
            return
        # implicit[0]: neither quoted nor a block of text
        value = self._resolve(event) if event.implicit[0] else event.value
        self._place(value, event)
        if self.open:
            self._leave()

    def _start_entry(self, event) -> None:
        key = event.value
        if key == "<<" and event.implicit[0]:
            self._refuse(event, "merging with << is not allowed; write the entries out")
        self.key = (key, event.start_mark.line + 1)
        if key in self.open[-1]:
            first = self.lines[(*self.path, key)]
            self._refuse(event, f"“{_short(key)}” stands here twice; the first is on line {first}")

    def _awaits_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1], dict) and self.key is None

    def _place(self, value: Any, event) -> None:
        """Put a value where it belongs; `path` then names it until `_leave`."""
        line = event.start_mark.line + 1
        if not self.open:
            self.data = value
        elif isinstance(container := self.open[-1], dict):
            key, line = self.key
            container[key], self.key = value, None
            self.path.append(key)
        else:
            self.path.append(len(container))
            container.append(value)
        self.lines[tuple(self.path)] = line

    def _leave(self) -> None:
        self.path.pop()

    def _check_node(self, event) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._refuse(event, f"the file holds more than {MAX_NODES:,} entries")
        if event.anchor:
            self._refuse(event, f"the anchor &{event.anchor} is not allowed; remove it, or put "
                         "text that begins with & in quotes")  # fmt: skip
        if event.tag:
            self._refuse(event, f"the tag “{_short(event.tag)}” is not allowed; remove it, or put "
                         "text that begins with ! in quotes")  # fmt: skip

    def _resolve(self, event) -> Any:
        """What an unquoted scalar means."""
        text = event.value
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            if len(text) > MAX_DIGITS:
                self._refuse(event, "this number is too long; put a reference number in quotes")
            return int(text)
        if _DECIMAL.fullmatch(text):
            if abs(number := float(text)) == float("inf"):
                self._refuse(event, "this number is too large")
            return number
        if _DATE.fullmatch(text):
            try:
                return datetime.date.fromisoformat(text)
            except ValueError:
                self._refuse(event, f"there is no such date as {text}")
        return text

    def _refuse(self, event, reason: str):
        steps = [*self.path, self.key[0]] if self.key else self.path
        _refuse(self.name, reason, event.start_mark.line + 1, tuple(steps))

    _STEPS: ClassVar[dict[type, Callable]] = {
        yaml.DocumentStartEvent: _start_document,
        yaml.AliasEvent: _alias,
        yaml.ScalarEvent: _scalar,
        yaml.SequenceStartEvent: _start_collection,
        yaml.MappingStartEvent: _start_collection,
        yaml.SequenceEndEvent: _end_collection,
        yaml.MappingEndEvent: _end_collection,
    }


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
