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
# "police support units (PSUs)", "PSU (police support unit)", "the SPR, that is, the Strategic …".
_AFTER_WORDS = r"\w[^()]{{2,}}\((?:the )?{0}s?(?:[,;][^()]*)?\)"
_BEFORE_WORDS = r"(?<!\w){0}s? \([^()]*[a-z]{{2}}[^()]*\)"


def check(snapshot: Snapshot, document: Paper) -> Iterator[Finding]:
    full = list(printed(document))
    public = list(printed(for_audience(document, Audience.PUBLIC)))
    spelt_out, spelt_out_for_all = _Spelling(full), _Spelling(public)
    seen_by_all = set(_acronyms(public))
    for acronym, use in _acronyms(full).items():
        if not spelt_out.has(acronym):
            sentence = f"{acronym} is never spelt out, as in “… ({acronym})”."
        elif acronym in seen_by_all and not spelt_out_for_all.has(acronym):
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


class _Spelling:
    """Whether some words of an edition spell an acronym out."""

    def __init__(self, words: list[Printed]):
        self._texts = "\n\n".join(part.text for part in words if "(" in part.text)

    def has(self, acronym: str) -> bool:
        return bool(
            re.search(_AFTER_WORDS.format(acronym), self._texts)
            or re.search(_BEFORE_WORDS.format(acronym), self._texts)
        )
