"""A paper kept as a PDF. The only module that knows pdfplumber."""

from __future__ import annotations

import itertools
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from reports.past_papers.pdf_lines import Printed, printed_lines
from reports.past_papers.pdf_tables import tables_in
from reports.past_papers.source import MOST_CHARACTERS, TOO_LONG, Line, Place, Source, Unreadable
from reports.past_papers.source import numbered as in_order
from reports.past_papers.words import tidy

MOST_PAGES = 120
EDGE = 3  # lines at the head and foot of a page that may be running
MORE_THAN_USUAL = 1.22  # of the way to the next line: white space between paragraphs
UNKNOWN_SIGNS = 0.2  # the share of signs without a letter, from which a file is not readable
TOO_MANY_PAGES = (
    "The PDF has {pages} pages, and {most} is the most that can be read. Keep the paper itself and "
    "leave its annexes out, then try again."
)
LOCKED = "The PDF is protected by a password. Save it without one, then try again."
DAMAGED = "The PDF is damaged: it cannot be read."
SCAN = (
    "There is no text in the PDF: it is a scan, a picture of pages. Find the file it was made "
    "from, or enter last year’s recommendations by hand."
)
NO_LETTERS = (
    "The PDF does not say which letters its signs stand for, so its words cannot be read. Find the "
    "file it was made from, or enter last year’s recommendations by hand."
)


def read_pdf(path: Path) -> Source:
    """The lines as printed, with rows of ruled tables; turned text at the end of its page."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(path) as pdf:
            pages = _page_count(pdf)
            lines = in_order(list(_lines(pdf)))
    except Unreadable:
        raise
    except MemoryError:
        raise
    except (PDFPasswordIncorrect, PdfminerException, MalformedPDFException) as problem:
        is_locked = "Password" in f"{type(problem.__context__)}{problem!r}"
        raise Unreadable(LOCKED if is_locked else DAMAGED) from problem
    except PDFException as problem:
        raise Unreadable(DAMAGED) from problem
    except Exception as problem:  # whatever a crafted file makes of pdfminer
        raise Unreadable(DAMAGED) from problem
    words = "".join(line.words for line in lines)
    if not any(sign.isalnum() for sign in words):
        raise Unreadable(SCAN)
    if words.count("(cid:") * 6 > UNKNOWN_SIGNS * len(words):
        raise Unreadable(NO_LETTERS)
    return Source(lines=lines, is_wrapped=True, pages=pages)


def _page_count(pdf) -> int:
    # pdfplumber makes a page of every one when asked; the pages of the file are counted instead.
    from pdfminer.pdfpage import PDFPage  # beside its only use

    counted = sum(1 for _ in itertools.islice(PDFPage.create_pages(pdf.doc), 10 * MOST_PAGES))
    if counted > MOST_PAGES:
        raise Unreadable(TOO_MANY_PAGES.format(pages=counted, most=MOST_PAGES))
    return counted


@dataclass
class _Page:
    printed: list[Printed]
    rows: list[tuple[float, Line]]  # of tables, each with its top
    turned: list[Printed]


def _lines(pdf) -> Iterator[Line]:
    pages: list[_Page] = []
    tables = letters = 0
    for number, page in enumerate(pdf.pages, start=1):
        read = _read_page(page, number, tables)
        page.close()
        tables = max([tables, *(line.table for _, line in read.rows)])
        letters += sum(len(one.text) for one in (*read.printed, *read.turned))
        letters += sum(len(line.words) for _, line in read.rows)
        if letters > MOST_CHARACTERS:
            raise Unreadable(TOO_LONG)
        pages.append(read)
    usual = _usual_step([page.printed for page in pages])
    for number, read in enumerate(pages, start=1):
        yield from _page_lines(read, number, usual)


def _read_page(page, number: int, tables: int) -> _Page:
    signs = page.dedupe_chars().chars
    upright = [sign for sign in signs if sign["upright"]]
    turned = [sign for sign in signs if not sign["upright"]]
    found: list[tuple[float, Line]] = []
    ruled, upright = tables_in(page, upright)
    for table, rows in enumerate(ruled, start=tables + 1):
        for row in rows:
            line = Line(
                "", page=number, table=table, cells=row.cells, is_bold=row.is_bold, has_gap=True
            )
            found.append((row.top, line))
    return _Page(printed_lines(upright), found, printed_lines(_turned_back(turned)))


def _page_lines(read: _Page, number: int, usual: float) -> Iterator[Line]:
    placed = list(read.rows)
    edges = {*read.printed[:EDGE], *read.printed[-EDGE:]}
    before: Printed | None = None
    for one in read.printed:
        has_gap = None
        if before is not None:
            has_gap = one.bottom - before.bottom > MORE_THAN_USUAL * usual * max(one.size, 1)
        placed.append((one.top, _line(one, number, has_gap, one in edges)))
        before = one
    yield from (line for _, line in sorted(placed, key=lambda pair: pair[0]))
    for one in read.turned:
        yield Line(tidy(one.text), page=number, place=Place.TURNED, size=one.size, has_gap=True)


def _line(one: Printed, page: int, has_gap: bool | None, is_edge: bool) -> Line:
    return Line(
        tidy(one.text),
        page=page,
        is_bold=one.is_bold,
        size=round(one.size * 2) / 2,
        left=one.left,
        right=one.right,
        has_gap=has_gap,
        is_edge=is_edge,
    )


def _usual_step(pages: list[list[Printed]]) -> float:
    """From one line of a paragraph to the next, in sizes of its letters: the closest common one."""
    steps = Counter(
        round((after.bottom - before.bottom) / after.size, 1)
        for printed in pages
        for before, after in itertools.pairwise(printed)
        if after.size and 0.8 * after.size < after.bottom - before.bottom < 3 * after.size
    )
    common = [step for step, times in steps.items() if times >= 0.12 * steps.total()]
    return min(common, default=1.2)


def _turned_back(signs: list[dict]) -> list[dict]:
    """Text that runs up the page, as if it ran across."""
    return [
        sign | {"x0": -sign["bottom"], "x1": -sign["top"], "top": sign["x0"], "bottom": sign["x1"]}
        for sign in signs
    ]
