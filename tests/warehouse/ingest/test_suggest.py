"""A proposed mapping finds its fields under wrong headers in three languages."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from atalaia.domain.marked_yaml import MalformedYamlError
from atalaia.domain.reference import Reference
from atalaia.warehouse.ingest.mapping_errors import MappingError
from atalaia.warehouse.ingest.mapping_file import parse_mapping
from atalaia.warehouse.ingest.suggest import Suggestion, suggest_mapping

PORTUGUESE = """ID da sala;Criador(a);País;Início da live;Duração (min);Coluna X
s1;anna;Brasil;20/11/2026 21:30;12,5;z
s2;bob;México;20/11/2026 23:30;1.234,5;y
"""
SPANISH = """Caso,Usuario,País,Motivo,Acción,Fecha de decisión
1,u1,Perú,Insulto discriminatorio,Suspensión,01/11/2026
2,u2,Chile,Desnudez,Advertencia,02/11/2026
"""
CASES = """Folio,País,Tipo de caso,Prioridad,Estatus,Fecha de apertura,Asignado a
C-1,MX,Overkill,P1,Cerrado,03/11/2026 10:00,Luis
"""


def proposed(folder: Path, text: str, reference: Reference) -> Suggestion:
    path = folder / "f.csv"
    path.write_text(text, "utf-8")
    return suggest_mapping(path, reference=reference)


def columns(suggestion: Suggestion) -> dict[str, str]:
    return {match.field: match.column for match in suggestion.matches}


def test_portuguese_headers(tmp_path: Path, reference: Reference) -> None:
    """Sessions under Portuguese headers, with unit and market names as codes."""
    found = proposed(tmp_path, PORTUGUESE, reference)
    assert found.table == "live_session"
    assert columns(found) == {
        "session_id": "ID da sala",
        "creator_id": "Criador(a)",
        "market": "País",
        "started_at": "Início da live",
        "duration_s": "Duração (min)",
    }
    assert "unit: minutes" in found.text
    assert found.unmatched == ("Coluna X",)


def test_spanish_headers_and_values(tmp_path: Path, reference: Reference) -> None:
    """Decisions under Spanish headers; policies and actions found by their names."""
    found = proposed(tmp_path, SPANISH, reference)
    assert found.table == "moderation_decision"
    assert "tns.hate.slur" in found.text
    assert "Advertencia: warn" in found.text


def test_case_log(tmp_path: Path, reference: Reference) -> None:
    """An old tracker is recognised as a case log."""
    found = proposed(tmp_path, CASES, reference)
    assert (found.table, found.missing) == ("case_log", ())


def test_proposal_ingests_as_it_stands(
    tmp_path: Path, reference: Reference, take_in: Callable[..., object]
) -> None:
    """Where every required field was found the proposal works unedited."""
    found = proposed(tmp_path, PORTUGUESE, reference)
    mapping = parse_mapping(found.text.encode(), file="p.yaml")
    receipt = take_in(tmp_path / "f.csv", mapping=mapping)
    assert receipt.accepted == {"live_session": 2}  # type: ignore[attr-defined]  # the fixture returns a receipt


@pytest.fixture
def pivot(tmp_path: Path) -> Path:
    """Markets side by side under a merged header, dates as serials, a totals row."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Reporte semanal"])
    sheet.append([])
    sheet.append(["Fecha", "Brasil", None, "México", None])
    sheet.append([None, "Casos", "Sesiones", "Casos", "Sesiones"])
    for merged in ("A3:A4", "B3:C3", "D3:E3"):
        sheet.merge_cells(merged)
    sheet.append([46344, 10, 1000, 5, 700])
    sheet.append([46345, 11, 1100, 6, 720])
    sheet.append(["Total", 21, 2100, 11, 1420])
    book.save(tmp_path / "p.xlsx")
    return tmp_path / "p.xlsx"


def test_pivot_becomes_aggregates(pivot: Path, reference: Reference) -> None:
    """An analyst's pivot is melted by market; what it counts stays for its owner."""
    found = suggest_mapping(pivot, reference=reference)
    assert (found.table, found.missing) == ("aggregate", ("measure",))
    with pytest.raises(MappingError, match="measure"):
        parse_mapping(found.text.encode(), file="p.yaml")


def test_completed_pivot_ingests(
    pivot: Path,
    reference: Reference,
    take_in: Callable[..., object],
    stored: Callable[[str], list[dict[str, object]]],
) -> None:
    """One line by the owner, and every cell is a counted fact."""
    text = suggest_mapping(pivot, reference=reference).text
    text = text.replace("      # measure:", "      measure: {constant: M01} #")
    take_in(pivot, mapping=parse_mapping(text.encode(), file="p.yaml"))
    cells = {
        (row["market"], row["period_start"]): (row["numerator"], row["denominator"])
        for row in stored("aggregate")
    }
    assert cells["MX", date(2026, 11, 18)] == (5, 700)
    assert len(cells) == 4


@pytest.mark.parametrize("text", ["a: [", "name: x\nname: y\n"])
def test_malformed_yaml_is_shown(text: str) -> None:
    """What is no YAML, or says a thing twice, is shown with its line."""
    with pytest.raises(Exception, match=r"m\.yaml:\d") as caught:
        parse_mapping(text.encode(), file="m.yaml")
    assert isinstance(caught.value, MalformedYamlError) or "twice" in str(caught.value)
