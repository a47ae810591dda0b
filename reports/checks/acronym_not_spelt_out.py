"""An acronym is used and nowhere spelt out, as in "police support unit (PSU)".

The public edition is read by itself: what is spelt out only in words that it
withholds is not spelt out for its readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.checks.finding import Finding, Part
from reports.checks.printed import Printed, printed
from reports.document import Audience, Paper
from reports.editions import for_audience
from reports.snapshot import Snapshot

CODE = "acronym-not-spelt-out"

# Known to any reader of a public paper, or no acronyms at all. PCC is not among them: the title
# of the local policing body differs from place to place and is spelt out at least once.
_KNOWN = """
    UK GB EU UN US USA NATO BBC NHS DNA CCTV TV IT ID HM AM PM MP OK PDF
    SEVERE II III IV VI VII VIII IX XI XII
"""
_FOUND_BY_OTHER_CHECKS = "SECRET TBC TBA TBD TODO XX XXX XXXX XXXXX XXXXXX"
NEED_NONE = frozenset([*_KNOWN.split(), *_FOUND_BY_OTHER_CHECKS.split()])
_ACRONYM = re.compile(r"(?<![\w.-])([A-Z]{2,6})(?:s|’s|'s)?(?![\w-])")
# What stands in brackets, with the word or the acronym before them: "police support units (PSUs)",
# "PSU (police support unit)". One pass over the paper, however many acronyms it has.
_IN_BRACKETS = re.compile(r"(\w{0,40}) ?\((?:the )?([^()]*)\)")
_AT_ITS_BEGINNING = re.compile(r"([A-Z]{2,6})(?:s|’s|'s)?(?![\w-])")
_WORDS = re.compile(r"[a-z]{2}")


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    full = list(printed(document))
    public = list(printed(for_audience(document, Audience.PUBLIC)))
    spelt_out, spelt_out_for_all = _spelt_out(full), _spelt_out(public)
    seen_by_all = set(_acronyms(public))
    for acronym, use in _acronyms(full).items():
        if acronym not in spelt_out:
            sentence = f"{acronym} is never spelt out, as in “… ({acronym})”."
        elif acronym in seen_by_all and acronym not in spelt_out_for_all:
            sentence = f"{acronym} is spelt out only where the public edition withholds it."
        else:
            continue
        yield Finding(sentence, is_blocking=False, can_be_waived=True, about=acronym, **use.where)


def _acronyms(words: list[Printed]) -> dict[str, Printed]:
    """Each acronym with the first place that uses it; what is all in capitals has none."""
    found: dict[str, Printed] = {}
    for part in words:
        if part.part is Part.HEADER or part.text.isupper():
            continue
        for match in _ACRONYM.finditer(part.text):
            if match[1] not in NEED_NONE:
                found.setdefault(match[1], part)
    return found


def _spelt_out(words: list[Printed]) -> set[str]:
    """Every acronym that some words of an edition spell out."""
    found = set()
    for part in words:
        for before, within in _IN_BRACKETS.findall(part.text):
            if (acronym := _AT_ITS_BEGINNING.match(within)) and _WORDS.search(before):
                found.add(acronym[1])
            if (acronym := _AT_ITS_BEGINNING.fullmatch(before)) and _WORDS.search(within):
                found.add(acronym[1])
    return found
