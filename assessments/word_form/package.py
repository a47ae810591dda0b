"""Opening a file that somebody sent as a Word form: it may be anything."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_PART = 12 * 1024 * 1024  # unpacked; a form filled to the last character has 2 MB
MOST_PARTS = 1000
CONTENT_TYPES = "[Content_Types].xml"
# Word uses no others, and some of them may ask for any amount of memory.
COMPRESSIONS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# What zipfile and zlib raise at an archive that is not one, or is damaged.
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, OSError, EOFError, RuntimeError,
    KeyError, IndexError, OverflowError,
)  # fmt: skip
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # of encrypted documents and of Word 2003's


class UnreadableFile(Exception):
    """The file cannot be read as a Word form; the sentence says why and what to do."""


NOT_WORD = (
    "This is not a Word document. Save the form as a Word document (.docx), then upload that file."
)
DAMAGED = "The file is damaged and cannot be read. Save the form once more, then upload it."
TOO_LARGE = "The file is larger than 5 MB. Take pictures out of the form, then upload it."
TOO_MUCH = "The file unpacks to far more than a form can hold, so it was not read."
ENCRYPTED = (
    "The file is protected by a password, or in Word’s old format. Save it as a Word document "
    "(.docx) without a password, then upload that file."
)
MACROS = (
    "The file holds macros, and files with macros are not accepted. Save it as a Word document "
    "without macros (.docx), then upload that file."
)


class Package:
    """The parts of one document, each read whole within limits and never unpacked to disk."""

    def __init__(self, file: BinaryIO):
        if _size_of(file) > LARGEST_FILE:
            raise UnreadableFile(TOO_LARGE)
        if file.read(len(OLE)) == OLE:
            raise UnreadableFile(ENCRYPTED)
        file.seek(0)
        try:
            self._zip = zipfile.ZipFile(file)
        except BROKEN:
            raise UnreadableFile(NOT_WORD) from None
        names = self._zip.namelist()
        if len(names) > MOST_PARTS:
            raise UnreadableFile(TOO_MUCH)
        self._names = set(names)
        self._refuse_what_is_no_document()

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None where there is none. Raises UnreadableFile."""
        if name not in self._names:
            return None
        entry = self._zip.getinfo(name)
        if entry.flag_bits & 1:
            raise UnreadableFile(ENCRYPTED)
        if entry.compress_type not in COMPRESSIONS:
            raise UnreadableFile(DAMAGED)
        try:
            with self._zip.open(entry) as part:
                content = part.read(LARGEST_PART + 1)  # whatever the entry says of its size
        except BROKEN:
            raise UnreadableFile(DAMAGED) from None
        if len(content) > LARGEST_PART:
            raise UnreadableFile(TOO_MUCH)
        return content

    def beside(self, name: str, other: str) -> str:
        """The name of a part in the folder of another."""
        return str(PurePosixPath(name).parent / other)

    def _refuse_what_is_no_document(self) -> None:
        if CONTENT_TYPES not in self._names:
            raise UnreadableFile(NOT_WORD)
        types = self.read(CONTENT_TYPES) or b""
        if b"macroEnabled" in types or any(
            name.lower().endswith("vbaproject.bin") for name in self._names
        ):
            raise UnreadableFile(MACROS)
        if b"wordprocessingml" not in types:
            raise UnreadableFile(NOT_WORD)


def _size_of(file: BinaryIO) -> int:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    return size
