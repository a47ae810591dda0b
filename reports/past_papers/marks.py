"""Numbers, bullets, dates and labels as papers print them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ORDINAL = r"(?P<day>\d{1,2})\s?(?:st|nd|rd|th)?"
DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_ORDINAL}(?:\s+of)?[\s,]+{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b",
        rf"\b{_MONTH}\s+{_ORDINAL},?\s+(?P<year>(?:19|20)\d\d)\b",
        r"\b(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d|\d\d)\b",
        r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b",
    )
)
MONTH_ONLY = re.compile(rf"\b{_MONTH}\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?(?=\s+\d)|\bdate\s*:", re.IGNORECASE
)


class Kind(StrEnum):
    DECIMAL = "decimal"  # 7, 1.2, 3(a)
    LETTER = "letter"
    ROMAN = "roman"
    BULLET = "bullet"
    RECOMMENDATION = "recommendation"  # Recommendation 3, R3


@dataclass(frozen=True)
class Mark:
    """What stands before the words of a paragraph."""

    kind: Kind
    printed: str  # "1.2", "(a)", "Recommendation 3 –"
    value: tuple[int, ...] = ()  # (1, 2); of a letter its place in the alphabet
    number: str = ""  # "1.2", "3(a)", "a"
    style: str = ""  # what tells one list from another: the signs around the number

    @property
    def is_loose(self) -> bool:
        """A bare number, which may as well be the first word of a sentence."""
        return self.kind == Kind.DECIMAL and not self.style and len(self.value) == 1


_BULLET = re.compile(
    r"(?P<mark>[•·‣⁃∙▪▫■□●○◦◆➢➤➔✓✔\uf02d\uf06c\uf06e\uf076\uf0a7\uf0b7\uf0d8\uf0fc]|"
    r"[-–—*>](?=\s)|[o\uf06f](?=\s))\s*(?=\S)"
)
_DECIMAL = re.compile(
    r"(?P<open>\(?)(?P<number>\d{1,3}(?:\.\d{1,3}){0,3})(?P<sub>\(?[a-z]\)|)(?P<close>[.):]{0,2})"
    r"(?:\s+|(?<=[.):])(?=[A-Z]))(?=\S)"
)
_LETTER = re.compile(r"(?P<open>\(?)(?P<letter>[a-z])(?P<close>[.)]|\.\))\s+(?=\S)", re.IGNORECASE)
_ROMAN = re.compile(
    r"(?P<open>\(?)(?P<letter>x{0,2}(?:ix|iv|v?i{0,3}))(?P<close>[.)])\s+(?=\S)", re.IGNORECASE
)
_RECOMMENDATION = re.compile(
    r"(?P<mark>(?:recommendation|rec\.?)\s*(?:no\.?\s*|number\s*)?#?(?P<number>\d{1,3}(?:\.\d{1,2})?"
    r"|(?<=[ .#])(?:(?-i:[A-Z])|one|two|three|four|five|six|seven|eight|nine|ten)\b)?"
    r"\s*(?:[:.)–—-]+(?=\s|$|[A-Z])|(?=\([^()]{2,60}\)\s*[:.–—-])|$)"
    r"|R(?:ec)?\s?(?P<short>\d{1,2})(?:\s*[:.)–—-](?=\s|$)|(?=\s+(?-i:[A-Z])|$)))"
    r"\s*",
    re.IGNORECASE,
)
_ROMANS = {"i": 1, "v": 5, "x": 10}


def mark_of(text: str) -> tuple[Mark | None, str]:
    """The mark before a text, if it has one, and the words after it."""
    if found := _BULLET.match(text):
        rest = text[found.end() :]
        if found["mark"] in "-–—*" and (inner := mark_of(rest))[0] and inner[0].kind != Kind.BULLET:
            # A list of a list: "- 1) Terrorism". The number says more than the dash.
            mark = inner[0]
            printed = f"{found['mark']} {mark.printed}"
            return Mark(mark.kind, printed, mark.value, mark.number, f"-{mark.style}"), inner[1]
        return Mark(Kind.BULLET, found["mark"], style=found["mark"]), rest
    if (found := _RECOMMENDATION.match(text)) and found["mark"]:
        return _recommendation(found), text[found.end() :].strip()
    if (found := _DECIMAL.match(text)) and not _is_date(text):
        return _decimal(found), text[found.end() :].strip()
    return _lettered(text)


def _recommendation(found: re.Match) -> Mark:
    number = found["number"] or found["short"] or ""
    value = tuple(int(part) for part in number.split(".")) if number[:1].isdigit() else ()
    return Mark(
        Kind.RECOMMENDATION, found["mark"].strip(), value, number,
        "R" if found["short"] else "Recommendation",
    )  # fmt: skip


def _decimal(found: re.Match) -> Mark:
    value = tuple(int(part) for part in found["number"].split("."))
    if found["sub"]:
        value += (ord(found["sub"].strip("()")) - 96,)
    number = found["number"] + found["sub"]
    return Mark(
        Kind.DECIMAL, found[0].strip(), value, number, found["open"] + found["close"]
    )  # fmt: skip


def _lettered(text: str) -> tuple[Mark | None, str]:
    found = _ROMAN.match(text)
    if found and found["letter"]:
        mark = Mark(
            Kind.ROMAN, found[0].strip(), (_roman(found["letter"].lower()),), found["letter"],
            found["open"] + found["close"],
        )  # fmt: skip
        return mark, text[found.end() :].strip()
    if (found := _LETTER.match(text)) and not (found["close"] == "." and found["letter"].isupper()):
        mark = Mark(
            Kind.LETTER, found[0].strip(), (ord(found["letter"].lower()) - 96,), found["letter"],
            found["open"] + found["close"],
        )  # fmt: skip
        return mark, text[found.end() :].strip()
    return None, text


def _roman(letters: str) -> int:
    values = [_ROMANS[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


def _is_date(text: str) -> bool:
    return any(pattern.match(text) for pattern in DATES)


def date_in(text: str) -> datetime.date | None:
    """The first date with a day that a text holds; the day comes before the month."""
    for pattern in DATES:
        for found in pattern.finditer(text):
            year = int(found["year"])
            try:
                return datetime.date(
                    year if year > 99 else 2000 + year, _month(found["month"]), int(found["day"])
                )
            except ValueError:
                continue
    return None


def month_in(text: str) -> tuple[int, int] | None:
    """Year and month of "February 2017"."""
    found = MONTH_ONLY.search(text)
    return (int(found["year"]), _month(found["month"])) if found else None


def without_date(text: str) -> str:
    """The words around a date: a board's name before it."""
    text = WEEKDAY.sub(" ", text)
    for pattern in (*DATES, MONTH_ONLY):
        text = pattern.sub(" ", text)
    return " ".join(text.split()).strip(" ,–—-:;()")


def _month(words: str) -> int:
    if words.isdecimal():
        return int(words)
    return next(
        number for number, name in enumerate(MONTHS, start=1) if name.startswith(words.lower()[:3])
    )
