"""What an uploaded file is, by its content: only what is listed here is kept.

Pure Python without Django: `examine_file` runs it in a process of its own.
"""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_MEMBERS = 5_000  # of an Office file
MOST_UNPACKED = 200 * 2**20  # bytes
MOST_PIXELS = 50_000_000
LARGEST_XML = 2 * 2**20
OFFICE = "application/vnd.openxmlformats-officedocument."

# Parts of an Office file that hold programs or can fetch them.
ACTIVE = re.compile(
    r"vbaproject|vbadata|(^|/)activex|macrosheets|dialogsheets|oleobject[^/]*\.bin$", re.IGNORECASE
)
FETCHED = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)"
    rb"(?=[^>]*/(attachedTemplate|oleObject|frame|subDocument)[\"'])",
    re.IGNORECASE,
)
WITH_MACROS = frozenset({".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".pptm", ".potm", ".ppsm"})
OLD_OFFICE = frozenset({".doc", ".xls", ".ppt"})
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and those with a password
UNREADABLE_ARCHIVE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, EOFError, OSError,
)  # fmt: skip
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


class FileRefused(Exception):
    """The file is not kept; the message is a sentence for whoever sent it."""


@dataclass(frozen=True)
class Kind:
    """A kind of file that is kept. `check` raises FileRefused; it may write a cleaned copy."""

    called: str
    content_type: str
    check: Callable[[Path, Path], None]


def examine(path: Path, name: str, cleaned: Path) -> Kind:
    """What the file is; raises FileRefused unless it is one we keep and is named so.

    A picture comes out drawn anew at `cleaned`, without what it carries besides:
    where and with what it was taken, or another file behind it.
    """
    ending = Path(name).suffix.lower()
    if ending in WITH_MACROS:
        raise FileRefused(
            "Files with macros cannot be kept. Save it as docx, xlsx or pptx, or as a PDF"
        )
    if ending in OLD_OFFICE:
        raise FileRefused("Old Office files cannot be kept. Save it as docx, xlsx or pptx")
    if ending not in KINDS:
        raise FileRefused(f"The file must be one of these: {ENDINGS}")
    if path.stat().st_size == 0:
        raise FileRefused("The file is empty")
    kind = KINDS[ending]
    kind.check(path, cleaned)
    return kind


def check_pdf(path: Path, cleaned: Path) -> None:
    import pikepdf  # in the process of examine_file alone

    with path.open("rb") as file:
        head = file.read(5)
        file.seek(max(0, path.stat().st_size - 1024))
        _, end, rest = file.read().rpartition(b"%%EOF")
    if head != b"%PDF-" or not end or rest.strip(b"\0\t\n\f\r "):
        raise _misnamed("a PDF")
    try:
        with pikepdf.open(path) as pdf:
            if not len(pdf.pages):
                raise FileRefused("The PDF has no pages")
            for found in _dictionaries(pdf):
                _refuse_active(found)
    except pikepdf.PasswordError:
        raise FileRefused(
            "The PDF is protected by a password, so it cannot be checked. Save it without one"
        ) from None
    except pikepdf.PdfError:
        raise FileRefused("The PDF is damaged: it cannot be read") from None


def _dictionaries(pdf) -> Iterator:
    """Every dictionary in the file, those inside others too."""
    import pikepdf

    waiting = list(pdf.objects)
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Stream):
            found = found.stream_dict
        if isinstance(found, pikepdf.Dictionary):
            yield found
            inner = [value for _, value in found.items()]
        elif isinstance(found, pikepdf.Array):
            inner = list(found)
        else:
            continue
        waiting += [
            one
            for one in inner
            if isinstance(one, pikepdf.Dictionary | pikepdf.Array) and not one.is_indirect
        ]


def _refuse_active(found) -> None:
    if found.get("/S") in ("/JavaScript", "/Launch") or "/JS" in found:
        raise FileRefused(
            "The PDF holds a program (JavaScript), so it cannot be kept. Print it to a new PDF"
        )
    if "/EF" in found or found.get("/Type") == "/EmbeddedFile":
        raise FileRefused(
            "The PDF has other files attached to it, so it cannot be kept. Save them one by one"
        )


