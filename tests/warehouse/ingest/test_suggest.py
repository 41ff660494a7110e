"""A proposed mapping finds its fields under wrong headers in three languages."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook

from atalaia.domain.marked_yaml import MalformedYamlError
from atalaia.domain.reference import Reference
from atalaia.domain.trilingual import Language
from atalaia.language.catalogue import translator
from atalaia.warehouse.ingest.mapping_errors import MappingError, UnlikeAnyTableError
from atalaia.warehouse.ingest.mapping_file import parse_mapping
from atalaia.warehouse.ingest.suggest import Suggestion, Wish, suggest_mapping
from atalaia.warehouse.tables import UnknownTableError

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


def suggested(
    path: Path,
    reference: Reference,
    *,
    wish: Wish | None = None,
    language: Language = "en",
) -> Suggestion:
    words = translator(language, missing="raise")
    return suggest_mapping(path, reference=reference, words=words, wish=wish)


def proposed(folder: Path, text: str, reference: Reference) -> Suggestion:
    path = folder / "f.csv"
    path.write_text(text, "utf-8")
    return suggested(path, reference)


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
    found = suggested(pivot, reference)
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
    text = suggested(pivot, reference).text
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


PENALTIES = """ID Sanción;ID Decisión;Sala;Creador;País;Sanción;Inicio;Horas;Estado
P-1;D-1;R-77;maria.g;México;Suspensión 1 día;16/11/2026 21:15;24,0;Cumplida
P-2;D-2;R-78;juan_p;Mexco;Interrupción;17/11/2026 23:40;;Activa
"""


def test_penalties_are_no_sessions(tmp_path: Path, reference: Reference) -> None:
    """A file with the columns of a session fills the table that its own keys name."""
    found = proposed(tmp_path, PENALTIES, reference)
    assert (found.table, found.missing) == ("penalty", ())


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("creator", "ID Criador;País;Idioma;Agência\n1;Brasil;pt;a1\n"),
        ("guest", "Sala;Convidado;País;Entrou em\nr1;g1;BR;16/11/2026 20:00\n"),
        ("appeal", "Apelación;ID sanción;País;Fecha;Resultado\n1;p;BR;1/2/26;Negada\n"),
        ("review", "Revisão;País;Rótulo;Revisado em\n1;BR;Viola;01/11/2026\n"),
        ("signal", "ID sinal;País;Tipo;Recebido\n1;BR;Modelo;01/11/2026 10:00\n"),
        ("case_log", "Chamado;País;Status;Aberto em\n1;BR;Aberto;01/11/2026\n"),
        (
            "traffic_snapshot",
            "Sala;Criador;País;Fonte;Corte;Entradas\nr;c;BR;Busca;01/11/2026;9\n",
        ),
    ],
)
def test_every_day_headers_name_their_table(
    table: str, text: str, tmp_path: Path, reference: Reference
) -> None:
    """The headers that people of the trade write are enough."""
    found = proposed(tmp_path, text, reference)
    assert (found.table, found.missing) == (table, ())


def test_the_owner_may_say_the_table(tmp_path: Path, reference: Reference) -> None:
    """What is asked for is proposed, whatever fits best."""
    (tmp_path / "f.csv").write_text(PENALTIES, "utf-8")
    wish = Wish(table="live_session")
    assert suggested(tmp_path / "f.csv", reference, wish=wish).table == "live_session"
    with pytest.raises(UnknownTableError, match="penalti"):
        suggested(tmp_path / "f.csv", reference, wish=Wish(table="penalti"))


def test_only_an_exact_name_is_sure(tmp_path: Path, reference: Reference) -> None:
    """A slip of the pen is a commented line that says its doubt."""
    text = proposed(tmp_path, PENALTIES, reference).text
    assert "\n          # Mexco: MX  # in doubt: looks like 'Mexico'" in text
    assert "Creador  # sure" in text


def test_a_doubtful_header_is_left_out(tmp_path: Path, reference: Reference) -> None:
    """What only resembles a name waits as a comment, and is counted as missing."""
    found = proposed(tmp_path, "Sala;Creador;País;Inizio\nr;c;BR;1/2/26\n", reference)
    assert "      # started_at: Inizio  # in doubt: looks like" in found.text
    assert "started_at" in found.missing


def test_short_headers_are_never_guessed(tmp_path: Path, reference: Reference) -> None:
    """A letter is no name; where no column is known, nothing is proposed."""
    with pytest.raises(UnlikeAnyTableError, match="a, b, n"):
        proposed(tmp_path, "a;b;n\n1;2;3\n", reference)


def test_remarks_are_in_the_readers_language(
    tmp_path: Path, reference: Reference
) -> None:
    """Each remark is a message; the YAML below it is the same."""
    (tmp_path / "f.csv").write_text(PENALTIES, "utf-8")
    english = suggested(tmp_path / "f.csv", reference).text
    spanish = suggested(tmp_path / "f.csv", reference, language="es").text
    assert "sure: a known header" not in spanish
    assert parse_mapping(english.encode(), file="e") is not None
    assert yaml.safe_load(english) == yaml.safe_load(spanish)


def test_odd_headers_stay_yaml(tmp_path: Path, reference: Reference) -> None:
    """Braces, line ends and quotes in a header reach the mapping unharmed."""
    text = 'Sala;Creador;País;Inicio;"Nota\n{""x""}: #1"\nr;c;BR;16/11/2026;z\n'
    (tmp_path / "f.csv").write_text(text, "utf-8")
    found = suggested(tmp_path / "f.csv", reference)
    assert parse_mapping(found.text.encode(), file="m.yaml").tables


def test_an_unreadable_list_is_asked_for(tmp_path: Path, reference: Reference) -> None:
    """A known header over foreign values (a state of Mexico) fills nothing."""
    found = proposed(
        tmp_path,
        PENALTIES.replace("Cumplida", "Jalisco").replace("Activa", "Puebla"),
        reference,
    )
    assert "      # status:" in found.text
    assert "status" in found.missing


def test_date_and_clock_in_two_columns(tmp_path: Path, reference: Reference) -> None:
    """A date and its time of day are one moment."""
    text = "Sala;Creador;País;Fecha;Hora\nr;c;MX;16/11/2026;21:15\n"
    found = proposed(tmp_path, text, reference)
    assert 'template: "{Fecha} {Hora}"' in found.text
    assert found.unmatched == ()


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Sessions, appeals and a hidden sheet in one workbook."""
    book = Workbook()
    sheets = {
        "Sesiones": (["Sala", "Creador", "País", "Inicio"], ["r", "c", "MX", "1/2/26"]),
        "Apelaciones": (
            ["Apelación", "ID sanción", "País", "Fecha", "Resultado"],
            ["a", "p", "MX", "1/2/26", "Negada"],
        ),
        "Oculta": (["Sala", "x"], ["r", "1"]),
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book["Oculta"].sheet_state = "hidden"
    book.save(tmp_path / "libro.xlsx")
    return tmp_path / "libro.xlsx"


def test_other_sheets_are_told(workbook: Path, reference: Reference) -> None:
    """Each other sheet is named with its table and the command that maps it."""
    found = suggested(workbook, reference, wish=Wish(sheet="Sesiones"))
    assert found.table == "live_session"
    assert "Apelaciones looks like the table appeal" in found.text
    assert "--sheet 'Oculta'" in found.text
    assert suggested(workbook, reference, wish=Wish(sheet="Oculta")).matches


def test_sheets_of_months_share_a_mapping(
    tmp_path: Path, reference: Reference, take_in: Callable[..., object]
) -> None:
    """Sheets with the same columns are all read, not the first alone."""
    book = Workbook()
    for name, room in (("Octubre", "r1"), ("Noviembre", "r2")):
        sheet = book.create_sheet(name)
        sheet.append(["Sala", "Creador", "País", "Inicio"])
        sheet.append([room, "c", "MX", "1/2/2026"])
    del book["Sheet"]
    book.save(tmp_path / "f.xlsx")
    found = suggested(tmp_path / "f.xlsx", reference)
    mapping = parse_mapping(found.text.encode(), file="m.yaml")
    receipt = take_in(tmp_path / "f.xlsx", mapping=mapping)
    assert receipt.accepted == {"live_session": 2}  # type: ignore[attr-defined]  # the fixture returns a receipt


def test_market_from_the_name(tmp_path: Path, reference: Reference) -> None:
    """A file of one market has no such column; its name or its owner says it."""
    path = tmp_path / "sesiones_perú.csv"
    path.write_text("Sala;Creador;Inicio\nr;c;1/2/26\n", "utf-8")
    assert "market: {constant: PE}  # assumed" in suggested(path, reference).text
    told = suggested(path, reference, wish=Wish(market="CL")).text
    assert "market: {constant: CL}  # as you said" in told


CELLS = {
    "Semana;País;Casos\n2026-W44;MX;1\n2026-W45;MX;2\n": (26, 1),
    "Semana;País;Casos\n26/10/2026;MX;1\n02/11/2026;MX;2\n": (26, 1),
    "Mes;País;Casos\nout/2026;MX;1\nnov/2026;MX;2\n": (1, 31),
    "Año;Semana;País;Casos\n2026;44;MX;1\n2026;45;MX;2\n": (26, 1),
    "País;S44;S45\nMX;1;2\n": (26, 1),
    "Casos MX;Casos PE;Semana\n1;2;S44/2026\n": (26, 1),
}


@pytest.fixture
def counted(
    take_in: Callable[..., object],
    stored: Callable[[str], list[dict[str, object]]],
) -> Callable[[Path, str], list[dict[str, object]]]:
    """Take a file in by a mapping's text; return its counted cells."""

    def cells(path: Path, mapping: str) -> list[dict[str, object]]:
        take_in(path, mapping=parse_mapping(mapping.encode(), file="m.yaml"))
        return stored("aggregate")

    return cells


@pytest.mark.parametrize("text", CELLS)
def test_weeks_and_months_become_periods(
    text: str,
    tmp_path: Path,
    reference: Reference,
    counted: Callable[[Path, str], list[dict[str, object]]],
) -> None:
    """However a pivot says its week or month, first and last day are stored."""
    path = tmp_path / "reporte 2026.csv"
    path.write_text(text, "utf-8")
    found = suggested(path, reference)
    assert (found.table, found.missing) == ("aggregate", ("measure",))
    mapping = found.text.replace("# measure:", "measure: {constant: M01} #")
    first = min(counted(path, mapping), key=lambda row: row["period_start"])
    assert (first["period_start"].day, first["period_end"].day) == CELLS[text]


def test_a_week_without_a_year_is_asked_for(
    tmp_path: Path, reference: Reference, take_in: Callable[..., object]
) -> None:
    """No year anywhere: nothing is guessed, and the row says what it lacks."""
    found = proposed(tmp_path, "Semana;País;Casos\nS44;MX;1\n", reference)
    assert "period_start" in found.missing
    text = found.text.replace(
        "    fields:", "    period: Semana\n    fields:\n      measure: {constant: M01}"
    )
    receipt = take_in(
        tmp_path / "f.csv", mapping=parse_mapping(text.encode(), file="m.yaml")
    )
    assert receipt.files[0].tables[0].reasons == {"not_a_period": 1}  # type: ignore[attr-defined]  # the fixture returns a receipt


def test_what_bare_labels_count_is_an_assumption(
    tmp_path: Path, reference: Reference
) -> None:
    """Markets alone as headers do not say what is counted below them."""
    text = proposed(tmp_path, "Fecha;Brasil;México\n1/2/26;1;2\n", reference).text
    assert 'numerator: "{market}"  # assumed: each cell counts cases' in text
