"""The plain data that the templates in `components/` are given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """A line of a task list. Without `href` it cannot be started yet.

    `status` is in words; `colour` is one of the GOV.UK tag's, and empty for
    what is done and needs no attention.
    """

    name: str
    status: str
    href: str = ""
    colour: str = ""
    hint: str = ""


@dataclass(frozen=True)
class SummaryRow:
    """A question and its answer on a check-answers page; `value` is plain text.

    `change` completes the link "Change …" for those who hear it out of its place.
    """

    key: str
    value: str
    href: str = ""
    change: str = ""


@dataclass(frozen=True)
class RatingCell:
    """A rating as a word, a symbol and a tone: green, yellow, orange, red or grey.

    Grey is only for what is not rated.
    """

    word: str
    symbol: str
    tone: str


@dataclass(frozen=True)
class FileEntry:
    """A file to download: its format in words ("PDF"), its size in bytes, its sum if it has one."""

    name: str
    href: str
    file_format: str
    size: int
    sha256: str = ""


@dataclass(frozen=True)
class Column:
    heading: str
    is_numeric: bool = False
