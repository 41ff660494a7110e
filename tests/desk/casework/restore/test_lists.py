"""Lists of decisions and results are read as people paste and save them."""

import contextlib
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.desk.casework.restore.errors import UnreadableListError
from atalaia.desk.casework.restore.lists import (
    decisions_in_file,
    decisions_in_text,
    results_in_file,
    results_in_text,
)


def ids(rows):
    return [row.decision for row in rows]


def a_book(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "d-1\nd-2",
        "d-1\r\n\r\n d-2 \r\n",
        "d-1, d-2",
        "d-1; d-2",
        "d-1\td-2",
        "d-1 d-2",
        "Decision\nd-1\nd-2",
        "Market,Decision\nMX,d-1\nMX,d-2",
        "Mercado;Id de la decisión\nMX;d-1\nMX;d-2",
        "\nDecisão\tMotivo\nd-1\tx\nd-2\ty",
    ],
)
def test_decisions_are_read_however_they_are_pasted(text):
    """A line each, in one line, or as a table with its head."""
    assert ids(decisions_in_text(text)) == ["d-1", "d-2"]


def test_a_row_is_named_by_its_line():
    """So that it is found again where it came from."""
    rows = decisions_in_text("d-1\n\nd-2 d-3")

    assert [row.at for row in rows] == [1, 3, 3]


def test_a_file_of_one_column_needs_no_head():
    """There is nothing else that it could be."""
    assert ids(decisions_in_file(b"d-1\nd-2\n")) == ["d-1", "d-2"]


def test_a_number_of_a_workbook_is_read_as_it_is_written():
    """Ids of few digits are often kept as numbers."""
    book = a_book(Ids=[["Decision"], [7301], ["d-2"]])

    assert ids(decisions_in_file(book)) == ["7301", "d-2"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"PK\x03\x04 no workbook",
        b"Market,Room\nMX,s-1",
        b"Decision,Decision\nd-1,d-2",
        b'Decision\n"d-1',
        b"Decision\n" + b"d\n" * 5001,
    ],
)
def test_a_file_that_holds_no_list_is_refused(content):
    """What cannot be read stops whole, with what it should have been."""
    with pytest.raises(UnreadableListError):
        decisions_in_file(content)


def test_rows_that_a_sheet_only_formatted_are_none():
    """A sheet goes on below what was written in it."""
    book = openpyxl.Workbook()
    book.active.append(["Decision"])
    book.active.append(["d-1"])
    book.active.cell(row=5002, column=1).value = None
    book.active.row_dimensions[5500].height = 20
    book.active.cell(row=5500, column=1).font = openpyxl.styles.Font(bold=True)
    out = io.BytesIO()
    book.save(out)

    assert ids(decisions_in_file(out.getvalue())) == ["d-1"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("d-1\trestored", ("d-1", "restored", "")),
        ("d-1,refused,too_late", ("d-1", "refused", "too_late")),
        ("d-1; Recusada; too_late", ("d-1", "Recusada", "too_late")),
        ("d-1 restored", ("d-1", "restored", "")),
        ("d-1 refused too_late", ("d-1", "refused", "too_late")),
        ("d-1 No encontrada", ("d-1", "No encontrada", "")),
        ("Decision,Result,Reason\nd-1,refused,x", ("d-1", "refused", "x")),
        ("Resultado;Decisión\nrevocada;d-1", ("d-1", "revocada", "")),
    ],
)
def test_results_are_read_however_they_are_pasted(text, told):
    """A decision, its result and a reason, or a table with its head."""
    (row,) = results_in_text(text)

    assert (row.decision, row.result, row.reason) == told


def test_rows_without_a_result_are_left_alone():
    """A sheet comes back half filled in, or as our own export wrote it."""
    rows = results_in_text(
        "Decision,Result\nd-1,\nd-2,Waits for a result\nd-3,Espera resultado\nd-4,x"
    )

    assert ids(rows) == ["d-4"]


def test_results_are_found_on_the_sheet_that_holds_them():
    """The workbook that central was sent begins with the case."""
    book = a_book(
        Cases=[["Case", "Status"], ["MX-2026-000001", "accepted"]],
        Decisions=[
            ["Case", "Decision", "Result"],
            ["mx-2026-000001", "d-1", "reduced"],
        ],
    )

    (row,) = results_in_file(book)

    assert (row.case, row.decision, row.result) == ("MX-2026-000001", "d-1", "reduced")


def test_a_file_without_a_column_for_results_is_refused():
    """It is a list of decisions, and says nothing of them."""
    with pytest.raises(UnreadableListError):
        results_in_file(b"Decision\nd-1")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_file_is_read_or_refused(content):
    """Whatever is uploaded gets an answer, never a fault."""
    for read in (decisions_in_file, results_in_file):
        with contextlib.suppress(UnreadableListError):
            read(content)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    """Whatever is pasted gets an answer, never a fault."""
    for read in (decisions_in_text, results_in_text):
        with contextlib.suppress(UnreadableListError):
            read(text)
