"""The table as CSV and as a sheet."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from atalaia.desk.rooms.metrics.exports import csv_of, sheet_of
from atalaia.desk.rooms.metrics.table import Named, SeenRow, SeenTable
from atalaia.language.catalogue import translator

ROW = SeenRow(
    slice=(Named(dimension="agency", header="Agencia", value="a_1", name="a_1"),),
    start=date(2026, 4, 1),
    end=date(2026, 4, 7),
    period="1–7 abr 2026",
    value=-0.125,
    low=None,
    high=None,
    n=80,
    maturity="mature",
    completeness=1.0,
    shown="−12,5%",
    bounds="",
    second="",
    n_shown="80",
    state="maduro",
    why="",
)


def a_table(*names: str) -> SeenTable:
    rows = tuple(
        replace(ROW, slice=(replace(ROW.slice[0], name=name, value=name),))
        for name in names
    )
    return SeenTable(
        dimensions=("agency",),
        slice_headers=("Agencia",),
        rows=rows,
        has_bounds=False,
        has_second=False,
        is_one_period=True,
        notes=(),
    )


def lines(table: SeenTable, language: str = "es") -> list[list[str]]:
    content = csv_of(table, words=translator(language))
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_would_run_as_a_formula_is_made_harmless(start):
    """A spreadsheet would otherwise run what somebody named their agency."""
    (_, line) = lines(a_table(f"{start}cmd|' /C calc'!A0"))

    assert line[0] == f"'{start}cmd|' /C calc'!A0"


def test_a_negative_number_stays_a_number():
    """Only text is guarded."""
    (_, line) = lines(a_table("a_1"))

    assert float(line[4]) == -0.125


def test_separators_quotes_and_line_ends_survive():
    """A reader of the standard gets back what was seen."""
    name = 'a "b", c\nd; e'

    assert lines(a_table(name))[1][0] == name


def test_lines_end_and_text_begins_as_spreadsheets_want_it():
    """RFC 4180's line ends; a mark that says UTF-8."""
    content = csv_of(a_table("ação"), words=translator("pt"))

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 2


def test_headers_speak_the_reader_s_language_and_the_machine_s():
    """A colleague reads the one, a script finds the other."""
    header = lines(a_table("a_1"), "es")[0]

    assert header[:4] == [
        "Agencia (agency)",
        "Agencia (agency_id)",
        "Desde (start)",
        "Hasta (end)",
    ]


def test_the_sheet_holds_what_the_csv_holds():
    """Numbers are numbers in it, and no text is a formula."""
    table = a_table("=1+1", "a_2")
    content = sheet_of(table, words=translator("es"), name="M01")
    sheet = load_workbook(io.BytesIO(content)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]

    assert [row[1] for row in cells] == ["Agencia (agency_id)", "=1+1", "a_2"]
    assert sheet["A2"].data_type == "s"
    assert cells[1][4] == -0.125
