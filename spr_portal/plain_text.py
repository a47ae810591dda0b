"""Plain text as the portal keeps it, and what it means.

A blank line parts paragraphs; a line starting with "- " is a bullet. What is
pasted from Word is brought to that form; nothing in it is ever markup.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

# What breaks a line besides \n: Word's manual line break is a vertical tab.
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Control and format characters, lone surrogates, and the code points no character will ever have.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
# The bullets of Word: drawn ones, those of the Symbol and Wingdings fonts (private use), a dash
# followed by a blank, and the letter o followed by a tab (Word's second level).
_BULLET = re.compile(
    r"[ \t]*(?:[•·‣⁃∙▪▫■□●○◦◆➢➤✓\uf0a7\uf0b7\uf0d8\uf0fc][ \t]*|[-–—*][ \t]+|[o\uf06f]\t[ \t]*)"
)
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Block:
    """A paragraph and the bullets under it. Either may be empty, never both."""

    text: str
    bullets: tuple[str, ...] = ()


def clean(text: str) -> str:
    """Plain text of whatever was typed or pasted; cleaning it again changes nothing.

    Every letter and digit is kept, except the "o" and tab that Word writes for a bullet.
    """
    text = _LINE_BREAK.sub("\n", text)
    text = unicodedata.normalize("NFC", _without_unwanted(text))
    text = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)
    lines = (_clean_line(line) for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def clean_line(text: str) -> str:
    """The same for words that stand on one line, such as a title: line breaks become spaces."""
    text = _LINE_BREAK.sub("\n", text)
    text = unicodedata.normalize("NFC", _without_unwanted(text))
    return " ".join(text.split())


@functools.lru_cache(maxsize=1024)
def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs of a plain text, each with the bullets that follow its words.

    Lines of one paragraph are joined by a space. Words after bullets begin a
    new paragraph. Bullets that a blank line parts from the words before them
    are theirs all the same. A paper asks this of each of its texts again whenever it is shown.
    """
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", clean(text)):
        words: list[str] = []
        bullets: list[str] = []
        for line in part.split("\n"):
            if line.startswith("- "):
                bullets.append(line[2:].strip())
                continue
            if bullets:
                found.append(Block(" ".join(words), tuple(bullets)))
                words, bullets = [], []
            words.append(line)
        block = Block(" ".join(words).strip(), tuple(bullets))
        if bullets and not block.text and found:
            before = found.pop()
            block = Block(before.text, before.bullets + block.bullets)
        found.append(block)
    return tuple(block for block in found if block.text or block.bullets)


def _without_unwanted(text: str) -> str:
    text = _UNWANTED.sub("", text)
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def _clean_line(line: str) -> str:
    if bullet := _BULLET.match(line):
        line = "- " + line[bullet.end() :]
    return line.replace("\t", " ").strip(" ")
