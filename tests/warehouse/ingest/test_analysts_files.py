"""Files as analysts keep them go in by the proposal as it stands, nothing edited."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from atalaia.domain.reference import Reference
from atalaia.language.catalogue import translator
from atalaia.warehouse.ingest.mapping_file import parse_mapping
from atalaia.warehouse.ingest.receipts import IngestReceipt
from atalaia.warehouse.ingest.suggest import suggest_mapping

pytestmark = pytest.mark.slow

Taken = tuple[IngestReceipt, list[dict[str, object]]]
Through = Callable[[Path], Taken]


@pytest.fixture
def through(
    reference: Reference,
    take_in: Callable[..., IngestReceipt],
    stored: Callable[[str], list[dict[str, object]]],
) -> Through:
    """Propose a mapping and take the file in; only a metric's name is said."""

    def run(path: Path) -> Taken:
        words = translator("en")
        found = suggest_mapping(path, reference=reference, words=words)
        text = found.text.replace("# measure:", "measure: {constant: M01} #")
        receipt = take_in(path, mapping=parse_mapping(text.encode(), file="m.yaml"))
        return receipt, stored(found.table)

    return run


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def sheet_of(folder: Path, *rows: list[object], name: str = "f.xlsx") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def test_mark_blank_rows_and_decimal_commas(tmp_path: Path, through: Through) -> None:
    """A byte-order mark, blank first rows, units in the header and a totals row."""
    text = "\ufeff\r\n\r\nSala;Creador;País;Inicio;Duración (min)\r\n"
    text += "r1;ana;México;13/11/2026 20:00;60,5\r\nTotal general;;;;60,5\r\n"
    _, (row,) = through(written(tmp_path, "f.csv", text))
    assert (row["market"], row["duration_s"]) == ("MX", 3630.0)


def test_percent_signs_and_half_days(tmp_path: Path, through: Through) -> None:
    """95% is a share, and 08:15 p. m. an evening."""
    text = "Decisión;Mercado;Política;Acción;Fecha de decisión;Confianza\n"
    text += "D1;AR;Desnudez;Sin acción;13/11/2026 08:15:00 p. m.;95%\n"
    _, (row,) = through(written(tmp_path, "f.csv", text))
    assert row["confidence"] == 0.95
    assert row["decided_at"] == datetime(2026, 11, 13, 23, 15, tzinfo=UTC)


def test_two_encodings_in_one_file(tmp_path: Path, through: Through) -> None:
    """Rows pasted from another program keep their letters, and so does the header."""
    text = "Sala;Creador;País;Inicio\nr1;ana;México;13/11/2026\n".encode()
    text += "r2;bob;Perú;14/11/2026\n".encode("cp1252")
    _, rows = through(written(tmp_path, "f.csv", text))
    assert [row["market"] for row in rows] == ["MX", "PE"]


def test_dates_with_a_months_name(tmp_path: Path, through: Through) -> None:
    """A header and a cell of two lines, and dates written out."""
    text = '"ID\napelación","ID sanción",País,"Fecha de\nla apelación",Resultado\n'
    text += "A1,P1,México,3 de noviembre de 2026,Revocada\n"
    text += "A2,P1,Brasil,04-nov-2026,Mantida\nA3,P1,Brasil,5 nov. 2026,Negada\n"
    _, rows = through(written(tmp_path, "f.csv", text))
    assert [row["submitted_at"].day for row in rows] == [3, 4, 5]


def test_every_number_is_over_a_thousand(tmp_path: Path, through: Through) -> None:
    """1.234 in every row is said to be over a thousand, and read so."""
    text = "Período;Mercado;Sanciones;Sesiones\nout/2026;Brasil;1.234;45.678\n"
    text += "Subtotal Brasil;;1.234;45.678\nout/2026;México;310;9.876\n"
    _, rows = through(written(tmp_path, "f.csv", text))
    assert [(r["numerator"], r["denominator"]) for r in rows] == [
        (1234, 45678),
        (310, 9876),
    ]


