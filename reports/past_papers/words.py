"""Small questions about words: tidied, counted, compared."""

from __future__ import annotations

import re
import unicodedata

LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
SENTENCE_END = re.compile(r"[.!?:;]['\"’”)\]]*$")
FULL_STOP = re.compile(r"[.!?]['\"’”)\]]*$")
NOT_LETTERS = re.compile(r"[^a-z0-9]+")
HYPHENS = "-‐\u00ad"
# What is written with a hyphen when it is not at the end of a line either.
_PREFIXES = """anti co counter cross cyber ex high hard inter long low mid multi non on post pre
    pro re self semi short sub third two three under well"""
PREFIXES = frozenset(_PREFIXES.split())


def tidy(text: str) -> str:
    """Words on one line: ligatures apart, all white space one space; a tab stays a tab."""
    text = UNSEEN.sub("", text)
    for one, letters in LIGATURES.items():
        text = text.replace(one, letters)
    text = "".join(
        " " if unicodedata.category(sign) == "Zs" or sign in "\v\x85" else sign for sign in text
    )
    return re.sub(r" *\t[ \t]*", "\t", re.sub(r" {2,}", " ", text)).strip()


def flat(text: str) -> str:
    """The same without tabs and line breaks."""
    return " ".join(text.replace("\u00ad", "").split())


def letters_of(text: str) -> str:
    """Every letter and digit in its order and nothing else: what may not get lost."""
    return "".join(sign for sign in unicodedata.normalize("NFC", text) if sign.isalnum())


def tokens(text: str) -> list[str]:
    """Words to compare: small letters, "&" as "and", without the plural's s."""
    text = text.casefold().replace("&", " and ").replace("’", "").replace("'", "")
    found = NOT_LETTERS.sub(" ", text).split()
    return [_singular(word) for word in found]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def is_capitals(text: str) -> bool:
    """Whether it is set in capitals; a date or an "of" within may be small."""
    letters = [sign for sign in text if sign.isalpha()]
    large = sum(sign.isupper() for sign in letters)
    return len(letters) >= 3 and large >= 0.9 * len(letters)


def is_unfinished(text: str) -> bool:
    """Whether a text breaks off in the middle of a sentence."""
    return not SENTENCE_END.search(text.rstrip())


def starts_small(text: str) -> bool:
    """Whether a text begins as the middle of a sentence does."""
    return text[:1].islower()


def alike(one: str, other: str) -> float:
    """How much of two texts is the same, 0 to 1, by the words they share in their order."""
    left, right = tokens(one), tokens(other)
    if not left or not right:
        return 0.0
    shared = set(left) & set(right)
    return 2 * len(shared) / (len(set(left)) + len(set(right)))


def joined(before: str, after: str, known: frozenset[str] = frozenset()) -> str:
    """Two lines as one text. A word broken at the line's end is put together again.

    `known` are the words that stand whole somewhere in the paper, with and
    without hyphens: they tell "self-assessment" from "assess-ment".
    """
    if not before or not after:
        return before or after
    if before[-1] == "\u00ad":
        return before.rstrip("\u00ad") + after
    last = before.split()[-1]
    if before[-1] not in HYPHENS or len(last) < 2 or not last[-2].isalpha():
        return f"{before} {after}"
    if not after[0].islower():
        return before + after
    first = after.split()[0].strip(".,;:)")
    stem = last.lstrip("(‘“'\"").rstrip(HYPHENS)
    whole, hyphened = (stem + first).casefold(), f"{stem}-{first}".casefold()
    keeps = hyphened in known or (whole not in known and stem.casefold() in PREFIXES)
    return before + after if keeps else before.rstrip(HYPHENS) + after
