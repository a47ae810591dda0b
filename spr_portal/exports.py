"""Tables as files for a spreadsheet: CSV and XLSX in which nothing that was typed can calculate."""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from spr_portal.audit.recording import record
from spr_portal.identity.models import User

Cell = str | int | float | Decimal | bool | datetime.date | None

# Neither XML nor CSV can hold them; what was typed has none, but a loaded file might.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_VISIBLY_DROPPED = "\ufffd"
_FORMULA_SIGNS = "=+-@"
_SKIPPED = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})  # blanks and what nobody sees
_LARGEST_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
_LONGEST_CELL = 32_767  # UTF-16 units, in XLSX
_CUT = " … (cut here: a cell of a spreadsheet holds no more)"
_FIRST_DAY = datetime.date(1900, 3, 1)  # before it, spreadsheets disagree about dates
_MADE_AT = datetime.datetime(2000, 1, 1)  # equal tables are equal files
_WIDEST, _NARROWEST = 60, 8  # characters


class ExportFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


CONTENT_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Export:
    """A table to be taken away. `name` is the file's, without its ending."""

    title: str
    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    noted: dict = field(default_factory=dict)  # what else the audit keeps, such as the filters
    marking: str = "OFFICIAL"  # stands on every page that is printed of a workbook
    action: str = "register.exported"
    subject: str = ""  # what the audit calls it, if not by its name

    def as_bytes(self, file_format: ExportFormat) -> bytes:
        if file_format == ExportFormat.CSV:
            return csv_bytes(self.headings, self.rows)
        return xlsx_bytes(self.title, self.headings, self.rows, marking=self.marking)


def take_export(*, export: Export, file_format: ExportFormat, by: User) -> bytes:
    """Note that somebody takes a table away, and return its bytes.

    The export holds what the person may see: who makes it has asked.
    """
    with transaction.atomic():
        record(
            action=export.action,
            subject=export.subject or f"register {export.name}",
            by=by,
            force=by.force,
            details={"format": str(file_format), "rows": len(export.rows)} | export.noted,
        )
    return export.as_bytes(file_format)


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file: UTF-8 with a byte order mark, lines ended by CRLF, texts in quotation marks.

    A text that a spreadsheet could take for a formula begins with an
    apostrophe. Numbers stay numbers; dates are written 2016-08-31.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in (headings, *rows):
        writer.writerow([_csv_cell(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def xlsx_bytes(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    marking: str = "OFFICIAL",
) -> bytes:
    """A workbook of one sheet: texts as texts, numbers as numbers, dates as dates, no formulas.

    Equal tables give equal bytes. The file names no author.
    """
    import xlsxwriter  # a quarter of a second that most processes never need

    written = io.BytesIO()
    rows = [[plain(cell) for cell in row] for row in rows]
    headings = [str(plain(heading)) for heading in headings]
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"title": _one_line(title), "created": _MADE_AT})
        sheet = book.add_worksheet(_sheet_name(title))
        _lay_out(sheet, headings, rows)
        _lay_out_print(sheet, title, marking)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = {
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "number": book.add_format({"valign": "top"}),
            "date": book.add_format({"valign": "top", "num_format": "d mmm yyyy"}),
        }
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, _xlsx_text(heading), bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, formats)
    return written.getvalue()


def plain(cell: Cell) -> str | int | float | datetime.date | None:
    """What is written for a cell: what a spreadsheet could not hold as it is becomes text."""
    if cell is None or isinstance(cell, bool):
        return {None: None, True: "Yes", False: "No"}[cell]
    if isinstance(cell, datetime.datetime):
        local = timezone.localtime(cell) if timezone.is_aware(cell) else cell
        return f"{local:%Y-%m-%d %H:%M}"
    if isinstance(cell, datetime.date):
        return cell if cell >= _FIRST_DAY else cell.isoformat()
    if isinstance(cell, Decimal):
        cell = float(cell)
    if isinstance(cell, int | float):
        is_held = math.isfinite(cell) and abs(cell) < _LARGEST_EXACT
        return cell if is_held else str(cell)
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub(_VISIBLY_DROPPED, text)


def could_calculate(text: str) -> bool:
    """Whether a spreadsheet that reads the text from a file might take it for a formula.

    Signs of full width count, as do those behind blanks or characters that nobody sees.
    """
    if text[:1] in ("\t", "\n", "\r", "\0", _VISIBLY_DROPPED):
        return True
    first = next((c for c in text if unicodedata.category(c) not in _SKIPPED), "")
    return bool(first) and unicodedata.normalize("NFKC", first)[0] in _FORMULA_SIGNS


def _csv_cell(cell: Cell):
    cell = plain(cell)
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, str) and could_calculate(cell):
        return f"'{cell}"
    return "" if cell is None else cell


def _write(sheet, row: int, column: int, cell, formats: dict) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, _xlsx_text(cell), formats["text"])
    elif isinstance(cell, datetime.date):
        sheet.write_datetime(row, column, cell, formats["date"])
    else:
        sheet.write_number(row, column, cell, formats["number"])


def _xlsx_text(text: str) -> str:
    """The text as XlsxWriter can be given it: no longer than a cell, and never its own markup."""
    if len(text.encode("utf-16-le")) // 2 > _LONGEST_CELL:
        kept = text.encode("utf-16-le")[: 2 * (_LONGEST_CELL - len(_CUT))]
        text = kept.decode("utf-16-le", "ignore") + _CUT
    if text.startswith("<r>") and text.endswith("</r>"):
        return f"{text} "  # XlsxWriter would write it unescaped, as a rich string
    return text


def _lay_out(sheet, headings: list[str], rows: list[list]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(headings) - 1)
    for column, heading in enumerate(headings):
        widths = [_width(heading) + 3, *(_width(row[column]) for row in rows)]
        sheet.set_column(column, column, min(max(*widths, _NARROWEST), _WIDEST))


def _lay_out_print(sheet, title: str, marking: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    title, marking = (_one_line(words)[:100].replace("&", "&&") for words in (title, marking))
    sheet.set_header(f"&C{marking}")
    sheet.set_footer(f"&L{title}&C{marking}&RPage &P of &N")


def _width(cell) -> int:
    if cell is None:
        return 0
    if isinstance(cell, datetime.date):
        return len("31 Dec 2016")
    return max((len(line) for line in str(cell).split("\n")), default=0) + 1


def _one_line(text: str) -> str:
    return " ".join(str(plain(text)).split())


def _sheet_name(title: str) -> str:
    """A name that every spreadsheet takes: short, without signs that mean something in one."""
    name = re.sub(r"[\[\]:*?/\\]", "-", _one_line(title))[:31].strip().strip("'").strip()
    return name if name and name.lower() != "history" else "Table"