def test_numbers_as_text_and_a_clock_apart(tmp_path: Path, through: Through) -> None:
    """Long ids, counts kept as text, date and time of day in two columns."""
    path = sheet_of(
        tmp_path,
        ["ID da sala", "Criador", "País", "Data", "Hora", "Visualizações"],
        [123456789012, "ana", "Brasil", date(2026, 11, 13), time(21, 15), "1.234"],
    )
    _, (row,) = through(path)
    assert (row["session_id"], row["views"]) == ("123456789012", 1234)
    assert row["started_at"] == datetime(2026, 11, 14, 0, 15, tzinfo=UTC)


def test_months_as_columns(tmp_path: Path, through: Through) -> None:
    """Dates in the header stand for their months; a totals row is left out."""
    path = sheet_of(
        tmp_path,
        ["Mercado", "Política", date(2026, 9, 1), date(2026, 10, 1)],
        ["Brasil", "Nudez", 10, 12],
        ["México", "Nudez", 7, 8],
        ["Total", None, 17, 20],
    )
    _, rows = through(path)
    assert len(rows) == 4
    assert max(row["period_end"] for row in rows).day == 31


def test_cells_merged_downwards(tmp_path: Path, through: Through) -> None:
    """A market that stands once for several rows stands in each of them."""
    book = Workbook()
    sheet: Worksheet = book.active
    for row in (
        ["Mercado", "Semana", "Casos"],
        ["Brasil", "2026-W44", 5],
        [None, "2026-W45", 6],
        ["México", "2026-W44", 7],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "f.xlsx")
    receipt, rows = through(tmp_path / "f.xlsx")
    assert [row["market"] for row in rows] == ["BR", "BR", "MX"]
    assert any("stand for every row" in str(r) for r in receipt.files[0].remarks)


def test_merged_header_rate_column_and_weeks(tmp_path: Path, through: Through) -> None:
    """Markets above counts and rates; the week's year is in the file's name."""
    book = Workbook()
    sheet: Worksheet = book.active
    for row in (
        ["Reporte LATAM"],
        ["Semana", "Brasil", None, None, "México", None, None],
        [None, *("Sanciones", "Sesiones", "Tasa") * 2],
        ["S44", 10, "1.000", "1,0 %", 5, "700", "0,7 %"],
        ["Total", 10, "1.000", "1,0 %", 5, "700", "0,7 %"],
    ):
        sheet.append(row)
    for merged in ("A1:G1", "A2:A3", "B2:D2", "E2:G2"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "pivot 2026.xlsx")
    _, rows = through(tmp_path / "pivot 2026.xlsx")
    assert [(row["numerator"], row["denominator"]) for row in rows] == [
        (10, 1000),
        (5, 700),
    ]


def test_notes_months_and_a_hidden_sheet(tmp_path: Path, through: Through) -> None:
    """A workbook of notes, a sheet per month below blank rows, and a hidden one."""
    book = Workbook()
    book.active.append(["Este arquivo é confidencial"])
    for month in ("Outubro", "Novembro"):
        sheet = book.create_sheet(month)
        for row in (
            [],
            ["Casos do mês"],
            [],
            [None, "Nº do caso", "Mercado", "Status", "Aberto em"],
            [None, month, "Brasil", "Aberto", date(2026, 11, 13)],
        ):
            sheet.append(row)
    hidden = book.create_sheet("tmp")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "f.xlsx")
    _, rows = through(tmp_path / "f.xlsx")
    assert [row["case_id"] for row in rows] == ["Novembro", "Outubro"]


def test_trailing_separators(tmp_path: Path, through: Through) -> None:
    """Empty columns and rows at the edges are nothing."""
    text = "Sala;Creador;País;Inicio;;\nr1;ana;México;13/11/2026;;\n;;;;;\n"
    _, rows = through(written(tmp_path, "f.csv", text))
    assert len(rows) == 1


def test_tabs_in_utf_16_called_xls(tmp_path: Path, through: Through) -> None:
    """What a tool exports "for Excel" is read as what it is."""
    text = "Sala\tCreador\tPaís\tInicio\nr1\tana\tPE\t2026-11-13 20:00\n"
    _, rows = through(written(tmp_path, "f.xls", text.encode("utf-16")))
    assert [row["market"] for row in rows] == ["PE"]
