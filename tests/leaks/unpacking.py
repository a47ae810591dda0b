"""Taking anything apart that can be handed out, to look for words in every layer of it."""

from __future__ import annotations

import base64
import binascii
import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator

import pikepdf
import pypdf

DEEPEST = 5  # layers within layers: a JSON in a ZIP in a PDF …
_TAGS = re.compile(r"<[^<>]*>")
_HEX = re.compile(rb"<((?:[0-9A-Fa-f]\s*){16,})>")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
# What can stand between the letters of a word without being seen.
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff\0]+")


def leaks(words: Iterable[str], *contents: bytes) -> list[str]:
    """Those of the words that stand in some layer of the contents, in whatever guise."""
    layers = [layer for content in contents for layer in layers_of(content)]
    return [word for word in words if any(word.lower() in layer for layer in layers)]


def layers_of(content: bytes, depth: int = 0) -> Iterator[str]:
    """Every text that can be made of the bytes, small, without spaces and unseen characters."""
    for text in _texts(content):
        yield _bare(text)
        yield _bare(_TAGS.sub("", text))  # words that are split among runs
        yield _bare(html.unescape(_TAGS.sub("", text)))
        yield _bare(html.unescape(text))
        yield _bare(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
    if depth < DEEPEST:
        for inner in _within(content):
            yield from layers_of(inner, depth + 1)


def _texts(content: bytes) -> Iterator[str]:
    yield content.decode("utf-8", "replace")
    if b"\0" in content:
        yield content.decode("utf-16-be", "replace")
        yield content.decode("utf-16-le", "replace")


def _bare(text: str) -> str:
    return _UNSEEN.sub("", text).lower()


def _within(content: bytes) -> Iterator[bytes]:
    if content[:4] == b"%PDF":
        yield from _of_pdf(content)
    elif content[:4] == b"PK\x03\x04":  # two letters alone begin some decoded word by chance
        yield from _of_zip(content)
    else:
        yield from _decoded(content)


def _of_zip(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        yield parts.comment
        for entry in parts.infolist():
            yield entry.filename.encode()
            yield entry.comment + entry.extra
            yield parts.read(entry)


def _of_pdf(content: bytes) -> Iterator[bytes]:
    """The text of the pages; every string and stream, those of earlier revisions too."""
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        yield page.extract_text().encode()
    for end in re.finditer(rb"%%EOF", content):
        with pikepdf.open(io.BytesIO(content[: end.end()])) as pdf:
            for part in pdf.objects:
                yield from _of_object(part)
            yield from _of_object(pdf.trailer)


def _of_object(part) -> Iterator[bytes]:
    if isinstance(part, pikepdf.Stream):
        if "/Length1" not in part:  # a font: its glyphs are no words
            yield part.read_bytes()
        part = pikepdf.Dictionary(dict(part.items()))
    if isinstance(part, pikepdf.String | pikepdf.Name):
        yield str(part).encode()
    elif isinstance(part, pikepdf.Array):
        for one in part:
            yield from _of_object(one) if not _is_reference(one) else ()
    elif isinstance(part, pikepdf.Dictionary):
        for name, one in part.items():
            yield name.encode()
            yield from _of_object(one) if not _is_reference(one) else ()


def _is_reference(one) -> bool:
    """Objects of their own come by themselves."""
    return isinstance(one, pikepdf.Object) and one.is_indirect


def _decoded(content: bytes) -> Iterator[bytes]:
    for found in _HEX.finditer(content):
        digits = re.sub(rb"\s", b"", found[1])
        if len(digits) % 2 == 0:
            yield binascii.unhexlify(digits)
    for found in _BASE64.finditer(content):
        words = found[0].rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
        try:
            yield base64.b64decode(words + b"=" * (-len(words) % 4))
        except binascii.Error:
            continue