def check_office(main: str, content_type: bytes) -> Callable[[Path, Path], None]:
    def check(path: Path, cleaned: Path) -> None:
        with path.open("rb") as file:
            head = file.read(8)
            file.seek(max(0, path.stat().st_size - 22))
            end = file.read(4)
        if head == COMPOUND:
            raise FileRefused(
                "The file is protected by a password or in an old format, so it cannot be checked. "
                "Save it as docx, xlsx or pptx without a password"
            )
        if head[:4] != b"PK\x03\x04" or end != b"PK\x05\x06":
            raise _misnamed("an Office file")
        try:
            with zipfile.ZipFile(path) as packed:
                _check_members(packed, main)
                _check_parts(packed, content_type)
                if packed.testzip():
                    raise zipfile.BadZipFile
        except UNREADABLE_ARCHIVE:
            raise FileRefused("The file is damaged: it cannot be read") from None

    return check


def _check_members(packed: zipfile.ZipFile, main: str) -> None:
    members = packed.infolist()
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise FileRefused("The file is too large once it is unpacked")
    if not names or len(set(names)) != len(names) or min(one.header_offset for one in members) != 0:
        raise _misnamed("an Office file")
    for name in names:
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name:
            raise _misnamed("an Office file")
        if ACTIVE.search(name):
            raise FileRefused(
                "The file holds macros or other programs, so it cannot be kept. Save it without "
                "them, or as a PDF"
            )
    if any(one.flag_bits & 1 for one in members):
        raise FileRefused("The file is protected by a password, so it cannot be checked")
    if main not in names or "[Content_Types].xml" not in names:
        raise _misnamed("the kind of file that its name says")


def _check_parts(packed: zipfile.ZipFile, content_type: bytes) -> None:
    types = _read(packed, "[Content_Types].xml")
    if b"macroenabled" in types.lower() or content_type not in types:
        raise _misnamed("the kind of file that its name says")
    for name in packed.namelist():
        if name.endswith(".rels") and FETCHED.search(_read(packed, name)):
            raise FileRefused(
                "The file would fetch another one when it is opened, so it cannot be kept. Save "
                "it as a PDF"
            )


def _read(packed: zipfile.ZipFile, name: str) -> bytes:
    if packed.getinfo(name).file_size > LARGEST_XML:
        raise FileRefused("The file is too large once it is unpacked")
    return packed.read(name)


def check_picture(form: str, start: bytes) -> Callable[[Path, Path], None]:
    def check(path: Path, cleaned: Path) -> None:
        import warnings

        from PIL import Image, ImageFile, ImageOps  # in the process of examine_file alone

        with path.open("rb") as file:
            if not file.read(len(start)) == start:
                raise _misnamed(f"a {form} picture")
        Image.MAX_IMAGE_PIXELS = MOST_PIXELS
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it is loaded, allows them
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(path, formats=[form]) as picture:
                drawn = ImageOps.exif_transpose(picture)
                if form == "JPEG" and drawn.mode not in {"L", "RGB"}:
                    drawn = drawn.convert("RGB")
                drawn.info = {}
                drawn.save(cleaned, form, **({"quality": 92} if form == "JPEG" else {}))
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise FileRefused(
                f"The picture must have {MOST_PIXELS // 1_000_000} million pixels or fewer"
            ) from None
        except (OSError, ValueError, SyntaxError, EOFError):
            raise FileRefused("The picture is damaged: it cannot be drawn") from None

    return check


def check_text(path: Path, cleaned: Path) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(1 << 20):
                if CONTROLS.search(decoder.decode(chunk)):
                    raise _misnamed("plain text")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            raise FileRefused("The text must be saved as UTF-8") from None


def _misnamed(what: str) -> FileRefused:
    return FileRefused(f"What is in the file is not {what}")


_JPEG = Kind("JPEG", "image/jpeg", check_picture("JPEG", b"\xff\xd8\xff"))
KINDS = {
    ".pdf": Kind("PDF", "application/pdf", check_pdf),
    ".docx": Kind(
        "Word",
        f"{OFFICE}wordprocessingml.document",
        check_office("word/document.xml", b"wordprocessingml.document.main+xml"),
    ),
    ".xlsx": Kind(
        "Excel",
        f"{OFFICE}spreadsheetml.sheet",
        check_office("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
    ),
    ".pptx": Kind(
        "PowerPoint",
        f"{OFFICE}presentationml.presentation",
        check_office("ppt/presentation.xml", b"presentationml.presentation.main+xml"),
    ),
    ".png": Kind("PNG", "image/png", check_picture("PNG", b"\x89PNG\r\n\x1a\n")),
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".txt": Kind("Text", "text/plain; charset=utf-8", check_text),
    ".csv": Kind("CSV", "text/csv; charset=utf-8", check_text),
}
ENDINGS = "PDF, Word (docx), Excel (xlsx), PowerPoint (pptx), PNG, JPEG, plain text (txt) or CSV"
