"""Tables as files: they hold the words that were typed, and nothing in them calculates."""

import csv
import datetime
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spr_portal.exports import could_calculate, csv_bytes, plain, xlsx_bytes

SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "⁼", "₊"]
FRONTS = ["", " ", "\t", "\r", "\n", "\0", "\u00a0", "\u3000", "\ufeff", "\u200b", "\x85", "  \t "]
FORMULAS = [f"{front}{sign}HYPERLINK(1)" for front in FRONTS for sign in SIGNS]
HOSTILE = [
    *FORMULAS,
    "\t1", "\r1", "\n1", "\0", "\ufffe", "a\x0bb", "\ud800",
    "<r>not</r>", "<r><t>bold</t></r>", "_x003D_1+1", "_x0000_", "{=1}", "{=1+1}",
    "http://example.org", "mailto:a@example.org", "internal:Sheet1!A1", "&lt;b&gt;", "]]>",
    "'", '"', 'a";=1+1;"', "1", "-1", "1e5", "TRUE", "#REF!", "x" * 40_000, "🚓" * 20_000,
    "a\r\nb\rc\nd",
]  # fmt: skip
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.text(),
    st.text(alphabet="=+-@\t\r\n\0 '\"<r>/;,_x0D&＝\u200b\ud800", max_size=12),
    st.sampled_from(HOSTILE),
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.tuples(
        st.lists(st.text(max_size=8), min_size=width, max_size=width),
        st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=5),
    )
)


def sheet_of(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content), rich_text=False).active


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def as_read_from_xlsx(cell):
    cell = plain(cell)
    if cell == "" or cell is None:
        return None
    if isinstance(cell, str) and cell.startswith("<r>") and cell.endswith("</r>"):
        return f"{cell} "
    if isinstance(cell, datetime.date):
        return datetime.datetime(cell.year, cell.month, cell.day)
    return cell


def is_cut(text) -> bool:
    return isinstance(text, str) and len(text.encode("utf-16-le", "surrogatepass")) > 2 * 32_767


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_workbook_holds_the_same_cells_and_no_formula(table):
    headings, rows = table

    sheet = sheet_of(xlsx_bytes("Any title", headings, rows))

    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert [cell for cell in cells if cell.hyperlink] == []
    for number, row in enumerate(rows, start=2):
        for column, typed in enumerate(row, start=1):
            read = sheet.cell(number, column).value
            if is_cut(typed):
                assert read.endswith("(cut here: a cell of a spreadsheet holds no more)")
            elif isinstance(expected := as_read_from_xlsx(typed), float):
                assert read == pytest.approx(expected, rel=1e-14)
            else:
                assert unescaped(read) == expected


@pytest.mark.parametrize("words", ["<r>not</r>", "<r><t>bold</t></r>", "<r></si><f>1+1</f></r>"])
def test_markup_of_workbooks_is_words(words):
    sheet = sheet_of(xlsx_bytes("T", [words], [[words]]))

    assert [sheet["A1"].value, sheet["A2"].value] == [f"{words} "] * 2


def unescaped(read):
    """What a spreadsheet shows of an escaped underscore; openpyxl leaves the escape in."""
    return read.replace("_x005F_", "_") if isinstance(read, str) else read


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_csv_holds_the_same_cells_and_no_formula(table):
    headings, rows = table

    read = read_csv(csv_bytes(headings, rows))

    assert len(read) == len(rows) + 1
    for typed_row, read_row in zip(rows, read[1:], strict=True):
        for typed, cell in zip(typed_row, read_row, strict=True):
            typed = plain(typed)
            if isinstance(typed, int | float):
                assert float(cell) == pytest.approx(typed)
            else:
                assert cell.removeprefix("'") == ("" if typed is None else str(typed)).removeprefix(
                    "'"
                )
                assert not could_calculate(cell)


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_makes_text_of_what_looks_like_a_formula(text):
    [[_], [cell]] = read_csv(csv_bytes(["Words"], [[text]]))

    assert cell.startswith("'")


@pytest.mark.parametrize(
    "text", ["a=1", "1-2", "x@example.org", "'=1", "(=1)", "", "Ångström", "7"]
)
def test_csv_leaves_other_words_alone(text):
    [[_], [cell]] = read_csv(csv_bytes(["Words"], [[text]]))

    assert cell == text


def test_csv_is_what_a_spreadsheet_in_britain_opens():
    content = csv_bytes(
        ["Unit", "Held"], [["Café “vans”", -62], [None, datetime.date(2016, 8, 31)]]
    )

    assert content == ('\ufeff"Unit","Held"\r\n"Café “vans”",-62\r\n"","2016-08-31"\r\n'.encode())


def test_headings_cannot_calculate_either():
    content = csv_bytes(["=1+1"], [])
    sheet = sheet_of(xlsx_bytes("T", ["=1+1"], []))

    assert read_csv(content) == [["'=1+1"]]
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=1+1", "s")


def test_what_xml_forbids_is_dropped_where_one_sees_it():
    sheet = sheet_of(xlsx_bytes("T", ["H"], [["a\x00b\x0bc\ud800d\ufffe"]]))

    assert sheet["A2"].value == "a�b�c�d�"


def test_numbers_and_dates_stay_what_they_are():
    sheet = sheet_of(xlsx_bytes("T", ["H"], [[-62], [0], [datetime.date(2016, 8, 31)], [True]]))

    assert [sheet.cell(row, 1).value for row in (2, 3, 4, 5)] == [
        -62,
        0,
        datetime.datetime(2016, 8, 31),
        "Yes",
    ]
    assert sheet["A4"].is_date


def test_heading_row_stands_still_and_filters():
    sheet = sheet_of(xlsx_bytes("T", ["Unit", "Held"], [["Vans", 1]]))

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B2"
    assert sheet["A1"].font.bold
    assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize(
    "title",
    ["", "'", "History", "a/b\\c[d]e:f*g?h", "x" * 200, "=1+1", "\0", "&P", "'a'", "é" * 40],
)
def test_any_title_makes_a_workbook(title):
    assert sheet_of(xlsx_bytes(title, ["H"], [[1]]))["A2"].value == 1


def test_equal_tables_are_equal_files_without_an_author():
    first = xlsx_bytes("T", ["H"], [["a"]])

    assert first == xlsx_bytes("T", ["H"], [["a"]])
    properties = openpyxl.load_workbook(io.BytesIO(first)).properties
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert properties.created.year == 2000


def test_marking_stands_on_every_printed_page():
    sheet = sheet_of(xlsx_bytes("A & B", ["H"], [[1]], marking="OFFICIAL-SENSITIVE"))

    assert sheet.oddHeader.center.text == "OFFICIAL-SENSITIVE"
    assert sheet.oddFooter.center.text == "OFFICIAL-SENSITIVE"
    assert sheet_of(xlsx_bytes("T", ["H"], [[1]])).oddHeader.center.text == "OFFICIAL"


def test_workbook_is_sound_xml_without_formulas():
    content = xlsx_bytes(
        "T", HOSTILE[:3], [HOSTILE[index : index + 3] for index in range(0, 60, 3)]
    )

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"<f " not in sheet
        assert all(part.date_time[0] == 1980 for part in parts.infolist())
