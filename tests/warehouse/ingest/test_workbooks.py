"""A workbook is read as its owner sees it: titles, merged cells, totals and all."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from atalaia.warehouse.ingest.faults import RemarkCode
from atalaia.warehouse.ingest.mapping_file import parse_mapping
from atalaia.warehouse.ingest.receipts import IngestReceipt

TakeIn = Callable[..., IngestReceipt]
Stored = Callable[[str], list[dict[str, object]]]


def test_analysts_workbook_becomes_aggregates(
    tmp_path: Path, take_in: TakeIn, stored: Stored
) -> None:
    """Title, merged two-row header, totals, text numbers and serial dates in one."""
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "Casos por mercado"
    sheet.merge_cells("A1:D1")
    sheet["B3"], sheet["A3"] = "Brasil", "Fecha"
    sheet.merge_cells("B3:C3")
    sheet.merge_cells("A3:A4")
    sheet["B4"], sheet["C4"] = "Casos", "Base"
    for row in ([46344, "1.234,0", "10.000"], [46345, "2.000,5", "11.000"]):
        sheet.append(row)
    sheet.append([None])
    sheet.append(["Total", "3.234,5", "21.000"])
    book.save(tmp_path / "f.xlsx")
    text = """
name: pivot
version: 1
constants: {measure: M01, policy_id: "*", slice: "{}"}
melt: {market: [Brasil]}
tables:
  aggregate:
    fields:
      market: {by: market, codes: {Brasil: BR}}
      period_start: Fecha
      period_end: Fecha
      numerator: "{market} / Casos"
      denominator: "{market} / Base"
"""
    (file,) = take_in(
        tmp_path / "f.xlsx", mapping=parse_mapping(text.encode(), file="p.yaml")
    ).files
    rows = stored("aggregate")
    assert [row["numerator"] for row in rows] == [1234.0, 2000.5]
    assert [row["denominator"] for row in rows] == [10_000, 11_000]
    assert rows[0]["period_start"] == date(2026, 11, 18)
    codes = {remark.code for remark in file.remarks}
    assert {
        RemarkCode.TITLE_ROWS,
        RemarkCode.MERGED_HEADER,
        RemarkCode.TOTALS_DROPPED,
    } <= codes
